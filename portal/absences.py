"""Why a figure of a department and a year is not there: never silence, never zero."""

from typing import NamedTuple, Self

from budgets.enums import Phase
from budgets.models import Department, FiscalYear
from disclosure.models import Edition, Exemption

UNPUBLISHED = "尚未公开"


class Absences(NamedTuple):
    """What the register, the roster and withdrawals say of all departments of a government."""

    opened: frozenset[int]
    departments: dict[str, Department]
    exempt: dict[tuple[str, int], str]
    withdrawn: frozenset[tuple[str, int]]

    @classmethod
    def of(cls, government: str) -> Self:
        """Read them in four queries, whatever the government's size."""
        years = FiscalYear.objects.filter(government__code=government).values_list("year", flat=True)
        departments = Department.objects.filter(government__code=government)
        exemptions = Exemption.objects.filter(fiscal_year__government__code=government, unit=None)
        rows = exemptions.select_related("fiscal_year", "department")
        gone = Edition.objects.current().filter(
            government_code=government, unit_code="", phase=Phase.INITIAL, withdrawal__isnull=False
        )
        return cls(
            frozenset(years),
            {one.code: one for one in departments},
            {(one.department.code, one.fiscal_year.year): one.get_kind_display() for one in rows},
            frozenset(gone.values_list("department_code", "year")),
        )

    def reason(self, department: str, year: int) -> str:
        """Say why a department's figures of a year are not there; blank where the portal knows nothing of the year."""
        known = self.departments.get(department)
        if (department, year) in self.withdrawn:
            return "已撤下"
        if exempt := self.exempt.get((department, year)):
            return exempt
        return (outside(known, year) if known else "") or (UNPUBLISHED if year in self.opened else "")


def outside(department: Department, year: int) -> str:
    """Say that a department was not there yet in a year, or not any more; blank where it was there."""
    if department.valid_from and year < department.valid_from:
        return f"{department.valid_from}年成立"
    if department.valid_to and year > department.valid_to:
        return f"{department.valid_to + 1}年起不再设立"
    return ""
