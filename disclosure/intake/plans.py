"""What a sheet would add, change, leave and remove, row by row, found by natural key; nothing is stored here."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, UniqueConstraint

from budgets.exchange import FigureField
from budgets.models.figures import SUFFIX, stated
from budgets.money import NOT_APPLICABLE, MoneyUnit
from budgets.readers.figures import read_figure
from budgets.readers.sheets import Note
from disclosure.intake.checks import complaints_of
from disclosure.intake.columns import Column, columns_of
from disclosure.intake.lines import UNREADABLE, Aside, Line, complaints, doubts_of, lines_of
from disclosure.intake.lookups import Remembering
from disclosure.intake.owner import Owner
from disclosure.intake.problems import Problem
from disclosure.intake.recognition import Found
from disclosure.intake.sheets import SheetKind, owners
from disclosure.models import Disclosure

Key = tuple[Any, ...]
Place = tuple[Key, int]
"""A natural key, and which of the rows under it: several spending lines may share all codes."""


@dataclass
class Draft:
    """A row of the file as it would be stored; ``before``: what was stored, None where it is new."""

    row: Any
    line: int
    before: dict[str, Any] | None
    words: dict[str, Any]
    """What each column said before, by field of the Resource."""

    @property
    def changed(self) -> list[str]:
        """Name the attributes that a stored row would have otherwise."""
        return [name for name, value in (self.before or {}).items() if getattr(self.row, name) != value]


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
        self._rows: dict[Key, list[tuple[int, dict[str, Any]]]] = {}

    def place(self, key: Key, values: dict[str, Any], number: int, stored: dict[Place, Any]) -> Place | None:
        """Return where a row belongs; None for one that stands there already, word for word where keys may repeat."""
        rows = self._rows.setdefault(key, [])
        place = key, len(rows)
        same = any(said == values for _, said in rows)
        if rows and (self.single or (same and place not in stored)):
            return None
        rows.append((number, values))
        self.places.add(place)
        return place

    def first(self, key: Key) -> int:
        """Return the number of the row that stated the key first."""
        return self._rows[key][0][0]


def image_of(row: Any) -> dict[str, Any]:
    """Return a row's stored values."""
    return {key.attname: getattr(row, key.attname) for key in row._meta.concrete_fields}


