"""The one place through which every change of a row by a person passes: may it be changed, who is told, what is kept.

Packages above append to :data:`LOCKS`, :data:`WITNESSES` and :data:`HOLDS` when their application is ready.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from copy import copy
from typing import Any, NamedTuple

from django.contrib.admin.utils import NestedObjects
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Field, Model

from budgets.access import access_of
from budgets.models import AuditTrail

LOCKS: list[Callable[[Model], str]] = []
"""Each says in a sentence why a row may not be changed now (or, if new, added); blank where it may."""

WITNESSES: list[Callable[[Any, Model], None]] = []
"""Each is told, in the same transaction, of every row that a person added, changed or deleted."""

HOLDS: list[Callable[[Model], None]] = []
"""Each waits, within a transaction, until nobody else is storing what a row speaks in."""

HIDDEN = "（不记录）"
SECRET = frozenset({"password"})
SUBJECTS = ("disclosure", "budget")
"""What a row's trail is found by, where the row belongs to one: the nearest of these on the way to its publisher."""


class Edit(NamedTuple):
    """One change: ``add``, ``change`` or ``delete``, the row as it is (or was), each field before and after."""

    action: str
    row: Model
    changes: dict[str, list[str]]


def locked(row: Model) -> str:
    """Say why a row may not be changed now; blank where it may."""
    return next((why for lock in LOCKS if (why := lock(row))), "")


def obstacle(row: Model, before: Model | None) -> str:
    """Say why a row may not be stored as it is now; a changed row is asked about as it was, too."""
    return (locked(before) if before is not None else "") or locked(row)


def hold(row: Model) -> None:
    """Let nobody else store what a row speaks in until this transaction ends."""
    for holds in HOLDS:
        holds(row)


def stored(row: Model) -> Model | None:
    """Return a row as the database has it; None where it is new."""
    return None if row.pk is None else row._meta.model._base_manager.filter(pk=row.pk).first()


def compared(before: Model | None, after: Model | None, *, names: bool = True) -> dict[str, list[str]]:
    """List the fields that differ, before and after, as text; ``names``: say what a foreign key points at."""
    row: Any = before if after is None else after
    found = {}
    for field in row._meta.concrete_fields:
        if not field.primary_key and _value(before, field) != _value(after, field):
            found[field.name] = [said(one, field, names) for one in (before, after)]
    return found


def _value(row: Model | None, field: Field) -> Any:
    value = None if row is None else getattr(row, field.attname)
    return None if value == "" else value


def said(row: Model | None, field: Field, names: bool = True) -> str:  # noqa: FBT001, FBT002 as in compared
    """Say the value of a field as text; ``names``: say what a foreign key points at."""
    if _value(row, field) is None:
        return ""
    if field.name in SECRET:
        return HIDDEN
    text = field.value_to_string(row)
    return f"{text} {getattr(row, field.name)}" if field.many_to_one and names else text


def save(row: Model) -> list[Edit]:
    """Store one row and return what that changed: one edit, none where everything is as it was."""
    before = stored(row)
    row.save()
    if before is None:
        return [Edit("add", row, compared(None, row))]
    changes = compared(before, row)
    return [Edit("change", row, changes)] if changes else []


def going(rows: Iterable[Model]) -> list[Model]:
    """List the rows that are deleted with ``rows``, themselves included."""
    rows = list(rows)
    if not rows:
        return []
    collector = NestedObjects(using=rows[0]._state.db or "default", origin=rows)
    collector.collect(rows)
    return [row for model in sorted(collector.data, key=lambda one: one._meta.label) for row in collector.data[model]]


def delete(rows: Iterable[Model]) -> list[Edit]:
    """Delete rows with all that goes with them, and return what went; raise ValidationError where one is locked."""
    rows = list(rows)
    edits = [Edit("delete", copy(row), compared(row, None)) for row in going(rows)]
    for edit in edits:
        if why := locked(edit.row):
            raise ValidationError(why)
    for row in rows:
        row.delete()
    return edits


def tell(rows: Iterable[Model], *, by: Any) -> None:
    """Tell every witness of rows that were stored or deleted."""
    for row in rows:
        for witness in WITNESSES:
            witness(by, row)


def write(edits: Iterable[Edit], *, by: Any) -> None:
    """Tell the witnesses of these edits, then write a row of the trail for each: the trail's head is locked last."""
    edits = list(edits)
    with transaction.atomic():
        tell((edit.row for edit in edits), by=by)
        for action, row, changes in edits:
            detail = {"model": row._meta.label, "pk": row.pk, "changes": changes}
            AuditTrail.append(action, target_of(row), by=by, subject=subject_of(row), **detail)


def write_together(edits: Iterable[Edit], *, target: str, subject: str, told: Iterable[Model], by: Any) -> None:
    """Keep many edits of one table as one row of the trail; ``told``: rows that stand for all before the witnesses."""
    edits = list(edits)
    with transaction.atomic():
        tell(told, by=by)
        counts = Counter(edit.action for edit in edits)
        rows = [{"pk": edit.row.pk, "action": edit.action, "changes": edit.changes} for edit in edits]
        detail = {"model": edits[0].row._meta.label, "counts": dict(counts), "rows": rows}
        AuditTrail.append("fill_in", target, by=by, subject=subject, **detail)


def target_of(row: Model) -> str:
    """Name a row in the trail: its model, its primary key, and what it is called."""
    return f"{row._meta.label} {row.pk} {row}"


def subject_of(row: Model) -> str:
    """Name what a row belongs to: its disclosure, else its budget, else the row itself."""
    path = access_of(type(row)).government if hasattr(type(row), "access") else ""
    found: Any = row
    for name in path.split("__"):
        if found is None or found._meta.model_name in SUBJECTS:
            break
        found = getattr(found, name, None)
    if not isinstance(found, Model) or found._meta.model_name not in SUBJECTS:
        found = row
    return f"{found._meta.model_name}:{found.pk}"
