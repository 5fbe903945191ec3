"""``/api/v1/``: what is published, for programs; read-only, described by ``openapi.json``."""