class Planner:
    """Plans one sheet of a disclosure's file for whoever imports it."""

    def __init__(self, disclosure: Disclosure, by: Any, leaving: dict[type[Model], set[int]]) -> None:
        self.disclosure, self.by = disclosure, by
        self.leaving = leaving
        """Rows that other sheets remove: nothing may point at them."""

    def plan(self, found: Found, *, checked: bool = True) -> Plan:
        """Compare a sheet with what is stored; without ``checked`` only to see what it removes."""
        plan = Plan(found, *lines_of(found))
        lines, fields = plan.lines, self._fields(found, plan.lines)
        stored, seen = self._stored(found.kind, fields), Seen(found.kind)
        for line in lines:
            values = dict(self._clean(plan, line, fields))
            key = _key(found.kind, fields, values)
            if key is None:
                continue
            place = seen.place(key, values, line.number, stored)
            if place is None:
                error = ValidationError(f"与第{seen.first(key)}行重复，请合并，或用名称区分")
                plan.refuse(line, None, error)
            elif line.number not in plan.refused and checked:
                self._sort(plan, line, self._draft(found.kind, stored.get(place), line, (fields, values)))
        if not (found.kind.kept or found.partial):
            plan.removed = [row for place, row in stored.items() if place not in seen.places]
        return plan

    def _fields(self, found: Found, lines: list[Line]) -> dict[str, Any]:
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

    def _stored(self, kind: SheetKind, fields: dict[str, Any]) -> dict[Place, Any]:
        """Return the stored rows by natural key; several under one key in the order in which they came."""
        keys = [key.name for key in kind.model._meta.concrete_fields if key.is_relation]
        own, stored = dict(kind.owner), dict[Place, Any]()
        counts: Counter[Key] = Counter()
        for row in kind.rows(self.disclosure).prefetch_related(*(key for key in keys if key not in own)):
            _belong(row, kind, self.disclosure)
            key = _key(kind, fields, {name: getattr(row, one.attribute) for name, one in fields.items()})
            if key is not None:
                stored[key, counts[key]] = row
                counts[key] += 1
        return stored

    def _clean(self, plan: Plan, line: Line, fields: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        doubts, places = plan.doubts, plan.found.places
        for column in columns_of(plan.kind):
            unsaid = plan.found.partial and not column.key and not line.cells.get(column.header)
            if column.name in fields and not unsaid:
                try:
                    _refuse_doubtful(doubts.get((line.number, places.get(column.header, -1) + 1)))
                    _refuse_separators(plan.found, line, column)
                    value = fields[column.name].clean({column.header: "", **line.cells})
                    self._refuse_leaving(value)
                    yield column.name, value
                except ValidationError as error:
                    plan.refuse(line, column, error)

    def _refuse_leaving(self, value: Any) -> None:
        if isinstance(value, Model) and value.pk in self.leaving.get(type(value), ()):
            title = value._meta.verbose_name
            raise ValidationError(f"它所属的{title}在本文件中已经删去，请保留那一行，或删去这一行")

    def _draft(self, kind: SheetKind, row: Any, line: Line, stated_: tuple[dict[str, Any], dict[str, Any]]) -> Draft:
        fields, values = stated_
        before = image_of(row) if row is not None else None
        words = {name: stated(row, one.attribute) for name, one in fields.items()} if row is not None else {}
        row = row if row is not None else kind.model()
        _belong(row, kind, self.disclosure)
        for name, value in values.items():
            _assign(row, fields[name], value)
        return Draft(row, line.number, before, words)

    def _sort(self, plan: Plan, line: Line, draft: Draft) -> None:
        columns = {plan.kind.resource.fields[column.name].attribute: column for column in columns_of(plan.kind)}
        found = list(complaints_of(draft.row, plan.kind, self.disclosure, self.by))
        for name, error in found:
            plan.refuse(line, columns.get(name), error)
        if not found:
            (plan.added if draft.before is None else plan.changed if draft.changed else plan.same).append(draft)


def _refuse_doubtful(note: Note | None) -> None:
    if note and note.hazard in UNREADABLE:
        raise ValidationError(note.sentence)


def _refuse_separators(found: Found, line: Line, column: Column) -> None:
    """Refuse “1,23” as it was written: read by the digits alone it would be a hundredfold."""
    if column.money and column.header in found.places:
        unit = MoneyUnit.WAN if column.header in found.wan else MoneyUnit.YUAN
        read_figure(found.sheet.cell(line.number - 1, found.places[column.header]), unit)


def _belong(row: Any, kind: SheetKind, disclosure: Disclosure) -> None:
    known = owners(disclosure)
    for path, name in kind.owner:
        if "__" not in path:
            setattr(row, path, known[name])


def _assign(row: Any, one: Any, value: Any) -> None:
    """Set an attribute; a code that reads the same stays the row it was, whatever its vintage."""
    if isinstance(one, FigureField):
        applies = value is not NOT_APPLICABLE
        setattr(row, one.attribute, value if applies else None)
        setattr(row, one.attribute + SUFFIX, not applies)
        return
    if isinstance(value, Model):
        kept = getattr(row, one.attribute, None)
        if kept is not None and kept.pk != value.pk and one.widget.render(kept) == one.widget.render(value):
            return
    setattr(row, one.attribute, value)


def _key(kind: SheetKind, fields: dict[str, Any], values: dict[str, Any]) -> Key | None:
    """Return the natural key; None where a part of it cannot be read."""
    parts = []
    for column in columns_of(kind):
        if column.key:
            if column.name not in values:
                return None
            value, one = values[column.name], fields[column.name]
            relation = kind.model._meta.get_field(one.attribute).is_relation
            parts.append(one.widget.render(value) if relation else value)
    return tuple(parts)
