"""A department's year at a glance: a sentence, at most seven numbers, four years and why, from the frozen content."""

from decimal import Decimal
from typing import NamedTuple, Self

from budgets.money import MoneyUnit, rate, shown
from disclosure.content import Content
from disclosure.facts import exact
from disclosure.narrative import direction
from portal.four_years import Past, YearRow, four_years
from portal.origins import Origin, origin_of


class Figure(NamedTuple):
    """A number with its name, as printed, and where it comes from."""

    label: str
    amount: str
    origin: Origin


class Glance(NamedTuple):
    """What somebody with two minutes reads."""

    sentence: str
    figures: list[Figure]
    years: list[YearRow]
    reason: str

    @classmethod
    def of(cls, content: Content, past: Past | None = None) -> Self:
        """Write the sentence, pick the numbers, set four years side by side, and find why they changed.

        ``past``: what is known of the years before beside the document itself.
        """
        spent = content.facts.expenditure
        amounts = {
            "total": ("预算支出", spent.total),
            "basic": ("基本支出", spent.basic.total),
            "project": ("项目支出", spent.project),
            "three_public": ("“三公”经费", content.facts.three_public.total),
            "operating_costs": ("机关运行经费", content.facts.operating_costs.total),
            "procurement": ("政府采购", content.facts.procurement.total),
        }
        figures = [
            Figure(label, f"{shown(amount, MoneyUnit.WAN)}万元", origin_of(key, content))
            for key, (label, amount) in amounts.items()
        ]
        figures.append(Figure("项目", f"{len(content.facts.projects)}个", origin_of("projects", content)))
        return cls(sentence_of(content), figures, four_years(content, past), _reason(content))


def _reason(content: Content) -> str:
    """Return the paragraph in which the document itself explains the change of spending; blank where it has none."""
    last = content.year - 1
    paragraphs = (
        block.paragraph
        for section in content.sections
        if section.key == "overview"
        for block in section.blocks
        if block.paragraph and not block.role
    )
    compares = (f"较{last}年预算", f"与{last}年预算相比")
    return next((one for one in paragraphs if "支出" in one and any(words in one for words in compares)), "")


def sentence_of(content: Content) -> str:
    """Say what is spent, and how that compares with the year before."""
    spent = content.facts.expenditure
    said = f"{content.year}年预算支出{shown(spent.total, MoneyUnit.WAN)}万元"
    before = exact(spent.previous.total)
    if not isinstance(before, Decimal):
        return f"{said}，没有可以比较的上年预算数。"
    return f"{said}，{_change(spent.total, before)}。"


def _change(now: Decimal, before: Decimal) -> str:
    moved = direction(now, before)
    return f"与上年{moved}" if moved.endswith("持平") else f"比上年{moved}（{rate(now - before, before)}）"
