"""A note in the data folder of when the last backup was made, which the health check reads."""

import json
import secrets
from datetime import datetime
from pathlib import Path

from django.conf import settings

from portal.keeping.manifest import Manifest


def _place() -> Path:
    return Path(settings.VAR_DIR) / "last_backup.json"


def remember(manifest: Manifest) -> None:
    """Note that a backup was made; where that cannot be written the backup is no worse."""
    beside = _place().with_name(f"last_backup.{secrets.token_hex(4)}")
    try:
        beside.write_text(json.dumps({"made_at": manifest.made_at, "editions": manifest.facts.editions}))
        beside.replace(_place())
    except OSError:
        beside.unlink(missing_ok=True)


def last_backup() -> datetime | None:
    """Return when the last backup was made on this machine; None where nothing is known."""
    try:
        return datetime.fromisoformat(json.loads(_place().read_text())["made_at"])
    except (OSError, ValueError, KeyError):
        return None
