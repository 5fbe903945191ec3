"""Every hazard of a file through the import itself: read rightly, or refused in words with its cell."""

import io
from datetime import date

import openpyxl
import pytest
import xlwt
from django.core.exceptions import ValidationError
from spreadsheets import ods, ods_rows, raw_xlsx
from test_refusals import DOCTYPE, encrypted_member, ole2, with_doctype
from workbooks import a_clerk, the_book, uploaded

from budgets.models import RevenueLine
from disclosure.intake.run import Upload, commit, preview

AMOUNT = "金额（元）"


@pytest.fixture
def clerk(disclosure):
    return a_clerk(disclosure)


@pytest.fixture
def rows(disclosure, clerk):
    """The sheet 收入明细 as plain rows."""
    sheet = the_book(disclosure, clerk)["收入明细"]
    last = 3 + RevenueLine.objects.filter(budget=disclosure.budget).count()
    return [[cell.value or "" for cell in row] for row in sheet.iter_rows(max_row=last)]


def spoilt(rows, spoil) -> Upload:
    book = openpyxl.Workbook()
    book.active.title = "收入明细"
    for row in rows:
        book.active.append(row)
    column = next(cell.column_letter for cell in book.active[3] if cell.value == AMOUNT)
    spoil(book.active, column)
    return uploaded(book)


def legacy(rows) -> bytes:
    book, kept = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("收入明细")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("name", ["表.xls", "表.et", "表.ods", "表.csv"])
def test_other_formats_state_the_same(disclosure, clerk, rows, name):
    text = "\n".join(",".join(map(str, row)) for row in rows).encode("gb18030")
    data = {"表.csv": text, "表.ods": ods(ods_rows(*rows), "收入明细")}.get(name) or legacy(rows)

    outcome = preview(disclosure, Upload(name, data), by=clerk)

    [sheet] = outcome.sheets
    assert (outcome.problems, sheet.same) == ((), len(rows) - 3)
    assert [one.message[:2] for one in outcome.notices] == ["旧版"] * (name in {"表.xls", "表.et"}) or outcome.notices


@pytest.mark.parametrize(
    "write",
    [
        str,
        lambda amount: f"{amount:,.2f}",
        lambda amount: f"{amount:.2f}".translate({code: code + 0xFEE0 for code in range(0x2E, 0x3A)}),
    ],
    ids=["as text", "separators", "full width"],
)
def test_amounts_in_every_writing_are_the_same(disclosure, clerk, rows, write):
    def spoil(sheet, column):
        sheet[f"{column}4"] = write(sheet[f"{column}4"].value)

    outcome = preview(disclosure, spoilt(rows, spoil), by=clerk)

    assert (outcome.problems, outcome.sheets[0].same) == ((), len(rows) - 3)


def test_blank_rows_and_far_blank_columns_end_nothing(disclosure, clerk, rows):
    def spoil(sheet, column):
        sheet.insert_rows(5)
        sheet["XFD4"] = " "
        sheet["A2000"] = " "

    outcome = preview(disclosure, spoilt(rows, spoil), by=clerk)

    assert (outcome.problems, outcome.strangers, outcome.sheets[0].same) == ((), (), len(rows) - 3)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("=SUM(A1:A2)", "重新计算"),
        ("#REF!", "错误值"),
        (date(2024, 1, 1), "却是日期"),
        ("1,23", "千分位"),
        ("（12.3）", "不能"),
        ("—", "请填写"),
        ("无", "请填写"),
        ("/", "请填写"),
    ],
)
def test_a_cell_that_is_no_figure_is_one_problem_at_its_cell(disclosure, clerk, rows, value, said):
    where = []

    def spoil(sheet, column):
        sheet[f"{column}4"] = value
        where.append(f"收入明细!{column}4")

    outcome = preview(disclosure, spoilt(rows, spoil), by=clerk)

    assert [one.place for one in outcome.problems] == where
    assert said in outcome.problems[0].message
    assert where[0] not in [one.place for one in outcome.notices]


@pytest.mark.parametrize("dash", ["—", "－", "无", "/", "— —"])
def test_a_dash_is_read_as_not_filled_in_and_named_never_as_zero(disclosure, clerk, dash):
    book = the_book(disclosure, clerk)
    sheet = book["“三公”经费"]
    column = next(cell.column_letter for cell in sheet[3] if cell.value == "上年预算（元）")
    sheet[f"{column}4"] = dash

    outcome = commit(disclosure, uploaded(book), by=clerk)

    [notice] = [one for one in outcome.notices if one.cell == f"{column}4"]
    assert (notice.place, notice.value) == (f"“三公”经费!{column}4", dash)
    assert notice.message == f"“{dash}”按未填写读取，不是0；如果是0，请填写0。"
    [changed] = next(one for one in outcome.sheets if one.title == "“三公”经费").changed
    assert [(cell.header, cell.new) for cell in changed.cells] == [("上年预算（元）", "")]


def test_merged_data_is_refused_where_it_hides_what_rows_say(disclosure, clerk, rows):
    outcome = preview(disclosure, spoilt(rows, lambda sheet, _column: sheet.merge_cells("B4:B5")), by=clerk)

    assert "收入明细!B4" in [one.place for one in outcome.problems]
    assert any("合并单元格" in one.message for one in outcome.problems)


def test_a_code_that_lost_its_zeros_is_refused_with_its_cell(disclosure, clerk, rows):
    def spoil(sheet, _column):
        sheet["A4"] = 3001

    outcome = preview(disclosure, spoilt(rows, spoil), by=clerk)

    assert [(one.place, one.value) for one in outcome.problems] == [("收入明细!A4", "3001")]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("表.xlsm", b"PK\x03\x04", "含有宏"),
        ("表.xlsx", raw_xlsx("", **{"xl/vbaProject.bin": b"x"}), "含有宏"),
        ("表.xlsx", ole2("EncryptedPackage"), "取消密码"),
        ("表.xlsx", encrypted_member(raw_xlsx("")), "取消密码"),
        ("表.xlsx", raw_xlsx("", bomb=b"0" * 65_000_000), "展开后过大"),
        ("表.xlsx", with_doctype("xl/worksheets/sheet1.xml"), "外部引用"),
        ("表.ods", ods(DOCTYPE), "外部引用|不完整"),
        ("表.xlsx", raw_xlsx("")[:300], "不是有效的"),
    ],
)
def test_a_hostile_or_broken_file_is_refused_in_words(disclosure, clerk, name, data, said):
    with pytest.raises(ValidationError, match=said):
        preview(disclosure, Upload(name, data), by=clerk)
