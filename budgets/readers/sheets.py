"""What a file holds: sheets of text cells, and how a cell is named to whoever has to mend it."""

import re
from typing import NamedTuple

from budgets.readers.hazards import SENTENCES, Hazard

TITLE_ROWS = 20
"""How far down titles and headings reach at most."""
FIGURE = re.compile(r"[-+－（(]?[\d.,，．]+[)）%％]?")


class Note(NamedTuple):
    """A hazard at a cell (row and column from 0): ``place`` and ``sentence`` are for the clerk."""

    hazard: Hazard
    row: int
    column: int
    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}：{self.sentence}"


class Merge(NamedTuple):
    """A merged range, all four from 0 and inclusive."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{address(self.top, self.left)}:{address(self.bottom, self.right)}"


class Sheet(NamedTuple):
    """A sheet by its name (none for delimited text), every cell as trimmed text.

    ``rows[0][0]`` is A1: blank rows and columns before the data are there. Blank cells at the end of a row and blank
    rows at the end of the sheet are not, so rows differ in length; :meth:`cell` reads any place.
    """

    name: str
    rows: list[list[str]]
    hidden_rows: frozenset[int] = frozenset()
    merged: tuple[Merge, ...] = ()
    notes: tuple[Note, ...] = ()

    def place(self, index: int) -> str:
        """Name a row as the spreadsheet counts: “工作表“一般公共预算”第3行”."""
        return f"{self._named()}第{index + 1}行"

    def place_of(self, row: int, column: int) -> str:
        """Name a cell as the spreadsheet does: “工作表“一般公共预算”C12”."""
        return f"{self._named()}{address(row, column)}"

    def address(self, row: int, column: int) -> str:
        """Name a cell within its sheet: “C12”."""
        return address(row, column)

    def cell(self, row: int, column: int) -> str:
        """Return the text at a place, blank where the sheet holds nothing."""
        cells = self.rows[row] if row < len(self.rows) else []
        return cells[column] if column < len(cells) else ""

    def body(self) -> int:
        """Return the first row of data: the first with a figure or a code that another such row follows.

        Without any, the row after the last; never further down than twenty rows.
        """
        filled = [index for index, row in enumerate(self.rows[: TITLE_ROWS + 1]) if any(row)]
        figured = [any(map(FIGURE.fullmatch, self.rows[index])) for index in filled]
        for at, index in enumerate(filled):
            if figured[at] and (at + 1 == len(filled) or figured[at + 1]):
                return index
        return min(len(self.rows), TITLE_ROWS)

    def headings(self) -> list[list[str]]:
        """Return the rows above the data, what is merged in them repeated in every cell, all equally long."""
        width = max(map(len, self.rows), default=0)
        above = [row + [""] * (width - len(row)) for row in self.rows[: self.body()]]
        for merge in self.merged:
            value = self.cell(merge.top, merge.left)
            for row in above[merge.top : merge.bottom + 1]:
                row[merge.left : merge.right + 1] = [value] * (min(merge.right + 1, width) - min(merge.left, width))
        return above

    def merged_in_body(self) -> list[Merge]:
        """List the merged ranges among the data, where every cell should say its own."""
        start = self.body()
        return [merge for merge in self.merged if merge.bottom >= start and self.cell(merge.top, merge.left)]

    def note(self, hazard: Hazard, row: int, column: int, detail: str = "") -> Note:
        """Return a note on a cell, or on the sheet as a whole."""
        whole = hazard in {Hazard.UNSEEN, Hazard.HIDDEN_SHEET}
        named = {
            Hazard.HIDDEN_ROW: self.place(row),
            Hazard.HIDDEN_TOTAL: self.place(row),
        }
        place = self._named() or "文件" if whole else named.get(hazard) or self.place_of(row, column)
        return Note(hazard, row, column, place, SENTENCES[hazard].format(detail))

    def _named(self) -> str:
        return f"工作表“{self.name}”" if self.name else ""


def address(row: int, column: int) -> str:
    """Name a cell by letters and number, both counted from 0: (11, 2) is “C12”."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"
