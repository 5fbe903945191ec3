"""Whose last year a draft continues: the same department's or unit's, or its predecessors' after a 机构改革."""

from typing import Any

from budgets.enums import Phase, SuccessionKind
from budgets.models import Succession, Unit
from disclosure.intake.prefill import disclosure_before
from disclosure.models import Disclosure


def sources(disclosure: Disclosure) -> list[Disclosure]:
    """Return last year's disclosures that a draft may be started from, the publisher's own first and alone."""
    own = disclosure_before(disclosure)
    if own is not None:
        return [own]
    year = disclosure.budget.fiscal_year
    found = Disclosure.objects.filter(
        budget__fiscal_year__government=year.government_id,
        budget__fiscal_year__year=year.year - 1,
        budget__phase=Phase.INITIAL,
    )
    if disclosure.unit_id:
        former = _recent(disclosure, to_unit=disclosure.unit_id).values("from_unit")
        found = found.filter(unit__in=former)
    else:
        former = _recent(disclosure, to_department=disclosure.budget.department_id).values("from_department")
        found = found.filter(unit=None, budget__department__in=former)
    followed = ("budget__fiscal_year__government", "budget__department", "unit")
    return list(found.select_related(*followed).order_by("budget__department__code", "unit__code"))


def renamed_only(disclosure: Disclosure) -> bool:
    """Tell whether the publisher took over one predecessor whole, so that its totals are last year's."""
    to = {"to_unit": disclosure.unit_id} if disclosure.unit_id else {"to_department": disclosure.budget.department_id}
    kinds = list(_recent(disclosure, **to).values_list("kind", flat=True))
    return kinds == [SuccessionKind.RENAMED]


def former_units(disclosure: Disclosure) -> dict[int, Unit]:
    """Return the units a draft speaks of by the key of what each was last year; one that followed none is itself."""
    year = disclosure.budget.fiscal_year.year
    units = Unit.objects.filter(department=disclosure.budget.department_id).valid_in(year)
    if disclosure.unit_id:
        units = units.filter(pk=disclosure.unit_id)
    followed = _recent(disclosure, to_unit__in=units)
    former: dict[int, list[int]] = {}
    for to, from_ in followed.values_list("to_unit", "from_unit"):
        former.setdefault(to, []).append(from_)
    return {old: unit for unit in units for old in former.get(unit.pk, [unit.pk])}


def _recent(disclosure: Disclosure, **ends: Any) -> Any:
    """Return the successions between last year's document and this one's."""
    year = disclosure.budget.fiscal_year
    return Succession.objects.filter(government=year.government_id, date__year__in=(year.year - 1, year.year), **ends)
