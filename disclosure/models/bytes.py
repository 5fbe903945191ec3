"""Bytes in storage under their own hash: put there once, checked whenever they are read."""

import hashlib
import secrets
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


class FileDamagedError(Exception):
    """A stored file is missing or is not the one that was put in."""

    def __init__(self, name: str) -> None:
        super().__init__(f"文件{name}缺失或与公开时不一致，已停止提供，请联系管理员从备份恢复。")


def sha256_of(data: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def fetch(name: str, sha256: str) -> bytes:
    """Return the bytes under a name; raise FileDamagedError when they are missing or others."""
    try:
        with default_storage.open(name) as file:
            data: bytes = file.read()
    except OSError as error:
        raise FileDamagedError(name) from error
    if sha256_of(data) != sha256:
        raise FileDamagedError(name)
    return data


def put(name: str, data: bytes) -> bool:
    """Put bytes under a name and tell whether they are new there; whatever else lies there is replaced.

    They are written beside it first, so that the name never leads to half a file, whoever is killed meanwhile.
    """
    try:
        fetch(name, sha256_of(data))
    except FileDamagedError:
        beside = default_storage.save(f"{name}.{secrets.token_hex(8)}", ContentFile(data))
        Path(default_storage.path(beside)).replace(default_storage.path(name))
        return True
    return False
