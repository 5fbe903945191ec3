"""The closed list of what a workbook holds: one sheet per kind of fact, in the order in which they are stored."""

from typing import Any, NamedTuple

from django.db.models import Model, QuerySet

from budgets.exchange import ScopedResource
from budgets.resources import (
    AssetHoldingResource,
    CarryForwardResource,
    ExpenditureLineResource,
    PreviousFigureResource,
    ProcurementItemResource,
    ProjectResource,
    RevenueLineResource,
    ThreePublicCostResource,
    UnitProfileResource,
)
from disclosure.models import Disclosure
from disclosure.resources import EmptyTableResource, GlossaryTermResource, NarrativeResource
from performance.resources import (
    AnnualTaskResource,
    DutyGoalResource,
    GoalStatementResource,
    IndicatorResource,
    OverallGoalResource,
    OverallIndicatorResource,
    ProjectGoalResource,
)


class SheetKind(NamedTuple):
    """A sheet: its title, the Resource that declares its columns, and how its rows lead to the disclosure."""

    title: str
    resource: type[ScopedResource]
    guide: str
    """What belongs in it, for whoever fills it in."""
    aliases: tuple[str, ...] = ()
    owner: tuple[tuple[str, str], ...] = (("budget", "budget"),)
    """Lookups that lead from a row to what it must belong to, each with what that is (:func:`owners`)."""
    unit: str = "unit"
    """The lookup of a row's unit; blank: the rows have none, or belong to the disclosure itself."""
    whole: bool = False
    """Whether only a whole department has such rows."""
    kept: bool = False
    """Whether rows that a file leaves out stay: a register, not the facts of one year."""

    @property
    def model(self) -> type[Model]:
        """The model whose rows it holds."""
        model: type[Model] = self.resource._meta.model
        return model

    def rows(self, disclosure: Disclosure) -> QuerySet[Any]:
        """Return the stored rows that a file for ``disclosure`` speaks of."""
        known = owners(disclosure)
        rows = self.model._default_manager.filter(**{path: known[name] for path, name in self.owner})
        if self.unit and disclosure.unit:
            rows = rows.filter(**{self.unit: disclosure.unit})
        return rows.order_by("pk")


def owners(disclosure: Disclosure) -> dict[str, Any]:
    """Say what rows may have to belong to."""
    budget = disclosure.budget
    return {
        "budget": budget,
        "disclosure": disclosure,
        "department": budget.department,
        "year": budget.fiscal_year.year,
    }


PROFILE = (("unit__department", "department"), ("year", "year"))
WORDS: dict[str, Any] = {"owner": (("disclosure", "disclosure"),), "unit": ""}
OF_GOAL: dict[str, Any] = {"owner": (("goal__budget", "budget"),), "unit": "goal__project__unit"}

EMPTY_TABLES = SheetKind("空表说明", EmptyTableResource, "没有数据的法定表，逐张写明原因。", ("空表",), **WORDS)
SHEETS = (
    SheetKind("单位情况", UnitProfileResource, "各单位本年的性质、规格、人员。", ("单位", "机构设置"), PROFILE),
    SheetKind(
        "项目",
        ProjectResource,
        "项目库中的项目；表里没有写的项目不会被删除。",
        ("项目信息", "项目库"),
        (("unit__department", "department"),),
        kept=True,
    ),
    SheetKind("收入明细", RevenueLineResource, "每种资金来源一行，上年结转另起一行。", ("收入", "收入预算")),
    SheetKind("支出明细", ExpenditureLineResource, "每个科目、每种资金来源一行。", ("支出", "支出预算")),
    SheetKind("结转下年", CarryForwardResource, "年末结转下年使用的资金，一般没有。", ("结转",)),
    SheetKind("“三公”经费", ThreePublicCostResource, "只填财政拨款安排的部分。", ("三公经费", "三公", "“三公”")),
    SheetKind("政府采购", ProcurementItemResource, "每种采购物品一行。", ("采购", "政府采购预算")),
    SheetKind("固定资产", AssetHoldingResource, "上年末占用的固定资产。", ("资产", "固定资产占用")),
    SheetKind("总体绩效目标", OverallGoalResource, "部门整体的一行，“单位编码”留空。", ("总体目标",)),
    SheetKind("分项绩效目标", DutyGoalResource, "每项职责一行。", ("职责目标", "职责绩效目标")),
    SheetKind("年度主要任务", AnnualTaskResource, "部门整体支出绩效目标表的任务。", ("主要任务",), unit="", whole=True),
    SheetKind("整体绩效指标", OverallIndicatorResource, "部门整体支出绩效目标表的指标。", ("整体指标",)),
    SheetKind("项目绩效目标", ProjectGoalResource, "每个项目一行。", ("项目目标",), unit="project__unit"),
    SheetKind("绩效目标", GoalStatementResource, "每个项目的绩效目标，一条一行。", ("目标",), **OF_GOAL),
    SheetKind("绩效指标", IndicatorResource, "每个项目的绩效指标，一条一行。", ("指标",), **OF_GOAL),
    SheetKind("上年数", PreviousFigureResource, "上年预算数、执行数；本平台已公开上年的可不填。", ("上年",)),
    SheetKind("文字说明", NarrativeResource, "各栏目的文字，一段一行。", ("说明",), **WORDS),
    SheetKind("名词解释", GlossaryTermResource, "每个名词一行。", ("名词",), **WORDS),
    EMPTY_TABLES,
)


def sheets_of(disclosure: Disclosure) -> tuple[SheetKind, ...]:
    """Return the sheets a disclosure has."""
    return tuple(kind for kind in SHEETS if not (kind.whole and disclosure.unit))
