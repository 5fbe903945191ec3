"""What last year's document said: from its edition where the portal has one, else as typed (X16)."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec

from budgets.enums import PreviousMeasure, PreviousRow, PreviousTable, SuccessionKind, ThreePublicItem
from budgets.models import Succession
from budgets.money import NOT_APPLICABLE, ZERO
from disclosure.facts import Facts, Figure, YearFact, stated
from disclosure.models import Disclosure, Edition

if TYPE_CHECKING:
    from disclosure.tables.scope import Scope


class _Frozen(msgspec.Struct):
    facts: Facts


def text_before(disclosure: Disclosure) -> str | None:
    """Return the canonical text of last year's current edition of the same publisher, renamed or not."""
    budget = disclosure.budget
    year, department = budget.fiscal_year, budget.department
    unit = disclosure.unit.code if disclosure.unit else ""
    editions = Edition.objects.current().filter(withdrawal__isnull=True).select_related("content")
    found = editions.at(year.government.code, year.year - 1, department.code, unit, budget.phase).first()
    if found is None and not unit:
        renamed = Succession.objects.filter(to_department=department, kind=SuccessionKind.RENAMED)
        former = renamed.filter(date__year__in=(year.year - 1, year.year)).values_list(
            "from_department__code", flat=True
        )
        found = editions.at(year.government.code, year.year - 1, former.first() or "", "", budget.phase).first()
    return found.content.text if found else None


def facts_in(text: str) -> Facts:
    """Read the facts alone out of a canonical text."""
    return msgspec.json.decode(text, type=_Frozen).facts


def summary_before(scope: "Scope") -> dict[str, Figure]:
    """Return last year's 预算数 by :class:`PreviousRow`, in 元."""
    facts = scope.published_before
    if facts is None:
        rows = scope.previous.filter(measure=PreviousMeasure.BUDGET, table=PreviousTable.SUMMARY).rolled_up(21)
        return {row["head"]: NOT_APPLICABLE if row["none"] else row["total"] for row in rows}
    spent = facts.expenditure
    return {
        PreviousRow.REVENUE_TOTAL: facts.revenue.total,
        PreviousRow.TOTAL: spent.total,
        PreviousRow.BASIC: spent.basic.total,
        PreviousRow.PERSONNEL: spent.basic.personnel,
        PreviousRow.PUBLIC: spent.basic.public,
        PreviousRow.PROJECT: spent.project,
        PreviousRow.THREE_PUBLIC: facts.three_public.total,
    }


def years_before(scope: "Scope", last: Figure) -> Iterator[YearFact]:
    """Yield the spending of the three years before, oldest first: of earlier ones what editions say.

    One query; the department's or unit's own code, as published here.
    """
    budget, unit = scope.budget, scope.unit.code if scope.unit else ""
    year, department = budget.fiscal_year, budget.department
    editions = Edition.objects.current().filter(withdrawal__isnull=True, year__in=(scope.year - 3, scope.year - 2))
    known = editions.filter(
        government_code=year.government.code, department_code=department.code, unit_code=unit, phase=budget.phase
    )
    for edition in known.select_related("content").order_by("year"):
        yield YearFact(edition.year, stated(facts_in(edition.content.text).expenditure.total))
    if isinstance(last, Decimal):
        yield YearFact(scope.year - 1, stated(last))


def three_public_before(scope: "Scope", rows: Mapping[str, Mapping[str, Any]]) -> dict[ThreePublicItem, Figure]:
    """Return last year's 预算数 of each item of “三公”经费; ``rows`` hold what was typed."""
    facts = scope.published_before
    if facts is not None:
        return {ThreePublicItem(item.key): item.amount for item in facts.three_public.items}
    return {item: _typed(rows.get(item, {})) for item in ThreePublicItem}


def _typed(row: Mapping[str, Any]) -> Figure:
    before: Decimal | None = row.get("before")
    return NOT_APPLICABLE if row.get("none_before") else before


def together(figures: list[Figure]) -> Figure:
    """Add figures: one missing makes the sum missing; what does not apply adds nothing."""
    if any(figure is None for figure in figures):
        return None
    applying = [figure for figure in figures if isinstance(figure, Decimal)]
    return sum(applying, ZERO) if applying else NOT_APPLICABLE
