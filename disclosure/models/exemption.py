"""公开名册: who need not publish by itself, and why; everybody else on the register must."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from budgets.access import Access, Area
from budgets.models import Department, FiscalYear, Unit
from disclosure.enums import ExemptionKind


class Exemption(models.Model):
    """A department, or one of its units, that does not publish by itself in one year; the reason is public."""

    access = Access(Area.ROSTER, "fiscal_year__government", "department", "unit", shared=True)
    spoken = ("unit", "department", "fiscal_year")

    fiscal_year = models.ForeignKey(FiscalYear, models.PROTECT, related_name="exemptions", verbose_name="预算年度")
    department = models.ForeignKey(Department, models.PROTECT, related_name="exemptions", verbose_name="部门")
    unit: Any = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="exemptions",
        null=True,
        blank=True,
        verbose_name="单位（整个部门留空）",
    )
    kind = models.CharField("方式", max_length=12, choices=ExemptionKind)
    reason = models.CharField("理由（对外公开）", max_length=200)

    class Meta:
        """Once for each; never without a reason; only a unit is merged into 本级."""

        verbose_name = verbose_name_plural = "公开名册例外"
        ordering = ("fiscal_year", "department__code", "unit__code")
        constraints = (
            models.UniqueConstraint(
                fields=("fiscal_year", "department"),
                condition=Q(unit__isnull=True),
                name="exemption_department_unique",
                violation_error_message="该部门这一年度已登记例外。",
            ),
            models.UniqueConstraint(
                fields=("fiscal_year", "unit"),
                condition=Q(unit__isnull=False),
                name="exemption_unit_unique",
                violation_error_message="该单位这一年度已登记例外。",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="exemption_reason_given",
                violation_error_message="不单独公开的，须填写理由。",
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | ~Q(kind=ExemptionKind.MERGED),
                name="exemption_merged_unit",
                violation_error_message="只有单位可以并入本级；整个部门只能“依法不予公开”。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit or self.department}（{self.get_kind_display()}）"

    def clean(self) -> None:
        """Refuse another department's unit, and another government's department."""
        super().clean()
        if self.unit_id and self.department_id and self.unit.department_id != self.department_id:
            raise ValidationError({"unit": f"单位“{self.unit}”不属于{self.department}。"})
        year, department = self.fiscal_year_id and self.fiscal_year, self.department_id and self.department
        if year and department and year.government_id != department.government_id:
            raise ValidationError({"department": f"{department}不属于{year.government}。"})
