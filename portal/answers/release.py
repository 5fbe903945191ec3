"""What an answer depends on besides the database: the software and its settings."""

import hashlib
from pathlib import Path

from django.conf import settings

PARTS = ("budgets", "disclosure", "performance", "portal", "templates", "static")
PLAIN = (str, int, bool, list, tuple, dict, type(None))


def release() -> str:
    """Return a name for this release under these settings: another one as soon as a file or a setting changes."""
    hashed = hashlib.sha256()
    for part in PARTS:
        for path in sorted((Path(settings.BASE_DIR) / part).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                said = path.stat()
                hashed.update(f"{path}|{said.st_mtime_ns}|{said.st_size}\n".encode())
    for file in (Path(settings.EMBED_HEADER_FILE), Path(settings.STATIC_ROOT) / "staticfiles.json"):
        hashed.update(file.read_bytes() if file.is_file() else b"")
    for name in sorted(name for name in dir(settings) if name.isupper()):
        value = getattr(settings, name)
        hashed.update(f"{name}={value!r}\n".encode() if isinstance(value, PLAIN) else b"")
    return hashed.hexdigest()[:32]
