"""What was carried over, block by block: what it says now, what it said last year, and where it is changed."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import ForeignKey
from django.urls import reverse

from budgets.models import PreviousFigure, ThreePublicCost, UnitProfile
from budgets.money import MISSING_SHOWN, MoneyField
from disclosure.carrying import sources
from disclosure.enums import NarrativeState
from disclosure.marks import OpenMark, open_marks
from disclosure.models import Disclosure, EmptyTable, GlossaryTerm, Narrative
from performance.models import (
    AnnualTask,
    DutyGoal,
    GoalStatement,
    Indicator,
    OverallGoal,
    OverallIndicator,
    ProjectGoal,
)

INDICATOR = ("name", "operator", "value", "measure", "weight", "description", "basis", "printed_value")
FIELDS: dict[type, tuple[str, ...]] = {
    UnitProfile: ("nature", "rank", "funding", "posts", "staff"),
    AnnualTask: ("content",),
    ProjectGoal: ("purpose", "task", "plan_march", "plan_june", "plan_october", "plan_december"),
    GoalStatement: ("text",),
    Indicator: INDICATOR[1:],
    OverallGoal: ("text", "safeguards"),
    DutyGoal: ("responsibilities", "objective", "goal", "indicators", "standard"),
    OverallIndicator: INDICATOR[1:],
    ThreePublicCost: ("amount", "previous", "reason"),
    PreviousFigure: ("amount",),
    GlossaryTerm: ("explanation",),
    EmptyTable: ("reason",),
    Narrative: ("text",),
}
"""What is shown of each sort; its name stands above."""
NAMES: dict[type, Callable[[Any], str]] = {
    UnitProfile: lambda row: row.unit.name,
    ProjectGoal: lambda _row: "资金用途和支出计划",
    GoalStatement: lambda row: f"绩效目标{row.number}",
    Indicator: lambda row: f"{row.classified.level2}　{row.name}",
    OverallIndicator: lambda row: f"{row.classified.level2}　{row.name}",
    ThreePublicCost: lambda row: f"{row.unit.name}　{row.get_item_display()}",
    PreviousFigure: lambda row: row.row_name,
    EmptyTable: lambda row: f"《{row.get_table_display()}》",
}
"""How a block is called; by its own name where nothing else is said."""
GOALS = (ProjectGoal, GoalStatement, Indicator)


class Said(NamedTuple):
    """One field: this year's value, and last year's where it was another."""

    label: str
    now: str
    before: str


class Block(NamedTuple):
    """One thing to confirm or to change."""

    key: str
    name: str
    fields: tuple[Said, ...]
    address: str


class Section(NamedTuple):
    """Blocks that are read together."""

    title: str
    blocks: list[Block]


def sections_of(disclosure: Disclosure) -> list[Section]:
    """Return what nobody has looked at yet: texts first, then rows, a project's goals together."""
    sections: dict[str, Section] = {}
    for title, block in (*_texts(disclosure), *map(_block, open_marks(disclosure))):
        sections.setdefault(title, Section(title, [])).blocks.append(block)
    return list(sections.values())


def _texts(disclosure: Disclosure) -> Iterator[tuple[str, Block]]:
    carried = list(disclosure.narratives.filter(state=NarrativeState.CARRIED_OVER))
    last: dict[str, Narrative] = {}
    if carried:
        for row in Narrative.objects.filter(disclosure__in=sources(disclosure)):
            last.setdefault(row.key, row)
    for row in carried:
        yield "文字说明", Block(f"text-{row.pk}", str(row), _said(row, last.get(row.key)), address_of(row))


def _block(mark: OpenMark) -> tuple[str, Block]:
    row = mark.now
    title = str(row._meta.verbose_name)
    if isinstance(row, GOALS):
        goal = row if isinstance(row, ProjectGoal) else row.goal
        title = f"项目绩效目标：{goal.project.name}"
    return title, Block(
        f"mark-{mark.mark.pk}", NAMES.get(type(row), str)(row), _said(row, mark.before), address_of(row)
    )


def _said(row: Any, before: Any) -> tuple[Said, ...]:
    found = []
    for name in FIELDS[type(row)]:
        now, then = value_of(row, name), "" if before is None else value_of(before, name)
        if now != MISSING_SHOWN or then not in ("", MISSING_SHOWN):
            label = str(row._meta.get_field(name).verbose_name)
            found.append(Said(label, now, "" if then == now else then))
    return tuple(found)


def value_of(row: Any, name: str) -> str:
    """Say a field's value to people."""
    field, value = row._meta.get_field(name), getattr(row, name)
    if value is None or value == "":
        return MISSING_SHOWN
    if isinstance(field, MoneyField):
        return f"{value}元"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(getattr(row, f"get_{name}_display")() if field.choices and not isinstance(field, ForeignKey) else value)


def address_of(row: Any) -> str:
    """Return where a row is changed: a statement or an indicator on its project's page."""
    row = row.goal if isinstance(row, GoalStatement | Indicator) else row
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
