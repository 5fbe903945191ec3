"""Bytes in storage under their own hash: put there once, checked whenever they are read."""

import hashlib

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
    """Put bytes under a name and tell whether they are new there; a file cut short by a crash is replaced."""
    try:
        fetch(name, sha256_of(data))
    except FileDamagedError:
        default_storage.delete(name)
        default_storage.save(name, ContentFile(data))
        return True
    return False
