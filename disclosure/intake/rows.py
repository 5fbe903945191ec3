"""Rows of a model as a sheet states them: made in memory from what the columns say, without asking the database."""

from copy import copy
from typing import Any

from django.db.models import Model

from budgets.exchange import FigureField
from budgets.models.figures import SUFFIX
from budgets.money import NOT_APPLICABLE
from disclosure.intake.sheets import SheetKind, owners
from disclosure.models import Disclosure


def attributes_of(model: type[Model]) -> list[str]:
    """Name the attributes that are stored."""
    return [field.attname for field in model._meta.concrete_fields]


def image_of(row: Any) -> tuple[Any, ...]:
    """Return a row's stored values in the order of :func:`attributes_of`."""
    values = row.__dict__
    return tuple([values[field.attname] for field in row._meta.concrete_fields])


def belong(row: Any, kind: SheetKind, disclosure: Disclosure) -> None:
    """Let a row point at its owners: the very objects, so that nothing need be looked up."""
    known = owners(disclosure)
    for path, name in kind.owner:
        if "__" not in path:
            setattr(row, path, known[name])


class Maker:
    """Makes the rows of one sheet."""

    def __init__(self, kind: SheetKind, fields: dict[str, Any], disclosure: Disclosure) -> None:
        self._blank = kind.model()
        belong(self._blank, kind, disclosure)
        self._columns = [(name, one, kind.model._meta.get_field(one.attribute)) for name, one in fields.items()]

    def make(self, values: dict[str, Any], stored: Any) -> Any:
        """Return a row that says ``values``, and otherwise what the stored one does, which stays as it is."""
        row = _copied(self._blank if stored is None else stored)
        for name, one, field in self._columns:
            if name in values:
                _assign(row, one, field, values[name])
        return row


def _copied(source: Any) -> Any:
    row = source.__class__.__new__(source.__class__)
    row.__dict__.update(source.__dict__)
    state = row._state = copy(source._state)
    state.fields_cache = dict(source._state.fields_cache)
    return row


def _assign(row: Any, one: Any, field: Any, value: Any) -> None:
    """Set an attribute; a code that reads the same stays the row it was, whatever its vintage."""
    if isinstance(one, FigureField):
        applies = value is not NOT_APPLICABLE
        setattr(row, one.attribute, value if applies else None)
        setattr(row, one.attribute + SUFFIX, not applies)
    elif not isinstance(value, Model):
        if field.is_relation:
            setattr(row, one.attribute, value)
        else:
            row.__dict__[field.attname] = value
    elif row.__dict__[field.attname] != value.__dict__["id"]:
        kept = None if row.__dict__[field.attname] is None else getattr(row, one.attribute, None)
        if kept is None or one.widget.render(kept) != one.widget.render(value):
            row.__dict__[field.attname] = value.__dict__["id"]
            row._state.fields_cache[field.name] = value
