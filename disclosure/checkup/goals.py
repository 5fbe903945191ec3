"""The goal tables of other people's documents as tables, so that rules can cite their cells."""

from disclosure.checkup.cells import Read
from disclosure.intake.past.proposal import Amount, Goal, Indicator
from disclosure.tables.grid import Field, Row, Table, Wire
from disclosure.tables.t11_goals import Goals

TITLE = "绩效目标表"


def goal_table(number: int, goal: Goal) -> Read:
    """Return the table of a project; ``number`` counts from 1."""
    shown = [_indicator(indicator) for indicator in goal.indicators]
    key = f"goal-{goal.code.text or number}"
    table = Table(
        key=key,
        number=Goals.number,
        label=f"{number}.",
        title=f"{goal.name.text}{TITLE}",
        unit="万元",
        columns=Goals.standard,
        rows=tuple(Row(1, total=False, cells=cells) for cells, _ in shown),
        fields=_fields(goal),
        notes=tuple(statement.text for statement in goal.statements),
    )
    places = {(n, column): place for n, (_, found) in enumerate(shown) for column, place in found.items()}
    return Read(table, {**places, (-1, ""): goal.name.place or goal.title.place})


def _fields(goal: Goal) -> tuple[Field, ...]:
    parts = [goal.fiscal, goal.other]
    blank: Wire = "0.00" if any(parts) else None
    amounts = (
        ("预算数", _wire(goal.amount, None)),
        *zip(("财政资金", "其他资金"), (_wire(p, blank) for p in parts), strict=True),
    )
    return tuple(Field(label, "money", amount) for label, amount in amounts)


def _wire(amount: Amount | None, blank: Wire) -> Wire:
    return f"{amount.yuan:f}" if amount else blank


def _indicator(of: Indicator) -> tuple[dict[str, Wire], dict[str, str]]:
    cells = {
        "level1": of.level1,
        "level2": of.level2,
        "name": of.name,
        "description": of.description,
        "target": of.printed,
        "basis": of.basis,
    }
    return {key: value.text or None for key, value in cells.items()}, {key: v.place for key, v in cells.items()}
