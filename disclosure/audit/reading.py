"""Tables as rules read them: by key of table and column, whatever the layout calls them."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from budgets.money import ZERO
from disclosure.audit.base import Condition
from disclosure.audit.citing import Cited, Place, added
from disclosure.audit.kept import once
from disclosure.document import Document
from disclosure.enums import TableKey
from disclosure.layouts import layout_of
from disclosure.tables.grid import Cell, Row, Table
from disclosure.tables.plan import RowPlan

COMPARING = ("previous", "change")
"""How the keys of columns begin that do not state this year's budget."""


class Sheet:
    """One table: cells cited by row number and column key."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.known = {column.key: column for column in table.columns}
        self._named: dict[int, str] = {}
        self._cited: dict[tuple[int, str, str], Cited] = {}

    @classmethod
    def of(cls, document: Document, key: str) -> "Sheet":
        """Read the document's table ``key``; raise KeyError where the layout does not print it."""
        return next((sheet for sheet in sheets(document) if sheet.table.key == key), None) or cls(document.table(key))

    @property
    def money(self) -> list[str]:
        """Return the keys of the money columns that state this year's budget."""
        return [
            column.key
            for column in self.table.columns
            if column.kind == "money" and not column.key.startswith(COMPARING)
        ]

    @property
    def numbered(self) -> Iterator[tuple[int, Row]]:
        """Yield every row with its number."""
        yield from enumerate(self.table.rows)

    def at_level(self, level: int) -> list[int]:
        """Return the numbers of the rows of a level (1 类, 2 款, 3 项) that are no totals."""
        return [number for number, row in self.numbered if row.level == level and not row.total]

    def text(self, number: int, column: str) -> str:
        """Return the words of a cell, nothing where there is none."""
        return self.table.rows[number].cells.get(column) or ""

    def cite(self, number: int, column: str, words: str = "") -> Cited:
        """Cite a cell; ``words`` name the row where its own first words do not."""
        found = self._cited.get((number, column, words))
        if found is None:
            found = self._cited[number, column, words] = self._cite(number, column, words)
        return found

    def _cite(self, number: int, column: str, words: str) -> Cited:
        row, of = self.table.rows[number], self.known.get(column)
        if of is None:
            return Cited(None, Place(self.table.key, column, number, f"{self.title}（没有要核对的列）"))
        value = Cell(of, row.cells.get(column), self.table.unit).value
        named = words or self.named(number)
        measure = "%" if of.kind == "rate" else "元" if of.kind == "money" else ""
        place = Place(self.table.key, column, number, f"{self.title}“{named}”的{of.label}")
        return Cited(value if not isinstance(value, str) else None, place, measure=measure)

    def has_cell(self, number: int, column: str) -> bool:
        """Tell whether a row has a cell, be it missing a figure, in a printed column."""
        return column in self.known and column in self.table.rows[number].cells

    def named(self, number: int) -> str:
        """Return what a row is called: its code with its name, else its first words."""
        if number not in self._named:
            code, name = self.text(number, "code"), self.text(number, "name")
            first = (text for text in self.table.rows[number].cells.values() if text)
            self._named[number] = f"{code}{name}" or next(first, "")
        return self._named[number]

    @property
    def title(self) -> str:
        """Return the table's printed name."""
        return self.table.title

    def total(self, column: str) -> Cited:
        """Cite the 合计 row; a table without rows has spent nothing."""
        for number, row in self.numbered:
            if row.total:
                return self.cite(number, column)
        if self.table.rows:
            return Cited(None, Place(self.table.key, column, None, f"{self.title}“合计”行"))
        label = self.known[column].label if column in self.known else column
        return Cited(ZERO, Place(self.table.key, column, None, f"{self.title}（空表）的{label}"))

    def summed(self, numbers: Iterable[int], column: str, words: str) -> Cited:
        """Add the cells of some rows up."""
        return added((self.cite(number, column) for number in numbers), f"{self.title}{words}")

    def by_code(self, column: str, levels: tuple[int, ...] = (1, 2, 3)) -> dict[str, Cited]:
        """Cite one column by code."""
        rows = (number for level in levels for number in self.at_level(level))
        return {self.text(number, "code"): self.cite(number, column) for number in rows if self.text(number, "code")}


@once
def sheets(document: Document) -> tuple[Sheet, ...]:
    """Return every table of the document."""
    return tuple(map(Sheet, document.content.tables))


def plan_of(document: Document) -> RowPlan:
    """Return what the document's layout prescribes of rows."""
    return layout_of(document.content.layout).plan


def name_of(key: str) -> str:
    """Say a table's name also where no layout prints it."""
    return str(TableKey(key).label)


def printed(*keys: str) -> Condition:
    """Apply where all these tables are printed, be they empty."""

    def reason(document: Document) -> str | None:
        there = {table.key for table in document.content.tables}
        absent = [name_of(key) for key in keys if key not in there]
        whose = "文件里没有" if document.context.foreign else "本版式不印"
        return f"{whose}{'、'.join(absent)}" if absent else None

    return reason


def filled(key: str) -> Condition:
    """Apply where a table is printed and has rows."""

    def reason(document: Document) -> str | None:
        absent = printed(key)(document)
        return absent or (None if document.table(key).rows else f"{name_of(key)}是空表")

    return reason


def with_columns(key: str, *columns: str) -> Condition:
    """Apply where a printed table has these columns."""

    def reason(document: Document) -> str | None:
        known = {column.key for column in document.table(key).columns}
        return None if known.issuperset(columns) else f"本版式的{name_of(key)}没有要核对的列"

    return reason


def number(cited: Cited | None) -> Decimal:
    """Return a figure for choosing how to compare: 0 where there is none."""
    return cited.value if cited and isinstance(cited.value, Decimal) else ZERO


def goal_money(table: Table) -> Iterator[Cited]:
    """Cite the money above a 项目绩效目标表: 预算数, then 财政资金 and 其他资金."""
    for cell in table.field_cells:
        if cell.kind == "money":
            words = f"{table.title}的{cell.column.label}"
            value = None if isinstance(cell.value, str) else cell.value
            yield Cited(value, Place(table.key, cell.column.label, None, words))
