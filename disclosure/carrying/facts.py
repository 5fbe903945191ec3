"""What units are, their “三公” items, and last year's totals: the shape is carried, this year's amounts never."""

from collections.abc import Iterator

from budgets.enums import PreviousMeasure, PreviousRow, PreviousTable
from budgets.models import PreviousFigure, ThreePublicCost, UnitProfile
from budgets.money import ZERO
from disclosure.carrying.plan import Pair, Way
from disclosure.carrying.sources import renamed_only
from disclosure.facts import Facts, Stated, exact
from disclosure.models import Edition
from disclosure.tables.lastyear import facts_in, text_before

NOTHING = {
    "reason": "",
    "occasions": None,
    "persons": None,
    "vehicles": None,
}
"""What is this year's own of a “三公” item."""


def profiles(way: Way) -> Iterator[Pair | str]:
    """Yield 单位年度情况 of each unit that has none this year."""
    have = set(UnitProfile.objects.filter(unit__in=way.units.values(), year=way.year).values_list("unit", flat=True))
    old = (
        UnitProfile.objects.filter(unit__in=way.units, year=way.year - 1).select_related("unit").order_by("unit__code")
    )
    for row in old:
        unit = way.units[row.unit_id]
        if unit.pk in have:
            yield f"{unit.name}本年的情况已经填写。"
        else:
            have.add(unit.pk)
            yield Pair(way.copied(row, unit=unit, year=way.year), row, unit)


def three_public(way: Way) -> Iterator[Pair | str]:
    """Yield the “三公” items of each unit that has none this year: last year's amount beside a 0 to be filled in."""
    have = set(ThreePublicCost.objects.filter(budget=way.budget).values_list("unit", flat=True))
    old = ThreePublicCost.objects.filter(unit__in=way.units, **way.last_year).select_related("unit")
    taken = set()
    for row in old.order_by("unit__code", "pk"):
        unit, key = way.units[row.unit_id], (way.units[row.unit_id].pk, row.item, row.source)
        if unit.pk in have:
            yield f"{unit.name}本年的“三公”经费已经填写。"
        elif key in taken:
            yield f"{unit.name}的{row.get_item_display()}由几个单位合并而来，只带入一行，上年数请核对。"
        else:
            taken.add(key)
            before = {"previous": row.amount, "previous_not_applicable": False}
            made = way.copied(row, budget=way.budget, unit=unit, amount=ZERO, **before, **NOTHING)
            yield Pair(made, row, unit)


def previous(way: Way) -> Iterator[Pair | str]:
    """Yield last year's totals out of the predecessor's edition, where the portal would not find them by itself."""
    if text_before(way.to) is not None:
        yield "上年预算数由系统直接取自上年公开的版次，不需要填写。"
        return
    edition = Edition.objects.current().filter(disclosure=way.source, withdrawal=None).first()
    known = PreviousFigure.objects.filter(budget=way.budget, unit=way.to.unit, measure=PreviousMeasure.BUDGET)
    if known.exists():
        yield "本年的上年数已经填写。"
    elif edition is None:
        yield "上年的预算没有在本系统公开，上年预算数请按上年公开的文件填写。"
    elif not renamed_only(way.to):
        yield "由合并或拆分而来，上年预算数须重新计算，请按新的口径填写。"
    else:
        yield from _figures(way, facts_in(edition.content.text))


def _figures(way: Way, facts: Facts) -> Iterator[Pair]:
    spent = facts.expenditure
    said: dict[PreviousRow, Stated] = {
        PreviousRow.REVENUE_TOTAL: f"{facts.revenue.total}",
        PreviousRow.TOTAL: f"{spent.total}",
        PreviousRow.BASIC: f"{spent.basic.total}",
        PreviousRow.PERSONNEL: f"{spent.basic.personnel}",
        PreviousRow.PUBLIC: f"{spent.basic.public}",
        PreviousRow.PROJECT: f"{spent.project}",
        PreviousRow.THREE_PUBLIC: f"{facts.three_public.total}",
    }
    of = {"budget": way.budget, "unit": way.to.unit, "measure": PreviousMeasure.BUDGET, "table": PreviousTable.SUMMARY}
    for code, figure in said.items():
        yield Pair(PreviousFigure(**of, code=code, amount=exact(figure)), None, way.to.unit, alone=True)
