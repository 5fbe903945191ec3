"""What the rows of a sheet say: each different text of a column read once, and the natural key made of it."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from django.core.exceptions import ValidationError

from budgets.money import MoneyUnit
from budgets.readers.figures import read_figure
from budgets.readers.sheets import Note
from disclosure.intake.columns import Column, columns_of
from disclosure.intake.lines import UNREADABLE, Line
from disclosure.intake.recognition import Found
from disclosure.intake.sheets import SheetKind

Key = tuple[Any, ...]
Wrong = list[tuple[Column, ValidationError]]
PLAIN = re.compile(r"-?\d{1,12}(\.\d{1,2})?", re.ASCII)
"""A figure without anything that could be misread."""
UNSAID: Final = object()
"""The value of a column that a partial sheet leaves blank: what is stored stays."""


class Reading(NamedTuple):
    """A column while it is read: its field, where it stands in the file from 1, and what its texts were read as."""

    column: Column
    field: Any
    at: int
    known: dict[str, Any]


class Reader:
    """Reads the columns of one sheet; what a text says does not depend on the row, a doubt about its cell does."""

    def __init__(
        self, found: Found, fields: dict[str, Any], doubts: Mapping[tuple[int, int], Note], look: Callable[[Any], None]
    ) -> None:
        columns = [column for column in columns_of(found.kind) if column.name in fields]
        self._columns = [
            Reading(column, fields[column.name], found.places.get(column.header, -1) + 1, {}) for column in columns
        ]
        self._found, self._look = found, look
        self._doubts = {place: note for place, note in doubts.items() if note.hazard in UNREADABLE}

    def read(self, line: Line) -> tuple[dict[str, Any], Wrong]:
        """Return the values by field, and what cannot be read; of a partial sheet only what it states."""
        values: dict[str, Any] = {}
        wrong: Wrong = []
        for one in self._columns:
            value = self._value(line, one)
            if isinstance(value, ValidationError):
                wrong.append((one.column, value))
            elif value is not UNSAID:
                values[one.column.name] = value
        return values, wrong

    def _value(self, line: Line, one: Reading) -> Any:
        header = one.column.header
        text = line.cells.get(header, "")
        if self._doubts and (line.number, one.at) in self._doubts:
            return ValidationError(self._doubts[line.number, one.at].sentence)
        if not text and self._found.partial and not one.column.key:
            return UNSAID
        if header in self._found.wan:
            text = self._found.sheet.cell(line.number - 1, one.at - 1)
        if text not in one.known:
            one.known[text] = self._read(line, one, text)
        return one.known[text]

    def _read(self, line: Line, one: Reading, written: str) -> Any:
        header = one.column.header
        try:
            if one.column.money and one.at and not PLAIN.fullmatch(written):
                _refuse_separators(written, MoneyUnit.WAN if header in self._found.wan else MoneyUnit.YUAN)
            value = one.field.clean({header: "", **line.cells})
            self._look(value)
        except ValidationError as error:
            return error
        return value


def _refuse_separators(written: str, unit: MoneyUnit) -> None:
    """Refuse “1,23” as it was written: read by the digits alone it would be a hundredfold."""
    read_figure(written, unit)


class Keys:
    """Makes natural keys; a row that is pointed at goes by its code."""

    def __init__(self, kind: SheetKind, fields: dict[str, Any]) -> None:
        self._parts = [(column.name, fields[column.name]) for column in columns_of(kind) if column.key]
        of = kind.model._meta.get_field
        self._words: dict[str, dict[int, tuple[Any, str]]] = {
            name: {} for name, field in self._parts if of(field.attribute).is_relation
        }

    def of(self, values: dict[str, Any]) -> Key | None:
        """Return the key of what a row of the file says; None where a part of it cannot be read."""
        try:
            return tuple([self._part(name, field, values[name]) for name, field in self._parts])
        except KeyError:
            return None

    def of_row(self, row: Any) -> Key:
        """Return the key of a stored row."""
        return tuple([self._part(name, field, getattr(row, field.attribute)) for name, field in self._parts])

    def _part(self, name: str, field: Any, value: Any) -> Any:
        """Return a part of a key; the words for an object are kept, and it with them, so that its id stays its own."""
        words = self._words.get(name)
        if words is None:
            return value
        if id(value) not in words:
            words[id(value)] = value, field.widget.render(value)
        return words[id(value)][1]
