"""The same table in every accepted sort of file reads the same, and places are the clerk's own."""

import pytest
from spreadsheets import SPREADSHEETML, delimited, ods, ods_rows, raw_xlsx, xls, xlsx

from budgets.readers.files import read_file

ROWS = [
    ["2024年一般公共预算支出表", "", ""],
    ["科目编码", "科目名称", "金额"],
    ["2013201", "行政运行", 45.38],
    ["", "", ""],
    ["2013202", "一般行政管理事务", -0.5],
]
TEXT = [
    ["2024年一般公共预算支出表"],
    ["科目编码", "科目名称", "金额"],
    ["2013201", "行政运行", "45.38"],
    [],
    ["2013202", "一般行政管理事务", "-0.5"],
]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("表.xlsx", xlsx(*ROWS)),
        ("表.XLSX", xlsx(*ROWS)),
        ("表.xls", xls(*ROWS)),
        ("表.et", xls(*ROWS)),
        ("表.et", xlsx(*ROWS)),
        ("表.ods", ods(ods_rows(*ROWS))),
        ("表.csv", delimited(*ROWS)),
        ("表.csv", delimited(*ROWS, encoding="utf-8-sig")),
        ("表.csv", delimited(*ROWS, encoding="gb18030")),
        ("表.csv", delimited(*ROWS).replace(b",", b"\t")),
    ],
    ids=["xlsx", "upper case", "xls", "et of ole2", "et of zip", "ods", "utf-8", "bom", "gb18030", "tabs"],
)
def test_the_same_table_reads_the_same_and_a_blank_row_does_not_end_it(name, data):
    (sheet,) = read_file(name, data)

    assert sheet.rows == TEXT
    assert sheet.name == ("" if name.endswith(".csv") else "表1")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("表.xlsx", xlsx(then=lambda sheet: sheet.cell(12, 3, "甲"))),
        ("表.xls", xls(then=lambda sheet: sheet.write(11, 2, "甲"))),
        ("表.ods", ods(ods_rows(*[[]] * 11, ["", "", "甲"]))),
    ],
    ids=["xlsx", "xls", "ods"],
)
def test_a_cell_keeps_its_address_below_blank_rows_and_beside_blank_columns(name, data):
    (sheet,) = read_file(name, data)

    assert sheet.rows == [[]] * 11 + [["", "", "甲"]]
    assert sheet.cell(11, 2) == "甲"
    assert sheet.cell(11, 3) == sheet.cell(12, 0) == ""
    assert sheet.address(11, 2) == "C12"
    assert sheet.place_of(11, 2) == "工作表“表1”C12"
    assert sheet.place(11) == "工作表“表1”第12行"


@pytest.mark.parametrize(
    ("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_columns_are_lettered_as_in_a_spreadsheet(column, letters):
    (sheet,) = read_file("表.csv", b"1")

    assert sheet.address(0, column) == f"{letters}1"


def test_sheets_come_in_the_workbooks_order_and_blank_ones_are_there():
    data = xlsx(["甲"], then=lambda sheet: sheet.parent.create_sheet("空"))

    assert [(sheet.name, sheet.rows) for sheet in read_file("表.xlsx", data)] == [("表1", [["甲"]]), ("空", [])]


def test_blanks_at_the_end_are_left_out_even_a_million():
    cells = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="0"/></row>'
    claimed = '<dimension ref="A1:XFD1048576"/><cols><col min="1" max="16384" width="9"/></cols><sheetData>'
    last = '<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    data = raw_xlsx(claimed + cells + last)

    (sheet,) = read_file("表.xlsx", data)

    assert len(data) < 5000
    assert sheet.rows == [["1"]]


def test_two_hundred_thousand_rows_are_read():
    rows = "".join(f'<row><c t="str"><v>{2010000 + row}</v></c><c><v>{row}.25</v></c></row>' for row in range(200_000))

    (sheet,) = read_file("表.xlsx", raw_xlsx(f"<sheetData>{rows}</sheetData>"))

    assert len(sheet.rows) == 200_000
    assert sheet.rows[-1] == ["2209999", "199999.25"]
    assert sheet.notes == ()


def test_a_blank_far_away_makes_a_sheet_no_larger():
    def blanks(sheet):
        sheet["XFD4"] = sheet["A2000"] = "  "
        sheet["C6"] = "=1+"
        sheet.parent.create_sheet("另一张").append(["乙", "丙"])

    first, second = read_file("表.xlsx", xlsx(*ROWS, then=blanks))

    assert first.rows == [*TEXT, ["", "", "=1+"]]
    assert [note.place for note in first.notes] == ["工作表“表1”C6"]
    assert second.rows == [["乙", "丙"]]


@pytest.mark.parametrize("blank", ['t="str"><v/>', 't="inlineStr"><is><t> </t></is>', 't="s"><v>1</v>'])
def test_blanks_of_every_sort_are_left_out_where_the_sheet_is_too_large(blank):
    strings = f'<sst xmlns="{SPREADSHEETML}"><si><t>甲</t></si><si><t> </t></si></sst>'
    cells = f'<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="4"><c r="XFD4" {blank}</c></row>'
    far = f'<row r="9000"><c r="A9000" {blank}</c></row>'

    data = raw_xlsx(f"<sheetData>{cells}{far}</sheetData>", **{"xl/sharedStrings.xml": strings})
    (sheet,) = read_file("表.xlsx", data)

    assert sheet.rows == [["甲"]]
