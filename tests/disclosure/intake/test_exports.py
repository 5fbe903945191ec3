"""An export of 预算管理一体化 states the same lines as the workbook."""

import openpyxl
import pytest
from workbooks import a_clerk, canonical_lines, uploaded

from budgets.enums import Kind
from budgets.models import ExpenditureLine
from disclosure.intake.outcome import Ticks
from disclosure.intake.run import Upload, commit, preview

HEADERS = (
    *(
        "预算年度",
        "主管部门代码",
        "单位代码",
        "单位名称",
        "项目代码",
        "项目名称",
        "项目类别",
        "资金性质",
        "是否上年结转",
    ),
    *("支出功能分类科目代码", "部门支出经济分类科目代码", "政府支出经济分类科目代码", "支出明细", "批复数"),
)
CATEGORIES = {Kind.PERSONNEL: "1 人员类项目", Kind.PUBLIC: "21-公用经费项目"}
SOURCES = {"general": "11 一般公共预算资金", "fund": "12 政府性基金预算资金", "capital": "13 国有资本经营预算资金"}


def row_of(line) -> list:
    project, economic, government = line.project, line.economic, line.government_economic
    category = CATEGORIES.get(line.kind) or project.get_category_display()
    return [
        *("2022", "203", line.unit.code, line.unit.name),
        *((project.code, project.name) if project else ("基本" + line.unit.code, "基本支出")),
        *(category, SOURCES.get(line.source, line.get_source_display()), "是" if line.carried_over else "否"),
        *(f"{line.function.code}-{line.function.name}", economic.code if economic else ""),
        *(government.code if government else "", line.label, line.amount),
    ]


@pytest.fixture
def rows(disclosure):
    return [list(HEADERS), *map(row_of, ExpenditureLine.objects.filter(budget=disclosure.budget))]


@pytest.mark.parametrize("sort", ["xlsx", "csv"])
def test_an_export_states_the_lines_of_the_workbook(disclosure, rows, sort):
    clerk, before = a_clerk(disclosure), canonical_lines(disclosure)
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    text = "\n".join(",".join(map(str, row)) for row in rows).encode("gb18030")
    upload = uploaded(book) if sort == "xlsx" else Upload("导出.csv", text)
    seen = preview(disclosure, upload, by=clerk)
    assert (seen.problems, seen.strangers) == ((), ())
    ExpenditureLine.objects.filter(budget=disclosure.budget).delete()

    outcome = commit(disclosure, upload, by=clerk, ticks=Ticks())

    assert canonical_lines(disclosure) == before
    assert "未用的列：单位名称" in outcome.notices[0].message


def test_a_word_nobody_knows_is_named_with_its_cell(disclosure, rows):
    rows[1][7] = "单位资金"
    text = "\n".join(",".join(map(str, row)) for row in rows).encode()

    [problem] = preview(disclosure, Upload("导出.csv", text), by=a_clerk(disclosure)).problems

    assert (problem.cell, problem.value) == ("H2", "单位资金")
    assert "可填" in problem.message
