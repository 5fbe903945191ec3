"""The document's tables as a workbook (XLSX): a page that explains, then one sheet for each table."""

import io
import re
import zipfile
from typing import Any

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.writer.excel import ExcelWriter

from disclosure.document import Document
from disclosure.render.archives import author, dated, day, legible, sealed
from disclosure.render.laying import wide
from disclosure.render.sheet import Page
from disclosure.render.sheetcells import join, say, styled
from disclosure.tables.grid import Table

COVER = "说明"
LONGEST_TITLE = 31
UNTITLED = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
WIDTHS = (44, 60, 30, 10, 8)
"""Of the columns of the first sheet, in narrow letters."""
ADVICE = (
    "左边各列与公开的网页、PDF一致：金额以表上写明的单位列示，四舍五入到两位小数。",
    "单位为万元的表，右边浅色各列是同一行的金额，以元为单位，精确到分，没有四舍五入；求和、比较请用这些列。",
    "0.00 表示金额为零；“—”表示没有数据，不是零；“不适用”表示这一项不适用于本部门（单位）；空格表示表上没有这一格。",
    "编码是文本，不会丢失前面的零。数字超过15位的，以文本列示，一位不少。",
    "一格装不下的文字（超过32767字），在下面的行里以“（续）”接着写，连起来是全文。",
    "核对本文件是否与公开的一致：用“内容校验值”与网页“公开信息”中的一致即可。",
)


def render(document: Document) -> bytes:
    """Return the workbook of all tables; the same bytes for the same edition."""
    return _workbook(document, document.content.tables)


def render_table(document: Document, table: Table) -> bytes:
    """Return the workbook of one table."""
    return _workbook(document, (table,))


def sheet_titles(tables: tuple[Table, ...]) -> list[str]:
    """Name a sheet for each table as the table is headed, each name once and as short as workbooks ask."""
    titles: list[str] = []
    taken = {COVER}
    for number, table in enumerate(tables, start=1):
        plain = legible(UNTITLED.sub("", table.heading)).strip()[:LONGEST_TITLE] or f"表{number}"
        if plain.casefold() in taken:
            plain = f"{plain[: LONGEST_TITLE - 4]} {number}"
        titles.append(plain)
        taken.add(plain.casefold())
    return titles


def _workbook(document: Document, tables: tuple[Table, ...]) -> bytes:
    book, titles = styled(), sheet_titles(tables)
    _cover(book.create_sheet(COVER), document, list(zip(titles, tables, strict=True)))
    for title, table in zip(titles, tables, strict=True):
        Page(book.create_sheet(title), table).fill()
    at = dated(document)
    book.properties = DocumentProperties(
        creator=legible(author(document)), title=legible(document.content.title), created=at, modified=at
    )
    book.properties.language, book.calculation = "zh-CN", CalcProperties(fullCalcOnLoad=False)
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    loose = io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(loose, "w", zipfile.ZIP_STORED)).save()
    return sealed(loose.getvalue())


def _cover(sheet: Any, document: Document, listed: list[tuple[str, Table]]) -> None:
    """Say whose tables these are, of which edition, how to read them, and where each is."""
    say(sheet.cell(1, 1), document.content.title, "表题")
    join(sheet, (1, 1), (1, 5))
    at = 2
    for label, value in _particulars(document):
        say(sheet.cell(at, 1), label, "项目名")
        say(sheet.cell(at, 2), value, "说明")
        join(sheet, (at, 2), (1, 4))
        at += 1
    for words in ADVICE:
        at += 1
        say(sheet.cell(at, 1), words, "说明")
        join(sheet, (at, 1), (1, 5))
        sheet.row_dimensions[at].height = 18 * (1 + wide(words) // sum(WIDTHS))
    _index(sheet, at + 2, listed)
    for letter, width in zip("ABCDE", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    sheet.page_setup.paperSize, sheet.page_setup.orientation = sheet.PAPERSIZE_A4, "landscape"


def _particulars(document: Document) -> list[tuple[str, str]]:
    content, imprint = document.content, document.context.imprint
    lines = [("特别提示", content.notice)] if content.notice else []
    lines += [("地区", f"{content.government.code} {content.government.name}"), ("年度", f"{content.year}年")]
    lines.append(("部门", f"{content.department.code} {content.department.name}"))
    if content.unit:
        lines.append(("单位", f"{content.unit.code} {content.unit.name}"))
    if imprint is None:
        lines.append(("状态", "草稿，未公开"))
    else:
        lines += [
            ("索引号", imprint.index_number),
            ("版次", f"第{imprint.number}版{f'（更正：{imprint.reason}）' if imprint.reason else ''}"),
            ("公开日期", day(imprint.published_at)),
        ]
    return [*lines, ("内容校验值（SHA-256）", document.sha256)]


def _index(sheet: Any, at: int, listed: list[tuple[str, Table]]) -> None:
    """List the tables, each with a link to its sheet."""
    for column, words in enumerate(("工作表", "表名", "标识", "金额单位", "行数"), start=1):
        say(sheet.cell(at, column), words, "表头")
    for title, table in listed:
        at += 1
        link = say(sheet.cell(at, 1), title, "文字")
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{title}'!A1")
        for column, words in enumerate((table.heading, table.key, table.unit or "—", str(len(table.rows))), start=2):
            say(sheet.cell(at, column), words, "文字")
