"""Excel's hazards: each is noted with the clerk's own cell, and none turns into a wrong figure in silence."""

from datetime import date

import pytest
from spreadsheets import delimited, ods, ods_rows, raw_xlsx, xls, xlsx

from budgets.readers.files import read_file
from budgets.readers.hazards import Hazard

HEADINGS = ["科目名称", "上年数", "金额"]


def noted(sheet) -> list[tuple[Hazard, str]]:
    return [(note.hazard, note.place.removeprefix("工作表“表1”")) for note in sheet.notes]


def test_a_formula_without_a_result_reads_as_the_formula_and_is_noted():
    (sheet,) = read_file("表.xlsx", xlsx(HEADINGS, ["甲", 1, 2], ["合计", "=SUM(B2:B2)", 2]))

    assert sheet.rows[2] == ["合计", "=SUM(B2:B2)", "2"]
    assert [str(note) for note in sheet.notes] == [
        (
            "工作表“表1”B3：公式“=SUM(B2:B2)”没有算出的结果，"
            "请用 Excel 或 WPS 打开、重新计算并保存后再上传，或者直接填写数字。"
        )
    ]


def test_formulas_with_results_read_as_their_results():
    row = '<row r="2"><c r="B2"><f>A1*2</f><v>5.5</v></c><c r="C2" t="str"><f>"a"</f><v>甲</v></c></row>'
    blank = '<row r="3"><c r="B3" t="str"><f>""</f><v></v></c></row>'

    (sheet,) = read_file("表.xlsx", raw_xlsx(f"<sheetData>{row}{blank}</sheetData>"))

    assert sheet.rows == [[], ["", "5.5", "甲"]]
    assert sheet.notes == ()


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="C2" t="e"><f>B9</f><v>#REF!</v></c>',
        '<c r="C2" t="e"><v>#DIV/0!</v></c>',
        "<c r='C2' t='e'><v>#REF!</v></c>",
        '<x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="C2" t="e"><x:v>#N/A</x:v></x:c>',
    ],
    ids=["of a formula", "alone", "single quotes", "prefixed"],
)
def test_an_error_reads_as_the_error_and_is_noted(cell):
    (sheet,) = read_file("表.xlsx", raw_xlsx(f'<sheetData><row r="2"><c r="B2"><v>1</v></c>{cell}</row></sheetData>'))

    assert sheet.cell(1, 2).startswith("#")
    assert noted(sheet) == [(Hazard.ERROR, "C2")]


def test_hidden_rows_are_read_and_noted_and_a_hidden_total_by_itself():
    def hide(sheet):
        for row in (2, 3, 4):
            sheet.row_dimensions[row].hidden = True

    (sheet,) = read_file("表.xlsx", xlsx(HEADINGS, ["甲", 1, 2], ["合　计", 1, 2], [], ["乙", 3, 4], then=hide))

    assert sheet.rows[1] == ["甲", "1", "2"]
    assert sheet.hidden_rows == {1, 2, 3}
    assert noted(sheet) == [(Hazard.HIDDEN_ROW, "第2行"), (Hazard.HIDDEN_TOTAL, "第3行")]


def test_totals_that_can_be_seen_are_read_without_a_word():
    (sheet,) = read_file("表.xlsx", xlsx(HEADINGS, ["小计", 1, 2], ["总计", 1, 2]))

    assert sheet.rows[1:] == [["小计", "1", "2"], ["总计", "1", "2"]]
    assert sheet.notes == ()


def test_a_hidden_column_and_a_hidden_sheet_are_read_and_noted():
    def hide(sheet):
        sheet.column_dimensions["B"].hidden = True
        sheet.column_dimensions["F"].hidden = True
        other = sheet.parent.create_sheet("底稿")
        other["A1"], other.sheet_state = "甲", "hidden"
        sheet.parent.create_sheet("空").sheet_state = "veryHidden"

    first, second, third = read_file("表.xlsx", xlsx(HEADINGS, ["甲", 1, 2], then=hide))

    assert noted(first) == [(Hazard.HIDDEN_COLUMN, "B1")]
    assert [str(note) for note in second.notes] == [
        "工作表“底稿”：这张工作表是隐藏的，但有内容，仍会读取；不要的请删除，要的请取消隐藏。"
    ]
    assert third.notes == ()


@pytest.mark.parametrize("sort", ["xlsx", "xls"])
def test_merged_headings_are_repeated_and_merged_data_noted(sort):
    rows = (["支出表"], ["项目", "金额"], ["", "上年", "本年"], ["甲", 1, 2], ["乙", 3], ["丙", 5, 6])

    def merge_new(sheet):
        for place in ("A1:C1", "A2:A3", "B2:C2", "B5:C5"):
            sheet.merge_cells(place)

    def merge_old(sheet):
        sheet.merged_ranges.extend([(0, 0, 0, 2), (1, 2, 0, 0), (1, 1, 1, 2), (4, 4, 1, 2)])

    data = xlsx(*rows, then=merge_new) if sort == "xlsx" else xls(*rows, then=merge_old)

    (sheet,) = read_file(f"表.{sort}", data)

    assert sheet.body() == 3
    assert sheet.headings() == [["支出表"] * 3, ["项目", "金额", "金额"], ["项目", "上年", "本年"]]
    assert sheet.rows[4] == ["乙", "3"]
    assert {str(merge) for merge in sheet.merged} == {"A1:C1", "A2:A3", "B2:C2", "B5:C5"}
    assert [one for one in noted(sheet) if one[0] is Hazard.MERGED] == [(Hazard.MERGED, "B5")]


