"""An export of 预算管理一体化 states the same lines as the workbook."""

import openpyxl
import pytest
from workbooks import a_clerk, canonical_lines, uploaded

from budgets.enums import Kind
from budgets.models import ExpenditureLine, ProcurementCatalogue, ProcurementItem, RevenueLine
from disclosure.intake.outcome import Ticks
from disclosure.intake.run import Upload, commit, preview
from disclosure.models import EmptyTable

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


def delimited(rows) -> Upload:
    return Upload("导出.csv", "\n".join(",".join(map(str, row)) for row in rows).encode("gb18030"))


def income_of(line) -> list:
    source = SOURCES.get(line.source, line.get_source_display())
    function = f"{line.function.code}-{line.function.name}" if line.function else ""
    carried = "上年结转" if line.carried_over else "年初预算"
    return [f"{line.unit.code}-{line.unit.name}", "预算收入", source, carried, function, line.amount]


def test_an_export_of_income_states_the_revenue_lines(disclosure):
    heads = ["预算单位", "收入项目类别", "资金性质", "指标来源", "功能分类科目代码", "本年收入总计"]
    lines = RevenueLine.objects.filter(budget=disclosure.budget)
    upload = delimited([heads, *map(income_of, lines)])

    outcome = preview(disclosure, upload, by=a_clerk(disclosure))

    [sheet] = outcome.sheets
    assert (outcome.problems, outcome.strangers) == ((), ())
    assert (sheet.title, sheet.same, sheet.changed, sheet.removed) == ("收入明细", lines.count(), (), ())


def test_an_export_of_purchases_fills_the_procurement(disclosure):
    EmptyTable.objects.filter(disclosure=disclosure).delete()
    catalogue = ProcurementCatalogue.objects.create(code="A02010105", name="台式计算机", vintage=2022)
    unit = disclosure.budget.department.units.first()
    project = disclosure.budget.expenditurelines.filter(kind=Kind.PROJECT).first().project
    heads = ["预算年度", "主管部门代码", "单位代码", "项目类别", "项目编码", "采购内容", "政府采购品目代码", "采购类型"]
    heads += ["采购组织形式", "计量单位", "单价", "采购数量", "采购金额", "资金性质代码", "调整批次号"]
    row = [
        "2022",
        "203",
        project.unit.code,
        "22 其他运转类",
        project.code,
        "台式机",
        f"{catalogue.code}-{catalogue.name}",
    ]
    row += ["A", "政府集中采购", "台", "5000", "2", "10000", "11", "1"]
    basic = ["2022", "203", unit.code, "21 公用经费", "基本", "打印机", catalogue.code, "货物", "分散采购"]
    basic += ["台", "无", "1", "900", "12", "1"]

    outcome = commit(disclosure, delimited([heads, row, basic]), by=a_clerk(disclosure), ticks=Ticks(removals=True))

    names = ("name", "project__code", "catalogue__code", "type", "mode", "quantity", "unit_price", "source", "amount")
    assert list(ProcurementItem.objects.filter(budget=disclosure.budget).values_list(*names)) == [
        ("台式机", project.code, catalogue.code, "goods", "central", 2, 5000, "general", 10000),
        ("打印机", None, catalogue.code, "goods", "scattered", 1, None, "fund", 900),
    ]
    assert any("“无”按未填写读取" in notice.message for notice in outcome.notices)


def test_an_export_that_does_not_say_whose_it_is_asks_for_a_look(disclosure, rows):
    silent = [row[2:] for row in rows]

    outcome = preview(disclosure, delimited(silent), by=a_clerk(disclosure))

    assert outcome.problems == ()
    assert "文件没有写部门和年度，按2022年、部门203导入，请核对" in [one.message for one in outcome.notices]


def test_an_export_without_a_department_but_of_another_year_is_refused(disclosure, rows):
    other = [[row[0].replace("2022", "2021"), *row[2:]] for row in rows]

    [problem] = preview(disclosure, delimited(other), by=a_clerk(disclosure)).problems

    assert (problem.field, problem.value) == ("年度", "2021")


def test_an_export_with_somebody_elses_unit_is_refused(disclosure, rows):
    rows[1][2] = "999001"

    [problem] = preview(disclosure, delimited([row[2:] for row in rows]), by=a_clerk(disclosure)).problems

    assert (problem.field, problem.value) == ("单位编码", "999001")
