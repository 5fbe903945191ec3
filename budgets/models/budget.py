"""The year's facts: what a department may receive and spend, line by line."""

from django.core.exceptions import ValidationError
from django.db import models

from budgets.access import Access, Area
from budgets.enums import BASIC, FUNCTION_KINDS, Kind, Phase, ProjectCategory, Source
from budgets.models.classification import Economic, Function, GovernmentEconomic
from budgets.models.organisation import Department, FiscalYear, Unit
from budgets.money import ZERO, MoneyField
from budgets.querysets import ExpenditureQuerySet, MoneyLineQuerySet, RevenueQuerySet

ITEM_DIGITS = 7
GROUP_DIGITS = 5


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


class CarryForward(MoneyLine):
    """结转下年: what a unit will not spend this year."""

    class Meta(MoneyLine.Meta):
        """Usually empty in 年初预算."""

        verbose_name = verbose_name_plural = "结转下年"

    def __str__(self) -> str:
        return f"{self.unit} {self.get_source_display()} {self.amount}元"


class RevenueLine(MoneyLine):
    """收入: what a unit receives, or brings over from last year (上年结转)."""

    carried_over = models.BooleanField("上年结转", default=False)
    function = models.ForeignKey(Function, models.PROTECT, null=True, blank=True, verbose_name="功能分类")

    objects = RevenueQuerySet.as_manager()

    class Meta(MoneyLine.Meta):
        """Several lines may share a source."""

        verbose_name = verbose_name_plural = "收入明细"

    def __str__(self) -> str:
        return f"{self.unit} {self.get_source_display()} {self.amount}元"


class Project(models.Model):
    """项目: named once; prose and tables refer to it. 预算数 and 财政资金 are derived from its lines."""

    access = Access(Area.FACTS, "unit__department__government", "unit__department", "unit")

    code = models.CharField("项目编码", max_length=21, unique=True)
    name = models.CharField("项目名称", max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="projects", verbose_name="单位")
    category = models.CharField("项目类别", max_length=12, choices=ProjectCategory)
    first_year = models.PositiveSmallIntegerField("起始年度", null=True, blank=True)

    class Meta:
        """The code of the project library has 21 characters."""

        verbose_name = verbose_name_plural = "项目"
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[0-9]{8}[0-9A-Z]{13}$"),
                name="project_code_form",
                violation_error_message="项目编码应为21位：6位区划、2位年度和13位数字或大写字母。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ExpenditureLine(MoneyLine):
    """支出: what a unit spends, by function to 项 and, for 基本支出 always, by economic nature to 款."""

    kind = models.CharField("支出类别", max_length=12, choices=Kind)
    project = models.ForeignKey(
        Project, models.PROTECT, related_name="lines", null=True, blank=True, verbose_name="项目"
    )
    function = models.ForeignKey(Function, models.PROTECT, related_name="+", verbose_name="功能分类（项）")
    economic = models.ForeignKey(
        Economic, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="部门经济分类（款）"
    )
    government_economic = models.ForeignKey(
        GovernmentEconomic,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="政府经济分类（款）",
    )
    carried_over = models.BooleanField("上年结转", default=False)
    label = models.CharField("明细名称", max_length=60, blank=True)

    objects = ExpenditureQuerySet.as_manager()

    class Meta(MoneyLine.Meta):
        """Several lines may share all codes; the 明细 label tells them apart."""

        verbose_name = verbose_name_plural = "支出明细"
        constraints = (
            *MoneyLine.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(kind__in=BASIC) | models.Q(economic__isnull=False),
                name="expenditureline_basic_has_economic",
                violation_error_message="基本支出必须填写部门经济分类（款）。",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=Kind.PROJECT, project__isnull=False)
                | ~models.Q(kind=Kind.PROJECT) & models.Q(project__isnull=True),
                name="expenditureline_project_iff_kind",
                violation_error_message="项目支出必须选择项目，其他支出不能选择项目。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} {self.get_kind_display()} {self.amount}元"

    def clean(self) -> None:
        """Refuse a code above 项 or 款, a functional code of another budget, another unit's project."""
        super().clean()
        problems = {}
        if self.function_id and len(self.function.code) != ITEM_DIGITS:
            problems["function"] = "功能分类须细化到项（7位编码）。"
        elif self.function_id and self.function.kind != FUNCTION_KINDS.get(self.source, self.function.kind):
            problems["function"] = f"{self.function}不是{self.get_source_display()}的科目。"
        if self.economic_id and len(self.economic.code) != GROUP_DIGITS:
            problems["economic"] = "部门经济分类须细化到款（5位编码）。"
        if self.project_id and self.unit_id and self.project.unit_id != self.unit_id:
            problems["project"] = f"项目“{self.project.name}”属于{self.project.unit}，不是本行的单位。"
        if problems:
            raise ValidationError(problems)
