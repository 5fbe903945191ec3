"""A synthetic government of two years, the second of them with nothing filled in yet."""

import pytest
from clerks import a_clerk_of
from django.db import transaction
from workbooks import clear_facts

from budgets.models import Government
from disclosure.models import Disclosure
from disclosure.sample.government import Plan, make_government

PLAN = Plan(departments=2, years=2, seed=31, units=2)


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker) -> Government:
    """Two departments, the second renamed between the years; made once for all tests of a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        government = make_government(PLAN)
        for draft in Disclosure.objects.filter(
            budget__fiscal_year__government=government, budget__fiscal_year__year=2023
        ):
            clear_facts(draft)
        yield government
        transaction.set_rollback(True)


@pytest.fixture
def drafts(made, db) -> dict[str, Disclosure]:
    """This year's empty drafts: the department that stays, the renamed one, a unit of the first."""
    found = Disclosure.objects.filter(budget__fiscal_year__government=made, budget__fiscal_year__year=2023)
    found = found.select_related("budget__fiscal_year__government", "budget__department", "unit")
    whole = list(found.filter(unit=None).order_by("budget__department__valid_from", "pk"))
    same = next(one for one in whole if one.budget.department.valid_from in (None, 2022))
    renamed = next(one for one in whole if one != same)
    return {"same": same, "renamed": renamed, "unit": found.filter(budget=same.budget).exclude(unit=None).first()}


@pytest.fixture
def draft(drafts) -> Disclosure:
    return drafts["same"]


@pytest.fixture
def clerk(draft):
    """The department's clerk."""
    return a_clerk_of(draft)
