"""What departments have published and not withdrawn, in the one phase whose figures may stand side by side."""

from budgets.enums import Phase
from disclosure.models import Edition
from disclosure.models.edition import EditionQuerySet


def standing(government: str) -> EditionQuerySet:
    """Return the current editions of a government's departments: of 年初预算, without those of single units."""
    found: EditionQuerySet = Edition.objects.current()
    return found.filter(
        government_code=government, phase=Phase.INITIAL, unit_code="", withdrawal__isnull=True
    ).order_by("department_code", "-year")
