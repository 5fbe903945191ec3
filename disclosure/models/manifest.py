"""The signed list of an edition's files; a new one whenever files are added."""

from typing import Any

from django.db import models

from budgets.access import Access, Area
from budgets.immutable import Immutable
from disclosure.models.edition import Edition


class EditionManifest(Immutable):
    """Canonical JSON naming each file with its SHA-256, and the SM2 signature over it; neither quotes the content."""

    access = Access(Area.EDITIONS)

    edition: Any = models.ForeignKey(Edition, models.PROTECT, related_name="manifests", verbose_name="版次")
    at = models.DateTimeField("签名时间")
    text = models.TextField("清单")
    signature = models.CharField("国密签名（十六进制）", max_length=200)

    class Meta:
        """The newest of an edition is the one in force."""

        verbose_name = verbose_name_plural = "国密签名清单"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.edition}的国密签名清单"

    @property
    def signed(self) -> bytes:
        """The signature as openssl takes it (DER)."""
        return bytes.fromhex(self.signature)
