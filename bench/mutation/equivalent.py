"""Changes that were looked at and change nothing anybody can see, each with the reason."""

EQUIVALENT: dict[str, str] = {}
