"""The schedules beside the main figures: “三公”, procurement and assets."""

from django.db import models
from django.db.models import Q

from budgets.access import Access, Area
from budgets.enums import GENERAL_BUDGETS, AssetCategory, ProcurementMode, ProcurementType, Source, ThreePublicItem
from budgets.models.budget import Budget, OfUnit, not_negative
from budgets.models.classification import ProcurementCatalogue
from budgets.models.figures import may_not_apply, nothing_beside
from budgets.models.organisation import Unit
from budgets.models.spending import Project
from budgets.money import ZERO, MoneyField
from budgets.schedulesets import AssetQuerySet, ProcurementQuerySet, ThreePublicQuerySet


class ThreePublicCost(OfUnit):
    """“三公”经费: one item of one unit, with last year's figure and the reason for the change."""

    access = Access(Area.FACTS, "budget__fiscal_year__government", "budget__department", "unit")

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="three_public_costs", verbose_name="预算")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    item = models.CharField("项目", max_length=20, choices=ThreePublicItem)
    source = models.CharField("资金来源", max_length=20, choices=Source, default=Source.GENERAL)
    amount = MoneyField("本年预算（元）")
    previous = MoneyField("上年预算（元）", null=True, blank=True)
    previous_not_applicable = may_not_apply("上年预算")
    reason = models.CharField("增减原因", max_length=200, blank=True)
    occasions = models.PositiveIntegerField("团组数或接待批次", null=True, blank=True)
    persons = models.PositiveIntegerField("人次", null=True, blank=True)
    vehicles = models.PositiveIntegerField("购置数或保有量", null=True, blank=True)

    objects = ThreePublicQuerySet.as_manager()

    class Meta:
        """One row for each unit, item and source."""

        verbose_name = verbose_name_plural = "“三公”经费"
        ordering = ("budget", "unit__code", "item")
        constraints = (
            models.UniqueConstraint(
                fields=("budget", "unit", "item", "source"),
                name="threepubliccost_unique",
                violation_error_message="该单位这一“三公”项目已经填写。",
            ),
            not_negative("threepubliccost"),
            models.CheckConstraint(
                condition=Q(source__in=GENERAL_BUDGETS),
                name="threepubliccost_fiscal",
                violation_error_message="“三公”经费只填财政拨款（一般公共预算、政府性基金、国有资本经营预算）安排的部分。",
            ),
            not_negative("threepubliccost", "previous"),
            nothing_beside("threepubliccost", "previous", "上年预算"),
        )

    def __str__(self) -> str:
        return f"{self.unit} {self.get_item_display()} {self.amount}元"


class ProcurementItem(OfUnit):
    """政府采购: one thing to be bought, and which money pays for it."""

    access = Access(Area.FACTS, "budget__fiscal_year__government", "budget__department", "unit")

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="procurement_items", verbose_name="预算")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    project = models.ForeignKey(
        Project, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="项目（公用经费留空）"
    )
    name = models.CharField("采购物品名称", max_length=120)
    catalogue = models.ForeignKey(ProcurementCatalogue, models.PROTECT, related_name="+", verbose_name="采购品目")
    type = models.CharField("采购类型", max_length=10, choices=ProcurementType)
    mode = models.CharField("组织形式", max_length=10, choices=ProcurementMode)
    measure = models.CharField("数量单位", max_length=20, blank=True)
    quantity = models.DecimalField("数量", max_digits=14, decimal_places=2, null=True, blank=True)
    quantity_not_applicable = may_not_apply("数量")
    unit_price = MoneyField("单价（元）", null=True, blank=True)
    unit_price_not_applicable = may_not_apply("单价")
    source = models.CharField("资金来源", max_length=20, choices=Source)
    amount = MoneyField("金额（元）")
    other_channels = MoneyField("其他渠道资金（元）", default=ZERO, help_text="当年部门预算以外的资金；没有填0。")
    reserved = MoneyField("预留中小企业（元）", default=ZERO)
    reserved_micro = MoneyField("其中：小微企业（元）", default=ZERO)

    objects = ProcurementQuerySet.as_manager()

    class Meta:
        """小微 within 中小, 中小 within the amount (T13.5)."""

        verbose_name = verbose_name_plural = "政府采购"
        ordering = ("budget", "unit__code", "id")
        constraints = (
            not_negative("procurementitem"),
            not_negative("procurementitem", "other_channels"),
            nothing_beside("procurementitem", "quantity", "数量"),
            nothing_beside("procurementitem", "unit_price", "单价"),
            models.CheckConstraint(
                condition=Q(reserved__lte=models.F("amount"), reserved_micro__lte=models.F("reserved")),
                name="procurementitem_reserved_within",
                violation_error_message="预留小微企业金额不能超过预留中小企业金额，后者不能超过采购金额。",
            ),
            models.CheckConstraint(
                condition=Q(reserved_micro__gte=ZERO),
                name="procurementitem_reserved_not_negative",
                violation_error_message="预留金额不能为负数。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.amount}元"


class AssetHolding(OfUnit):
    """固定资产占用: what a unit holds of one category at the end of the year before."""

    access = Access(Area.FACTS, "budget__fiscal_year__government", "budget__department", "unit")

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="asset_holdings", verbose_name="预算")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    category = models.CharField("类别", max_length=20, choices=AssetCategory)
    quantity = models.DecimalField("数量", max_digits=14, decimal_places=2, null=True, blank=True)
    quantity_not_applicable = may_not_apply("数量")
    measure = models.CharField("计量单位", max_length=20, blank=True)
    value = MoneyField("价值（元）", null=True, blank=True)
    value_not_applicable = may_not_apply("价值")
    as_of = models.DateField("截至日期")

    objects = AssetQuerySet.as_manager()

    class Meta:
        """One row for each unit and category; the total is added up, never typed."""

        verbose_name = verbose_name_plural = "固定资产占用"
        ordering = ("budget", "unit__code", "category")
        constraints = (
            models.UniqueConstraint(
                fields=("budget", "unit", "category"),
                name="assetholding_unique",
                violation_error_message="该单位这一类资产已经填写。",
            ),
            not_negative("assetholding", "value"),
            nothing_beside("assetholding", "quantity", "数量"),
            nothing_beside("assetholding", "value", "价值"),
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | Q(quantity__gte=0),
                name="assetholding_quantity_not_negative",
                violation_error_message="数量不能为负数。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} {self.get_category_display()}"
