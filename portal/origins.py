"""“这个数怎么来的”: what a headline figure means, what it is made of, and where the document says it."""

from decimal import Decimal
from typing import NamedTuple

from budgets.money import MoneyUnit, shown
from disclosure.content import Content
from disclosure.tables.t03_spending import Spending
from disclosure.tables.t07_three_public import ThreePublic
from disclosure.tables.t13_procurement import Procurement

MEANINGS = {
    "total": "本年度安排的全部支出，包括用上年结转安排的支出。",
    "revenue": "本年度全部收入，包括上年结转。",
    "basic": "保障机构正常运转、完成日常工作任务的支出，包括人员经费和公用经费。",
    "project": "在基本支出之外，为完成特定任务和事业发展目标安排的支出。",
    "three_public": "财政拨款安排的因公出国（境）费、公务用车购置及运行费和公务接待费。",
    "operating_costs": "行政单位和参照公务员法管理的事业单位用财政拨款安排的公用经费。",
    "procurement": "按政府采购的规定购买货物、工程和服务的预算。",
    "projects": "有预算安排或者绩效目标的项目个数；依法不细化的合为一个。",
}
TABLES = {
    "total": Spending.key,
    "basic": Spending.key,
    "project": Spending.key,
    "three_public": ThreePublic.key,
    "procurement": Procurement.key,
}
SECTIONS = {"operating_costs": "operating_costs", "projects": "performance"}


class Origin(NamedTuple):
    """Where a figure comes from: its meaning, its parts in words, and the place in the document by anchor and name."""

    meaning: str
    parts: str
    anchor: str
    source: str


def origin_of(key: str, content: Content) -> Origin:
    """Explain a headline figure of ``content``."""
    anchor, source = _source(key, content)
    return Origin(MEANINGS[key], _sum(_parts(key, content)), anchor, source)


def _parts(key: str, content: Content) -> list[tuple[str, Decimal]]:
    facts = content.facts
    spent, bought = facts.expenditure, facts.procurement
    parts = {
        "total": [("基本支出", spent.basic.total), ("项目支出", spent.project), ("其他支出", spent.other)],
        "basic": [("人员经费", spent.basic.personnel), ("公用经费", spent.basic.public)],
        "three_public": [(item.name, item.amount) for item in facts.three_public.items],
        "operating_costs": [(item.name, item.amount) for item in facts.operating_costs.items],
        "procurement": [("货物", bought.goods), ("工程", bought.works), ("服务", bought.services)],
    }
    return [(name, amount) for name, amount in parts.get(key, []) if amount]


def _sum(parts: list[tuple[str, Decimal]]) -> str:
    return " + ".join(f"{name}{shown(amount, MoneyUnit.WAN)}" for name, amount in parts)


def _source(key: str, content: Content) -> tuple[str, str]:
    """Return the anchor and the heading of the table, or else of the section, that says it; blank where none does."""
    table = next((one for one in content.tables if one.key == TABLES.get(key)), None)
    if table:
        return f"table-{table.key}", table.heading
    sections = {one.key: one for one in content.sections}
    section = sections.get(SECTIONS.get(key, "")) or sections.get("overview")
    return (section.key, section.heading) if section else ("", "")
