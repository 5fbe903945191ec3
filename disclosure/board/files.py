"""Tables handed out from the board: cells no spreadsheet takes for formulas, columns as wide as their words."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import tablib
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from budgets.formats import Csv
from disclosure.intake.cells import write

NARROWEST, WIDEST = 8, 60
LOOKED_AT = 200
"""How many rows decide how wide a column is."""


class Page(NamedTuple):
    """A sheet: its title, its headings and its rows."""

    title: str
    headers: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def workbook(pages: Sequence[Page]) -> bytes:
    """Write a workbook, a sheet a page; headings stay in sight and may be filtered by."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for page in pages:
        _fill(book.create_sheet(page.title), page)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def delimited(page: Page) -> bytes:
    """Write a CSV that a double click opens right."""
    rows = [[_plain(cell) for cell in row] for row in page.rows]
    data: bytes = Csv().export_data(tablib.Dataset(*rows, headers=list(page.headers)))
    return data


def _fill(sheet: Worksheet, page: Page) -> None:
    rows = [page.headers, *([_plain(cell) for cell in row] for row in page.rows)]
    for number, row in enumerate(rows, start=1):
        for at, value in enumerate(row, start=1):
            cell = write(sheet.cell(number, at), value)
            if isinstance(value, int):
                cell.number_format = "0"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if number == 1:
                cell.font = Font(bold=True)
    for at in range(1, len(page.headers) + 1):
        longest = max(_width(row[at - 1]) for row in rows[:LOOKED_AT])
        sheet.column_dimensions[get_column_letter(at)].width = min(max(longest + 2, NARROWEST), WIDEST)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _width(value: Any) -> int:
    return sum(1 if letter.isascii() else 2 for letter in str(value if value is not None else ""))


def _plain(value: Any) -> Any:
    """Write days and times as people do."""
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return str(value) if isinstance(value, date) else value
