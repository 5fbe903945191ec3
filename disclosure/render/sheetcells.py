"""Cells of a workbook: figures as the exact numbers they are, everything else as text no spreadsheet calculates."""

import re
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.worksheet.cell_range import CellRange

from disclosure.render.archives import legible
from disclosure.tables.grid import Cell

PRECISE = 15
"""How many digits spreadsheets keep of a number; a longer one is written as text, so that no digit is lost."""
LONGEST = 32767
"""How many characters a cell holds."""
PIECE = 16000
"""How much of a longer text goes into each cell: even where every character is written as two, there is room."""
CONTINUED = "（续）"
ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What a workbook would read as a character's code."""

LINE = Side(style="thin", color="FF808080")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
TEXT, CENTRED, RIGHT = (
    Alignment(horizontal=side, vertical="center", wrap_text=True) for side in ("left", "center", "right")
)
HEAD_FONT = Font(bold=True, size=11)
HEAD_FILL = PatternFill("solid", fgColor="FFEDEDED")
EXACT_FILL = PatternFill("solid", fgColor="FFF7F7F2")


def _styles() -> list[NamedStyle]:
    """Declare how each sort of cell looks; the names show in the list of styles."""
    words = {"alignment": TEXT, "number_format": "@"}
    figure = {"border": BOX, "alignment": RIGHT}
    return [
        NamedStyle("表题", font=Font(bold=True, size=14), alignment=CENTRED, number_format="@"),
        NamedStyle("单位", font=Font(size=10), alignment=RIGHT, number_format="@"),
        NamedStyle("说明", font=Font(size=11), **words),
        NamedStyle("项目名", font=Font(size=11, bold=True), **words),
        NamedStyle("项目数", font=Font(size=11), alignment=TEXT, number_format="0.00"),
        NamedStyle(
            "表头", font=Font(bold=True, size=11), alignment=CENTRED, border=BOX, fill=HEAD_FILL, number_format="@"
        ),
        NamedStyle("文字", border=BOX, **words),
        NamedStyle("无数", number_format="@", **figure),
        NamedStyle("金额", number_format="0.00", **figure),
        NamedStyle("数量", number_format="General", **figure),
        NamedStyle("比率", number_format='0.00"%"', **figure),
        NamedStyle("金额（元）", number_format="0.00", fill=EXACT_FILL, **figure),
    ]


FIGURE_STYLES = {"money": "金额", "number": "数量", "rate": "比率"}


def styled() -> Workbook:
    """Return an empty workbook that knows the styles."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for style in _styles():
        book.add_named_style(style)
    return book


def pieces(text: str) -> list[str]:
    """Return a text as the cells take it, one below the other: whole, or in pieces of which all but one say （续）."""
    plain = legible(text)
    if _length(plain) <= LONGEST:
        return [plain]
    first, *others = (plain[at : at + PIECE] for at in range(0, len(plain), PIECE))
    return [first, *(f"{CONTINUED}{other}" for other in others)]


def _length(text: str) -> int:
    """Count a text as workbooks do: in UTF-16, codes escaped."""
    return len(ESCAPE.sub("_x005F_", text).encode("utf-16-le", "surrogatepass")) // 2


def say(cell: Any, text: str, style: str) -> Any:
    """Write text as it is, never as a formula, and return the cell; a longer one has to come in :func:`pieces`."""
    cell.style = style
    if text:
        plain = legible(text)
        if _length(plain) > LONGEST:
            message = f"A cell holds {LONGEST} characters, not {len(plain)}"
            raise ValueError(message)
        cell.value = ESCAPE.sub("_x005F_", plain)
        cell.data_type = "s"
    return cell


def count(cell: Any, number: Decimal, style: str) -> Any:
    """Write a number by its digits: handed over as a Decimal it would be rounded on its way through a double."""
    if len(number.as_tuple().digits) > PRECISE:
        return say(cell, f"{number:f}", "无数")
    cell.style = style
    cell.value = 0
    cell._value = f"{number:f}"
    return cell


def show(cell: Any, what: Cell) -> Any:
    """Write a cell of a table as it is printed; “—” where a figure is missing, “不适用” where none applies."""
    if what.figure is not None:
        return count(cell, what.figure, FIGURE_STYLES[what.kind])
    return say(cell, pieces(what.render)[0], "无数" if what.kind in FIGURE_STYLES else "文字")


def exactly(cell: Any, what: Cell) -> Any:
    """Write an amount in 元 to the 分, unrounded."""
    value = what.value
    if isinstance(value, Decimal):
        return count(cell, value, "金额（元）")
    return say(cell, what.render, "无数")


def join(sheet: Any, place: tuple[int, int], size: tuple[int, int]) -> None:
    """Merge the cells of an area, their borders being set already: half the time of openpyxl's own way (measured)."""
    (row, column), (rows, columns) = place, size
    if size != (1, 1):
        sheet.merged_cells.add(CellRange(None, column, row, column + columns - 1, row + rows - 1).coord)
