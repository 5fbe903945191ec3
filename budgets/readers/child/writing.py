"""Writes a sheet down as JSON: rows from row 1 and column A, blanks at their ends left out, within an allowance."""

import json
import re
from collections.abc import Iterable
from typing import Any

from budgets.readers.child.cells import Watch, text
from budgets.readers.child.finds import RefusedError, Seen
from budgets.readers.hazards import Hazard

MOST_ROWS = 250_000
LAST_ROW = 1_048_576
MOST_COLUMNS = 16_384
MOST_MERGED = 10_000
TOTAL = re.compile(r"[合小总]\s*计(?!划)")


class Allowance:
    """How much all the sheets of one file may hold together."""

    def __init__(self) -> None:
        self.cells, self.bytes = 4_000_000, 60_000_000

    def spend(self, cells: int, size: int) -> None:
        """Take some of it; refuse when it is used up."""
        self.cells -= cells
        self.bytes -= size
        if self.cells < 0 or self.bytes < 0:
            raise RefusedError("limits")


class Pen:
    """One sheet on its way down."""

    def __init__(self, name: str, seen: Seen, allowance: Allowance) -> None:
        self.name, self.seen, self.allowance = name, seen, allowance
        self.watch = Watch(seen.finds)
        self.lines: list[bytes] = []
        self.hidden: dict[int, tuple[int, str]] = {}
        self.hideable = {
            column for first, last in seen.hidden_columns for column in range(first, min(last + 1, MOST_COLUMNS))
        }

    def written(self, rows: Iterable[list[Any]], left: int = 0, *, hidden: bool = False) -> list[bytes]:
        """Return the sheet as pieces of JSON; the first cell of every row stands ``left`` columns from A."""
        number = -1
        for number, row in enumerate(rows):
            if number > LAST_ROW:
                raise RefusedError("rows", self.name)
            self._row(number, left, row)
        for beyond in sorted(row for row in self.seen.instead if row > number):
            self._row(beyond, 0, [])
        self.watch.close()
        for column, (row, shown) in self.hidden.items():
            self.seen.finds.add(Hazard.HIDDEN_COLUMN, row, column, shown)
        if hidden and self.lines:
            self.seen.finds.add(Hazard.HIDDEN_SHEET, 0, 0, "")
        opening = json.dumps({"name": self.name}, ensure_ascii=False)[:-1] + ',"rows":['
        return [opening.encode(), b",".join(self.lines), self._closing()]

    def _closing(self) -> bytes:
        if len(self.seen.merged) > MOST_MERGED:
            raise RefusedError("merged", self.name)
        found = {
            "hidden_rows": sorted(row for row in self.seen.hidden_rows if row < len(self.lines)),
            "merged": self.seen.merged,
            "notes": self.seen.finds.all(),
        }
        return b"]," + json.dumps(found, ensure_ascii=False).encode()[1:]

    def _row(self, number: int, left: int, row: list[Any]) -> None:
        cells = [""] * left
        for column, value in enumerate(row, start=left):
            shown = text(value)
            cells.append(shown)
            if shown:
                self.watch.look(number, column, value, shown)
        for column, shown in self.seen.instead.get(number, {}).items():
            cells += [""] * (column + 1 - len(cells))
            cells[column] = shown
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            self._keep(number, cells)

    def _keep(self, number: int, cells: list[str]) -> None:
        if number >= MOST_ROWS:
            raise RefusedError("rows", self.name)
        line = json.dumps(cells, ensure_ascii=False).encode()
        self.allowance.spend(len(cells), len(line))
        self.lines += [b"[]"] * (number - len(self.lines))
        self.lines.append(line)
        for column in self.hideable.intersection(range(len(cells))) if self.hideable else ():
            if cells[column]:
                self.hidden.setdefault(column, (number, cells[column]))
        if number in self.seen.hidden_rows:
            shown = "、".join(filter(None, cells))
            self.seen.finds.add(Hazard.HIDDEN_TOTAL if TOTAL.search(shown) else Hazard.HIDDEN_ROW, number, 0, shown)
