"""One table as CSV: UTF-8 with BOM, amounts in 元 to the 分, codes as they are written, no cell a formula."""

import csv
import io
from collections.abc import Iterator

from budgets.money import MISSING_SHOWN, MoneyUnit
from disclosure.document import Document
from disclosure.render.laying import full_label
from disclosure.tables.grid import FIGURES, Cell, Table

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
UNITS = {"money": MoneyUnit.YUAN.label, "rate": "%"}


def render(_document: Document, table: Table) -> bytes:
    """Return the table: what stands above it, a blank line where there is any, then a line of heads and its rows.

    A missing figure is “—”, one that does not apply “不适用”, and a place where the form has no cell is empty.
    """
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\r\n")
    above = [[harmless(label), value] for label, value in _above(table)]
    lines.writerows([*above, []] if above else [])
    lines.writerow([harmless(full_label(column, UNITS.get(column.kind, ""))) for column in table.columns])
    lines.writerows([_plain(cell) for cell in cells] for _, cells, _ in table.body)
    return text.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """Return words no spreadsheet takes for a formula: those that look like one have one ' before them.

    Words that begin with ' have one more, so that whoever takes one away has what is in the edition.
    """
    return f"'{text}" if text.startswith(DANGEROUS) else text


def _plain(cell: Cell) -> str:
    """Return a figure as a plain decimal, money in 元; words as they are."""
    if cell.figure is not None:
        return cell.wire or ""
    return cell.render if cell.kind in FIGURES else harmless(cell.render)


def _above(table: Table) -> Iterator[tuple[str, str]]:
    for cell in table.field_cells:
        yield full_label(cell.column, UNITS.get(cell.kind, "")), _plain(cell) or MISSING_SHOWN
    for note in table.notes:
        yield table.notes_title, harmless(note)
    if table.empty_reason:
        yield "空表说明", harmless(table.empty_reason)
