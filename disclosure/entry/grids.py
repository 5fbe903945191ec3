"""Which facts have a grid, and how each column is typed: taken from the sheets of the workbook, stated nowhere else."""

from functools import cache
from typing import Any, NamedTuple

from django.db.models import TextField

from budgets.widgets import CodeWidget, NumberWidget, ProjectWidget, UnitWidget
from disclosure.intake.columns import Column, columns_of
from disclosure.intake.sheets import WORDS, SheetKind, sheets_of
from disclosure.models import Disclosure
from performance.resources import ClassWidget, GoalWidget

SELECT, CODE, AREA, FIGURE, TEXT = "select", "code", "area", "figure", "text"
LONGEST_LINE = 150
"""What may be longer gets a box of several lines."""
CODED = (CodeWidget, ProjectWidget, GoalWidget)
PICKED = (UnitWidget, ClassWidget)


class Slot(NamedTuple):
    """A column of a grid: what it means, and what it is typed into."""

    column: Column
    control: str

    @property
    def header(self) -> str:
        """The words above it."""
        return self.column.header

    @property
    def name(self) -> str:
        """What it is called in the form."""
        return self.column.name


def key_of(kind: SheetKind) -> str:
    """Name a grid in addresses."""
    return str(kind.model._meta.model_name)


def grids_of(disclosure: Disclosure) -> dict[str, SheetKind]:
    """Return the grids of a disclosure by key: every sheet of figures and goals; texts have forms of their own."""
    return {key_of(kind): kind for kind in sheets_of(disclosure) if kind.owner != WORDS["owner"]}


@cache
def slots_of(kind: SheetKind) -> tuple[Slot, ...]:
    """Return the columns of a grid from left to right: what tells the rows apart comes first, then amounts."""
    keys = list(kind.resource._meta.import_id_fields)

    def rank(slot: Slot) -> int:
        return keys.index(slot.name) if slot.column.key else len(keys) + (not slot.column.money)

    return tuple(sorted((Slot(column, _control(kind, column)) for column in columns_of(kind)), key=rank))


def headers_of(kind: SheetKind) -> list[str]:
    """Return the words above the columns."""
    return [slot.header for slot in slots_of(kind)]


def _control(kind: SheetKind, column: Column) -> str:
    field: Any = kind.resource.fields[column.name]
    if column.choices or isinstance(field.widget, PICKED):
        return SELECT
    if isinstance(field.widget, CODED):
        return CODE
    if column.money or isinstance(field.widget, NumberWidget):
        return FIGURE
    return AREA if _long(kind.model._meta.get_field(field.attribute)) else TEXT


def _long(of: Any) -> bool:
    return isinstance(of, TextField) or (of.max_length or 0) > LONGEST_LINE
