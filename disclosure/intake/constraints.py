"""Checks a model's constraints on many rows without asking the database for each; what it cannot judge it asks."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, F, Model, Q

Verdict = bool | None
"""True, false, or unknown as in SQL: a constraint refuses only what is false."""
TESTS: dict[str, Any] = {
    "exact": lambda value, wanted: value == wanted,
    "in": lambda value, wanted: value in wanted,
    "gte": lambda value, wanted: value >= wanted,
    "lte": lambda value, wanted: value <= wanted,
    "gt": lambda value, wanted: value > wanted,
    "lt": lambda value, wanted: value < wanted,
    "regex": lambda value, wanted: re.search(wanted, value) is not None,
}


class UnjudgedError(Exception):
    """A condition uses something that only the database can judge."""


def broken(row: Model) -> Iterator[CheckConstraint]:
    """Yield the check constraints that a row breaks."""
    for constraint in row._meta.constraints:
        if isinstance(constraint, CheckConstraint) and not holds(constraint, row):
            yield constraint


def holds(constraint: CheckConstraint, row: Model) -> bool:
    """Tell whether a row keeps a constraint."""
    try:
        return judge(constraint.condition, row) is not False
    except UnjudgedError:
        try:
            constraint.validate(type(row), row)
        except ValidationError:
            return False
        return True


def judge(condition: Any, row: Model) -> Verdict:
    """Judge a condition on one row, as SQL does; raise UnjudgedError for one beyond this module."""
    if not isinstance(condition, Q):
        raise UnjudgedError
    found = [judge(child, row) if isinstance(child, Q) else _test(child, row) for child in condition.children]
    decisive = condition.connector == Q.OR
    if condition.connector == Q.XOR:
        raise UnjudgedError
    verdict = decisive if decisive in found else None if None in found else not decisive
    return not verdict if condition.negated and verdict is not None else verdict


def _test(child: Any, row: Model) -> Verdict:
    if not isinstance(child, tuple):
        raise UnjudgedError
    path: str = child[0]
    wanted: Any = child[1]
    name, _, lookup = path.partition("__")
    value = _value(row, name)
    if isinstance(wanted, F):
        named: Any = wanted
        wanted = _value(row, named.name)
    if lookup == "isnull":
        return (value is None) is bool(wanted)
    if value is None or wanted is None:
        return None
    if (lookup or "exact") not in TESTS:
        raise UnjudgedError
    return bool(TESTS[lookup or "exact"](value, wanted))


def _value(row: Model, name: str) -> Any:
    return getattr(row, row._meta.get_field(name).attname)  # type: ignore[union-attr]


def fields_of(condition: Any) -> list[str]:
    """Name the fields a condition speaks of, in its order."""
    if not isinstance(condition, Q):
        return []
    children: list[Any] = condition.children
    names = [
        name
        for child in children
        for name in (fields_of(child) if isinstance(child, Q) else [child[0].partition("__")[0]])
    ]
    return list(dict.fromkeys(names))


def attributes_of(model: type[Model], condition: Any) -> list[str]:
    """Name the attributes on whose values alone a condition's verdict depends."""
    names = [*fields_of(condition), *_compared(condition)]
    return [model._meta.get_field(name).attname for name in dict.fromkeys(names)]  # type: ignore[union-attr]


def _compared(condition: Any) -> Iterator[str]:
    """Yield the fields a condition compares others with."""
    for child in getattr(condition, "children", ()):
        if isinstance(child, Q):
            yield from _compared(child)
        elif isinstance(child, tuple) and isinstance(child[1], F):
            named: Any = child[1]
            yield named.name