def test_numbers_come_with_the_digits_a_spreadsheet_shows():
    stored = ["45.379999999999995", "0.30000000000000004", "1090.88", "1E-3", "-0", "9999999999999.99", "2013201.0"]
    cells = "".join(f"<c><v>{number}</v></c>" for number in stored)

    (sheet,) = read_file("表.xlsx", raw_xlsx(f"<sheetData><row>{cells}</row></sheetData>"))

    assert sheet.rows == [["45.38", "0.3", "1090.88", "0.001", "0", "9999999999999.99", "2013201"]]


def test_every_cent_survives_every_sort_of_file():
    amounts = [f"{whole}.{cents:02}" for whole in (0, 7, 123456, 99999999999) for cents in range(0, 100, 7)]
    numbers = [float(amount) for amount in amounts]
    expected = [str(number).removesuffix(".0") for number in numbers]

    for name, data in (("a.xlsx", xlsx(numbers)), ("a.xls", xls(numbers)), ("a.ods", ods(ods_rows(numbers)))):
        assert read_file(name, data)[0].rows == [expected]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("表.xlsx", xlsx(["名称", "金额"], ["甲", 130303199001011234])),
        ("表.xls", xls(["名称", "金额"], ["甲", 1.30303199001011e17])),
        ("表.ods", ods(ods_rows(["名称", "金额"], ["甲", 130303199001011234]))),
        ("表.csv", delimited(["名称", "金额"], ["甲", "1.30303199001011E+17"])),
    ],
    ids=["xlsx", "xls", "ods", "csv"],
)
def test_a_long_code_that_became_a_number_is_noted_and_never_reads_as_a_code(name, data):
    (sheet,) = read_file(name, data)

    assert sheet.cell(1, 1) == "1.30303199001011E+17"
    assert [(note.hazard, note.row, note.column) for note in sheet.notes if note.hazard is Hazard.DAMAGED] == [
        (Hazard.DAMAGED, 1, 1)
    ]


def test_long_codes_as_text_keep_every_digit():
    code = "130303240000000012345"

    (sheet,) = read_file("表.xlsx", xlsx(["项目编码"], [code], ["007"]))

    assert sheet.rows == [["项目编码"], [code], ["007"]]
    assert sheet.notes == ()


def test_codes_that_became_numbers_are_noted_once_for_a_column():
    (sheet,) = read_file("表.xlsx", xlsx(["*单位编码（必填）", "金额"], ["001001", 1], [1002, 2], [1003, 3]))

    assert sheet.rows[2] == ["1002", "2"]
    assert noted(sheet) == [(Hazard.NUMBER_CODE, "A3")]


def test_a_date_among_numbers_is_noted_and_a_column_of_dates_is_not():
    rows = [["甲", 1, date(2024, 1, 1)], ["乙", date(2024, 3, 1), date(2024, 1, 2)], ["丙", 2.5, date(2024, 1, 3)]]

    (sheet,) = read_file("表.xlsx", xlsx(["名称", "金额", "日期"], *rows))

    assert sheet.rows[2] == ["乙", "2024-03-01", "2024-01-02"]
    assert noted(sheet) == [(Hazard.DATE, "B3")]


def test_a_number_is_a_date_only_when_its_format_says_so():
    def dress(sheet):
        sheet["A1"].number_format = '0.00"年度"'
        sheet["B1"].number_format = "yyyy-mm-dd"
        sheet["C1"].number_format = 'yyyy"年"m"月"d"日"'

    (sheet,) = read_file("表.xlsx", xlsx([45000, 45000, 45000, 45000], then=dress))

    assert sheet.rows == [["45000", "2023-03-15", "2023-03-15", "45000"]]


def test_numbers_as_text_full_width_digits_and_dashes_stay_as_written():
    words = ["1,090.88", "１２．３", "（12.3）", "－", "—", "无", "/", "不适用"]

    (sheet,) = read_file("表.xlsx", xlsx(words))

    assert sheet.rows == [words]


def test_more_than_a_hundred_of_a_sort_are_counted_not_listed():
    (sheet,) = read_file("表.xlsx", xlsx(*[["=A1"]] * 130))

    assert len(sheet.notes) == 101
    assert sheet.notes[-1].sentence == "同类问题还有30处，没有逐一列出。"


@pytest.mark.parametrize("name", ["表.xls", "表.et"])
def test_a_legacy_workbook_says_what_cannot_be_seen_in_it(name):
    (sheet,) = read_file(name, xls(["甲", 1]))

    assert [(note.hazard, note.place) for note in sheet.notes] == [(Hazard.UNSEEN, "工作表“表1”")]
    assert "另存为 .xlsx" in sheet.notes[0].sentence


def test_an_open_document_tells_its_hidden_rows_merges_errors_and_formulas():
    rows = (
        ods_rows(["名称", "金额"], ["甲", 1])
        + '<table:table-row table:visibility="collapse"><table:table-cell office:value-type="string">'
        '<text:p>合计</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="2"/>'
        '<table:table-row><table:table-cell table:number-columns-repeated="2"/><table:table-cell table:formula="of:=A1"'
        ' office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#REF!</text:p>'
        '</table:table-cell><table:table-cell table:formula="of:=[.B1]"/></table:table-row>'
        '<table:table-row><table:table-cell table:number-rows-spanned="2" office:value-type="float" office:value="7">'
        "<text:p>7</text:p></table:table-cell></table:table-row>"
    )

    (sheet,) = read_file("表.ods", ods(rows))

    assert sheet.rows[5] == ["", "", "#REF!", "=[.B1]"]
    assert sheet.hidden_rows == {2}
    assert sorted(noted(sheet)) == [
        (Hazard.ERROR, "C6"),
        (Hazard.HIDDEN_TOTAL, "第3行"),
        (Hazard.MERGED, "A7"),
        (Hazard.UNCALCULATED, "D6"),
    ]
