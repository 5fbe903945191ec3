"""The statutory tables on a department that has everything: funds, capital, own income, carry-over, procurement."""

from decimal import Decimal

import pytest

from budgets.enums import Kind, Source
from budgets.models import (
    CarryForward,
    ExpenditureLine,
    Function,
    ProcurementCatalogue,
    ProcurementItem,
    Project,
    RevenueLine,
)
from disclosure.document import Document
from disclosure.layouts import LAYOUTS
from disclosure.layouts.base import PartKind
from disclosure.tables import TABLES


@pytest.fixture
def rich(disclosure) -> Document:
    """The sample with more sorts of money, each in and out."""
    disclosure.empty_tables.all().delete()
    budget, unit = disclosure.budget, disclosure.budget.department.units.first()
    project = Project.objects.get(name="车辆保险费")
    kinds = {
        Source.FUND: "2120803",
        Source.CAPITAL: "2230105",
        Source.INSTITUTION: "2013202",
        Source.SURPLUS: "2013202",
    }
    for number, (source, code) in enumerate(kinds.items(), start=1):
        amount = Decimal(number * 1000)
        RevenueLine.objects.create(budget=budget, unit=unit, source=source, amount=amount + 1)
        CarryForward.objects.create(budget=budget, unit=unit, source=source, amount=Decimal(1))
        ExpenditureLine.objects.create(
            budget=budget,
            unit=unit,
            source=source,
            kind=Kind.PROJECT,
            project=project,
            function=Function.objects.get(code=code),
            amount=amount,
        )
    catalogue = ProcurementCatalogue.objects.create(code="A02010104", name="台式计算机", vintage=2022)
    ProcurementItem.objects.create(
        budget=budget,
        unit=unit,
        project=project,
        name="计算机",
        catalogue=catalogue,
        type="goods",
        mode="central",
        quantity=Decimal(2),
        unit_price=Decimal(4000),
        source=Source.GENERAL,
        amount=Decimal(8000),
    )
    return Document.of(disclosure)


def last(table, key):
    return table.cell(table.rows[-1], key).value


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=lambda layout: layout.key)
def test_a_layout_prints_the_tables_it_names(layout):
    printed = [part.key for plan in layout.sections for part in plan.parts if part.kind is PartKind.TABLE]

    assert sorted(printed) == sorted(layout.tables)
    assert set(printed) <= {table.key for table in TABLES}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=lambda layout: layout.key)
def test_a_layout_names_only_columns_there_are(layout):
    known = {table.key: {column.key for column in table.columns} for table in TABLES}

    assert {
        (key, column.key)
        for key, heading in layout.tables.items()
        for column in heading.columns
        if column.key not in known[key]
    } == set()


def test_both_sides_of_the_totals_are_equal(rich):
    totals, fiscal = rich.table("totals"), rich.table("fiscal_totals")

    assert last(totals, "income_amount") == last(totals, "spending_amount") == Decimal("10918804.00")
    assert last(fiscal, "income_amount") == last(fiscal, "total") == Decimal("10911802.00")
    for source in ("general", "fund", "capital"):
        assert last(fiscal, source) is not None


def test_income_by_unit_adds_up_by_source(rich):
    table = rich.table("income")
    sources = [column.key for column in table.columns if column.key not in {"code", "name", "total"}]
    for row in table.rows:
        values = [table.cell(row, key).value or Decimal(0) for key in sources]

        assert table.cell(row, "total").value == sum(values)


def test_funds_and_capital_have_their_own_tables(rich):
    fund, capital = rich.table("fund_expenditure"), rich.table("capital_expenditure")

    assert [row.cells.get("code") for row in fund.rows] == [None, "212", "21208", "2120803"]
    assert fund.foot("total") == Decimal("1000.00")
    assert capital.foot("project") == Decimal("2000.00")
    assert [table.empty_reason for table in (fund, capital)] == [None, None]


def test_own_money_is_not_fiscal_money(rich):
    goal = rich.content.facts.projects[0]

    assert (goal.amount, goal.fiscal, goal.other) == (Decimal("22000.00"), Decimal("15000.00"), Decimal("7000.00"))


def test_procurement_adds_up_by_source(rich):
    table = rich.table("procurement")

    assert table.foot("total") == table.foot("general") == Decimal("8000.00")
    assert table.cell(table.rows[1], "quantity").render == "2"
    assert rich.content.facts.procurement.total == Decimal("8000.00")


def test_a_table_nobody_explained_has_no_reason(disclosure):
    disclosure.empty_tables.all().delete()

    assert Document.of(disclosure).table("fund_expenditure").empty_reason is None
