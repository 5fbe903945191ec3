"""An uploaded file between preview and confirmation: kept aside, and named only in a signed token."""

import hashlib
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError

SALT = "budgets.kept-file"
PREFIX = "budgets-kept-"
GONE = "这个文件已经导入过，或预览已经过期。请核对列表；需要再次导入时请重新上传。"
PATIENCE = 2 * 60 * 60
"""How long a preview may be looked at before it is confirmed, in seconds."""


class Kept:
    """A file that was put aside; its token says whose it is and what it was uploaded for."""

    def __init__(self, token: dict[str, Any]) -> None:
        self.token = token
        self.path = Path(token["path"])

    @classmethod
    def keep(cls, data: bytes, **token: Any) -> str:
        """Put a file aside and return its token; those that nobody may confirm any more are thrown away."""
        sweep()
        with tempfile.NamedTemporaryFile(prefix=PREFIX, delete=False) as file:
            file.write(data)
        return signing.dumps({**token, "path": file.name, "sha256": hashlib.sha256(data).hexdigest()}, salt=SALT)

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
        if any(token.get(name) != value for name, value in {**stated, "user": user.pk}.items()):
            raise ValidationError(GONE)
        return cls(token)

    data: bytes

    def remove(self) -> None:
        """Forget the file."""
        self.path.unlink(missing_ok=True)


def sweep() -> None:
    """Throw away the kept files whose tokens have expired."""
    oldest = time.time() - PATIENCE
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):  # somebody else's, or just thrown away by another process
            if path.stat().st_mtime < oldest:
                path.unlink()
