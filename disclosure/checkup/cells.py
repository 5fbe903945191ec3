"""What a printed cell says in wire form: blank money is 0 in a printed table, other blanks are missing."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from budgets.money import FEN, LARGEST, MoneyUnit, number
from budgets.readers.blocks import Cell
from disclosure.tables.grid import Column, Row, Table, Wire

NOTHING = Cell("", "", 0)
BLANK = re.compile(r"[-—–－/\s　]*")
Places = dict[tuple[int, str], str]


class Read(NamedTuple):
    """A recognised table with the place of each of its cells by row number and column key."""

    table: Table
    places: Places


class Entry(NamedTuple):
    """A row under way."""

    level: int
    total: bool
    cells: dict[str, Wire]
    places: dict[str, str]


def money(text: str, unit: MoneyUnit) -> Wire:
    """Return an amount in 元; a blank or a dash is 0, words are missing."""
    if BLANK.fullmatch(text):
        return "0.00"
    found = number(text)
    if found is None or abs(found) > LARGEST:
        return None
    return f"{(found * unit.in_yuan).quantize(FEN, ROUND_HALF_UP):f}"


def wire(column: Column, text: str, unit: MoneyUnit) -> Wire:
    """Return a cell of a column."""
    if column.kind == "money":
        return money(text, unit)
    if column.kind in {"rate", "number"}:
        found = number(text.rstrip("%％"))
        return f"{found:f}" if found is not None else None
    return text or None


def frozen(entries: list[Entry]) -> tuple[tuple[Row, ...], Places]:
    """Return the rows with the places of their cells."""
    rows = tuple(Row(entry.level, entry.total, entry.cells) for entry in entries)
    return rows, {(n, key): place for n, entry in enumerate(entries) for key, place in entry.places.items()}


def amount_of(wired: Wire) -> Decimal:
    """Return an amount for choosing how to read: 0 where there is none."""
    return Decimal(wired) if wired and number(wired) is not None else Decimal(0)
