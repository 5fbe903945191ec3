"""People with posts and a disclosure that waits for them, for the tests of notices."""

from datetime import date

from django.contrib.auth import get_user_model

from budgets.enums import Role
from budgets.models import Budget, Membership, Unit
from disclosure.models import Disclosure

APPROVED = date(2026, 1, 29)


def a_person(name: str, role: Role, unit: Unit, reach: str = "department", **about: object):
    """Make somebody with an address and one post: in the unit, its department or its government."""
    about = {"email": f"{name}@example.cn", "is_staff": True, **about}
    user = get_user_model().objects.create(username=name, **about)
    department = unit.department if reach in {"unit", "department"} else None
    Membership.objects.create(
        user=user,
        role=role,
        government=unit.department.government,
        department=department,
        unit=unit if reach == "unit" else None,
    )
    return user


def a_disclosure(unit: Unit, *, of_unit: bool = False, **about: object) -> Disclosure:
    """Make a disclosure of the unit or of its department, approved and not published."""
    budget = Budget.objects.get(department=unit.department)
    about = {"approved_on": APPROVED, **about}
    return Disclosure.objects.create(budget=budget, unit=unit if of_unit else None, **about)


def names(users) -> list[str]:
    """Name users."""
    return [user.username for user in users]
