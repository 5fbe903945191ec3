"""表十一：项目绩效目标表, one for each project: its money, plan, goals and indicators."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from budgets.models import Unit
from budgets.money import MISSING_SHOWN
from disclosure.tables.base import Heading, Line, NumberColumn, StatutoryTable, TextColumn, cells, plain, wire
from disclosure.tables.grid import Field, Row, Table
from disclosure.tables.scope import Scope
from performance.frameworks import PrintedTree
from performance.models import ProjectGoal
from performance.stated import Stated

PLAN = (
    ("plan_march", "3月底"),
    ("plan_june", "6月底"),
    ("plan_october", "10月底"),
    ("plan_december", "12月底"),
)


class Indicators(StatutoryTable):
    """Indicators under the classes of the layout's tree, in its order."""

    level1 = TextColumn("一级指标")
    level2 = TextColumn("二级指标")
    name = TextColumn("三级指标")
    description = TextColumn("绩效指标描述")
    target = TextColumn("指标值")
    weight = NumberColumn("分值", extra=True)
    basis = TextColumn("指标值确定依据")

    @staticmethod
    def lines(indicators: Iterable[Stated], tree: PrintedTree) -> Iterator[Line]:
        """Yield one row an indicator; ``indicators`` are in printed order within their class."""
        placed = [(tree.place(indicator.level1, indicator.level2), indicator) for indicator in indicators]
        for place, indicator in sorted(placed, key=lambda pair: pair[0].order):
            said = {**indicator._asdict(), "target": indicator.target}
            yield Line({**said, "level1": place.level1, "level2": place.level2})


class Goals(Indicators):
    """项目绩效目标表 (河北省 form; goals.md 4.1, 4.6); amounts are totals of the project's lines."""

    key: ClassVar[str] = "goals"
    number: ClassVar[int | None] = 11

    @classmethod
    def select(cls, _scope: Scope) -> Iterable[Line]:
        """Yield nothing: the rows stand in the projects' own tables."""
        return ()

    @classmethod
    def build_all(cls, scope: Scope, heading: Heading) -> Iterator[Table]:
        """Yield the goal table of each project in printed order, or one empty table."""
        amounts, tree, columns = scope.spent_by_project, PrintedTree(scope.plan.framework), cls.printed(scope, heading)
        empty = True
        for goal in scope.project_goals:
            empty = False
            rows = (cells(columns, line) for line in cls.lines(scope.indicators.get(goal.pk, ()), tree))
            yield Table(
                key=f"goal-{goal.project.code}",
                number=cls.number,
                label=f"{goal.position}.",
                title=f"{goal.project.name}{scope.named(heading.title)}",
                unit=heading.unit,
                columns=columns,
                rows=tuple(Row(1, total=False, cells=row) for row in rows),
                fields=_fields(goal, amounts.get(goal.project_id, {})),
                notes=tuple(f"{number}.{text}" for number, text in scope.statements.get(goal.pk, ())),
                wide=heading.wide,
            )
        if empty:
            yield cls.build(scope, heading)


def percent(value: Any) -> str | None:
    """Print a cumulative share without needless zeros; blank stays missing."""
    return None if value is None else f"{plain(value)}%"


def _fields(goal: ProjectGoal, amounts: dict[str, Any]) -> tuple[Field, ...]:
    unit: Unit = goal.project.unit
    plan = [f"{label}{percent(getattr(goal, name)) or MISSING_SHOWN}" for name, label in PLAN]
    money = (("预算数", "total"), ("其中：财政资金", "fiscal"), ("其他资金", "other"))
    return (
        Field("单位", "line", f"{unit.code} {unit.name}"),
        Field("项目编码", "line", goal.project.code),
        Field("项目名称", "line", goal.project.name),
        *(Field(label, "money", wire(amounts.get(key))) for label, key in money),
        Field("资金用途", "line", wire(goal.purpose)),
        Field("资金支出计划（累计）", "line", "，".join(plan)),
    )
