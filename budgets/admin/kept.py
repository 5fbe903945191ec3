"""An uploaded file between preview and confirmation: kept aside, and named only in a signed token."""

import hashlib
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError

SALT = "budgets.kept-file"
PREFIX = "kept-"
GONE = "这个文件已经导入过，或预览已经过期。请核对列表；需要再次导入时请重新上传。"
PATIENCE = 2 * 60 * 60
"""How long a preview may be looked at before it is confirmed, in seconds."""


class Kept:
    """A file that was put aside; its token says whose it is and what it was uploaded for."""

    def __init__(self, token: dict[str, Any]) -> None:
        self.token = token
        self.path = folder() / token["name_kept"]

    @classmethod
    def keep(cls, data: bytes, **token: Any) -> str:
        """Put a file aside and return its token; those that nobody may confirm any more are thrown away."""
        sweep()
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(prefix=PREFIX, dir=folder(), delete=False) as file:
            file.write(data)
        stated = {**token, "name_kept": Path(file.name).name, "sha256": hashlib.sha256(data).hexdigest()}
        return signing.dumps(stated, salt=SALT)

    @classmethod
    def found(cls, signed: str, user: Any, **stated: Any) -> "Kept":
        """Return what a token names; raise ValidationError for one that is old, altered or not for this user and use.

        ``stated``: what the token must say besides, such as what the file was uploaded for.
        """
        kept = cls.named(signed, user, **stated)
        try:
            kept.data = kept.path.read_bytes()
        except FileNotFoundError as error:
            raise ValidationError(GONE) from error
        if kept.token["sha256"] != hashlib.sha256(kept.data).hexdigest():
            raise ValidationError(GONE)
        return kept

    @classmethod
    def named(cls, signed: str, user: Any, **stated: Any) -> "Kept":
        """Return what a token names, even if the file is gone; raise ValidationError as ``found`` does."""
        try:
            token = signing.loads(signed, salt=SALT, max_age=PATIENCE)
        except signing.BadSignature as error:
            raise ValidationError(GONE) from error
        wrong = any(token.get(name) != value for name, value in {**stated, "user": user.pk}.items())
        if wrong or "name_kept" not in token:  # what an older version put aside lies elsewhere
            raise ValidationError(GONE)
        return cls(token)

    data: bytes

    def remove(self) -> None:
        """Forget the file."""
        self.path.unlink(missing_ok=True)


def folder() -> Path:
    """Name the folder of what waits to be confirmed; servers share it, or each person stays with one."""
    return Path(settings.DESK_DIR) / "uploads"


def sweep() -> None:
    """Throw away the kept files whose tokens have expired."""
    oldest = time.time() - PATIENCE
    for path in folder().glob(f"{PREFIX}*"):
        with suppress(OSError):  # somebody else's, or just thrown away by another process
            if path.stat().st_mtime < oldest:
                path.unlink()
