"""公开名册: which departments and units must publish in a year — everybody on the register without an exemption."""

from django.db.models import QuerySet

from budgets.models import Department, FiscalYear, Unit
from disclosure.models import Disclosure, Exemption


def exemption_of(disclosure: Disclosure) -> Exemption | None:
    """Return the exemption of a disclosure's unit or of its whole department; None where it must publish."""
    budget = disclosure.budget
    found = Exemption.objects.filter(fiscal_year=budget.fiscal_year, department=budget.department)
    whole = found.filter(unit=None).first()
    return whole or (found.filter(unit=disclosure.unit).first() if disclosure.unit else None)


def departments_due(year: FiscalYear) -> QuerySet[Department]:
    """Return the departments that must publish in a year, in the order of codes."""
    whole = Exemption.objects.filter(fiscal_year=year, unit=None)
    departments = Department.objects.filter(government=year.government_id).valid_in(year.year)
    found: QuerySet[Department] = departments.exclude(pk__in=whole.values("department")).order_by("code")
    return found


def units_due(year: FiscalYear) -> QuerySet[Unit]:
    """Return the units that must publish in a year: of a department that must, valid and without an exemption."""
    own = Exemption.objects.filter(fiscal_year=year, unit__isnull=False)
    units = Unit.objects.filter(department__in=departments_due(year)).valid_in(year.year)
    found: QuerySet[Unit] = units.exclude(pk__in=own.values("unit")).order_by("code")
    return found
