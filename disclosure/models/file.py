"""The files of an edition: bytes in storage under their own hash, checked whenever they are given out."""

from typing import Any, Self

from django.db import models

from budgets import storing
from budgets.access import Access, Area
from budgets.immutable import Immutable
from disclosure.enums import FileFormat
from disclosure.models.bytes import fetch, put, sha256_of
from disclosure.models.edition import Edition


class EditionFile(Immutable):
    """A file rendered from the edition; its bytes lie in storage under their own hash."""

    access = Access(Area.EDITIONS)

    removable_after_withdrawal = True

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="files", verbose_name="版次")
    format = models.CharField("格式", max_length=8, choices=FileFormat)
    sha256 = models.CharField("校验值", max_length=64)
    size = models.PositiveIntegerField("字节数")

    class Meta:
        """One for each format; more may be added later by rendering again."""

        verbose_name = verbose_name_plural = "版次文件"
        ordering = ("edition", "format")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "format"),
                name="editionfile_format_unique",
                violation_error_message="该版次已有这一格式的文件。",
            ),
        )
        indexes = (models.Index(fields=("sha256",), name="editionfile_hash"),)

    def __str__(self) -> str:
        return f"{self.edition}.{self.format}"

    @staticmethod
    def name_for(sha256: str, extension: str) -> str:
        """Name a file in storage by its hash."""
        return f"editions/{sha256[:2]}/{sha256}.{extension}"

    @classmethod
    def keep(cls, extension: str, data: bytes) -> Self:
        """Put ``data`` into storage and return its unsaved record; the same bytes are kept once.

        Whatever else lies under the name (a file cut short by a crash) is replaced. What is there already is dated
        anew, so that a sweep knows that it is about to be named by a row.
        """
        file = cls(format=extension, sha256=sha256_of(data), size=len(data))
        name = cls.name_for(file.sha256, extension)
        if not put(name, data):
            storing.renew(name, data)
        return file

    def read(self) -> bytes:
        """Return the bytes; raise FileDamagedError when they are not those that were published."""
        return fetch(self.name_for(self.sha256, self.format), self.sha256)


class WithdrawnFile(Immutable):
    """What is left of a file whose edition was withdrawn: its hash, by which a copy is still recognised."""

    access = Access(Area.EDITIONS)

    edition: Any = models.ForeignKey(Edition, models.PROTECT, related_name="withdrawn_files", verbose_name="版次")
    format = models.CharField("格式", max_length=8, choices=FileFormat)
    sha256 = models.CharField("校验值", max_length=64)

    class Meta:
        """One for each file that was destroyed."""

        verbose_name = verbose_name_plural = "已撤下的文件"
        ordering = ("edition", "format")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "format"),
                name="withdrawnfile_format_unique",
                violation_error_message="该版次这一格式的文件已经登记为撤下。",
            ),
        )
        indexes = (models.Index(fields=("sha256",), name="withdrawnfile_hash"),)

    def __str__(self) -> str:
        return f"{self.edition}.{self.format}（已撤下）"
