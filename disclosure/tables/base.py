"""A statutory table is one class: its columns declared, its rows selected, everything else derived."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple

import msgspec

from budgets.money import NotApplicable
from disclosure.tables.grid import Column, Field, Row, Table, Wire
from disclosure.tables.scope import Scope


class Printed(NamedTuple):
    """A column as a layout prints it: its key, and its label and groups where they are not the class's own."""

    key: str
    label: str = ""
    group: str | None = None
    over: str = ""


class Heading(msgspec.Struct, frozen=True):
    """What a layout says of a table: label and title, unit, columns (all where none are named), which levels it prints.

    Titles and labels may hold ``{body}`` (部门 or 单位), ``{year}`` and ``{last_year}``.
    """

    label: str
    title: str
    unit: str = "万元"
    wide: bool = False
    columns: tuple[Printed, ...] = ()
    levels: tuple[int, ...] = ()
    counted: bool = False


class Line(NamedTuple):
    """One row as ``select`` yields it, with exact values by column key."""

    values: Mapping[str, Any]
    level: int = 1
    total: bool = False


class DeclaredColumn:
    """A column in the body of a table class."""

    kind: ClassVar[str] = "text"

    def __init__(self, label: str, group: str = "", over: str = "", *, extra: bool = False) -> None:
        self.label, self.group, self.over, self.extra = label, group, over, extra


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


class RateColumn(DeclaredColumn):
    """A percentage with two places."""

    kind = "rate"


class StatutoryTable:
    """Base of all tables; a subclass declares ``key``, ``number``, its columns and ``select``.

    A column declared ``extra`` is printed only where a layout names it.
    """

    key: ClassVar[str]
    number: ClassVar[int | None] = None
    folds: ClassVar[bool] = False
    columns: ClassVar[tuple[Column, ...]] = ()
    standard: ClassVar[tuple[Column, ...]] = ()

    def __init_subclass__(cls) -> None:
        """Collect the declared columns in their order, inherited ones first."""
        declared = {
            name: column
            for owner in reversed(cls.__mro__)
            for name, column in vars(owner).items()
            if isinstance(column, DeclaredColumn)
        }
        made = {name: Column(name, c.label, c.group, c.kind, c.over) for name, c in declared.items()}
        cls.columns = tuple(made.values())
        cls.standard = tuple(made[name] for name, column in declared.items() if not column.extra)

    @classmethod
    def select(cls, scope: Scope) -> Iterable[Line]:
        """Yield the rows of ``scope``, amounts as Decimal 元."""
        raise NotImplementedError

    @classmethod
    def fields(cls, _scope: Scope) -> tuple[Field, ...]:
        """Return the labelled values above the columns, if the form has any."""
        return ()

    @classmethod
    def notes(cls, _scope: Scope) -> tuple[str, ...]:
        """Return the paragraphs above the columns, if the form has any."""
        return ()

    @classmethod
    def reason(cls, scope: Scope, _lines: list[Line]) -> str | None:
        """Return why the table is published empty, as somebody declared it."""
        return scope.empty_reason(cls.key)

    @classmethod
    def build(cls, scope: Scope, heading: Heading) -> Table:
        """Return the frozen table of ``scope`` under the layout's heading."""
        columns = cls.printed(scope, heading)
        lines = [line for line in cls.select(scope) if not heading.levels or line.level in heading.levels]
        return Table(
            key=cls.key,
            number=cls.number,
            label=heading.label,
            title=scope.named(heading.title),
            unit=heading.unit,
            columns=columns,
            rows=tuple(Row(line.level, line.total, cells(columns, line)) for line in lines),
            empty_reason=cls.reason(scope, lines),
            fields=cls.fields(scope),
            notes=cls.notes(scope),
            wide=heading.wide,
            folds=cls.folds,
            counted=heading.counted,
        )

    @classmethod
    def printed(cls, scope: Scope, heading: Heading) -> tuple[Column, ...]:
        """Return the columns a layout prints, in its order and words."""
        known = {column.key: column for column in cls.columns}
        if not heading.columns:
            return cls.standard
        return tuple(
            Column(
                column.key,
                scope.named(column.label) or known[column.key].label,
                known[column.key].group if column.group is None else scope.named(column.group),
                known[column.key].kind,
                scope.named(column.over) or known[column.key].over,
            )
            for column in heading.columns
        )


def cells(columns: tuple[Column, ...], line: Line) -> dict[str, Wire]:
    """Return a line's cells in wire form; a column the line does not name has no cell there."""
    named = [column for column in columns if column.key in line.values]
    return {column.key: (plain if column.kind == "number" else wire)(line.values[column.key]) for column in named}


def plain(value: Decimal | int | NotApplicable | None) -> Wire:
    """Put a count or a size into wire form without needless zeros, alike on every database."""
    if value is None or isinstance(value, NotApplicable):
        return wire(value)
    return f"{Decimal(value).normalize():f}"


def wire(value: Any) -> Wire:
    """Put a value into wire form: text as it is, numbers as plain decimals, blank text as missing."""
    if value is None or value == "":
        return None
    if isinstance(value, NotApplicable):
        return str(value.value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)
