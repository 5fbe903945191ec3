"""The identities T and X: a document that passes, a fault that only the rule (or who shares its figure) finds."""

import re

import msgspec
import pytest
from faults import FAULTS, cell, fact, put, rows_without, spoiled, table
from layouts import SMALL

from disclosure import audit
from disclosure.audit import RULES, Severity, catalogue
from disclosure.audit.tolerance import exact, printed_in_wan, printed_in_yuan
from disclosure.document import Document
from disclosure.layouts import LAYOUTS
from disclosure.models import EmptyTable

ACROSS = "X15"
"""The one rule that needs more than one document (test_units)."""
IDENTITIES = [code for code in RULES if code[0] in "TX"]


def run(document, codes=IDENTITIES, tolerance=exact):
    """Audit by the identities alone; the other families have tests of their own (test_families)."""
    return audit.run(document, codes, tolerance)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_a_rule_says_what_it_demands(rule):
    assert re.fullmatch(r"[A-Z]\d+(\.\d+)?", rule.code)
    assert rule.sentence.endswith("。")
    assert re.search(r"[\u4e00-\u9fff]", rule.sentence)
    assert "\n" not in rule.sentence


def test_every_identity_has_its_fault():
    assert FAULTS.keys() | {ACROSS} == set(IDENTITIES)


def test_the_catalogue_is_in_the_order_of_codes():
    codes = [rule.code for rule in catalogue()]

    assert codes == sorted(codes, key=lambda code: (code[0], [int(part) for part in code[1:].split(".")]))
    assert [code for code in codes if code[0] == "T"][:6] == ["T1.1", "T1.2", "T1.3", "T1.4", "T1.5", "T2.1"]


def test_the_documents_are_right(bases):
    assert {key: run(document).findings for key, document in bases.items()} == dict.fromkeys(bases, ())


@pytest.mark.parametrize("code", FAULTS)
def test_a_rule_passes_somewhere(bases, code):
    assert [key for key, document in bases.items() if run(document, [code]).passed == [code]]


@pytest.mark.parametrize("code", FAULTS)
def test_a_rule_finds_its_fault_and_nobody_else_does(bases, code):
    fault = FAULTS[code]

    report = run(spoiled(bases[fault.base], *fault.edits))

    assert {finding.code for finding in report.findings} == {code, *fault.also}
    assert {finding.severity for finding in report.findings if finding.code == code} == {RULES[code].severity}
    assert all(finding.message.endswith("。") for finding in report.findings)


@pytest.mark.parametrize("code", FAULTS)
def test_every_rule_says_what_became_of_it(bases, code):
    fault = FAULTS[code]
    report = run(spoiled(bases[fault.base], *fault.edits))

    judged = [*report.passed, *report.not_applicable, *{finding.code for finding in report.findings}]

    assert sorted(judged) == sorted(IDENTITIES)


def test_a_finding_names_both_cells_and_the_difference(bases):
    report = run(spoiled(bases["hebei"], cell("totals", "年终结转结余", "spending_amount")), ["X2"])

    (finding,) = report.findings
    left, right = finding.cited
    assert finding.message == (
        "部门预算收支总表“支出总计”的预算数36478469.08元应等于部门预算支出总表“合计”的合计与结转下年之和36478470.08元，相差1.00元。请核对。"
    )
    assert (left.place.table, left.place.row, left.place.column) == ("totals", 33, "spending_amount")
    assert (right.place.table, right.place.column) == ("spending", "total")
    assert finding.difference == right.value - left.value == 1


def test_an_amount_is_said_in_wan_where_two_places_suffice(bases):
    sample = spoiled(bases["sample"], cell("totals", "年终结转结余", "spending_amount", 100))

    (finding,) = run(sample, ["X2"]).findings

    assert "1090.88万元应等于" in finding.message
    assert "相差0.01万元" in finding.message


@pytest.mark.parametrize("key", LAYOUTS)
def test_the_sample_has_no_errors_in_any_layout(disclosure, key):
    if key != disclosure.budget.fiscal_year.layout:  # the source document has no 部门整体支出绩效目标表
        EmptyTable.objects.create(disclosure=disclosure, table="overall_goals", reason="没有编制")

    report = run(Document.of(disclosure, LAYOUTS[key]))

    assert report.findings == ()


