"""Figures a budget is compared with: what the bureau approved, and what last year's document said."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from budgets.access import Access, Area
from budgets.enums import Kind, PreviousMeasure, PreviousRow, PreviousTable, Source
from budgets.models.budget import Budget, OfUnit, not_negative
from budgets.models.figures import may_not_apply, stated
from budgets.models.organisation import Unit
from budgets.money import MoneyField
from budgets.schedulesets import PreviousQuerySet


class ControlFigure(OfUnit):
    """批复控制数: the totals the bureau approved, against which the draft is compared."""

    access = Access(Area.CONTROL, "budget__fiscal_year__government", "budget__department", "unit")

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="control_figures", verbose_name="预算")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name="单位")
    source = models.CharField("资金来源", max_length=20, choices=Source)
    kind = models.CharField("支出类别", max_length=12, choices=Kind)
    amount = MoneyField("金额（元）")

    class Meta:
        """One figure for each scope, source and kind."""

        verbose_name = verbose_name_plural = "批复控制数"
        ordering = ("budget", "unit__code", "source", "kind")
        constraints = (
            not_negative("controlfigure"),
            models.UniqueConstraint(
                fields=("budget", "unit", "source", "kind"),
                condition=models.Q(unit__isnull=False),
                name="controlfigure_unit_unique",
                violation_error_message="该单位的这一控制数已经填写。",
            ),
            models.UniqueConstraint(
                fields=("budget", "source", "kind"),
                condition=models.Q(unit__isnull=True),
                name="controlfigure_department_unique",
                violation_error_message="该部门的这一控制数已经填写。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_source_display()}·{self.get_kind_display()} {self.amount}元"


class PreviousFigure(OfUnit):
    """Last year's figures, typed only when last year's edition is not in the portal; 执行数 always."""

    access = Access(Area.FACTS, "budget__fiscal_year__government", "budget__department", "unit")

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="previous_figures", verbose_name="预算")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name="单位")
    measure = models.CharField("口径", max_length=12, choices=PreviousMeasure)
    table = models.CharField("表", max_length=30, choices=PreviousTable)
    code = models.CharField("行", max_length=20, help_text="汇总填行名（如支出总计），其他表填7位功能分类编码。")
    amount = MoneyField("金额（元）", null=True, blank=True)
    amount_not_applicable = may_not_apply("上年数")

    objects = PreviousQuerySet.as_manager()

    class Meta:
        """One figure for each scope, measure, table and row; a row without a figure says 不适用."""

        verbose_name = verbose_name_plural = "上年数"
        ordering = ("budget", "table", "code")
        constraints = (
            models.UniqueConstraint(
                fields=("budget", "measure", "table", "code"),
                condition=models.Q(unit__isnull=True),
                name="previousfigure_department_unique",
                violation_error_message="这一上年数已经填写。",
            ),
            models.UniqueConstraint(
                fields=("budget", "unit", "measure", "table", "code"),
                condition=models.Q(unit__isnull=False),
                name="previousfigure_unit_unique",
                violation_error_message="该单位的这一上年数已经填写。",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=False, amount_not_applicable=False)
                | Q(amount__isnull=True, amount_not_applicable=True),
                name="previousfigure_amount_or_not_applicable",
                violation_error_message="上年数须填金额；确实没有可比数的，注明“不适用”且不填金额。",
            ),
            models.CheckConstraint(
                condition=Q(table=PreviousTable.SUMMARY, code__in=PreviousRow.values)
                | (~Q(table=PreviousTable.SUMMARY) & Q(code__regex=r"^2[0-9]{6}$")),
                name="previousfigure_code_of_table",
                violation_error_message="“汇总”的行应为固定行名，其他表的行应为7位功能分类编码。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.row_name} {self.get_measure_display()} {stated(self, 'amount')}"

    @property
    def row_name(self) -> str:
        """Name the row: the printed name of a summary row, the code otherwise."""
        return str(PreviousRow(self.code).label) if self.code in PreviousRow.values else self.code

    def clean_fields(self, exclude: set[str] | None = None) -> None:
        """Take a summary row by its printed name too."""
        self.code = next((row.value for row in PreviousRow if row.label == self.code.strip()), self.code.strip())
        super().clean_fields(exclude)

    def clean(self) -> None:
        """Name the rows there are, where the one given is not among them."""
        super().clean()
        if self.table == PreviousTable.SUMMARY and self.code not in PreviousRow.values:
            raise ValidationError({"code": f"“汇总”的行应为：{'、'.join(map(str, PreviousRow.labels))}。"})
