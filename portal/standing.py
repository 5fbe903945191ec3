"""What departments have published and not withdrawn, in the one phase whose figures may stand side by side."""

from budgets.enums import Phase
from disclosure.models import Edition
from disclosure.models.edition import EditionQuerySet


def current(government: str) -> EditionQuerySet:
    """Return what departments and units of a government have published of 年初预算 and not withdrawn."""
    found: EditionQuerySet = Edition.objects.current()
    return found.filter(government_code=government, phase=Phase.INITIAL, withdrawal__isnull=True).order_by()


def standing_everywhere() -> EditionQuerySet:
    """Return the current editions of all departments: of 年初预算, without those of single units."""
    found: EditionQuerySet = Edition.objects.current()
    kept = found.filter(phase=Phase.INITIAL, unit_code="", withdrawal__isnull=True)
    return kept.order_by("government_code", "department_code", "-year")


def standing(government: str) -> EditionQuerySet:
    """Return those of one government."""
    return standing_everywhere().filter(government_code=government)