def test_a_table_that_a_layout_demands_and_nobody_filled_is_found(disclosure):
    report = run(Document.of(disclosure, LAYOUTS["national"]))

    assert [finding.code for finding in report.findings] == ["X19", "X19"]
    assert report.findings[0].message == (
        "部门整体支出绩效目标表没有数据，也没有空表说明。请填写数据，或说明没有安排的原因。"
    )


def test_a_layout_with_few_tables_and_no_carry_rows_is_audited_as_far_as_it_goes(disclosure, monkeypatch):
    monkeypatch.setitem(LAYOUTS, SMALL.key, SMALL)
    EmptyTable.objects.create(disclosure=disclosure, table="overall_goals", reason="没有编制")

    report = run(Document.of(disclosure, SMALL))

    assert report.findings == ()
    assert {"T1.2", "T1.4", "T1.5", "T4.1", "T4.2", "T4.3", "T4.5", "T10.1", "X17", "X19"} <= set(report.passed)
    assert report.not_applicable["T1.1"] == "不适用：本版式的收支总表没有本年合计行"
    assert report.not_applicable["T7.3"] == "不适用：本版式的“三公”经费支出表不分项"


@pytest.mark.parametrize("key", LAYOUTS)
def test_units_have_no_errors(units, key):
    assert [run(document).findings for document in units[key]] == [()] * 3


def test_a_rule_about_an_unprinted_table_says_so(document):
    reasons = run(document).not_applicable

    assert reasons["X12"] == "不适用：本版式不印项目支出表"
    assert reasons["T5.4"] == "不适用：本版式的一般公共预算支出表没有要核对的列"
    assert reasons["T8.1"] == "不适用：政府性基金预算支出表是空表"
    assert reasons["T2.2"] == "不适用：部门预算收入总表只有一级"
    assert reasons["X16"] == "不适用：没有上年公开的文件"


def test_what_an_empty_table_should_hold_is_still_asked_for(bases):
    report = run(spoiled(bases["hebei"], table("fund_expenditure", rows=())))

    assert {finding.code for finding in report.findings} == {"X5", "X12", "X19"}
    assert report.not_applicable["T8.1"] == "不适用：政府性基金预算支出表是空表"


def cells_of(document):
    """Yield the place of some of the figures of every table; last year's are said in words, where they are there."""
    for of in document.content.tables:
        figures = [column.key for column in of.columns if column.kind in ("money", "number", "rate")]
        for number, row in enumerate(of.rows[:3]):
            yield from ((of.key, number, key) for key in figures if row.cells.get(key) and key != "previous")


@pytest.mark.parametrize("base", ["hebei", "national"])
def test_one_missing_figure_is_no_false_alarm(bases, base):
    lacking = [spoiled(bases[base], put(*place, None)) for place in cells_of(bases[base])]

    assert {finding.code for document in lacking for finding in run(document).findings} <= {"T7.3"}


def test_a_row_that_lacks_a_figure_is_left_out_of_a_rule_that_passes(bases):
    report = run(spoiled(bases["hebei"], put("spending", "2080501", "basic", None)), ["T3.1"])

    assert (report.passed, report.findings) == (["T3.1"], ())
    assert report.left_out == {
        "T3.1": ("基本支出、项目支出、上缴上级支出、事业单位经营支出、对附属单位补助支出之和缺数",)
    }


def test_a_figure_that_does_not_apply_adds_nothing(bases):
    assert run(spoiled(bases["hebei"], put("assets", "4、其他固定资产", "quantity", "n/a"))).findings == ()


def test_a_group_whose_items_are_withheld_is_not_judged(bases):
    report = run(bases["hebei"], ["T3.2", "T5.2"])

    assert report.passed == ["T3.2", "T5.2"]
    assert report.left_out["T3.2"] == (
        "部门预算支出总表“21203城乡社区公共设施”下没有列下一级（可能因涉密不细化），不能核对",
    )


def test_a_code_without_the_level_above_is_found(bases):
    report = run(spoiled(bases["hebei"], rows_without("spending", "22102")), ["T3.2"])

    assert [finding.message for finding in report.findings] == [
        "部门预算支出总表“2210201住房公积金”没有上级科目行，没有计入合计。请补上级科目。"
    ]


