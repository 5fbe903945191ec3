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


FIGURES = ("money", "number", "rate")


class Column(msgspec.Struct, frozen=True):
    """A column of a table: its key in the rows, its printed label, the group it stands under, and the group over that.

    A column without a ``group`` but with ``over`` stands directly under the upper group.
    """

    key: str
    label: str
    group: str = ""
    kind: str = "text"
    over: str = ""


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
        if not self.wire or self.kind not in FIGURES:
            return self.wire
        return Decimal(self.wire)

    @property
    def money_unit(self) -> MoneyUnit:
        """Return the unit in which money is printed: what does not say 万元 is in 元."""
        return MoneyUnit.WAN if self.unit == MoneyUnit.WAN.label else MoneyUnit.YUAN

    @property
    def figure(self) -> Decimal | None:
        """Return the number that is printed, where one is: money rounded in the table's unit."""
        value = self.value
        if not isinstance(value, Decimal):
            return None
        return Decimal(shown(value, self.money_unit)) if self.kind == "money" else value

    @property
    def render(self) -> str:
        """Return what is printed: money rounded in the table's unit, missing as “—”."""
        value = self.value
        if isinstance(value, str):
            return value
        if value is None:
            return MISSING_SHOWN if self.kind in FIGURES else ""
        if isinstance(value, NotApplicable) or self.kind == "number":
            return str(value)
        if self.kind == "rate":
            return f"{value}%"
        return shown(value, self.money_unit)


class HeaderCell(msgspec.Struct, frozen=True):
    """A cell of the table's head."""

    label: str
    colspan: int
    rowspan: int

    @property
    def scope(self) -> str:
        """Tell a screen reader what the header stands for."""
        return "colgroup" if self.colspan > 1 else "col"


def headers_of(columns: tuple[Column, ...]) -> list[list[HeaderCell]]:
    """Return one head row for each level of groups (one to three), cells spanning what stands under them."""
    depth = 1 + any(column.group for column in columns) + any(column.over for column in columns)
    paths = [[*filter(None, (column.over, column.group)), column.label] for column in columns]
    rows: list[list[HeaderCell]] = [[] for _ in range(depth)]
    _head(paths, 0, rows)
    return rows


def _head(paths: list[list[str]], level: int, rows: list[list[HeaderCell]]) -> None:
    """Place the heads of ``paths`` from ``level`` down: a last label spans the rows that remain."""
    for (label, last), members in groupby(paths, lambda path: (path[level], len(path) == level + 1)):
        under = list(members)
        if last:
            rows[level] += [HeaderCell(label, 1, len(rows) - level) for _ in under]
        else:
            rows[level].append(HeaderCell(label, len(under), 1))
            _head(under, level + 1, rows)


class Table(msgspec.Struct, frozen=True):
    """A statutory table of one document.

    ``folds``: a screen may fold away rows that are all zero. ``counted``: the head ends with the columns' numbers.
    """

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
    folds: bool = False
    counted: bool = False

    @property
    def headers(self) -> list[list[HeaderCell]]:
        """Return the head's rows: one, or more where columns stand in groups, then the numbers of the columns."""
        return [*headers_of(self.columns), *([self._numbers()] if self.counted else [])]

    def _numbers(self) -> list[HeaderCell]:
        return [HeaderCell("栏次", 1, 1), *(HeaderCell(str(number), 1, 1) for number in range(1, len(self.columns)))]

    def is_zero(self, row: Row) -> bool:
        """Tell whether every figure of a row is zero or missing, so that a screen may fold it away."""
        money = [self._cell(row, column).value for column in self.columns if column.kind == "money"]
        figures = [value for value in money if value != ""]
        return bool(figures) and not row.total and all(value is None or value == 0 for value in figures)

    @property
    def folded(self) -> int:
        """Count the rows a screen may fold away; a table of nothing else is shown whole."""
        zero = sum(self.is_zero(row) for row in self.rows) if self.folds else 0
        return zero if zero < sum(not row.total for row in self.rows) else 0

    @property
    def heading(self) -> str:
        """Return label and title as printed above the table."""
        return f"{self.label} {self.title}".strip()

    @property
    def notes_title(self) -> str:
        """Say what the paragraphs above the columns are."""
        return "年度总体目标" if self.key == "overall_goals" else "绩效目标"

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
    def body(self) -> Iterator[tuple[Row, list[Cell], bool]]:
        """Yield each row with its cells in column order, and whether a screen folds it away."""
        folding = bool(self.folded)
        for row in self.rows:
            yield row, [self._cell(row, column) for column in self.columns], folding and self.is_zero(row)

    def _cell(self, row: Row, column: Column) -> Cell:
        return Cell(column, row.cells.get(column.key, ""), self.unit)

    def foot(self, key: str) -> Decimal:
        """Return the exact total (元) of a money column, from the table's own 合计 row."""
        value = self.cell(next(row for row in self.rows if row.total), key).value
        if not isinstance(value, Decimal):
            message = f"{self.title}的“合计”行没有{key}。"
            raise ValueError(message)  # noqa: TRY004
        return value
