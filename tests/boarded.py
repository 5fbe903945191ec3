"""A government of any number of departments and units whose year is opened, and people who look at its board."""

from datetime import date

from django.contrib.auth import get_user_model

from budgets.enums import Level, Role
from budgets.models import Department, FiscalYear, Government, Membership, Unit
from disclosure.board.opening import open_year

YEAR = 2026


def registered(departments: int = 3, units: int = 1, code: str = "990100") -> Government:
    """Register a government with so many departments, each with so many units."""
    government = Government.objects.create(code=code, name="看板区", full_name="示例市看板区", level=Level.COUNTY)
    made = Department.objects.bulk_create(
        Department(government=government, code=str(101 + at), name=f"部门{101 + at}", full_name=f"看板区部门{101 + at}")
        for at in range(departments)
    )
    Unit.objects.bulk_create(
        Unit(
            department=one,
            code=f"{one.code}{number:03d}",
            name=f"单位{one.code}{number:03d}",
            affiliation="subordinate" if number > 1 else "head",
        )
        for one in made
        for number in range(1, units + 1)
    )
    return government


def post_in(government: Government, role: Role, department: Department | None = None):
    """Make somebody with a post in a government, or in one of its departments."""
    name = f"{role}-{government.code}-{department.code if department else ''}"
    user = get_user_model().objects.create(username=name, is_staff=True)
    Membership.objects.create(user=user, role=role, government=government, department=department)
    return get_user_model().objects.get(pk=user.pk)


def a_year(departments: int = 3, units: int = 1) -> tuple[FiscalYear, object]:
    """Open the year of a new government; return it and its bureau's reviewer."""
    government = registered(departments, units)
    boss = post_in(government, Role.BUREAU_REVIEWER)
    return open_year(government, YEAR, by=boss).year, boss


def approved(year: FiscalYear, on: date) -> None:
    """Let everything have been approved on one day."""
    from disclosure.board.records import of_year

    of_year(year).update(approved_on=on)
