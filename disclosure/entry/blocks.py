"""A block copied from a spreadsheet: tab-separated text, its headings found by their words, its rows by number."""

import csv
import io
from itertools import pairwise
from typing import NamedTuple

from budgets.readers.sheets import Sheet
from disclosure.entry.grids import headers_of
from disclosure.intake.recognition import HEADER_ROWS, Found, columns_in, header_of
from disclosure.intake.sheets import SheetKind

MOST_ROWS = 5000


class Block(NamedTuple):
    """The rows that were pasted, and where each column stands; ``offset``: rows above the first as it was copied."""

    found: Found
    headed: bool
    offset: int


def cells_of(text: str) -> list[list[str]]:
    """Take copied text apart; the newline at its end begins no row, a cell in quotes may hold newlines."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    rows = csv.reader(io.StringIO(plain, newline=""), dialect="excel-tab", strict=False)
    return [[cell.strip() for cell in row] for row in rows]


def block_of(kind: SheetKind, rows: list[list[str]], start: str) -> Block:
    """Find the columns of a block by its headings; without any they run on from the column ``start`` as in the grid."""
    rows = _unmerged(rows, kind)
    found = header_of(Sheet(kind.title, rows), kind)
    if found is not None:
        return Block(found, headed=True, offset=0)
    headers = headers_of(kind)
    width = max(map(len, rows), default=0)
    first = headers.index(start) if start in headers else 0
    run = headers[first : first + width]
    sheet = Sheet(kind.title, [run, *rows])
    found = Found(kind, sheet, 0, {header: at for at, header in enumerate(run)}, frozenset())
    return Block(found, headed=False, offset=1)


def too_wide(block: Block) -> int:
    """Count the columns without headings that run out of the grid."""
    wide = max(map(len, block.found.sheet.rows[1:]), default=0) if not block.headed else 0
    return max(0, wide - len(block.found.places))


def _unmerged(rows: list[list[str]], kind: SheetKind) -> list[list[str]]:
    """Give a second row of headings the words that stand above it, merged downwards, where it has none."""
    for at, (above, below) in enumerate(pairwise(rows[:HEADER_ROWS])):
        width = max(len(above), len(below))
        pairs = zip(above + [""] * (width - len(above)), below + [""] * (width - len(below)), strict=True)
        both = [low or high for high, low in pairs]
        if columns_in(below, kind) and len(columns_in(both, kind)) > max(
            len(columns_in(above, kind)), len(columns_in(below, kind))
        ):
            return [*rows[: at + 1], both, *rows[at + 2 :]]
    return rows
