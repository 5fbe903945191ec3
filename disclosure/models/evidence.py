"""留痕: what the audit said of an edition when it was published, kept as it was; never public."""

from typing import Any

from django.db import models

from budgets.access import Access, Area
from budgets.immutable import Immutable
from disclosure.models.edition import Edition

OF_EDITION = "edition__disclosure"


class EditionEvidence(Immutable):
    """The findings of the published content with their reasons and waivers, as JSON: they quote what they speak of."""

    access = Access(
        Area.DISCLOSURES,
        f"{OF_EDITION}__budget__fiscal_year__government",
        f"{OF_EDITION}__budget__department",
        f"{OF_EDITION}__unit",
    )

    removable_after_withdrawal = True

    edition: Any = models.OneToOneField(Edition, models.PROTECT, related_name="evidence", verbose_name="版次")
    at = models.DateTimeField("检查时间")
    data_sha256 = models.CharField("数据校验值", max_length=64)
    rules_sha256 = models.CharField("规则校验值", max_length=64)
    errors = models.PositiveIntegerField("错误数")
    warnings = models.PositiveIntegerField("警告数")
    notes = models.PositiveIntegerField("提示数")
    findings = models.TextField("检查结果")
    explanations = models.TextField("警告的原因")
    waivers = models.TextField("错误的豁免")

    class Meta:
        """One for each edition, stored with it."""

        verbose_name = verbose_name_plural = "公开时的检查结果"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.edition}公开时的检查结果"
