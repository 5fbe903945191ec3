"""What is not read, and the sentence that says why and how to go on; hostile files cost little."""

import io
import resource
import time
import zipfile

import pytest
from django.core.exceptions import ValidationError
from spreadsheets import archive, ods, ods_rows, raw_xlsx, xls, xlsx

from budgets.formats import decode, guard_archive
from budgets.readers.child.delimited import ENCODINGS
from budgets.readers.files import ZIP, checked, read_file

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PLAIN = xlsx(["编码", "名称"], ["201", "甲"])
DOCTYPE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def ole2(*entries: str) -> bytes:
    return OLE2 + b"\0" * 504 + b"".join(entry.encode("utf-16-le").ljust(128, b"\0") for entry in entries)


def encrypted_member(data: bytes) -> bytes:
    """Set the bit “encrypted” of every member in the table of contents."""
    spoilt, at = bytearray(data), -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        spoilt[at + 8] |= 1
    return bytes(spoilt)


def with_doctype(member: str, encoding: str = "utf-8") -> bytes:
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as book:
        members = {name: book.read(name) for name in book.namelist()}
    text = members[member].decode().partition("?>")
    xml = text[2] if text[1] else text[0]
    return archive(members | {member: f'<?xml version="1.0" encoding="{encoding}"?>{DOCTYPE}{xml}'.encode(encoding)})


def shared_string_bomb() -> bytes:
    cells = '<c t="s"><v>0</v></c>' * 16_000
    return raw_xlsx(
        "<sheetData>" + f"<row>{cells}</row>" * 100 + "</sheetData>",
        **{
            "xl/sharedStrings.xml": '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
            + "甲" * 30_000
            + "</t></si></sst>",
        },
    )


def long_sheet(megabytes: int) -> bytes:
    """Return a workbook that unpacks to about so much, as dense as rows of figures are."""
    rows = "".join(f"<row><c><v>{number * 7919 % 99_991}</v></c></row>" for number in range(megabytes * 36_000))
    return raw_xlsx(f"<sheetData>{rows}</sheetData>")


