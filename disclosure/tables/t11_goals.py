"""项目绩效目标表: one project's money, plan, goals and indicators."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from budgets.models import Unit
from budgets.money import MISSING_SHOWN
from disclosure.tables.base import Heading, plain, wire
from disclosure.tables.grid import Column, Field, Row, Table
from disclosure.tables.scope import Scope
from performance.models import Indicator, ProjectGoal

COLUMNS = (
    Column("level1", "一级指标"),
    Column("level2", "二级指标"),
    Column("name", "三级指标"),
    Column("description", "绩效指标描述"),
    Column("target", "指标值"),
    Column("basis", "指标值确定依据"),
)
PLAN = (
    ("plan_march", "3月底"),
    ("plan_june", "6月底"),
    ("plan_october", "10月底"),
    ("plan_december", "12月底"),
)


def goal_tables(scope: Scope, heading: Heading) -> Iterator[Table]:
    """Yield the goal table of each project, in printed order; amounts are totals of the project's lines."""
    amounts = {row["project"]: row for row in scope.expenditures.by_project()}
    for goal in scope.project_goals:
        yield goal_table(goal, amounts.get(goal.project_id, {}), heading)


def goal_table(goal: ProjectGoal, amounts: dict[str, Any], heading: Heading) -> Table:
    """Return one project's table under the layout's heading (form of 河北省, goals.md 4.1)."""
    return Table(
        key=f"goal-{goal.project.code}",
        number=11,
        label=f"{goal.position}.",
        title=f"{goal.project.name}{heading.title}",
        unit=heading.unit,
        columns=COLUMNS,
        rows=tuple(Row(1, total=False, cells=_cells(indicator)) for indicator in goal.indicators.all()),
        fields=_fields(goal, amounts),
        notes=tuple(f"{statement.number}.{statement.text}" for statement in goal.statements.all()),
        wide=heading.wide,
    )


def percent(value: Decimal | None) -> str | None:
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


def _cells(indicator: Indicator) -> dict[str, str | None]:
    return {
        "level1": indicator.classified.level1,
        "level2": indicator.classified.level2,
        "name": indicator.name,
        "description": wire(indicator.description),
        "target": wire(indicator.target),
        "basis": wire(indicator.basis),
    }
