"""Building any table touches the database a constant number of times, whatever the number of lines."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.models import ExpenditureLine, Unit
from disclosure.layouts import LAYOUTS
from disclosure.models import Disclosure
from disclosure.sample.government import Plan, make_government
from disclosure.tables import TABLES
from disclosure.tables.base import Heading
from disclosure.tables.scope import Scope
from disclosure.tables.t11_goals import Goals

QUERIES = {
    "units": 2,
    "totals": 4,
    "income": 3,
    "spending": 3,
    "fiscal_totals": 4,
    "general_expenditure": 8,
    "basic_expenditure": 3,
    "three_public": 8,
    "fund_expenditure": 8,
    "capital_expenditure": 8,
    "projects": 4,
    "goals": 6,
    "overall_goals": 7,
    "overall_indicators": 2,
    "procurement": 5,
    "assets": 4,
}


def queries_to_build(table, disclosure: Disclosure) -> int:
    scope = Scope(Disclosure.objects.get(pk=disclosure.pk), LAYOUTS["national"].plan)
    with CaptureQueriesContext(connection) as queries:
        heading = Heading("", table.key)
        list(Goals.build_all(scope, heading)) if table is Goals else table.build(scope, heading)
    return len(queries)


@pytest.fixture
def rich(db) -> Disclosure:
    """A department with every sort of money and several units."""
    government = make_government(Plan(departments=1, years=1, seed=3))
    return Disclosure.objects.get(budget__fiscal_year__government=government, unit=None)


def test_a_table_takes_the_same_queries_for_more_lines(rich):
    before = {table.key: queries_to_build(table, rich) for table in TABLES}
    lines = list(ExpenditureLine.objects.filter(budget=rich.budget))
    for line in lines:
        line.pk, line._state.adding = None, True
    ExpenditureLine.objects.bulk_create(lines)
    Unit.objects.create(department=rich.budget.department, code="101999", name="新单位", affiliation="subordinate")

    after = {table.key: queries_to_build(table, rich) for table in TABLES}

    assert after == before == QUERIES
