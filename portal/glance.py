"""A department's year at a glance: one sentence and at most seven numbers, from the frozen content."""

from decimal import Decimal
from typing import NamedTuple, Self

from budgets.money import MoneyUnit, rate, shown
from disclosure.content import Content
from disclosure.facts import exact
from disclosure.narrative import direction


class Figure(NamedTuple):
    """A number with its name, as printed."""

    label: str
    amount: str


class Glance(NamedTuple):
    """What somebody with two minutes reads."""

    sentence: str
    figures: list[Figure]

    @classmethod
    def of(cls, content: Content) -> Self:
        """Write the sentence and pick the numbers."""
        spent = content.facts.expenditure
        amounts = {
            "预算支出": spent.total,
            "基本支出": spent.basic.total,
            "项目支出": spent.project,
            "“三公”经费": content.facts.three_public.total,
            "机关运行经费": content.facts.operating_costs.total,
            "政府采购": content.facts.procurement.total,
        }
        figures = [Figure(label, f"{shown(amount, MoneyUnit.WAN)}万元") for label, amount in amounts.items()]
        return cls(_sentence(content), [*figures, Figure("项目", f"{len(content.facts.projects)}个")])


def _sentence(content: Content) -> str:
    spent = content.facts.expenditure
    said = f"{content.year}年预算支出{shown(spent.total, MoneyUnit.WAN)}万元"
    before = exact(spent.previous.total)
    if not isinstance(before, Decimal):
        return f"{said}，没有可以比较的上年预算数。"
    return f"{said}，{_change(spent.total, before)}。"


def _change(now: Decimal, before: Decimal) -> str:
    moved = direction(now, before)
    return f"与上年{moved}" if moved.endswith("持平") else f"比上年{moved}（{rate(now - before, before)}）"
