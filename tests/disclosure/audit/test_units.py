"""X15: the department is its units, but for what they pay each other."""

import pytest
from faults import cell, put, spoiled, up

from disclosure.audit import RULES, across_units, run
from disclosure.document import Document
from disclosure.layouts import LAYOUTS


def messages(report):
    return [finding.message for finding in report.findings]


@pytest.mark.parametrize("key", LAYOUTS)
def test_a_department_is_the_sum_of_its_units(departments, units, key):
    report = across_units(departments[key], units[key])

    assert (report.findings, report.passed) == ((), ["X15"])


@pytest.mark.parametrize("key", LAYOUTS)
def test_something_passes_between_the_units(departments, units, key):
    """Otherwise the elimination would not be tested."""
    gone = {
        column: sum(unit.table("income").foot(column) for unit in units[key])
        - departments[key].table("income").foot(column)
        for column in ("superior", "subordinate")
    }

    assert min(gone.values()) > 0


@pytest.mark.parametrize(
    ("key", "edits"),
    [
        ("hebei", (cell("totals", "一、一般公共预算拨款收入", "income_amount"),)),
        ("hebei", (cell("totals", "住房保障支出", "spending_amount"),)),
        ("hebei", (cell("income", 1, "general"),)),
        ("hebei", (cell("income", 1, "total"),)),
        ("hebei", (cell("spending", "2210201", "basic"),)),
        ("hebei", (cell("fiscal_totals", "二、上年结转", "income_amount"),)),
        ("hebei", (cell("fiscal_totals", "住房保障支出", "general"),)),
        ("hebei", (cell("general_expenditure", "2210201", "total"),)),
        ("hebei", (cell("basic_expenditure", "30201", "public"),)),
        ("hebei", (cell("three_public", "三、公务接待费", "general"),)),
        ("national", (cell("three_public", 0, "reception"),)),
        ("hebei", (cell("fund_expenditure", "2121401", "project"),)),
        ("hebei", (cell("capital_expenditure", "2230202", "project"),)),
        ("hebei", (cell("projects", 1, "total"),)),
    ],
)
def test_a_cell_that_is_not_the_units_sum_is_found(departments, units, key, edits):
    report = across_units(spoiled(departments[key], *edits), units[key])

    (finding,) = report.findings
    assert (finding.code, finding.difference) == ("X15", 1)
    assert finding.message.endswith("相差1.00元。请核对。")


def test_only_one_side_of_a_transfer_left_out_is_found(departments, units):
    more = (*up("income", (0, 1), "superior", "total"), cell("totals", "五、单位资金", "income_amount"))

    report = across_units(spoiled(departments["hebei"], *more), units["hebei"])

    assert any(
        "相抵的上级补助收入" in message and "相抵的对附属单位补助支出" in message for message in messages(report)
    )


def test_last_years_figures_are_nobodys_sum(departments, units):
    changed = spoiled(departments["national"], cell("general_expenditure", 0, "previous"))

    assert across_units(changed, units["national"]).findings == ()


def test_a_unit_whose_document_is_missing_makes_the_rule_inapplicable(departments, units):
    report = across_units(departments["hebei"], units["hebei"][:-1])

    assert report.not_applicable == {"X15": f"不适用：缺少单位文件：{units['hebei'][-1].content.unit.name}"}


def test_documents_in_different_layouts_are_not_compared(departments, units):
    report = across_units(departments["hebei"], units["national"])

    assert report.not_applicable == {"X15": "不适用：各文件的版式不同，或没有单位文件"}


def test_one_document_alone_cannot_be_compared(departments):
    report = run(departments["hebei"], ["X15"])

    assert report.not_applicable == {"X15": "不适用：要与全部所属单位的文件一起核对"}
    assert RULES["X15"].sentence.startswith("部门的各表等于所属各单位之和")


def test_a_missing_figure_of_a_unit_is_no_false_alarm(departments, units):
    lacking = [spoiled(units["hebei"][0], put("general_expenditure", "2210201", "total", None)), *units["hebei"][1:]]

    report = across_units(departments["hebei"], lacking)

    assert report.findings == ()
    assert report.left_out["X15"] == ("各单位之和缺数",)


def test_a_unit_document_is_a_document(units):
    assert all(isinstance(unit, Document) and unit.content.unit for unit in units["hebei"])
