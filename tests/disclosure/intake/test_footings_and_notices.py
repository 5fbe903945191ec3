"""Totals that a file states are compared with its rows; what is doubtful is said once, with its cell."""

from decimal import Decimal

import pytest
from workbooks import a_clerk, the_book, uploaded

from budgets.models import Budget, FiscalYear, RevenueLine
from disclosure.intake.run import commit, preview
from disclosure.models import Disclosure


@pytest.fixture
def clerk(disclosure):
    return a_clerk(disclosure)


@pytest.fixture
def book(disclosure, clerk):
    return the_book(disclosure, clerk)


class Revenue:
    """The sheet 收入明细 with room for rows of totals."""

    def __init__(self, disclosure, book):
        self.sheet = book["收入明细"]
        self.last = 3 + RevenueLine.objects.filter(budget=disclosure.budget).count()
        self.column = next(cell.column for cell in self.sheet[3] if cell.value == "金额（元）")
        self.letter = self.sheet.cell(3, self.column).column_letter
        self.amounts = [Decimal(str(self.sheet.cell(row, self.column).value)) for row in range(4, self.last + 1)]

    def total(self, row, title, amount):
        """Write a row of totals."""
        self.sheet.cell(row, 1).value, self.sheet.cell(row, self.column).value = title, amount


@pytest.fixture
def revenue(disclosure, book):
    return Revenue(disclosure, book)


def test_a_total_that_agrees_is_set_aside_in_any_habit_of_writing(disclosure, clerk, book, revenue):
    revenue.sheet.insert_rows(4)
    revenue.total(4, "合 计：", sum(revenue.amounts))
    revenue.sheet.insert_rows(6)
    revenue.total(6, "小计", revenue.amounts[0])
    revenue.total(revenue.last + 3, "小计", sum(revenue.amounts[1:]))
    revenue.total(revenue.last + 4, "合计", sum(revenue.amounts))

    outcome = preview(disclosure, uploaded(book), by=clerk)

    assert (outcome.problems, outcome.notices) == ((), ())
    assert sum(len(sheet.aside) for sheet in outcome.sheets) == 4


@pytest.mark.parametrize("hidden", [False, True])
def test_a_total_that_disagrees_names_its_cell_both_figures_and_the_difference(
    disclosure, clerk, book, revenue, hidden
):
    right = sum(revenue.amounts)
    revenue.total(revenue.last + 1, "合计", right + 5)
    revenue.sheet.row_dimensions[revenue.last + 1].hidden = hidden

    outcome = preview(disclosure, uploaded(book), by=clerk)

    [problem] = outcome.problems
    assert problem.place == f"收入明细!{revenue.letter}{revenue.last + 1}"
    assert problem.message == f"合计{right + 5:.2f}元，各行相加{right:.2f}元，相差5.00元"
    assert len(outcome.notices) == hidden


def test_a_subtotal_is_the_sum_since_the_last(disclosure, clerk, book, revenue):
    revenue.sheet.insert_rows(5)
    revenue.total(5, "小计", revenue.amounts[0])
    revenue.total(revenue.last + 2, "小计", sum(revenue.amounts))

    [problem] = preview(disclosure, uploaded(book), by=clerk).problems

    assert problem.message.endswith(f"各行相加{sum(revenue.amounts[1:]):.2f}元，相差{revenue.amounts[0]:.2f}元")


def test_a_formula_without_a_result_is_one_problem_with_the_way_out(disclosure, clerk, book, revenue):
    revenue.sheet.cell(4, revenue.column).value = "=SUM(1,2)"
    revenue.sheet.cell(5, 2).value = "=A1"

    outcome = preview(disclosure, uploaded(book), by=clerk)

    assert [one.place for one in outcome.problems] == ["收入明细!B5", f"收入明细!{revenue.letter}4"][::-1]
    assert all(one.message.startswith("公式“=") and "重新计算" in one.message for one in outcome.problems)
    assert outcome.notices == ()


def test_what_is_hidden_is_read_and_said(disclosure, clerk, book, revenue):
    revenue.sheet.row_dimensions[4].hidden = True

    outcome = preview(disclosure, uploaded(book), by=clerk)

    assert outcome.problems == ()
    assert [one.place for one in outcome.notices] == ["收入明细!第4行"]
    assert "仍会读取" in outcome.notices[0].message


@pytest.mark.parametrize("wrong", [("0.0001", "疑似以万元填写"), ("10000", "疑似以元填写")])
def test_amounts_in_another_unit_than_before_are_said_first(disclosure, clerk, book, revenue, wrong):
    factor, said = wrong
    for at, amount in enumerate(revenue.amounts, start=4):
        revenue.sheet.cell(at, revenue.column).value = (amount * Decimal(factor)).quantize(Decimal("0.01"))
    revenue.sheet.row_dimensions[4].hidden = True

    outcome = preview(disclosure, uploaded(book), by=clerk)

    assert outcome.problems == ()
    assert outcome.notices[0].place == f"收入明细!{revenue.letter}3"
    assert outcome.notices[0].message.startswith(said)


def test_amounts_are_compared_with_last_years_where_nothing_is_stored(disclosure, clerk, book, revenue):
    year = FiscalYear.objects.create(government=disclosure.budget.fiscal_year.government, year=2023)
    budget = Budget.objects.create(fiscal_year=year, department=disclosure.budget.department)
    following = Disclosure.objects.create(budget=budget)
    for name in book.sheetnames:
        if name not in {"填报说明", "收入明细"}:
            del book[name]
    book["填报说明"]["B6"] = "2023"
    revenue.sheet["A1"] = "收入明细"
    for at, amount in enumerate(revenue.amounts, start=4):
        revenue.sheet.cell(at, revenue.column).value = (amount / 10000).quantize(Decimal("0.01"))

    outcome = commit(following, uploaded(book), by=clerk)

    assert [one.message[:8] for one in outcome.notices] == ["疑似以万元填写："]
    assert outcome.notices[0].place == f"收入明细!{revenue.letter}3"
