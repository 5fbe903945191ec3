"""What a department spends: its projects, and its spending line by line."""

from django.core.exceptions import ValidationError
from django.db import models

from budgets.access import Access, Area
from budgets.enums import BASIC, FUNCTION_KINDS, GENERAL_BUDGETS, INTERNAL_SPENDING, OWN_SPENDING, Kind, ProjectCategory
from budgets.models.budget import ITEM_DIGITS, Exchanged
from budgets.models.classification import Economic, Function, GovernmentEconomic
from budgets.models.organisation import Unit
from budgets.querysets import ExpenditureQuerySet

GROUP_DIGITS = 5


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


class ExpenditureLine(Exchanged):
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

    class Meta(Exchanged.Meta):
        """Several lines may share all codes; the 明细 label tells them apart."""

        verbose_name = verbose_name_plural = "支出明细"
        constraints = (
            *Exchanged.Meta.constraints,
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
            models.CheckConstraint(
                condition=~models.Q(kind__in=OWN_SPENDING) | ~models.Q(source__in=GENERAL_BUDGETS),
                name="expenditureline_own_money",
                violation_error_message="上缴上级、经营支出和对附属单位补助不能用财政拨款，请改资金来源。",
            ),
            models.CheckConstraint(
                condition=models.Q(counterpart__isnull=True) | models.Q(kind__in=INTERNAL_SPENDING),
                name="expenditureline_counterpart_of_transfer",
                violation_error_message="只有上缴上级支出和对附属单位补助支出可以填内部往来单位。",
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
