"""Last year beside this year: the same row one year earlier, found by its natural key."""

from collections import Counter
from typing import Any

from budgets.enums import PreviousMeasure, PreviousTable, Source
from budgets.models import ExpenditureLine
from budgets.money import NOT_APPLICABLE, MoneyUnit, shown
from disclosure.entry.grid import Grid
from disclosure.entry.grids import AREA, slots_of
from disclosure.entry.rows import Cells
from disclosure.intake.prefill import disclosure_before
from disclosure.layouts import LAYOUTS
from disclosure.models import Disclosure
from disclosure.tables.scope import Scope

SOURCES = {
    PreviousTable.GENERAL_EXPENDITURE.value: Source.GENERAL.value,
    PreviousTable.FUND_EXPENDITURE.value: Source.FUND.value,
    PreviousTable.CAPITAL_EXPENDITURE.value: Source.CAPITAL.value,
}
"""By table of last year's document: the source whose spending it lists."""


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
        self._typed = {} if earlier or grid.kind.model is not ExpenditureLine else typed_before(grid.disclosure)

    def beside(self, row: Any) -> Cells:
        """Return what last year said of a stored row, by header: amounts and long texts.

        Where last year is not in the portal, what was typed of it (上年数) stands at the first row of its 科目.
        """
        if self._typed:
            said = self._typed.pop((row.source, row.function.code), "")
            return {header: said for header in self._headers[:1] if said}
        past = self._rows.get(self._grid.keys.of_row(row)) if self._rows else None
        if past is None:
            return {}
        cells = self._grid.cells(past)
        return {header: cells[header] for header in self._headers if cells[header]}


def typed_before(disclosure: Disclosure) -> dict[tuple[str, str], str]:
    """Say what was typed of last year's spending, by source and functional code: its 预算数, else its 执行数."""
    scope = Scope(disclosure, LAYOUTS[disclosure.budget.fiscal_year.layout].plan)
    found = {}
    for row in scope.previous.filter(table__in=SOURCES).by_code():
        figure = NOT_APPLICABLE if row["none"] else row["total"]
        measure = PreviousMeasure(row["measure"])
        said = f"本科目{measure.label}合计 {shown(figure, MoneyUnit.YUAN, grouped=True)}"
        place = (SOURCES[row["table"]], row["code"])
        if place not in found or measure is PreviousMeasure.BUDGET:
            found[place] = said
    return found