def test_a_percentage_of_nothing_is_found(bases):
    report = run(spoiled(bases["national"], put("general_expenditure", "20199", "change_rate", "100.00")), ["T5.4"])

    assert [finding.message for finding in report.findings] == [
        "一般公共预算支出表“20199其他一般公共服务支出”的增减%100.00%，但上年为0，不可比。请填“—”。"
    ]


def test_every_goal_counts_where_the_region_demands_one_for_each_project(bases):
    goals = {key: [t.key for t in bases[key].content.tables if t.key.startswith("goal-")] for key in LAYOUTS}
    reports = {}
    for key in LAYOUTS:
        content = bases[key].content
        kept = tuple(one for one in content.tables if one.key != goals[key][0])
        fewer = Document(msgspec.structs.replace(content, tables=kept), bases[key].context)
        reports[key] = run(fewer, ["X13"])

    assert [finding.code for finding in reports["hebei"].findings] == ["X13"]
    assert reports["national"].passed == ["X13"]


def test_operating_costs_belong_to_offices(bases):
    nobody = fact("units", lambda units: tuple(msgspec.structs.replace(unit, nature="事业") for unit in units))

    report = run(spoiled(bases["hebei"], nobody), ["X11"])

    assert report.findings[0].message.startswith("机关运行经费")
    assert run(bases["hebei"], ["X11"]).passed == ["X11"]


def test_vehicles_without_costs_are_a_warning(bases):
    fault = FAULTS["X20"]

    (finding,) = run(spoiled(bases[fault.base], *fault.edits)).findings

    assert finding.severity is Severity.WARNING
    assert finding.message.startswith("固定资产中的车辆0辆，")


def test_carried_over_money_may_be_carried_forward_again(bases):
    """In the central form T5 leaves out what 上年结转 pays: what is left of it cannot be told apart."""
    carried = 399479
    more = [cell("fiscal_totals", "结转下年", column, carried) for column in ("total", "general")]

    within = run(spoiled(bases["national"], *more), ["X4"])
    beyond = run(spoiled(bases["national"], *more, cell("fiscal_totals", "结转下年", "general", 50000)), ["X4"])

    assert within.passed == ["X4"]
    assert [finding.code for finding in beyond.findings] == ["X4"]


def test_foreign_figures_may_differ_by_their_rounding(bases):
    document = spoiled(bases["sample"], cell("spending", "2013201", "total", 100))

    assert [finding.code for finding in run(document, ["T3.1"], exact).findings] == ["T3.1"]
    assert run(document, ["T3.1"], printed_in_wan).findings == ()
    assert (printed_in_wan(1), printed_in_wan(5), printed_in_yuan(5)) == (100, 300, 1)


def test_an_edition_is_audited_like_the_draft_it_came_from(disclosure, document):
    draft = Document.of(disclosure)

    assert run(document) == run(draft)


def test_a_code_nobody_registered_is_refused(document):
    with pytest.raises(KeyError, match="X99"):
        run(document, ["X99"])


@pytest.mark.parametrize(("value", "found"), [("0.00", []), (None, []), ("n/a", []), ("1.00", ["X19"])])
def test_a_table_declared_empty_holds_no_figure(bases, value, found):
    row = bases["sample"].table("spending").rows[0]
    nothing = dict.fromkeys(("total", "basic", "project"), value)
    rows = (msgspec.structs.replace(row, cells={"name": "合计", **nothing}),)

    report = run(spoiled(bases["sample"], table("fund_expenditure", rows=rows)), ["X19"])

    assert [finding.code for finding in report.findings] == found


@pytest.mark.parametrize(("value", "found"), [("0.00", ["X19"]), (None, []), ("1.00", [])])
def test_a_table_of_zeros_is_declared_empty(bases, value, found):
    zeros = dict.fromkeys(("total", "basic", "project"), value)
    row = bases["sample"].table("spending").rows[0]
    rows = (msgspec.structs.replace(row, cells={"name": "合计", **zeros}),)

    report = run(spoiled(bases["sample"], table("fund_expenditure", rows=rows, empty_reason=None)), ["X19"])

    assert [finding.code for finding in report.findings] == found
