"""Tokens that list: the parts of income, projects, the items of 机关运行经费, functional classes."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from budgets.enums import Source
from budgets.money import ZERO, percentage
from disclosure.narrative.voice import Voice, direction, wan
from disclosure.tables.grid import Table


def revenue_parts(voice: Voice) -> list[tuple[str, Decimal]]:
    """Return each printed part of income with its amount in 元, zero ones included."""
    items = voice.facts.revenue.items
    fresh = {item.key: item.amount for item in items if not item.carried_over}
    carried = sum((item.amount for item in items if item.carried_over), ZERO)
    rows = voice.plan.income_rows
    parts = [(row.label, sum((fresh.get(source, ZERO) for source in row.sources), ZERO)) for row in rows]
    if surplus := fresh.get(Source.SURPLUS, ZERO):
        parts.append((voice.part("surplus"), surplus))
    return [*parts, (voice.part("carried_over"), carried)]


def _listed(voice: Voice) -> str:
    return "，".join(f"{label}{wan(amount)}" for label, amount in revenue_parts(voice))


def shares(parts: list[tuple[str, Decimal]]) -> str:
    """List the parts that are not zero with their share of the whole."""
    whole = sum((amount for _, amount in parts), ZERO)
    said = [f"{label}{wan(amount)}，占{percentage(amount, whole)}%" for label, amount in parts if amount]
    return "；".join(said)


def _spending_shares(voice: Voice) -> str | None:
    """List what spending is for with its share; None in a layout that prints no 支出总表."""
    table = voice.tables.get("spending")
    return (shares(_spending_parts(table)) or "没有安排支出") if table else None


def _spending_parts(table: Table) -> list[tuple[str, Decimal]]:
    foot = next((row for row in table.rows if row.total), None)
    columns = [column for column in table.columns if column.kind == "money" and column.key != "total"]
    if foot is None:
        return []
    return [(column.label, _amount(table.cell(foot, column.key).value)) for column in columns if not column.group]


def _amount(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else ZERO


def _projects(voice: Voice) -> str:
    """Name each project with its money; nothing where there is none."""
    said = [voice.part("project_item", name=p.name, amount=wan(p.amount)) for p in voice.facts.projects]
    return voice.part("projects", items="、".join(said)) if said else ""


def _operating_costs(voice: Voice) -> str:
    return "、".join(f"{item.name}{wan(item.amount)}" for item in voice.facts.operating_costs.items)


def _other(voice: Voice) -> str:
    other = voice.facts.expenditure.other
    return voice.part("other_expenditure", amount=wan(other)) if other else ""


def _rows(voice: Voice, table: str, level: int) -> Iterator[tuple[str, Decimal, object]]:
    found = voice.tables.get(table)
    for row in found.rows if found else ():
        if found and row.level == level:
            before = found.cell(row, "previous").value if "previous" in row.cells else None
            yield row.cells.get("name") or "", _amount(found.cell(row, "total").value), before


def _classes(voice: Voice) -> str:
    """List the 类 of 一般公共预算 with their share."""
    return shares([(f"{name}（类）", amount) for name, amount, _ in _rows(voice, "general_expenditure", 1)])


def _items(voice: Voice) -> str:
    """Say of each 项 of 一般公共预算 what it gets, and how that compares with last year's 执行数 where it is known."""
    said = []
    for name, amount, before in _rows(voice, "general_expenditure", 3):
        compared = f"，比上年执行数{direction(amount, before)}" if isinstance(before, Decimal) else ""
        said.append(f"{name}（项）{wan(amount)}{compared}")
    return "；".join(said)


def _natures(voice: Voice) -> str:
    """Name the 款 of 基本支出 that are paid for, in printed order."""
    return "、".join(name for name, amount, _ in _rows(voice, "basic_expenditure", 2) if amount)


TOKENS: dict[str, Callable[[Voice], str | None]] = {
    "收入构成": _listed,
    "收入占比": lambda voice: shares(revenue_parts(voice)) or "没有安排收入",
    "支出占比": _spending_shares,
    "项目明细": _projects,
    "其他支出说明": _other,
    "机关运行经费明细": _operating_costs,
    "一般公共预算支出占比": lambda voice: _classes(voice) or "没有安排支出",
    "一般公共预算支出明细": lambda voice: _items(voice) or "没有安排支出",
    "基本支出明细": lambda voice: _natures(voice) or "没有安排支出",
}
