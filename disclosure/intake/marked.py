"""The clerk's own file back: cells that need mending coloured and commented, and a list of problems with links."""

import io
from pathlib import PurePath
from typing import Any
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from budgets.readers.documents import READERS as WRITTEN
from budgets.readers.files import read_file
from budgets.readers.sheets import Sheet
from disclosure.intake.cells import write
from disclosure.intake.problems import Problem
from disclosure.intake.recognition import LIST
from disclosure.intake.run import Upload

WRONG = PatternFill("solid", fgColor="FFFFC7CE")
HEADERS = ("序号", "位置", "栏目", "填的是", "问题", "应为", "改法")
WIDTHS = (6, 24, 18, 24, 44, 60, 44)
AUTHOR = "导入检查"


def mark(upload: Upload, problems: tuple[Problem, ...]) -> bytes:
    """Return the file as XLSX with every problem at its cell; other formats are written anew, cell by cell."""
    book = _opened(upload)
    _list(book, problems)
    at: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        if problem.sheet in book.sheetnames and problem.row:
            cell = problem.cell if problem.column else f"A{problem.row}"
            at.setdefault((problem.sheet, cell), []).append(problem)
    for (sheet, name), found in at.items():
        _mark(book[sheet][name], found)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _opened(upload: Upload) -> Any:
    if PurePath(upload.name).suffix.lower() == ".xlsx":
        try:
            return load_workbook(io.BytesIO(upload.data))
        except (BadZipFile, KeyError, ValueError):  # other writers' workbooks that only the tolerant reader opens
            pass
    book = Workbook()
    book.remove(book.active)
    for sheet in _sheets(upload):
        page = book.create_sheet(sheet.name or PurePath(upload.name).stem[:31])
        for number, row in enumerate(sheet.rows, start=1):
            for column, text in enumerate(row, start=1):
                write(page.cell(number, column), text)
    return book


def _sheets(upload: Upload) -> list[Sheet]:
    """Read the cells to write anew; a written document has none, its problems are listed alone."""
    return [] if PurePath(upload.name).suffix.lower() in WRITTEN else read_file(upload.name, upload.data)


def _mark(cell: Any, problems: list[Problem]) -> None:
    """Colour and comment a cell; a part of a merged cell is marked in the list alone."""
    words = "\n".join(
        "；".join(filter(None, (one.message, one.expected and f"应为：{one.expected}", one.fix))) for one in problems
    )
    if cell.__class__.__name__ != "MergedCell":
        cell.fill = WRONG
        cell.comment = Comment(words, AUTHOR, height=160, width=320)


def _list(book: Any, problems: tuple[Problem, ...]) -> None:
    if LIST in book.sheetnames:
        book.remove(book[LIST])
    sheet = book.create_sheet(LIST, 0)
    for at, (header, width) in enumerate(zip(HEADERS, WIDTHS, strict=True), start=1):
        write(sheet.cell(1, at), header).font = Font(bold=True)
        sheet.column_dimensions["ABCDEFG"[at - 1]].width = width
    for number, one in enumerate(problems, start=1):
        said = (number, one.place, one.field, one.value, one.message, one.expected, one.fix)
        for at, words in enumerate(said, start=1):
            write(sheet.cell(number + 1, at), words)
        if one.sheet in book.sheetnames:
            target = one.cell if one.row and one.column else f"A{one.row or 1}"
            quoted = one.sheet.replace("'", "''")
            sheet.cell(number + 1, 2).hyperlink = f"#'{quoted}'!{target}"
            sheet.cell(number + 1, 2).font = Font(underline="single", color="FF0563C1")
    sheet.freeze_panes = "A2"
    book.active = 0
