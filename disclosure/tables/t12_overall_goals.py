"""表十二：部门整体支出绩效目标表: what all the money is for, by task, and by which indicators it will be judged."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import ClassVar

from budgets.money import ZERO
from budgets.querysets import ExpenditureQuerySet
from disclosure.tables.base import Line, MoneyColumn, StatutoryTable, TextColumn
from disclosure.tables.grid import Field
from disclosure.tables.scope import Scope
from disclosure.tables.t11_goals import Indicators
from performance.frameworks import PrintedTree
from performance.models import AnnualTask
from performance.querysets import by_task
from performance.stated import stated

KEPT = ("total", "fiscal", "other")


class OverallGoals(StatutoryTable):
    """年度主要任务 with their projects' money; what belongs to no task has rows of its own, so that all is 支出合计."""

    key: ClassVar[str] = "overall_goals"
    number: ClassVar[int | None] = 12

    name = TextColumn("任务名称")
    content = TextColumn("主要内容")
    total = MoneyColumn("总额", "预算金额")
    fiscal = MoneyColumn("财政拨款", "预算金额")
    other = MoneyColumn("其他资金", "预算金额")

    @classmethod
    def select(cls, scope: Scope) -> Iterable[Line]:
        """Yield the total, the tasks in printed order, then 基本支出 and what else there is."""
        tasks = list(AnnualTask.objects.filter(budget=scope.budget).order_by("position"))
        if not tasks:
            return
        lines = scope.expenditures
        yield Line({"name": "金额合计", **lines.funding_totals(*KEPT)}, level=0, total=True)
        spent = by_task(lines.projects(), scope.budget)
        for task in tasks:
            nothing = dict.fromkeys(KEPT, ZERO)
            yield Line({"name": task.name, "content": task.content, **spent.pop(task.pk, nothing)})
        yield from _rest(lines, spent)

    @classmethod
    def fields(cls, scope: Scope) -> tuple[Field, ...]:
        """Name the department or unit."""
        return (Field(f"{scope.body}名称", "line", (scope.unit or scope.budget.department).name),)

    @classmethod
    def notes(cls, scope: Scope) -> tuple[str, ...]:
        """State the overall goal of the year, one paragraph a line."""
        goal = scope.budget.overall_goals.filter(unit=scope.unit).first()
        return tuple(filter(None, map(str.strip, goal.text.splitlines()))) if goal else ()


def _rest(lines: ExpenditureQuerySet, spent: dict[int | None, dict[str, Decimal]]) -> Iterator[Line]:
    rest = {
        "机构运转（基本支出）": lines.basic().funding_totals(*KEPT),
        "其他项目支出": spent.get(None),
        "上缴上级、经营和对附属单位补助支出": lines.neither_basic_nor_project().funding_totals(*KEPT),
    }
    for name, sums in rest.items():
        if sums and sums["total"]:
            yield Line({"name": name, **sums})


class OverallIndicators(Indicators):
    """The indicators below the tasks, part of the same table."""

    key: ClassVar[str] = "overall_indicators"
    number: ClassVar[int | None] = 12

    @classmethod
    def select(cls, scope: Scope) -> Iterable[Line]:
        """Yield one row an indicator of the whole department or unit."""
        own = stated(scope.budget.overall_indicators.filter(unit=scope.unit))
        return cls.lines(own, PrintedTree(scope.plan.framework))

    @classmethod
    def reason(cls, scope: Scope, _lines: list[Line]) -> str | None:
        """Give the reason of the table it is part of."""
        return scope.empty_reason(OverallGoals.key)
