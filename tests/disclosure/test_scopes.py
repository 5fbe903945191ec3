"""Which drafts a row speaks in; a budget that is not stored yet, or no longer, speaks in none."""

import pytest

from budgets.models import Budget, Department
from disclosure.models import Contribution
from disclosure.scopes import drafts_of, locked, witness, wrote_in


def test_a_row_of_a_published_budget_is_locked_and_says_the_way_out(disclosure):
    line = disclosure.budget.expenditurelines.first()

    assert list(drafts_of(line)) == [disclosure]
    assert "请先“发起更正”" in locked(line)


def test_a_budget_not_stored_yet_is_not_locked(disclosure):
    budget = disclosure.budget
    fresh = Budget(fiscal_year=budget.fiscal_year, department=Department(name="新部门"))

    assert (list(drafts_of(fresh)), locked(fresh)) == ([], "")


def test_whoever_enters_a_row_wrote_in_its_drafts(disclosure, django_user_model):
    somebody = django_user_model.objects.create(username="某人")

    witness(somebody, disclosure.budget.expenditurelines.first())

    assert wrote_in(somebody, disclosure)


@pytest.mark.usefixtures("disclosure")
def test_a_budget_just_deleted_remembers_nobody(django_user_model):
    somebody, year = django_user_model.objects.create(username="某人"), Budget.objects.first().fiscal_year
    other = Department.objects.create(government=year.government, code="299", name="甲", full_name="甲")
    budget = Budget.objects.create(fiscal_year=year, department=other)
    gone = Budget.objects.get(pk=budget.pk)
    budget.delete()

    witness(somebody, gone)

    assert not Contribution.objects.filter(by=somebody).exists()
