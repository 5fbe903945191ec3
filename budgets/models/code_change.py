"""How codes continue: from year to year, and from one classification into the other."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models

from budgets.access import Access, Area
from budgets.enums import ChangeKind, CodeScheme
from budgets.models.classification import FORMS, Economic, GovernmentEconomic

WHOLE = Decimal(100)


class EconomicCrosswalk(models.Model):
    """Which 政府经济分类 a 部门经济分类 becomes, by the sort of unit that pays."""

    access = Access(Area.CODES)

    economic = models.ForeignKey(Economic, models.PROTECT, related_name="crosswalk", verbose_name="部门经济分类")
    payer = models.CharField("适用单位", max_length=40)
    government_economic = models.ForeignKey(
        GovernmentEconomic, models.PROTECT, related_name="crosswalk", verbose_name="政府经济分类"
    )

    class Meta:
        """One answer for each code and sort of unit."""

        verbose_name = verbose_name_plural = "经济分类对照"
        ordering = ("economic__code", "payer")
        constraints = (
            models.UniqueConstraint(
                fields=("economic", "payer", "government_economic"),
                name="economiccrosswalk_unique",
                violation_error_message="这一对照关系已经存在。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.economic} → {self.government_economic}（{self.payer}）"


class CodeChange(models.Model):
    """How an old code continues in a new one, and whether figures may be compared across the change."""

    access = Access(Area.CODES)

    scheme = models.CharField("分类", max_length=30, choices=CodeScheme)
    kind = models.CharField("方式", max_length=10, choices=ChangeKind)
    old_code = models.CharField("原编码", max_length=12)
    old_name = models.CharField("原名称", max_length=120)
    new_code = models.CharField("新编码", max_length=12)
    new_name = models.CharField("新名称", max_length=120)
    last_year_of_old = models.PositiveSmallIntegerField("原编码最后使用年度")
    share = models.DecimalField("占比（%）", max_digits=5, decimal_places=2, null=True, blank=True)
    comparable = models.BooleanField("口径可比", default=True)
    origin = models.CharField("来源", max_length=120, blank=True)

    class Meta:
        """One row for each old and new code of a change."""

        verbose_name = verbose_name_plural = "科目变更"
        ordering = ("scheme", "old_code", "last_year_of_old")
        constraints = (
            models.UniqueConstraint(
                fields=("scheme", "old_code", "old_name", "new_code", "last_year_of_old"),
                name="codechange_unique",
                violation_error_message="这一科目变更已经登记。",
            ),
            models.CheckConstraint(
                condition=models.Q(share__isnull=True) | models.Q(share__gt=0, share__lte=100),
                name="codechange_share_percent",
                violation_error_message="占比应大于0且不超过100。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.old_code} {self.old_name} → {self.new_code} {self.new_name}"

    def clean(self) -> None:
        """Ask for codes of their list, for a real change, and for shares that add up to no more than the whole."""
        super().clean()
        pattern, message = FORMS.get(self.scheme, (".", ""))
        for name in ("old_code", "new_code"):
            if not re.fullmatch(pattern, getattr(self, name) or ""):
                raise ValidationError({name: message})
        if (self.old_code, self.old_name) == (self.new_code, self.new_name):
            raise ValidationError("新旧编码和名称都相同，没有变更。")
        self._check_siblings()

    def _check_siblings(self) -> None:
        """Look at all rows of the same old code: what becomes of its parts."""
        siblings = CodeChange.objects.exclude(pk=self.pk).filter(
            scheme=self.scheme, old_code=self.old_code, old_name=self.old_name, last_year_of_old=self.last_year_of_old
        )
        if siblings.exists() and self.kind == ChangeKind.RENAMED:
            raise ValidationError({"kind": "这一原编码已有其他变更；一个编码变成几个时，各条的方式都选“拆分”。"})
        total = sum(filter(None, siblings.values_list("share", flat=True)), self.share or Decimal(0))
        if total > WHOLE:
            raise ValidationError({"share": f"同一原编码各条占比合计{total}%，不能超过100%。"})
