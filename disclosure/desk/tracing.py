"""Where each row that an import stored stands in its file, and what it says today."""

import json
from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple

from budgets.models.figures import stated
from budgets.money import NotApplicable
from disclosure.intake.columns import columns_of
from disclosure.intake.sheets import SheetKind, sheets_of
from disclosure.models import ImportRun


class Place(NamedTuple):
    """A row of the file that was stored."""

    label: str
    row: str
    """The stored row's primary key."""
    line: int


class TracedCell(NamedTuple):
    """A cell of the file, and what the database holds for it now."""

    cell: str
    header: str
    value: str


class TracedRow(NamedTuple):
    """A stored row with its cells; no title: it is not there any more."""

    place: str
    title: str
    cells: tuple[TracedCell, ...]


class Trace:
    """The trace of one import."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self.of: dict[str, Any] = json.loads(run.record.trace)
        kinds = {kind.model._meta.label: kind for kind in sheets_of(run.disclosure)}
        self.kinds: dict[str, SheetKind] = {label: kinds[label] for label in self.of if label in kinds}

    @cached_property
    def sheets(self) -> list[str]:
        """Name the sheets of the file, in the order in which they were stored."""
        return list(dict.fromkeys(self.of[label]["sheet"] for label in self.kinds))

    def places(self, sheet: str = "", query: str = "") -> list[Place]:
        """Return the places of all rows, or of those on a sheet whose name or place has ``query`` in it."""
        found = [
            Place(label, row, line)
            for label in self.kinds
            if sheet in {"", self.of[label]["sheet"]}
            for row, line in self.of[label]["rows"].items()
        ]
        if not query:
            return found
        shown = zip(found, self.rows(found), strict=True)
        return [place for place, row in shown if query in row.title or query in row.place]

    def rows(self, places: Iterable[Place]) -> list[TracedRow]:
        """Return the rows at ``places`` as they are now."""
        wanted: dict[str, list[Place]] = {}
        for place in places:
            wanted.setdefault(place.label, []).append(place)
        stored = {label: self._stored(label, found) for label, found in wanted.items()}
        return [self._row(place, stored[place.label]) for found in wanted.values() for place in found]

    def _stored(self, label: str, places: list[Place]) -> dict[str, Any]:
        model: Any = self.kinds[label].model
        keys = [field.name for field in model._meta.concrete_fields if field.many_to_one]
        rows = self.kinds[label].rows(self.run.disclosure).select_related(*keys)
        if len(places) == 1 or len(places) < len(self.of[label]["rows"]):
            rows = rows.filter(pk__in=[place.row for place in places])
        return {str(row.pk): row for row in rows}

    def _row(self, place: Place, stored: dict[str, Any]) -> TracedRow:
        at, row = f"{self.of[place.label]['sheet']}!第{place.line}行", stored.get(place.row)
        if row is None:
            return TracedRow(at, "", ())
        kind, letters = self.kinds[place.label], self.of[place.label]["columns"]
        fields: dict[str, Any] = kind.resource.fields
        title, cells = [], []
        for column in columns_of(kind):
            field = fields[column.name]
            text = _text(field, row)
            if column.key and text:
                title.append(text)
            elif field.attribute in letters:
                cells.append(TracedCell(f"{letters[field.attribute]}{place.line}", column.header, text))
        return TracedRow(at, "、".join(title), tuple(cells))


def _text(field: Any, row: Any) -> str:
    value = stated(row, field.attribute)
    return str(value) if isinstance(value, NotApplicable) else str(field.widget.render(value) or "")
