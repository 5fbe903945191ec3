"""A file written once: its bytes lie in storage under their own hash, checked whenever they are read."""

from django.db import models

from budgets import storing
from budgets.immutable import Immutable
from disclosure.models.bytes import fetch, put, sha256_of


class StoredFile(Immutable):
    """A file as it came: its name, its type by content, its size and hash; the bytes lie in a folder of its sort."""

    file_name = models.CharField("文件名", max_length=200)
    extension = models.CharField("格式", max_length=8)
    sha256 = models.CharField("校验值", max_length=64)
    size = models.PositiveIntegerField("字节数")

    class Meta(Immutable.Meta):
        """Shared by all files that are kept."""

        abstract = True

    @property
    def folder(self) -> str:
        """Name the folder in storage for files of this sort."""
        raise NotImplementedError

    @property
    def storage_name(self) -> str:
        """Name the file in storage by its hash."""
        return f"{self.folder}/{self.sha256[:2]}/{self.sha256}.{self.extension}"

    def stamp(self, data: bytes) -> None:
        """Take the hash and the size of the bytes."""
        self.sha256, self.size = sha256_of(data), len(data)

    def keep(self, data: bytes) -> None:
        """Put the bytes into storage, once; whatever else lies under their name is replaced."""
        self.stamp(data)
        put(self.storage_name, data)

    def read(self) -> bytes:
        """Return the bytes; raise FileDamagedError when they are not those that were put in."""
        return fetch(self.storage_name, self.sha256)

    def erase(self) -> None:
        """Destroy the bytes."""
        storing.delete(self.storage_name)
