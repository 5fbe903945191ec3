"""How a table is laid out where nothing does it by itself: the places of its heads, the widths of its columns."""

from collections.abc import Iterator
from typing import NamedTuple

from disclosure.tables.grid import Column, HeaderCell, Table

NARROWEST, WIDEST, FIGURES_WIDE = 9, 42, 13
"""Widths in narrow letters; a hanzi is as wide as two."""


class Placed(NamedTuple):
    """A cell of a head with its first row and column, both from 0."""

    row: int
    column: int
    head: HeaderCell


def placed(table: Table) -> Iterator[Placed]:
    """Yield the cells of a table's head in reading order, each at the first place the rows above leave free."""
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(table.headers):
        at = 0
        for head in row:
            while (number, at) in taken:
                at += 1
            taken |= {(number + down, at + along) for down in range(head.rowspan) for along in range(head.colspan)}
            yield Placed(number, at, head)


def full_label(column: Column, unit: str = "") -> str:
    """Return a column's label with the groups it stands under, and its unit, in one line: “收入/预算数（元）”."""
    label = "/".join(filter(None, (column.over, column.group, column.label)))
    return f"{label}（{unit}）" if unit and not label.endswith(f"（{unit}）") else label


def wide(text: str) -> int:
    """Count the narrow letters a text is as wide as."""
    return sum(1 if letter.isascii() else 2 for letter in text)


def width_of(column: Column, table: Table) -> int:
    """Return how wide a column should be for what stands in it, in narrow letters."""
    longest = max((wide(row.cells.get(column.key) or "") for row in table.rows), default=0)
    head = max(wide(column.label), wide(column.group) // 2) + 2
    if column.kind == "money":
        return max(FIGURES_WIDE, head)
    return min(max(longest + 2, head, NARROWEST), WIDEST)
