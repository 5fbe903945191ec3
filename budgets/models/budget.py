"""The year's facts: what a department may receive and spend, line by line."""

from django.core.exceptions import ValidationError
from django.db import models

from budgets.access import Access, Area
from budgets.enums import INTERNAL_INCOME, Phase, Source
from budgets.models.classification import Function
from budgets.models.organisation import Department, FiscalYear, Unit
from budgets.money import ZERO, MoneyField
from budgets.querysets import MoneyLineQuerySet, RevenueQuerySet

ITEM_DIGITS = 7


def not_negative(model: str, field: str = "amount") -> models.CheckConstraint:
    """Let an amount be zero or more."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__gte": ZERO}),
        name=f"{model}_{field}_not_negative",
        violation_error_message="金额不能为负数。",
    )


class OfUnit(models.Model):
    """A row of a budget that names a unit: the unit is one of the budget's department."""

    class Meta:
        """Abstract."""

        abstract = True

    def clean(self) -> None:
        """Refuse another department's unit."""
        super().clean()
        if self.unit_id and self.budget_id and self.unit.department_id != self.budget.department_id:
            raise ValidationError({"unit": f"单位“{self.unit}”不属于{self.budget.department}。"})


class Budget(models.Model):
    """One department's figures of one year and phase; what is done with them belongs to the Disclosure."""

    access = Access(Area.FACTS, "fiscal_year__government", "department", shared=True)
    spoken = ("department", "fiscal_year")

    fiscal_year = models.ForeignKey(FiscalYear, models.PROTECT, related_name="budgets", verbose_name="预算年度")
    department = models.ForeignKey(Department, models.PROTECT, related_name="budgets", verbose_name="部门")
    phase = models.CharField("阶段", max_length=10, choices=Phase, default=Phase.INITIAL)
    version = models.PositiveIntegerField("版本", default=1, help_text="防止两人同时修改时互相覆盖。")

    class Meta:
        """One budget for each department, year and phase."""

        verbose_name = verbose_name_plural = "部门预算"
        ordering = ("fiscal_year__year", "department__code", "phase")
        constraints = (
            models.UniqueConstraint(
                fields=("fiscal_year", "department", "phase"),
                name="budget_unique",
                violation_error_message="该部门这一年度、这一阶段的预算已经建立。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.department}{self.fiscal_year.year}年{self.get_phase_display()}"


class MoneyLine(OfUnit):
    """What revenue, spending and 结转下年 share: a budget's amount in a unit, from a source."""

    access = Access(Area.FACTS, "budget__fiscal_year__government", "budget__department", "unit")

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="%(class)ss", verbose_name="预算")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    source = models.CharField("资金来源", max_length=20, choices=Source)
    amount = MoneyField("金额（元）")

    objects = MoneyLineQuerySet.as_manager()

    class Meta:
        """Abstract."""

        abstract = True
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(amount__gte=ZERO),
                name="%(class)s_amount_not_negative",
                violation_error_message="金额不能为负数。",
            ),
        )


class Exchanged(MoneyLine):
    """Money that may pass between two units of one department: then it is no income and no spending of the whole."""

    counterpart = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="内部往来单位",
        help_text="与本部门另一单位之间的上缴或补助填对方单位；部门汇总时两边相抵。其他收支留空。",
    )

    class Meta(MoneyLine.Meta):
        """Abstract."""

        abstract = True

    def clean(self) -> None:
        """Refuse another department's unit, and the line's own, as the other side."""
        super().clean()
        if not self.counterpart_id:
            return
        if self.budget_id and self.counterpart.department_id != self.budget.department_id:
            message = f"“{self.counterpart}”不属于{self.budget.department}；部门以外的往来请留空。"
            raise ValidationError({"counterpart": message})
        if self.counterpart_id == self.unit_id:
            raise ValidationError({"counterpart": "内部往来单位应是本部门的另一个单位。"})


class CarryForward(MoneyLine):
    """结转下年: what a unit will not spend this year."""

    class Meta(MoneyLine.Meta):
        """Usually empty in 年初预算."""

        verbose_name = verbose_name_plural = "结转下年"

    def __str__(self) -> str:
        return f"{self.unit} {self.get_source_display()} {self.amount}元"


class RevenueLine(Exchanged):
    """收入: what a unit receives, or brings over from last year (上年结转)."""

    carried_over = models.BooleanField("上年结转", default=False)
    function = models.ForeignKey(Function, models.PROTECT, null=True, blank=True, verbose_name="功能分类")

    objects = RevenueQuerySet.as_manager()

    class Meta(Exchanged.Meta):
        """Several lines may share a source; only 上级补助 and 附属单位上缴 may come from within the department."""

        verbose_name = verbose_name_plural = "收入明细"
        constraints = (
            *Exchanged.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(counterpart__isnull=True) | models.Q(source__in=INTERNAL_INCOME),
                name="revenueline_counterpart_of_transfer",
                violation_error_message="只有上级补助收入和附属单位上缴收入可以填内部往来单位。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} {self.get_source_display()} {self.amount}元"

    def clean(self) -> None:
        """Refuse a code above 项, where a code is given."""
        super().clean()
        if self.function_id and len(self.function.code) != ITEM_DIGITS:
            raise ValidationError({"function": "功能分类须细化到项（7位编码），或者留空。"})
