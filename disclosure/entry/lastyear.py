"""Last year beside this year: the same row one year earlier, found by its natural key."""

from collections import Counter
from typing import Any

from disclosure.entry.grid import Grid
from disclosure.entry.grids import AREA, slots_of
from disclosure.entry.rows import Cells
from disclosure.intake.prefill import disclosure_before
from disclosure.models import Disclosure


class LastYear:
    """The amounts and reasons of last year's rows; a key that several rows share says nothing."""

    def __init__(self, grid: Grid, by: Any) -> None:
        earlier: Disclosure | None = None if grid.kind.kept else disclosure_before(grid.disclosure)
        past = Grid(earlier, grid.kind, by) if earlier else None
        stored = list(past.stored.values()) if past else []
        keys = [grid.keys.of_row(row) for row in stored]
        counts, self._grid = Counter(keys), grid
        self._headers = [slot.header for slot in slots_of(grid.kind) if slot.column.money or slot.control == AREA]
        self._rows = {key: row for key, row in zip(keys, stored, strict=True) if counts[key] == 1}

    def beside(self, row: Any) -> Cells:
        """Return what last year said of a stored row, by header: amounts and long texts."""
        past = self._rows.get(self._grid.keys.of_row(row)) if self._rows else None
        if past is None:
            return {}
        cells = self._grid.cells(past)
        return {header: cells[header] for header in self._headers if cells[header]}
