"""Which row of one table is which row of another: by code, else by the labels that name it and stand above it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from disclosure.tables.grid import Row, Table, Wire

Key = tuple[tuple[str, ...], ...]
Pair = tuple["Entry | None", "Entry | None"]
Content = tuple[tuple[str, bool, str], ...]

SIDES = ("income", "spending")
"""The columns that name the rows of a table whose two sides only stand beside each other (收支总表)."""
NAMING = ("level1", "level2", "project", "name", "catalogue")
"""The columns that together name a row without a code."""
ORDINAL = re.compile(r"^[\s　]*(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+、)?")
"""What a label begins with that only says where it stands."""
INDENT = re.compile(r"^[\s　]*")


class Entry(NamedTuple):
    """A row, or one side of it: its natural key, its name for people, and what it says by column."""

    key: Key
    name: str
    row: Row
    cells: dict[str, Wire]


def sides_of(table: Table) -> tuple[str, ...]:
    """Return the sides of a table, one without a name where it has only one."""
    keys = {column.key for column in table.columns}
    return SIDES if keys.issuperset(SIDES) else ("",)


def columns_of(table: Table, side: str) -> list[str]:
    """Return the keys of a side's columns; 序号 only says where a row stands and belongs to none."""
    keys = [column.key for column in table.columns if column.key != "ordinal"]
    return [key for key in keys if not side or key.startswith("income") == (side == "income")]


def entries(table: Table, side: str) -> Iterator[Entry]:
    """Yield the rows of a side with their keys; a row with a code goes by it alone."""
    columns = columns_of(table, side)
    naming = [side] if side else [key for key in NAMING if key in columns] or [table.naming]
    above: list[tuple[tuple[int, int], tuple[str, ...]]] = []
    for row in table.rows:
        cells = {key: row.cells[key] for key in columns if key in row.cells}
        if not cells:
            continue
        if code := cells.get("code"):
            yield Entry((("code", code),), f"{code} {cells.get('name') or ''}".strip(), row, cells)
            continue
        labels = [cells.get(key) or "" for key in naming]
        own = tuple(ORDINAL.sub("", label) for label in labels)
        depth = (row.level, _indent(labels))
        above = [place for place in above if place[0] < depth]
        path = (*(() if row.total else (label for _, label in above)), own)
        yield Entry(path, " › ".join(_said(part) for part in path), row, cells)
        above += [] if row.total else [(depth, own)]


def _indent(labels: list[str]) -> int:
    found = INDENT.match(labels[0]) if labels else None
    return len(found[0]) if found else 0


def _said(names: tuple[str, ...]) -> str:
    return " · ".join(filter(None, names)) or "（没有名称的行）"


def matched(old: Sequence[Entry], new: Sequence[Entry]) -> Iterator[Pair]:
    """Pair the rows of two tables by key; a row that only one of them has stands beside ``None``.

    Rows that share a key are paired by how many cells they have in common, so that the order of rows says nothing;
    those of them that are alike to the letter are left out.
    """
    before, after = _grouped(old), _grouped(new)
    for key in [*after, *(key for key in before if key not in after)]:
        yield from _paired(before.get(key, []), after.get(key, []))


def _grouped(rows: Sequence[Entry]) -> dict[Key, list[Entry]]:
    groups: dict[Key, list[Entry]] = defaultdict(list)
    for entry in rows:
        groups[entry.key].append(entry)
    return dict(groups)


def _paired(old: list[Entry], new: list[Entry]) -> Iterator[Pair]:
    if len(old) == len(new) == 1:
        yield old[0], new[0]
        return
    in_both = Counter(map(_content, old)) & Counter(map(_content, new))
    left, right = (dict(enumerate(_beyond(rows, in_both))) for rows in (old, new))
    ranked = sorted((-_alike(was, now), i, j) for i, was in left.items() for j, now in right.items())
    for _, i, j in ranked:
        if i in left and j in right:
            yield left.pop(i), right.pop(j)
    yield from ((was, None) for was in left.values())
    yield from ((None, now) for now in right.values())


def _beyond(rows: list[Entry], in_both: Counter[Content]) -> Iterator[Entry]:
    """Yield, in the order of what they say, the rows that the other table has not got to the letter."""
    taken = Counter(in_both)
    for entry in sorted(rows, key=_content):
        taken[_content(entry)] -= 1
        if taken[_content(entry)] < 0:
            yield entry


def _content(entry: Entry) -> Content:
    return tuple(sorted((key, value is None, value or "") for key, value in entry.cells.items()))


def _alike(old: Entry, new: Entry) -> int:
    return len(old.cells.items() & new.cells.items())
