"""The public ledger: every publication, correction and withdrawal, each line carrying the hash of the one before it."""

from typing import Any

from django.db import models

from budgets.access import Access, Area
from budgets.immutable import Immutable
from disclosure.models.edition import Edition

GENESIS = "0" * 64


class LedgerHead(models.Model):
    """The one row that is locked while the ledger grows; it knows the last hash and how many lines there are.

    It is locked before the head of the audit trail, never after it.
    """

    access = Access(Area.EDITIONS)

    last_sha256 = models.CharField("末条校验值", max_length=64, default=GENESIS)
    lines = models.PositiveBigIntegerField("条数", default=0)

    class Meta:
        """There is one row, with primary key 1."""

        verbose_name = verbose_name_plural = "公开台账末端"

    def __str__(self) -> str:
        return self.last_sha256


class LedgerEntry(Immutable):
    """A line: canonical JSON, and the SHA-256 over the hash before it, a line feed, and that text."""

    access = Access(Area.EDITIONS)

    number = models.PositiveBigIntegerField("序号", primary_key=True)
    edition: Any = models.ForeignKey(Edition, models.PROTECT, related_name="ledger", verbose_name="版次")
    text = models.TextField("内容")
    sha256 = models.CharField("校验值", max_length=64, unique=True)

    class Meta:
        """In the order of writing."""

        verbose_name = verbose_name_plural = "公开台账"
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number}：{self.edition}"
