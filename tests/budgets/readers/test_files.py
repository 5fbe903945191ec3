"""Official lists as people send them: any accepted format, any order of columns, nothing that harms."""

import io

import openpyxl
import pytest
import xlwt
from django.core.exceptions import ValidationError

from budgets.readers.files import read_file
from budgets.readers.headers import CodeRow, listing_of

ROWS = [["2024年目录", "", ""], ["科目名称", "备注", "科目编码"], ["　行政运行", "", 2013201], ["教育支出", "", "205"]]


def xlsx(*sheets: list[list], **cells: str) -> bytes:
    book, data = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for number, rows in enumerate(sheets or ([],)):
        sheet = book.create_sheet(f"表{number + 1}")
        for row in rows:
            sheet.append(row)
        for place, value in cells.items():
            sheet[place] = value
    book.save(data)
    return data.getvalue()


def xls(rows: list[list]) -> bytes:
    book, data = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("表1")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    book.save(data)
    return data.getvalue()


def text(rows: list[list], encoding: str) -> bytes:
    return "".join(",".join(map(str, row)) + "\n" for row in rows).encode(encoding)


@pytest.mark.parametrize(
    ("name", "data", "sheet"),
    [
        ("目录.xlsx", xlsx(ROWS), "工作表“表1”"),
        ("目录.XLS", xls(ROWS), "工作表“表1”"),
        ("目录.csv", text(ROWS, "utf-8"), ""),
        ("目录.csv", text(ROWS, "utf-8-sig"), ""),
        ("目录.csv", text(ROWS, "gb18030"), ""),
    ],
)
def test_columns_are_found_by_header_in_any_order(name, data, sheet):
    listing = listing_of(read_file(name, data))

    assert listing.rows == [
        CodeRow(f"{sheet}第3行", "2013201", "行政运行", ""),
        CodeRow(f"{sheet}第4行", "205", "教育支出", ""),
    ]


def test_codes_as_text_keep_their_zeros_and_numbers_have_no_point():
    rows = [["编码", "名称"], ["0201", "甲"], [201.0, "乙"]]

    assert [row.code for row in listing_of(read_file("a.xlsx", xlsx(rows))).rows] == ["0201", "201"]
    assert [row.code for row in listing_of(read_file("a.xls", xls(rows))).rows] == ["0201", "201"]


def test_levels_in_columns_of_their_own_are_joined():
    rows = [
        ["类", "款", "项", "科目名称"],
        [201, "", "", "甲"],
        ["", "01", "", "乙"],
        ["", "", "02", "丙"],
        [201, "03", "", "丁"],
    ]

    assert [row.code for row in listing_of(read_file("a.xlsx", xlsx(rows))).rows] == [
        "201",
        "20101",
        "2010102",
        "20103",
    ]


def test_sheets_are_read_together_and_those_without_a_list_are_named():
    book = xlsx(
        [["编码", "名称"], [201, "甲"]],
        [["说明", "文字"]],
        [["名称", "编码", "所属预算"], ["乙", 223, "国有资本经营预算"]],
    )

    listing = listing_of(read_file("a.xlsx", book))

    assert [(row.code, row.budget) for row in listing.rows] == [("201", ""), ("223", "国有资本经营预算")]
    assert listing.passed_over == ["表2"]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.doc", b"PK", "只能读取 .xlsx、.xls、.et、.ods、.csv"),
        ("a.xls", xlsx(ROWS), "不是有效的 .xls 文件"),
        ("a.xlsx", b"PK\x03\x04 broken", "不是有效的 XLSX"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken", "已损坏"),
        ("a.xlsx", xlsx(ROWS, XFD1048576="x"), "展开后过大"),
        ("a.csv", b"1\n" * 250_001, "超过250000行"),
        ("a.csv", b"0" * (20 * 1024 * 1024 + 1), "超过20MB"),
        ("a.csv", b"\xff\xff", "UTF-8"),
        ("a.csv", text([["编号", "名字"], ["201", "甲"]], "utf-8"), "没有找到目录"),
        ("a.csv", text([["编码", "代码", "名称"], ["201", "201", "甲"]], "utf-8"), "请只留一列"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(name, data, message):
    with pytest.raises(ValidationError, match=message):
        listing_of(read_file(name, data))
