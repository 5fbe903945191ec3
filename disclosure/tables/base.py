"""A statutory table is one class: its columns declared, its rows selected, everything else derived."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple

import msgspec

from budgets.money import NotApplicable
from disclosure.tables.grid import Column, Field, Row, Table, Wire
from disclosure.tables.scope import Scope


class Heading(msgspec.Struct, frozen=True):
    """What a layout says of a table: its printed label and title, its unit, whether it needs a wide page."""

    label: str
    title: str
    unit: str = "万元"
    wide: bool = False


class Line(NamedTuple):
    """One row as ``select`` yields it, with exact values by column key."""

    values: Mapping[str, Any]
    level: int = 1
    total: bool = False


class DeclaredColumn:
    """A column in the body of a table class."""

    kind: ClassVar[str] = "text"

    def __init__(self, label: str, group: str = "") -> None:
        self.label, self.group = label, group


class TextColumn(DeclaredColumn):
    """Words."""


class CodeColumn(DeclaredColumn):
    """A code: text, never a number."""

    kind = "code"


class MoneyColumn(DeclaredColumn):
    """An amount in 元, printed in the table's unit."""

    kind = "money"


class NumberColumn(DeclaredColumn):
    """A count or a size."""

    kind = "number"


class StatutoryTable:
    """Base of all tables; a subclass declares ``key``, ``number``, its columns and ``select``."""

    key: ClassVar[str]
    number: ClassVar[int | None] = None
    columns: ClassVar[tuple[Column, ...]] = ()

    def __init_subclass__(cls) -> None:
        """Collect the declared columns in their order, inherited ones first."""
        declared = [
            (name, column)
            for owner in reversed(cls.__mro__)
            for name, column in vars(owner).items()
            if isinstance(column, DeclaredColumn)
        ]
        cls.columns = tuple(Column(name, column.label, column.group, column.kind) for name, column in declared)

    @classmethod
    def select(cls, scope: Scope) -> Iterable[Line]:
        """Yield the rows of ``scope``, amounts as Decimal 元."""
        raise NotImplementedError

    @classmethod
    def fields(cls, _scope: Scope) -> tuple[Field, ...]:
        """Return the labelled values above the columns, if the form has any."""
        return ()

    @classmethod
    def build(cls, scope: Scope, heading: Heading) -> Table:
        """Return the frozen table of ``scope`` under the layout's heading."""
        lines = list(cls.select(scope))
        return Table(
            key=cls.key,
            number=cls.number,
            label=heading.label,
            title=heading.title,
            unit=heading.unit,
            columns=cls.columns,
            rows=tuple(Row(line.level, line.total, cls.cells(line)) for line in lines),
            empty_reason=None if lines else scope.empty_reason(cls.key),
            fields=cls.fields(scope),
            wide=heading.wide,
        )

    @classmethod
    def cells(cls, line: Line) -> dict[str, Wire]:
        """Return a line's cells in wire form; a column the line does not name has no cell there."""
        named = [column for column in cls.columns if column.key in line.values]
        return {column.key: (plain if column.kind == "number" else wire)(line.values[column.key]) for column in named}


def plain(value: Decimal | None) -> Wire:
    """Put a count or a size into wire form without needless zeros, alike on every database."""
    return None if value is None else f"{value.normalize():f}"


def wire(value: Any) -> Wire:
    """Put a value into wire form: text as it is, numbers as plain decimals, blank text as missing."""
    if value is None or value == "":
        return None
    if isinstance(value, NotApplicable):
        return str(value.value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)
