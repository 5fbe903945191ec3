"""A text longer than a workbook's cell: nothing of it is cut, and it reads back whole."""

import io

import pytest
from made_up import bases, random_document
from openpyxl import load_workbook

from disclosure.render import spreadsheet
from disclosure.render.sheetcells import CONTINUED, LONGEST, say, styled
from disclosure.tables.grid import Column, Field, Row, Table

SENTENCE = "修缮老旧小区（含“_x0041_”号楼）。\n"
LONG = SENTENCE * (100_000 // len(SENTENCE))
RARE = "𠮷" * 20_000
"""Each of these counts twice in a workbook."""
COLUMNS = (Column("name", "名称", "", "text"), Column("why", "说明", "", "text"), Column("total", "合计", "", "money"))


def sheet_of(table: Table):
    """Return the sheet that is drawn of a table, read back."""
    data = spreadsheet.render_table(random_document(bases()[0], 3), table)
    return load_workbook(io.BytesIO(data)).worksheets[1]


def row(name: str, why: str) -> Row:
    return Row(level=1, total=False, cells={"name": name, "why": why, "total": "100.00"})


def down(sheet, column: int, first: int) -> str:
    """Read a cell and what continues it below, as somebody would who puts it together again."""
    told = sheet.cell(first, column).value
    for at in range(first + 1, sheet.max_row + 1):
        text = sheet.cell(at, column).value or ""
        if not text.startswith(CONTINUED):
            break
        told += text.removeprefix(CONTINUED)
    return told.replace("_x005F_", "_")


def at(sheet, beginning: str, column: int = 1) -> int:
    """Find the row whose cell begins so."""
    cells = (one[0] for one in sheet.iter_rows(min_col=column))
    return next(cell.row for cell in cells if str(cell.value).replace("_x005F_", "_").startswith(beginning))


@pytest.mark.parametrize("text", [LONG, RARE, "甲" * (LONGEST + 1), "_x0041" * 6000])
def test_a_long_cell_goes_on_in_the_rows_below(text):
    rows = (row("甲项目", text), row(text, "短"), row("乙项目", text))

    sheet = sheet_of(Table("projects", 1, "", "表", "元", COLUMNS, rows))

    first, second, third = at(sheet, "甲项目"), at(sheet, text[:5]), at(sheet, "乙项目")
    assert [down(sheet, 2, first), down(sheet, 1, second), down(sheet, 2, third)] == [text] * 3
    assert [sheet.cell(one, 3).value for one in (first, second, third)] == [100] * 3
    assert sheet.cell(first + 1, 1).value is sheet.cell(first + 1, 3).value is None
    longest = max(len(str(cell.value or "").encode("utf-16-le")) // 2 for line in sheet.iter_rows() for cell in line)
    assert longest <= LONGEST


def test_what_fits_exactly_stays_in_its_cell():
    text = "甲" * LONGEST

    sheet = sheet_of(Table("projects", 1, "", "表", "元", COLUMNS, (row("甲项目", text), row("乙项目", "短"))))

    assert sheet.cell(at(sheet, "甲项目"), 2).value == text
    assert at(sheet, "乙项目") == at(sheet, "甲项目") + 1


def test_what_stands_around_a_table_goes_on_below_as_well():
    field = Field("目标", "text", LONG)
    table = Table("goals", 1, "", "表", "元", COLUMNS, (), fields=(field,), notes=(LONG,), empty_reason=LONG)

    sheet = sheet_of(table)

    begins = [one[0].row for one in sheet.iter_rows() if str(one[0].value).startswith(SENTENCE[:4])]
    assert down(sheet, 2, at(sheet, "目标")) == LONG
    assert [down(sheet, 1, one) for one in begins] == [LONG, LONG]
    assert sheet.print_title_rows == f"${at(sheet, '名称')}:${at(sheet, '名称')}"
    assert max(one.height or 0 for one in sheet.row_dimensions.values()) <= 409


def test_a_text_is_never_cut_in_silence():
    cell = styled().create_sheet("表").cell(1, 1)

    with pytest.raises(ValueError, match="A cell holds 32767 characters"):
        say(cell, "甲" * (LONGEST + 1), "文字")
