"""Bytes in storage under their own hash: put there once, checked whenever they are read."""

import hashlib

from budgets import storing


class FileDamagedError(Exception):
    """A stored file is missing or is not the one that was put in."""

    def __init__(self, name: str) -> None:
        super().__init__(f"文件{name}缺失或与公开时不一致，已停止提供，请联系管理员从备份恢复。")


class FileAwayError(FileDamagedError):
    """A stored file cannot be had just now: the storage does not answer."""

    def __init__(self, name: str) -> None:
        Exception.__init__(
            self, f"文件{name}暂时取不到：存放文件的服务没有回答。请过几分钟再试；一直如此请联系管理员。"
        )


def sha256_of(data: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def fetch(name: str, sha256: str) -> bytes:
    """Return the bytes under a name; raise FileDamagedError when they are missing or others."""
    try:
        data = _read(name)
    except storing.StorageAwayError as error:
        raise FileAwayError(name) from error
    except OSError as error:
        raise FileDamagedError(name) from error
    if sha256_of(data) != sha256:
        raise FileDamagedError(name)
    return data


def put(name: str, data: bytes) -> bool:
    """Put bytes under a name and tell whether they are new there; whatever else lies there is replaced.

    The name never leads to half a file, whoever is killed meanwhile. Raises OSError where they cannot be put there.
    """
    try:
        if _read(name) == data:
            return False
    except storing.StorageAwayError:
        raise
    except OSError:
        pass  # missing, or not to be read: it is written anew
    storing.write(name, data)
    return True


def _read(name: str) -> bytes:
    with storing.opened(name) as file:
        data: bytes = file.read()
    return data
