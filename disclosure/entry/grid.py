"""One grid: what is stored, how its cells are read, and what a typed row would be stored as."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from budgets.models import Unit
from budgets.readers.figures import says_nothing
from budgets.readers.sheets import Sheet
from budgets.widgets import text_of
from disclosure.entry.grids import headers_of
from disclosure.entry.rows import Cells, Row
from disclosure.intake.checks import Checker
from disclosure.intake.columns import Column, columns_of
from disclosure.intake.lines import Line
from disclosure.intake.plans import Draft, Planner
from disclosure.intake.reading import Key, Keys, Reader
from disclosure.intake.recognition import Found
from disclosure.intake.rows import Maker
from disclosure.intake.sheets import SheetKind
from disclosure.models import Disclosure


class Grid:
    """The stored rows of one kind, and the very readers and checks with which a workbook is taken in."""

    def __init__(self, disclosure: Disclosure, kind: SheetKind, by: Any, texts: Iterable[Cells] = ()) -> None:
        """Look up what is stored and every code that ``texts`` mention, in a fixed number of queries."""
        self.disclosure, self.kind, self.columns = disclosure, kind, columns_of(kind)
        headers = self.headers = headers_of(kind)
        found = Found(kind, Sheet(kind.title, [headers]), 0, {one: at for at, one in enumerate(headers)}, frozenset())
        planner = Planner(disclosure, by, {})
        self.fields = planner.fields(found, [Line(0, cells) for cells in texts])
        self.keys = Keys(kind, self.fields)
        self.stored = {str(row.pk): row for row in planner.stored(kind, self.keys).values()}
        self._reader = Reader(found, self.fields, {}, lambda _value: None)
        self._money = {column.header for column in self.columns if column.money}
        self._maker, self._checker = Maker(kind, self.fields, disclosure), Checker(kind, disclosure, by)

    def rows(self) -> list[Row]:
        """Return the stored rows as they are typed."""
        told = [(key, self.cells(row)) for key, row in self.stored.items()]
        return [Row(key, dict(cells), cells, number=number) for number, (key, cells) in enumerate(told, start=1)]

    def cells(self, row: Any) -> Cells:
        """Write a stored row as text."""
        return {
            column.header: self._written(column, self.fields[column.name].get_value(row)) for column in self.columns
        }

    def defaults(self) -> Cells:
        """Return what a new row says before anybody types: 否, 0, and the unit where there is only one."""
        units = list(_units(self.disclosure)[:2])
        cells = dict.fromkeys(self.headers, "")
        for column in self.columns:
            of: Any = self.kind.model._meta.get_field(self.fields[column.name].attribute)
            if of.has_default():
                cells[column.header] = self._written(column, of.get_default())
            elif column.key and of.related_model is Unit and len(units) == 1:
                cells[column.header] = units[0].code
        return cells

    def read(self, row: Row) -> dict[str, Any]:
        """Return what the cells say by field, rewritten as it will be stored; the rest is complained of."""
        cells = {h: "" if h in self._money and says_nothing(text) else text for h, text in row.cells.items()}
        values, wrong = self._reader.read(Line(0, cells))
        row.cells |= {header: text for header, text in cells.items() if not text}
        for column, error in wrong:
            row.complain(column.header, error.messages)
        for column in self.columns:
            if column.name in values:
                row.cells[column.header] = self._written(column, values[column.name])
        return values

    def judge(self, row: Row) -> Draft | None:
        """Return what a row would be stored as; None where something is wrong with it, which is noted."""
        values = self.read(row)
        if row.wrong:
            return None
        before = self.stored.get(row.key)
        made = self._maker.make(values, before)
        headers = {self.fields[column.name].attribute: column.header for column in self.columns}
        for name, error in self._checker.complaints(made):
            row.complain(headers.get(name, ""), error.messages)
        return None if row.wrong else Draft(made, 0, before)

    def key(self, row: Row) -> Key | None:
        """Return the natural key that a row states; None where a part of it cannot be read."""
        return self.keys.of(self.read(row))

    def _written(self, column: Column, value: Any) -> str:
        text = self.fields[column.name].widget.render(value) if not _stated(value) else value
        if isinstance(text, Decimal) and not column.money:
            return f"{text.normalize():f}"
        return text_of(text) if isinstance(text, Decimal | int | str) or text is None else str(text)


def _stated(value: Any) -> bool:
    """Tell whether a value is “不适用”, which no widget writes."""
    return str(value) == "不适用"


def _units(disclosure: Disclosure) -> Any:
    units = disclosure.budget.department.units.order_by("code")
    return units.filter(pk=disclosure.unit_id) if disclosure.unit_id else units
