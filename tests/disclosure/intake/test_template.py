"""The blank and the marked file: locked, explained, offering lists, never a formula."""

import pytest
from django.core.management import CommandError, call_command
from workbooks import a_clerk, fresh, opened, uploaded

from budgets.models import Budget, FiscalYear
from disclosure.document import Document
from disclosure.intake.columns import columns_of
from disclosure.intake.marked import mark
from disclosure.intake.run import Upload, commit, preview
from disclosure.intake.sheets import SHEETS, sheets_of
from disclosure.intake.template import export
from disclosure.models import Disclosure, GlossaryTerm, ImportRun


@pytest.fixture
def clerk(disclosure):
    return a_clerk(disclosure)


@pytest.fixture
def book(disclosure, clerk):
    return opened(export(disclosure, by=clerk))


def test_there_is_a_sheet_for_every_kind_of_fact(disclosure, book):
    assert book.sheetnames == ["填报说明", *(kind.title for kind in sheets_of(disclosure)), "代码表"]
    assert [book["填报说明"].cell(row, 2).value for row in range(3, 7)] == ["130303", "203", None, "2022"]
    assert set(book.defined_names) == {"owner_government", "owner_department", "owner_unit", "owner_year"}


def test_every_header_says_what_it_means_and_what_may_be_written(disclosure, book):
    for kind in sheets_of(disclosure):
        for at, column in enumerate(columns_of(kind), start=1):
            cell = book[kind.title].cell(3, at)
            assert cell.value == column.header
            assert "含义：" in cell.comment.text
            assert f"要求：{column.rule}" in cell.comment.text


def test_only_what_is_to_be_filled_in_may_be_typed(book):
    sheet = book["支出明细"]

    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert (sheet["A1"].protection.locked, sheet["A3"].protection.locked) == (True, True)
    assert not sheet["A4"].protection.locked
    assert sheet.freeze_panes == "A4"


def test_lists_offer_codes_with_their_names(book):
    offers = {str(rule.sqref): rule.formula1 for rule in book["支出明细"].data_validations.dataValidation}

    assert len(offers) >= 8
    codes = {cell.value for row in book["代码表"].iter_rows(min_row=2) for cell in row if cell.value}
    assert {"2013201 行政运行", "一般公共预算拨款", "是"} <= codes


def test_a_text_that_looks_like_a_formula_stays_the_text_it_is(disclosure, clerk):
    GlossaryTerm.objects.create(disclosure=disclosure, position=99, term="=1+1", explanation="-2+3\n@SUM")
    data = export(disclosure, by=clerk)

    found = [
        cell for row in opened(data)["名词解释"].iter_rows() for cell in row if cell.value in {"=1+1", "-2+3\n@SUM"}
    ]

    assert [cell.data_type for cell in found] == ["s", "s"]
    assert preview(disclosure, Upload("表.xlsx", data), by=clerk).problems == ()


def test_next_years_blank_has_last_years_rows_without_amounts(disclosure, clerk):
    year = FiscalYear.objects.create(government=disclosure.budget.fiscal_year.government, year=2023)
    budget = Budget.objects.create(fiscal_year=year, department=disclosure.budget.department)
    following = Disclosure.objects.create(budget=budget)

    sheet = opened(export(following, by=clerk))["支出明细"]
    at = {cell.value: cell.column for cell in sheet[3]}

    assert sheet.cell(4, at["功能分类"]).value
    assert sheet.cell(4, at["金额（元）"]).value is None
    assert sheet.cell(4, at["上年金额（元）（参考）"]).value > 0


def test_the_file_comes_back_with_its_problems_marked(disclosure, clerk, book):
    book["收入明细"]["B4"] = "天上掉下来的"
    upload = uploaded(book)
    problems = preview(disclosure, upload, by=clerk).problems

    marked = opened(mark(upload, problems))

    assert marked.sheetnames[0] == "问题清单"
    assert [cell.value for cell in marked["问题清单"][2]][:4] == [1, "收入明细!B4", problems[0].field, "天上掉下来的"]
    assert marked["问题清单"]["B2"].hyperlink.location == "'收入明细'!B4" or "B4" in str(
        marked["问题清单"]["B2"].hyperlink.target
    )
    assert marked["收入明细"]["B4"].fill.fgColor.rgb == "FFFFC7CE"
    assert problems[0].message in marked["收入明细"]["B4"].comment.text
    marked["收入明细"]["B4"] = "一般公共预算拨款"
    assert preview(disclosure, uploaded(marked), by=clerk).problems == ()


def test_a_text_file_comes_back_as_a_workbook(disclosure, clerk):
    upload = Upload("收入明细.csv", "单位编码,资金来源\n203001,别的\n".encode("gb18030"))

    marked = opened(mark(upload, preview(disclosure, upload, by=clerk).problems))

    assert marked["收入明细"]["B2"].value == "别的"
    assert marked["问题清单"]["A2"].value == 1


def test_commands_export_check_import_and_undo(disclosure, clerk, tmp_path, capsys):
    file, marked, before = tmp_path / "表.xlsx", tmp_path / "标.xlsx", Document.of(disclosure).canonical
    own = ["203", "2022", f"--by={clerk.username}"]
    call_command("export_workbook", *own, str(file))
    book = opened(file.read_bytes())
    book["收入明细"].delete_rows(4)
    file.write_bytes(uploaded(book).data)
    call_command("import_workbook", *own, str(file), "--dry-run")
    assert "删除" in capsys.readouterr().out
    with pytest.raises(CommandError, match="1行将被删除"):
        call_command("import_workbook", *own, str(file))
    call_command("import_workbook", *own, str(file), "--remove")
    assert ImportRun.objects.get().removed == 1
    call_command("undo_import", *own)
    assert Document.of(fresh(disclosure)).canonical == before

    book["收入明细"]["B4"] = "别的"
    file.write_bytes(uploaded(book).data)
    with pytest.raises(CommandError, match="收入明细!B4"):
        call_command("import_workbook", *own, str(file), "--marked", str(marked))
    assert marked.exists()
    with pytest.raises(CommandError, match="没有找到"):
        call_command("export_workbook", "299", "2022", str(file))


def test_a_workbook_needs_somebody(disclosure, tmp_path):
    with pytest.raises(CommandError, match="--by"):
        call_command("export_workbook", "203", "2022", str(tmp_path / "表.xlsx"), "--by", "nobody")


def test_two_sheets_never_share_a_name():
    names = [name for kind in SHEETS for name in (kind.title, *kind.aliases)]

    assert len(names) == len(set(names))


def test_an_imported_file_is_kept(disclosure, clerk, book):
    upload = uploaded(book)

    run = commit(disclosure, upload, by=clerk).run

    assert (run.read(), run.file_name) == (upload.data, "填报表.xlsx")