REPEATED = '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>'
BILLIONS = f'<table:table-row table:number-rows-repeated="1048576">{REPEATED}</table:table-row>'
MERGES = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(1, 10_050))


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("表.doc", b"x", "只能读取 .xlsx、.xls、.et、.ods、.csv"),
        ("表", b"x", "只能读取"),
        ("表.xlsm", PLAIN, "不含宏的 .xlsx"),
        ("表.xlsx", b"", "0字节"),
        ("表.csv", b"", "0字节"),
        ("表.xlsx", b"<html>", "不是有效的 .xlsx 文件，请用"),
        ("表.xlsx", xls(["甲"]), "内容像是旧版 .xls"),
        ("表.xls", PLAIN, "内容像是 .xlsx"),
        ("表.ods", b"x", "不是有效的 .ods"),
        ("表.csv", PLAIN, "内容像是 .xlsx"),
        ("表.csv", xls(["甲"]), "内容像是旧版 .xls"),
        ("表.csv", b"0" * (20 * 1024 * 1024 + 1), "超过20MB"),
        ("表.csv", b"\xff\xff", "CSV UTF-8"),
        ("表.csv", "甲,乙".encode("utf-16"), "CSV UTF-8"),
        ("表.csv", b"a\0b", "CSV UTF-8"),
        ("表.csv", b'"' + b"x" * 200_000, "不是有效的 CSV"),
        ("表.csv", b"1\n" * 250_001, "超过250000行"),
        ("表.csv", b",,,,,,,,,1\n" * 249_000 * 2, "超过250000行"),
        ("表.csv", (b"," * 99 + b"1\n") * 50_000, "展开后过大"),
        ("表.xlsx", PLAIN[: len(PLAIN) // 2], "不是有效的"),
        ("表.xls", xls(["甲"])[:700], "不完整或已损坏"),
        ("表.xls", OLE2, "不完整或已损坏"),
        ("表.xlsx", archive({"甲.txt": "甲"}), "不完整或已损坏"),
        ("表.xlsx", raw_xlsx("<sheetData><row><c><v>1</v>"), "不完整或已损坏"),
        ("表.ods", PLAIN, "不完整或已损坏"),
        ("表.xlsx", ole2("EncryptedPackage"), "取消密码"),
        ("表.xls", ole2("EncryptedPackage"), "取消密码"),
        ("表.et", ole2("EncryptedPackage"), "取消密码"),
        ("表.xlsx", encrypted_member(PLAIN), "取消密码"),
        ("表.ods", ods("", **{"META-INF/manifest.xml": "<m><manifest:encryption-data/></m>"}), "取消密码"),
        ("表.xlsx", raw_xlsx("", **{"xl/vbaProject.bin": b"x"}), "含有宏"),
        ("表.et", raw_xlsx("", **{"xl/vbaProject.bin": b"x"}), "含有宏"),
        ("表.xls", ole2("_VBA_PROJECT_CUR"), "含有宏"),
        ("表.ods", ods("", **{"Basic/Standard/Module1.xml": "<x/>"}), "含有宏"),
        ("表.xlsx", with_doctype("xl/worksheets/sheet1.xml"), "外部引用"),
        ("表.xlsx", with_doctype("xl/workbook.xml", "utf-16"), "外部引用"),
        ("表.xlsx", with_doctype("xl/_rels/workbook.xml.rels"), "外部引用"),
        ("表.ods", archive({"META-INF/manifest.xml": "<m/>", "content.xml": DOCTYPE + "<x/>"}), "外部引用"),
        ("表.xlsx", raw_xlsx("", bomb=b"0" * 65_000_000), "展开后过大"),
        ("表.xlsx", raw_xlsx("", dense=b"0" * 2_000_000), "展开后过大"),
        ("表.xlsx", raw_xlsx("", **{f"m{number}": b"" for number in range(200)}), "展开后过大"),
        ("表.xlsx", raw_xlsx("", **{f"m{number}": b"" for number in range(3000)}), "展开后过大"),
        ("表.xlsx", xlsx(then=lambda sheet: (sheet.cell(1, 1, 1), sheet.cell(1_048_576, 16_384, 1))), "展开后过大"),
        (
            "表.xlsx",
            xlsx(then=lambda sheet: (sheet.cell(4, 16_384, "甲"), sheet.cell(2000, 1, "乙"))),
            "工作表“表1”的内容远到A2000和XFD4。请删除",
        ),
        ("表.xls", xls(then=lambda sheet: (sheet.write(3, 255, " "), sheet.write(65_000, 0, " "))), "多余的行列"),
        ("表.xlsx", xlsx(then=lambda sheet: sheet.cell(300_000, 1, 1)), "超过250000行"),
        ("表.ods", ods(BILLIONS), "不完整或已损坏"),
        (
            "表.xlsx",
            raw_xlsx(f"<sheetData><row><c><v>1</v></c></row></sheetData><mergeCells>{MERGES}</mergeCells>"),
            "合并",
        ),
        ("表.xlsx", xlsx(*[["=A1"] * 200] * 260), "没有结果的公式或错误值过多"),
    ],
)
def test_a_file_that_will_not_do_is_refused_in_words(name, data, message):
    with pytest.raises(ValidationError, match=message):
        read_file(name, data)


def test_a_sheet_of_some_200000_lines_is_taken_apart_by_the_child_alone():
    long = long_sheet(70)

    assert checked("表.xlsx", long) == "xlsx"
    with pytest.raises(ValidationError, match="展开后过大"):
        guard_archive(io.BytesIO(long))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("表.ods", ods(BILLIONS)),
        ("表.xlsx", xlsx(then=lambda sheet: (sheet.cell(1, 1, 1), sheet.cell(1_048_576, 16_384, 1)))),
        ("表.xlsx", shared_string_bomb()),
        ("表.xlsx", raw_xlsx("", **{f"m{number}": b"" for number in range(3000)})),
        ("表.csv", b"\n" * 20 * 1024 * 1024),
    ],
    ids=["repeated", "far corner", "shared string", "members", "line ends"],
)
def test_a_hostile_file_costs_little_time_and_no_memory_of_ours(name, data):
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()

    try:
        sheets = read_file(name, data)
    except ValidationError as error:
        sheets = error.messages

    assert len(sheets) == 1
    assert time.monotonic() - started < 12
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


def test_one_repeated_odd_cell_among_blank_ones_is_read():
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    rows = f'{ods_rows(["甲"])}<table:table-row table:number-rows-repeated="1048575">{blank}</table:table-row>'

    assert read_file("表.ods", ods(rows))[0].rows == [["甲"]]


def test_the_child_reads_the_encodings_the_import_pages_read():
    for encoding in ENCODINGS:
        assert decode("项目，金额".encode(encoding)) == "项目，金额"
        assert read_file("表.csv", "项目，金额".encode(encoding))[0].rows == [["项目，金额"]]


def test_magic_is_what_zip_files_begin_with():
    assert PLAIN.startswith(ZIP)
