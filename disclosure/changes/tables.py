"""How two tables differ: cell by cell, with both values as printed and the exact difference."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from budgets.money import MoneyUnit
from disclosure.changes.fates import Fate
from disclosure.changes.rows import Entry, Key, columns_of, entries, matched, sides_of
from disclosure.changes.words import Passage, passages
from disclosure.tables.grid import Cell, Column, Table

HEAD: Key = (("head",),)
"""The key under which a table's title, unit, columns and fields are compared."""


class CellChange(NamedTuple):
    """One cell: its column, both values as printed, and for amounts the exact difference in the unit of today."""

    column: str
    label: str
    kind: str
    before: str
    after: str
    difference: str = ""


class RowChange(NamedTuple):
    """A row that is new, gone or changed, with the cells that say so."""

    key: Key
    name: str
    fate: Fate
    cells: tuple[CellChange, ...]


class TableChange(NamedTuple):
    """A table that is new, gone or changed; ``notes`` are the paragraphs above its columns."""

    key: str
    heading: str
    unit: str
    fate: Fate
    rows: tuple[RowChange, ...] = ()
    notes: tuple[Passage, ...] = ()


def table_changes(before: Iterable[Table], after: Iterable[Table]) -> Iterator[TableChange]:
    """Yield every table that is not the same in both, by key: those of ``after`` in their order, then those gone."""
    old, new = ({table.key: table for table in tables} for tables in (before, after))
    for key, table in new.items():
        change = _changed(old[key], table) if key in old else TableChange(key, table.heading, table.unit, Fate.ADDED)
        if change:
            yield change
    for key, table in old.items():
        if key not in new:
            yield TableChange(key, table.heading, table.unit, Fate.REMOVED)


def _changed(old: Table, new: Table) -> TableChange | None:
    rows = (*_head(old, new), *_rows(old, new))
    notes = tuple(passages(old.notes, new.notes))
    return TableChange(new.key, new.heading, new.unit, Fate.CHANGED, rows, notes) if rows or notes else None


def _head(old: Table, new: Table) -> Iterator[RowChange]:
    """Yield one row for what stands above the rows: title, unit, 空表说明, columns and fields."""
    was, now = _above(old), _above(new)
    cells: list[CellChange] = []
    for key, cell in {**was, **now}.items():
        blank = Cell(cell.column, "")
        cells += _cell(cell.column, was.get(key, blank), now.get(key, blank))
    if cells:
        yield RowChange(HEAD, "表头", Fate.CHANGED, tuple(cells))


def _above(table: Table) -> dict[str, Cell]:
    words = {
        "heading": ("表题", table.heading),
        "unit": ("单位", table.unit),
        "empty": ("空表说明", table.empty_reason),
    }
    columns = {f"column:{column.key}": ("列", printed(column)) for column in table.columns}
    said = {key: Cell(Column(key, label), text) for key, (label, text) in {**words, **columns}.items()}
    fields = {f"field:{field.label}": field for field in table.fields}
    return said | {
        key: Cell(Column(key, field.label, kind=field.kind), field.value, table.unit) for key, field in fields.items()
    }


def printed(column: Column) -> str:
    """Return a column's label with the groups over it."""
    return "·".join(filter(None, (column.over, column.group, column.label)))


def _rows(old: Table, new: Table) -> Iterator[RowChange]:
    for side in dict.fromkeys((*sides_of(new), *sides_of(old))):
        was = entries(old, side) if side in sides_of(old) else ()
        now = entries(new, side) if side in sides_of(new) else ()
        keys = dict.fromkeys((*columns_of(new, side), *columns_of(old, side)))
        for pair in matched(list(was), list(now)):
            cells = tuple(_cells((old, new), pair, keys))
            if cells:
                yield _row(side, pair, cells)


def _row(side: str, pair: tuple[Entry | None, Entry | None], cells: tuple[CellChange, ...]) -> RowChange:
    before, after = pair
    entry = after or before
    assert entry  # noqa: S101 one of the two is always there
    return RowChange(((side,), *entry.key) if side else entry.key, entry.name, Fate.of(before, after), cells)


def _cells(
    tables: tuple[Table, Table], pair: tuple[Entry | None, Entry | None], keys: Iterable[str]
) -> Iterator[CellChange]:
    old, new = ({column.key: column for column in table.columns} for table in tables)
    for key in keys:
        column = new.get(key) or old[key]
        before, after = (
            Cell(known.get(key, column), entry.cells.get(key, "") if entry else "", table.unit)
            for table, entry, known in zip(tables, pair, (old, new), strict=True)
        )
        yield from _cell(column, before, after)


def _cell(column: Column, before: Cell, after: Cell) -> Iterator[CellChange]:
    """Yield the change from one cell to the other, if there is any; amounts alike only when rounded are given in 元."""
    if _same(before, after):
        return
    was, now = before.render, after.render
    if was == now:
        was, now = (f"{cell.render}（{cell.wire}元）" for cell in (before, after))
    yield CellChange(column.key, printed(column), after.kind, was, now, difference(before, after))


def _same(before: Cell, after: Cell) -> bool:
    """Compare values; cells without any by what they print, for a missing figure is not a cell that is not there."""
    blank = {None, ""}
    if before.value in blank and after.value in blank:
        return before.render == after.render
    return before.value == after.value


def difference(before: Cell, after: Cell) -> str:
    """Return by how much an amount rose or fell, exactly, in the unit of ``after``; blank where it cannot be said."""
    was, now = before.value, after.value
    if after.kind != "money" or not isinstance(was, Decimal) or not isinstance(now, Decimal):
        return ""
    unit = MoneyUnit.WAN if after.unit == MoneyUnit.WAN.label else MoneyUnit.YUAN
    whole, _, places = f"{((now - was) / unit.in_yuan).normalize():+f}".partition(".")
    return f"{whole}.{places:0<2}"
