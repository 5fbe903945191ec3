"""附件: what is kept beside a disclosure and never published, and the act that declares one mistaken."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from budgets.access import Access, Area
from budgets.immutable import Immutable
from disclosure.enums import AttachmentKind
from disclosure.models.disclosure import Disclosure
from disclosure.models.stored import StoredFile

PATHS = ("disclosure__budget__fiscal_year__government", "disclosure__budget__department", "disclosure__unit")
VIA_ATTACHMENT = (f"attachment__{PATHS[0]}", f"attachment__{PATHS[1]}", f"attachment__{PATHS[2]}")


class Attachment(StoredFile):
    """A scan of the signed paper, a secrecy review form, an approval letter: kept for the record, never public."""

    access = Access(Area.DISCLOSURES, *PATHS)

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="attachments", verbose_name="预算公开")
    kind = models.CharField("种类", max_length=16, choices=AttachmentKind)
    note = models.CharField("说明", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    at = models.DateTimeField("上传时间")

    class Meta:
        """The newest first."""

        verbose_name = verbose_name_plural = "附件"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}“{self.file_name}”"

    @property
    def folder(self) -> str:
        """Keep attachments apart from everything that is public."""
        return "attachments"


class AttachmentVoid(Immutable):
    """作废: says that an attachment is mistaken, and why; the file itself stays."""

    access = Access(Area.DISCLOSURES, *VIA_ATTACHMENT)

    attachment: Any = models.OneToOneField(Attachment, models.PROTECT, related_name="void", verbose_name="附件")
    reason = models.CharField("作废理由", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="作废人")
    at = models.DateTimeField("作废时间")

    class Meta:
        """Once, never without a reason."""

        verbose_name = verbose_name_plural = "附件作废"
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="attachmentvoid_reason_given",
                violation_error_message="作废须写明理由。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.attachment}已作废"
