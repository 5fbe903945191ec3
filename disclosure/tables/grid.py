"""What a table yields: plain frozen data that is its own JSON, so that an old edition draws itself.

Cells are kept in wire form: amounts as text in 元 with two places, numbers as plain decimals, ``None`` for
missing and ``"n/a"`` for not applicable. :class:`Cell` gives them their two faces.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

import msgspec

from budgets.money import MISSING_SHOWN, NOT_APPLICABLE, MoneyUnit, NotApplicable, shown

Wire = str | None
Value = Decimal | str | NotApplicable | None


class Column(msgspec.Struct, frozen=True):
    """A column of a table: its key in the rows, its printed label, and the group it stands under."""

    key: str
    label: str
    group: str = ""
    kind: str = "text"


class Row(msgspec.Struct, frozen=True):
    """A row: its depth (0 total, 1 类, 2 款, 3 项), whether it totals others, and its cells by column.

    A column without a key in ``cells`` has no cell in this row and prints blank; ``None`` is a missing figure.
    """

    level: int
    total: bool
    cells: dict[str, Wire]


class Field(msgspec.Struct, frozen=True):
    """A labelled value printed above a table's columns, in wire form; a ``line`` takes the whole width."""

    label: str
    kind: str
    value: Wire


class Cell(msgspec.Struct, frozen=True):
    """One cell as a template sees it: ``render`` for people, ``value`` exact for machines."""

    column: Column
    wire: Wire
    unit: str = MoneyUnit.WAN.label

    @property
    def kind(self) -> str:
        """Say how the cell is aligned and read."""
        return self.column.kind

    @property
    def value(self) -> Value:
        """Return the exact value: Decimal 元 for money, Decimal for numbers, text otherwise."""
        if self.wire == NOT_APPLICABLE.value:
            return NOT_APPLICABLE
        if not self.wire or self.kind not in {"money", "number"}:
            return self.wire
        return Decimal(self.wire)

    @property
    def render(self) -> str:
        """Return what is printed: money rounded in the table's unit, missing as “—”."""
        value = self.value
        if isinstance(value, str):
            return value
        if value is None:
            return MISSING_SHOWN if self.kind in {"money", "number"} else ""
        if isinstance(value, NotApplicable) or self.kind == "number":
            return str(value)
        return shown(value, MoneyUnit.WAN if self.unit == MoneyUnit.WAN.label else MoneyUnit.YUAN)


class HeaderCell(msgspec.Struct, frozen=True):
    """A cell of the table's head."""

    label: str
    colspan: int
    rowspan: int

    @property
    def scope(self) -> str:
        """Tell a screen reader what the header stands for."""
        return "colgroup" if self.colspan > 1 else "col"


class Table(msgspec.Struct, frozen=True):
    """A statutory table of one document."""

    key: str
    number: int | None
    label: str
    title: str
    unit: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty_reason: str | None = None
    fields: tuple[Field, ...] = ()
    notes: tuple[str, ...] = ()
    wide: bool = False

    @property
    def headers(self) -> list[list[HeaderCell]]:
        """Return the head's rows: one, or two where columns stand in groups."""
        if not any(column.group for column in self.columns):
            return [[HeaderCell(column.label, 1, 1) for column in self.columns]]
        top: list[HeaderCell] = []
        below: list[HeaderCell] = []
        for group, members in groupby(self.columns, lambda column: column.group):
            labels = [column.label for column in members]
            if group:
                top.append(HeaderCell(group, len(labels), 1))
                below += [HeaderCell(label, 1, 1) for label in labels]
            else:
                top += [HeaderCell(label, 1, 2) for label in labels]
        return [top, below]

    @property
    def heading(self) -> str:
        """Return label and title as printed above the table."""
        return f"{self.label} {self.title}".strip()

    @property
    def naming(self) -> str:
        """Return the key of the column that names the rows: the first one of words."""
        return next((column.key for column in self.columns if column.kind == "text"), "")

    @property
    def field_cells(self) -> list[Cell]:
        """Return the labelled values above the columns."""
        return [Cell(Column("", field.label, "", field.kind), field.value, self.unit) for field in self.fields]

    def cell(self, row: Row, key: str) -> Cell:
        """Return one cell of one of the table's rows."""
        column = next(column for column in self.columns if column.key == key)
        return self._cell(row, column)

    @property
    def body(self) -> Iterator[tuple[Row, list[Cell]]]:
        """Yield each row with its cells in column order."""
        for row in self.rows:
            yield row, [self._cell(row, column) for column in self.columns]

    def _cell(self, row: Row, column: Column) -> Cell:
        return Cell(column, row.cells.get(column.key, ""), self.unit)

    def foot(self, key: str) -> Decimal:
        """Return the exact total (元) of a money column, from the table's own 合计 row."""
        value = self.cell(next(row for row in self.rows if row.total), key).value
        if not isinstance(value, Decimal):
            message = f"{self.title}的“合计”行没有{key}。"
            raise ValueError(message)  # noqa: TRY004
        return value
