"""Why a figure of a department and a year is not there: never silence, never zero."""

from collections.abc import Collection
from typing import NamedTuple, Self

from budgets.enums import Phase
from budgets.models import Department, FiscalYear
from disclosure.enums import ExemptionKind
from disclosure.models import Edition, Exemption

UNPUBLISHED = "尚未公开"
EXEMPT = dict(ExemptionKind.choices)


class Registered(NamedTuple):
    """From which year to which one the register knows a department; an open end means no known limit."""

    valid_from: int | None
    valid_to: int | None


class Absences(NamedTuple):
    """What the register, the roster and withdrawals say of all departments of a government."""

    opened: frozenset[int]
    departments: dict[str, Registered]
    exempt: dict[tuple[str, int], str]
    withdrawn: frozenset[tuple[str, int]]

    @classmethod
    def of(cls, government: str, only: Collection[str] | None = None) -> Self:
        """Read them in four queries, whatever the government's size; ``only``: of departments with these codes."""
        years = FiscalYear.objects.filter(government__code=government).order_by().values_list("year", flat=True)
        departments = Department.objects.filter(government__code=government).order_by()
        exempt = Exemption.objects.filter(fiscal_year__government__code=government, unit=None).order_by()
        gone = Edition.objects.current().filter(
            government_code=government, unit_code="", phase=Phase.INITIAL, withdrawal__isnull=False
        )
        if only is not None:
            departments, gone = departments.filter(code__in=only), gone.filter(department_code__in=only)
            exempt = exempt.filter(department__code__in=only)
        return cls(
            frozenset(years),
            {code: Registered(*years) for code, *years in departments.values_list("code", *Registered._fields)},
            {
                (code, year): EXEMPT.get(kind, kind)
                for code, year, kind in exempt.values_list("department__code", "fiscal_year__year", "kind")
            },
            frozenset(gone.order_by().values_list("department_code", "year")),
        )

    def reason(self, department: str, year: int) -> str:
        """Say why a department's figures of a year are not there; blank where the portal knows nothing of the year."""
        known = self.departments.get(department)
        if (department, year) in self.withdrawn:
            return "已撤下"
        if exempt := self.exempt.get((department, year)):
            return exempt
        return (outside(known, year) if known else "") or (UNPUBLISHED if year in self.opened else "")


def outside(department: Department | Registered, year: int) -> str:
    """Say that a department was not there yet in a year, or not any more; blank where it was there."""
    if department.valid_from and year < department.valid_from:
        return f"{department.valid_from}年成立"
    if department.valid_to and year > department.valid_to:
        return f"{department.valid_to + 1}年起不再设立"
    return ""
