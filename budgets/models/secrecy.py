"""涉密不细化: what is printed one level up because the level itself would reveal a secret (143号, 12)."""

from django.db import models
from django.db.models import Q

from budgets.access import Access, Area
from budgets.enums import WithheldScheme
from budgets.models.budget import Budget

FORMS = {WithheldScheme.FUNCTION: r"^2([0-9]{4}|[0-9]{6})$", WithheldScheme.ECONOMIC: r"^3[0-9]{4}$"}


class Withholding(models.Model):
    """One code or project that no document of this budget, the department's or a unit's, may print by itself."""

    access = Access(Area.FACTS, "budget__fiscal_year__government", "budget__department")

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="withholdings", verbose_name="预算")
    scheme = models.CharField("对象", max_length=10, choices=WithheldScheme)
    code = models.CharField("编码", max_length=21, help_text="功能分类的款或项、经济分类的款，或21位项目编码。")
    ground = models.CharField("依据", max_length=200, help_text="保密审查的依据或结论。")

    class Meta:
        """Each code once, never without its ground."""

        verbose_name = verbose_name_plural = "涉密不细化"
        ordering = ("budget", "scheme", "code")
        constraints = (
            models.UniqueConstraint(
                fields=("budget", "scheme", "code"),
                name="withholding_unique",
                violation_error_message="这一编码已经登记。",
            ),
            models.CheckConstraint(
                condition=Q(scheme=WithheldScheme.FUNCTION, code__regex=FORMS[WithheldScheme.FUNCTION])
                | Q(scheme=WithheldScheme.ECONOMIC, code__regex=FORMS[WithheldScheme.ECONOMIC])
                | Q(scheme=WithheldScheme.PROJECT, code__regex=r"^[0-9]{8}[0-9A-Z]{13}$"),
                name="withholding_code_form",
                violation_error_message="编码应为5或7位功能分类、5位经济分类或21位项目编码，与“对象”一致。",
            ),
            models.CheckConstraint(
                condition=~Q(ground=""), name="withholding_ground_given", violation_error_message="请填写依据。"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.code}"
