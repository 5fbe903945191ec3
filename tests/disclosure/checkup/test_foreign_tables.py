"""Tables of other regions are recognised, and judged within the rounding of the paper."""

import foreign
import pytest

from budgets.readers.text import read_text
from disclosure.audit import RULES
from disclosure.checkup.reading import document_of
from disclosure.checkup.report import check_file

CERTAIN = ("T", "X")


def figures(found):
    """Keep what the rules of figures found."""
    return [(said.rule, said.place) for said in found.findings if said.rule.startswith(CERTAIN)]


def test_tables_are_known_by_title_and_header():
    document = document_of(read_text(foreign.text())).document

    keys = [table.key for table in document.content.tables]
    general = document.table("general_expenditure")
    assert keys == ["totals", "spending", "fiscal_totals", "general_expenditure", "three_public"]
    assert [(row.cells["code"], row.level) for row in general.rows[:4]] == [
        (None, 0),
        ("205", 1),
        ("20502", 2),
        ("2050202", 3),
    ]
    assert general.unit == "元"
    assert document.table("three_public").unit == "万元"
    assert (document.content.year, document.content.phase) == (2023, "initial")


def test_a_sound_foreign_document_has_no_wrong_figures():
    found = check_file("a.txt", foreign.text())

    assert figures(found) == []
    assert {"T1.1", "T1.3", "T3.1", "T3.2", "T5.3", "T7.1", "T7.2", "X2", "X3", "X4"} <= set(found.passed)


@pytest.mark.parametrize(("amount", "rules"), [("1,800,001", set()), ("1,800,090", {"T3.1", "T3.2", "T3.3", "X3"})])
def test_a_difference_of_one_yuan_is_rounding(amount, rules):
    wrong = foreign.SPENDING.replace("205\t教育支出\t1,800,000", f"205\t教育支出\t{amount}")

    found = check_file("a.txt", foreign.text(foreign.TOTALS, wrong))

    assert {rule for rule, _ in figures(found)} == rules


def test_a_finding_says_its_line():
    wrong = foreign.THREE_PUBLIC.replace("合计\t8.00\t7.50", "合计\t8.00\t9.50")

    found = check_file("a.txt", foreign.text(wrong))

    line = foreign.text(wrong).decode().splitlines().index("“三公”经费合计\t8.00\t9.50") + 1
    assert figures(found) == [("T7.1", f"第{line}行")]


def test_final_accounts_are_recognised():
    found = check_file("a.txt", foreign.text(title="示例市教育局2022年度部门决算"))

    assert found.not_applicable["X10"] == "不适用：这是决算文件"
    assert figures(found) == []


def test_rules_of_our_own_facts_do_not_apply():
    found = check_file("a.txt", foreign.text())

    own = {code for code, reason in found.not_applicable.items() if "不是本平台写成的文件" in reason}
    assert {"X11", "X16", "X17", "X18", "X19", "T13.4", "T14.4"} <= own


def test_every_rule_is_accounted_for():
    found = check_file("a.txt", foreign.text())

    said = {finding.rule for finding in found.findings} | set(found.passed) | set(found.not_applicable)
    assert said == set(RULES)
