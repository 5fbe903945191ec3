"""An uploaded file between preview and confirmation: kept aside, and named only in a signed token."""

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from import_export.tmp_storages import TempFolderStorage

SALT = "budgets.kept-file"
PATIENCE = 2 * 60 * 60
"""How long a preview may be looked at before it is confirmed, in seconds."""


class Kept:
    """A file that was put aside; its token says whose it is and what it was uploaded for."""

    def __init__(self, token: dict[str, Any]) -> None:
        self.token = token
        self.store = TempFolderStorage(name=token["path"], read_mode="rb")

    @classmethod
    def keep(cls, data: bytes, **token: Any) -> str:
        """Put a file aside and return its token."""
        store = TempFolderStorage()
        store.save(data)
        return signing.dumps({**token, "path": store.name, "sha256": hashlib.sha256(data).hexdigest()}, salt=SALT)

    @classmethod
    def found(cls, signed: str, user: Any, **stated: Any) -> "Kept":
        """Return what a token names; raise ValidationError for one that is old, altered or not for this user and use.

        ``stated``: what the token must say besides, such as what the file was uploaded for.
        """
        try:
            kept = cls(signing.loads(signed, salt=SALT, max_age=PATIENCE))
            kept.data = kept.store.read()
            sound = kept.token["sha256"] == hashlib.sha256(kept.data).hexdigest()
        except (signing.BadSignature, FileNotFoundError):
            sound = False
        if not sound or any(kept.token.get(name) != value for name, value in {**stated, "user": user.pk}.items()):
            raise ValidationError("这个文件已经导入过，或预览已经过期。请核对列表；需要再次导入时请重新上传。")
        return kept

    data: bytes

    def remove(self) -> None:
        """Forget the file."""
        with suppress(FileNotFoundError):
            Path(self.store.get_full_path()).unlink()
