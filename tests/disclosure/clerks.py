"""Who fills in."""

from django.contrib.auth import get_user_model

from budgets.enums import Role
from budgets.models import Membership


def a_clerk_of(disclosure, name="经办"):
    """Make a clerk of the department."""
    department = disclosure.budget.department
    user = get_user_model().objects.create(username=f"{name}{department.pk}", is_staff=True)
    post = {"government": department.government, "department": department}
    Membership.objects.create(user=user, role=Role.CLERK, **post)
    return user
