"""A year opened for everybody on the register: what is made, what is carried over, what is left alone."""

import pytest
from boarded import YEAR, a_year, post_in, registered

from budgets.enums import LayoutKey, ReviewChain, Role
from budgets.models import AuditTrail, Budget, Department, FiscalYear, Unit
from disclosure.board.opening import open_year, preview_opening
from disclosure.models import Disclosure, Exemption
from disclosure.refusal import RefusalError
from disclosure.roster import departments_due, units_due


@pytest.fixture
def government(db):
    return registered(3, 2)


@pytest.fixture
def boss(government):
    return post_in(government, Role.BUREAU_REVIEWER)


def exempted(year, department, unit=None, kind="exempt"):
    return Exemption.objects.create(fiscal_year=year, department=department, unit=unit, kind=kind, reason="依法")


def test_everybody_valid_gets_a_budget_and_disclosures(government, boss):
    gone = Department.objects.create(
        government=government, code="900", name="旧", full_name="旧部门", valid_to=YEAR - 1
    )
    Unit.objects.filter(code="101002").update(valid_from=YEAR + 1)

    opened = open_year(government, YEAR, by=boss)

    assert opened[1:] == (3, 5, 0)
    assert set(Budget.objects.filter(fiscal_year=opened.year).values_list("phase", flat=True)) == {"initial"}
    assert not gone.budgets.exists()
    row = AuditTrail.objects.get(action="open_year")
    assert (row.target, row.actor) == (str(opened.year), boss)


def test_run_again_it_adds_what_is_missing_and_nothing_else(government, boss):
    first = open_year(government, YEAR, by=boss)
    again = open_year(government, YEAR, by=boss)
    Unit.objects.create(department=government.departments.first(), code="101009", name="新单位", affiliation="head")
    third = open_year(government, YEAR, by=boss)

    assert (first.year, again[1:], third[1:]) == (third.year, (0, 0, 0), (0, 1, 0))
    assert AuditTrail.objects.filter(action="open_year").count() == 2
    assert Disclosure.objects.filter(budget__fiscal_year=first.year).count() == 10


def test_layout_chain_and_exemptions_come_from_the_year_before(government, boss):
    before = FiscalYear.objects.create(
        government=government, year=YEAR - 1, layout=LayoutKey.NATIONAL, reviews=ReviewChain.THREE
    )
    whole, other = government.departments.all()[:2]
    exempted(before, whole)
    exempted(before, other, other.units.first(), "merged")

    opened = open_year(government, YEAR, by=boss)

    assert (opened.year.layout, opened.year.reviews) == (LayoutKey.NATIONAL, ReviewChain.THREE)
    assert opened[1:] == (2, 3, 2)
    assert Disclosure.objects.filter(budget__fiscal_year=opened.year).count() == (
        departments_due(opened.year).count() + units_due(opened.year).count()
    )


def test_only_the_exemptions_confirmed_are_carried_over(government, boss):
    before = FiscalYear.objects.create(government=government, year=YEAR - 1)
    one, other = government.departments.all()[:2]
    kept, _ = exempted(before, one), exempted(before, other)

    plan = preview_opening(government, YEAR)
    opened = open_year(government, YEAR, by=boss, keep=[kept.pk])

    assert (len(plan.carried), len(plan.added), plan.departments) == (2, 3, 1)
    assert [row.department for row in opened.year.exemptions.all()] == [one]
    assert opened[1:] == (2, 4, 1)


def test_an_exemption_taken_off_is_not_carried_over_again_by_itself(government, boss):
    exempted(FiscalYear.objects.create(government=government, year=YEAR - 1), government.departments.first())
    year = open_year(government, YEAR, by=boss).year
    year.exemptions.all().delete()

    assert open_year(government, YEAR, by=boss)[1:] == (1, 2, 0)


@pytest.mark.parametrize("role", [Role.PUBLISHER, Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR])
def test_only_the_bureau_opens_a_year(government, role):
    other = post_in(government, role)

    with pytest.raises(RefusalError, match="不能开放看板区的年度，请由财政审核人办理"):
        open_year(government, YEAR, by=other)

    assert not government.years.exists()


def test_a_reviewer_of_one_department_opens_nothing(government):
    one = post_in(government, Role.BUREAU_REVIEWER, government.departments.first())

    with pytest.raises(RefusalError, match="不能开放"):
        open_year(government, YEAR, by=one)


def test_a_year_out_of_range_is_refused_in_words(government, boss):
    with pytest.raises(RefusalError, match="年度应在2000至2100之间"):
        open_year(government, 1999, by=boss)


def test_a_closed_year_stays_closed(db):
    year, boss = a_year()
    FiscalYear.objects.filter(pk=year.pk).update(is_open=False)

    with pytest.raises(RefusalError, match="已停止填报，不能再开放"):
        open_year(year.government, YEAR, by=boss)


def test_opening_takes_the_same_number_of_queries_for_few_and_many(db, django_assert_num_queries):
    for code, size in (("990101", 2), ("990102", 12)):
        government = registered(size, 3, code)
        boss = post_in(government, Role.BUREAU_REVIEWER)
        with django_assert_num_queries(27):
            open_year(government, YEAR, by=boss)
