"""What a sheet would add, change, leave and remove, row by row, found by natural key; nothing is stored here."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Model, UniqueConstraint

from budgets.readers.sheets import Note
from disclosure.intake.checks import Checker
from disclosure.intake.columns import Column, columns_of
from disclosure.intake.lines import Aside, Line, complaints, doubts_of, lines_of
from disclosure.intake.lookups import Remembering
from disclosure.intake.owner import Owner
from disclosure.intake.problems import Problem
from disclosure.intake.progress import counted
from disclosure.intake.reading import Key, Keys, Reader
from disclosure.intake.recognition import Found
from disclosure.intake.rows import Maker, belong, image_of
from disclosure.intake.sheets import SheetKind
from disclosure.models import Disclosure

Place = tuple[Key, int]
"""A natural key, and which of the rows under it: several spending lines may share all codes."""


class Draft(NamedTuple):
    """A row of the file as it would be stored; ``stored``: the row that it changes, None where it is new."""

    row: Any
    line: int
    stored: Any

    @property
    def before(self) -> tuple[Any, ...] | None:
        """Return what was stored."""
        return None if self.stored is None else image_of(self.stored)

    @property
    def changed(self) -> bool:
        """Tell whether a stored row would have another value."""
        return self.before != image_of(self.row)


@dataclass
class Plan:
    """What one sheet would do."""

    found: Found
    lines: list[Line]
    aside: list[Aside]
    stated: list[Line]
    """Rows of totals, to be compared and not to be stored."""
    added: list[Draft] = field(default_factory=list)
    changed: list[Draft] = field(default_factory=list)
    same: list[Draft] = field(default_factory=list)
    removed: list[Model] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)
    """The numbers of the rows that cannot be stored."""

    @property
    def kind(self) -> SheetKind:
        """The kind of sheet."""
        return self.found.kind

    @cached_property
    def doubts(self) -> dict[tuple[int, int], Note]:
        """The hazards that make cells unreadable, by row and column from 1."""
        return doubts_of(self.found)

    def refuse(self, line: Line, column: Column | None, error: ValidationError) -> None:
        """Note what is wrong with a row."""
        self.refused.add(line.number)
        self.problems.extend(complaints(self.found, line, column, error))


class Seen:
    """The natural keys met so far in a sheet."""

    def __init__(self, kind: SheetKind) -> None:
        options = kind.model._meta
        unique = any(isinstance(one, UniqueConstraint) for one in options.constraints)
        self.single = unique or any(one.unique for one in options.concrete_fields if not one.primary_key)
        """Whether a key stands for one row at most."""
        self.places: set[Place] = set()
        self._rows: dict[Key, list[tuple[int, Key]]] = {}

    def place(self, key: Key, values: dict[str, Any], number: int, stored: dict[Place, Any]) -> Place | None:
        """Return where a row belongs; None for one that stands there already, word for word where keys may repeat."""
        rows = self._rows.setdefault(key, [])
        place, told = (key, len(rows)), tuple(values.values())
        same = any(said == told for _, said in rows)
        if rows and (self.single or (same and place not in stored)):
            return None
        rows.append((number, told))
        self.places.add(place)
        return place

    def first(self, key: Key) -> int:
        """Return the number of the row that stated the key first."""
        return self._rows[key][0][0]


class Planner:
    """Plans one sheet of a disclosure's file for whoever imports it."""

    def __init__(self, disclosure: Disclosure, by: Any, leaving: dict[type[Model], set[int]]) -> None:
        self.disclosure, self.by = disclosure, by
        self.leaving = leaving
        """Rows that other sheets remove: nothing may point at them."""

    def plan(self, found: Found, *, checked: bool = True) -> Plan:
        """Compare a sheet with what is stored; without ``checked`` only to see what it removes."""
        plan = Plan(found, *lines_of(found))
        lines, fields = plan.lines, self.fields(found, plan.lines)
        reader = Reader(found, fields, plan.doubts, self._refuse_leaving)
        work = Work(plan, reader, Keys(found.kind, fields))
        stored, seen = self.stored(found.kind, work.keys), Seen(found.kind)
        make, check = Maker(found.kind, fields, self.disclosure).make, Checker(found.kind, self.disclosure, self.by)
        for line in counted(lines, found.kind.title) if checked else lines:
            values = work.values(line)
            key = work.keys.of(values)
            if key is None:
                continue
            place = seen.place(key, values, line.number, stored)
            if place is None:
                plan.refuse(line, None, ValidationError(f"与第{seen.first(key)}行重复，请合并，或用名称区分"))
            elif checked and line.number not in plan.refused:
                before = stored.get(place)
                work.sort(line, Draft(make(values, before), line.number, before), check)
        if not (found.kind.kept or found.partial):
            plan.removed = [row for place, row in stored.items() if place not in seen.places]
        return plan

    def fields(self, found: Found, lines: list[Line]) -> dict[str, Any]:
        """Return the fields that a file states, with all codes of the sheet looked up."""
        common = {**Owner.of(self.disclosure).labelled}
        if found.kind.unit or found.kind.whole:
            common.pop("单位编码")  # a column of the rows themselves
        fields = found.kind.resource(user=self.by).fields
        kept = {}
        for column in columns_of(found.kind):
            if column.header in found.places or column.key:
                one = kept[column.name] = fields[column.name]
                one.widget = Remembering(one.widget, common)
                one.widget.prepare({line.cells.get(column.header, "") for line in lines})
        return kept

    def stored(self, kind: SheetKind, by_name: Keys) -> dict[Place, Any]:
        """Return the stored rows by natural key; several under one key in the order in which they came."""
        own, stored = dict(kind.owner), dict[Place, Any]()
        counts: Counter[Key] = Counter()
        for row in kind.rows(self.disclosure).prefetch_related(*(path for path in paths_in(kind) if path not in own)):
            belong(row, kind, self.disclosure)
            key = by_name.of_row(row)
            stored[key, counts[key]] = row
            counts[key] += 1
        return stored

    def _refuse_leaving(self, value: Any) -> None:
        if isinstance(value, Model) and value.pk in self.leaving.get(type(value), ()):
            title = value._meta.verbose_name
            raise ValidationError(f"它所属的{title}在本文件中已经删去，请保留那一行，或删去这一行")


def paths_in(kind: SheetKind) -> list[str]:
    """List what the rows of a sheet point at, and what the columns say of that: a goal goes by its project's code."""
    keys = [key.name for key in kind.model._meta.concrete_fields if key.is_relation]
    widgets = {field.attribute: field.widget for field in kind.resource.fields.values()}
    ways = {key: getattr(widgets.get(key), "lookup", "").rpartition("__")[0] for key in keys}
    return [*keys, *(f"{key}__{way}" for key, way in ways.items() if way)]


class Work(NamedTuple):
    """One sheet while it is planned."""

    plan: Plan
    reader: Reader
    keys: Keys

    def values(self, line: Line) -> dict[str, Any]:
        """Return what the columns of a row say; what cannot be read is noted."""
        values, wrong = self.reader.read(line)
        for column, error in wrong:
            self.plan.refuse(line, column, error)
        return values

    def sort(self, line: Line, draft: Draft, check: Checker) -> None:
        """Put a row where it belongs: new, changed, the same, or refused."""
        plan = self.plan
        found = check.complaints(draft.row)
        if found:
            columns = {plan.kind.resource.fields[column.name].attribute: column for column in columns_of(plan.kind)}
            for name, error in found:
                plan.refuse(line, columns.get(name), error)
        else:
            (plan.added if draft.stored is None else plan.changed if draft.changed else plan.same).append(draft)
