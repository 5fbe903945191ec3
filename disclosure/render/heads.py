"""The heads of tables where there are no row spans to rely on: each cell with the place it begins at."""

from collections.abc import Iterator
from typing import NamedTuple

from disclosure.tables.grid import Column, HeaderCell, Table


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
