"""Looks things up in a table's rows: cells by their label, columns by their header, amounts in the table's own unit."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import pairwise

from django.core.exceptions import ValidationError

from budgets.money import MoneyUnit, exact, number
from budgets.readers.blocks import Block, Cell, Paragraph, Table
from disclosure.intake.past.proposal import Amount, Value

Row = list[Cell]
Captioned = tuple[Value, Table]

UNIT_NOTE = re.compile(r"单位\s*[：:]\s*(?:人民币)?\s*(万元|元)")
CODED = re.compile(r"(?:.*?[：:])?\s*(\d{6,9})\s*([\u4e00-\u9fff].*)", re.DOTALL)


def captioned(blocks: Iterable[Block]) -> tuple[Captioned, ...]:
    """Return the tables, each with the paragraph above it."""
    found: list[Captioned] = []
    above = Value()
    for block in blocks:
        if isinstance(block, Paragraph):
            above = Value(block.text, block.place)
        else:
            found.append((above, block))
    return tuple(found)


def words(text: str) -> str:
    """Return a label without blanks, colons and “其中”."""
    return re.sub(r"[\s：:*＊]", "", text).removeprefix("其中")


def value(cell: Cell) -> Value:
    """Return a cell's text and place."""
    return Value(cell.text, cell.place)


def labelled(rows: Iterable[Row], labels: tuple[str, ...]) -> Value:
    """Return what stands right of the first cell that is one of the labels."""
    for row in rows:
        for cell, following in pairwise(row):
            if words(cell.text) in labels:
                return value(following)
    return Value()


def columns(row: Row, aliases: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Return the grid column of each meaning the row heads."""
    heads = {re.sub(r"[（(].*", "", words(cell.text)): cell.column for cell in reversed(row)}
    return {key: heads[name] for key, names in aliases.items() for name in names if name in heads}


def at(row: Row, column: int | None) -> Value:
    """Return the cell in a grid column; nothing where the row has none."""
    return next((value(cell) for cell in row if column is not None and cell.column == column), Value())


def unit_note(rows: Iterable[Row]) -> MoneyUnit | None:
    """Return the unit the table's own note names."""
    found = next((match[1] for row in rows for cell in row if (match := UNIT_NOTE.search(cell.text))), None)
    return MoneyUnit.WAN if found == "万元" else MoneyUnit.YUAN if found else None


def amount(printed: Value, factor: Decimal) -> Amount | None:
    """Return an amount of ``factor`` 元; None for a blank or what is none, which the caller remarks."""
    found = number(printed.text) if printed.text else None
    try:
        return Amount(exact(found * factor), printed.text, printed.place) if found is not None else None
    except ValidationError:
        return None
