"""A statutory table as a sheet: as it is printed, and to its right the same amounts in 元 to the 分."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from budgets.money import MoneyUnit
from disclosure.render.laying import FIGURES_WIDE, WIDEST, full_label, placed, wide, width_of
from disclosure.render.sheetcells import count, exactly, join, pieces, say, show
from disclosure.tables.grid import Cell, Table

ROWS_IN_SIGHT = 8
"""A head further down is not frozen: it would leave no room for the rows."""
UPRIGHT = 110
"""How many narrow letters stand side by side on an upright page and can still be read."""
LONGEST_LABEL = 30
TALLEST = 409
"""Points; no row can be higher."""


class Page:
    """Fills one sheet from the top; ``at`` is the next free row."""

    def __init__(self, sheet: Worksheet, table: Table) -> None:
        self.sheet, self.table, self.at = sheet, table, 1
        self.width = len(table.columns)
        in_wan = table.unit == MoneyUnit.WAN.label
        self.exact = [column for column in table.columns if column.kind == "money"] if in_wan else []
        self.first_exact = self.width + 2

    def fill(self) -> None:
        """Write everything the table prints, in its order."""
        self._across(self.table.heading, "表题")
        self._fields()
        for note in self._notes():
            self._across(note, "说明")
        self._units()
        self._head()
        for _, cells, _ in self.table.body:
            self._row(cells)
            self._continue(cells)
        if self.table.empty_reason or not self.table.rows:
            self._across(self.table.empty_reason or "此表没有数据，尚未说明原因。", "文字")
        self._widths()
        self._printing()

    def _across(self, text: str, style: str) -> None:
        """Write a text over the whole width of the table, in several lines where one cell has no room for it."""
        for piece in pieces(text):
            self._line(piece, style)

    def _line(self, text: str, style: str) -> None:
        for column in range(1, self.width + 1):
            self.sheet.cell(self.at, column).style = style
        say(self.sheet.cell(self.at, 1), text, style)
        join(self.sheet, (self.at, 1), (1, self.width))
        if style != "单位":
            self.sheet.row_dimensions[self.at].height = min(TALLEST, 18 * (1 + wide(text) // self._letters()))
        self.at += 1

    def _letters(self) -> int:
        """Return how many narrow letters a merged line holds, about."""
        return max(20, sum(self._wide(at) for at in range(self.width)))

    def _wide(self, at: int) -> int:
        """Return the width of a column; the labels of what stands above the columns stand in the first one."""
        labels = [wide(cell.column.label) + 8 for cell in self.table.field_cells] if at == 0 else []
        return max(width_of(self.table.columns[at], self.table), min(max(labels, default=0), LONGEST_LABEL))

    def _fields(self) -> None:
        """Write what stands above the columns; an amount is stated in the table's unit and in 元."""
        for cell in self.table.field_cells:
            if cell.figure is None:
                self._field(cell.column.label, cell.render or "—")
                continue
            unit = cell.money_unit.label if cell.kind == "money" else ""
            self._field(full_label(cell.column, unit), cell.figure)
            if cell.kind == "money" and cell.money_unit is MoneyUnit.WAN:
                self._field(full_label(cell.column, MoneyUnit.YUAN.label), cell.value)

    def _field(self, label: str, value: Any) -> None:
        say(self.sheet.cell(self.at, 1), label, "项目名")
        for piece in pieces(value) if isinstance(value, str) else [value]:
            beside = self.sheet.cell(self.at, 2)
            say(beside, piece, "说明") if isinstance(piece, str) else count(beside, piece, "项目数")
            join(self.sheet, (self.at, 2), (1, max(1, self.width - 1)))
            self.at += 1

    def _notes(self) -> Iterator[str]:
        if self.table.notes:
            yield self.table.notes_title
        yield from self.table.notes

    def _units(self) -> None:
        if self.exact:
            say(self.sheet.cell(self.at, self.first_exact), "单位：元（未四舍五入）", "说明")
        if self.table.unit:
            self._across(f"单位：{self.table.unit}", "单位")
        elif self.exact:
            self.at += 1

    def _head(self) -> None:
        for down, along, head in placed(self.table):
            self._head_cell((self.at + down, along + 1), (head.rowspan, head.colspan), head.label)
        depth, self.head = len(self.table.headers), self.at
        for number, column in enumerate(self.exact):
            self._head_cell((self.at, self.first_exact + number), (depth, 1), full_label(column, "元"))
        self.at += depth
        if self.at <= ROWS_IN_SIGHT + 1:
            self.sheet.freeze_panes = self.sheet.cell(self.at, 1 + self._naming())

    def _naming(self) -> int:
        """Count the columns that name a row: those before the first figure, if they are few."""
        kinds = [column.kind for column in self.table.columns]
        before = next((at for at, kind in enumerate(kinds) if kind == "money"), 0)
        return before if before <= 3 else 0  # noqa: PLR2004 number, code and name

    def _head_cell(self, place: tuple[int, int], size: tuple[int, int], label: str) -> None:
        for down in range(size[0]):
            for along in range(size[1]):
                self.sheet.cell(place[0] + down, place[1] + along).style = "表头"
        say(self.sheet.cell(*place), label, "表头")
        join(self.sheet, place, size)

    def _row(self, cells: list[Cell]) -> None:
        for at, cell in enumerate(cells, start=1):
            show(self.sheet.cell(self.at, at), cell)
        by_key = {cell.column.key: cell for cell in cells}
        for at, column in enumerate(self.exact, start=self.first_exact):
            exactly(self.sheet.cell(self.at, at), by_key[column.key])
        self.at += 1

    def _continue(self, cells: list[Cell]) -> None:
        """Write what a row has no room for into the rows below it, each text in its own column."""
        rests = [pieces(cell.render)[1:] if cell.figure is None else [] for cell in cells]
        for line in zip_longest(*rests, fillvalue=""):
            for at, piece in enumerate(line, start=1):
                say(self.sheet.cell(self.at, at), piece, "文字")
            self.at += 1

    def _widths(self) -> None:
        for at in range(self.width):
            self.sheet.column_dimensions[get_column_letter(at + 1)].width = self._wide(at)
        if self.exact:
            self.sheet.column_dimensions[get_column_letter(self.width + 1)].width = 3
        for at, column in enumerate(self.exact, start=self.first_exact):
            width = min(max(FIGURES_WIDE, wide(column.label) + 6), WIDEST)
            self.sheet.column_dimensions[get_column_letter(at)].width = width

    def _printing(self) -> None:
        """Print what the official document prints, one page wide, the head on every page."""
        sheet = self.sheet
        sheet.page_setup.orientation = "landscape" if self.table.wide or self._letters() > UPRIGHT else "portrait"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
        sheet.print_area = f"A1:{get_column_letter(self.width)}{self.at - 1}"
        sheet.print_title_rows = f"{self.head}:{self.head + len(self.table.headers) - 1}"
