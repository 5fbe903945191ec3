"""ODS: what calamine passes over in content.xml (hidden and merged cells, formulas without a result, errors)."""

import zipfile
from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from budgets.readers.child.finds import Seen
from budgets.readers.child.spreadsheetml import TOO_LARGE, UNKNOWN, parse
from budgets.readers.hazards import Hazard

HIDDEN = {"collapse", "filter"}
MOST_REPEATED = 100


def see_all(archive: zipfile.ZipFile) -> dict[str, Seen]:
    """Return what the document tells about each sheet, by the sheet's name."""
    sight = _Sight()
    try:
        parse(archive, "content.xml", sight.start, sight.characters)
        sight.close()
    except TimeoutError:
        sight.seen.finds.add(Hazard.UNSEEN, 0, 0, TOO_LARGE)
    except (KeyError, expat.ExpatError, ValueError):
        sight.seen.finds.add(Hazard.UNSEEN, 0, 0, UNKNOWN)
    return sight.sheets


class _Sight:
    """Follows tables, rows and cells; a repeated one counts as often as it says."""

    def __init__(self) -> None:
        self.sheets: dict[str, Seen] = {}
        self.seen = Seen.nothing()
        self.row = self.next_row = self.column = self.next_column = 0
        self.sort = self.formula = self.words = ""

    def start(self, name: str, attributes: dict[str, Any]) -> None:
        """Take an element's beginning."""
        step = STEPS.get(name)
        if step:
            self.close()
            step(self, attributes)

    def characters(self, text: str) -> None:
        """Collect the words of an error."""
        if self.sort == "error":
            self.words += text

    def close(self) -> None:
        """Judge the cell that has gone by."""
        if self.sort == "error":
            self.seen.replace(Hazard.ERROR, self.row, self.column, self.words.strip() or "#N/A")
        elif self.formula and not self.sort:
            self.seen.replace(Hazard.UNCALCULATED, self.row, self.column, self.formula)
        self.sort = self.formula = self.words = ""

    def on_table(self, attributes: dict[str, Any]) -> None:
        """Open a sheet."""
        self.seen = self.sheets.setdefault(attributes.get("table:name", ""), Seen.nothing())
        self.row = self.next_row = 0

    def on_row(self, attributes: dict[str, Any]) -> None:
        """Open a row; the blank million at a sheet's end is not written down."""
        repeated = int(attributes.get("table:number-rows-repeated", "1"))
        self.row, self.next_row = self.next_row, self.next_row + repeated
        self.column = self.next_column = 0
        if attributes.get("table:visibility") in HIDDEN and repeated <= MOST_REPEATED:
            self.seen.hidden_rows.update(range(self.row, self.next_row))

    def on_cell(self, attributes: dict[str, Any]) -> None:
        """Open a cell."""
        self.column, self.next_column = (
            self.next_column,
            self.next_column + int(attributes.get("table:number-columns-repeated", "1")),
        )
        down = int(attributes.get("table:number-rows-spanned", "1"))
        across = int(attributes.get("table:number-columns-spanned", "1"))
        if down > 1 or across > 1:
            self.seen.merged.append((self.row, self.column, self.row + down - 1, self.column + across - 1))
        self.sort = attributes.get("calcext:value-type") or attributes.get("office:value-type", "")
        self.formula = attributes.get("table:formula", "").removeprefix("of:")


STEPS: dict[str, Callable[[_Sight, dict[str, Any]], None]] = {
    "table:table": _Sight.on_table,
    "table:table-row": _Sight.on_row,
    "table:table-cell": _Sight.on_cell,
    "table:covered-table-cell": _Sight.on_cell,
}
