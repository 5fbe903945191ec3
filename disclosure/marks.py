"""The open 未复核 marks of a draft, and what takes them away: a confirmation, an edit, the end of the row."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from disclosure.models import CarriedRow, Disclosure

PARENTS = {"performance.GoalStatement": "goal__project", "performance.Indicator": "goal__project"}
"""By model: what its rows are called by."""


class OpenMark(NamedTuple):
    """A mark with the row it stands on, and last year's row where it is still there."""

    mark: CarriedRow
    now: Any
    before: Any


def marks_of(disclosure: Disclosure) -> QuerySet[CarriedRow]:
    """Return the marks of all rows that a draft prints and that came from last year."""
    shared = Q(disclosure=None) & (Q(unit=disclosure.unit_id) if disclosure.unit_id else Q())
    return CarriedRow.objects.filter(Q(disclosure=disclosure) | shared, budget=disclosure.budget_id)


def open_marks(disclosure: Disclosure) -> list[OpenMark]:
    """Return what is still to be confirmed, in the order in which it was carried; a row that is gone needs nobody."""
    marks = list(marks_of(disclosure).filter(reviewed_at=None).order_by("pk"))
    wanted: dict[str, set[int]] = {}
    for mark in marks:
        wanted.setdefault(mark.model, set()).update(filter(None, (mark.row, mark.before)))
    rows = {label: _rows(label, keys) for label, keys in wanted.items()}
    found = (OpenMark(one, rows[one.model].get(one.row), rows[one.model].get(one.before)) for one in marks)
    return [one for one in found if one.now is not None]


def _rows(label: str, keys: set[int]) -> dict[int | None, Any]:
    model = apps.get_model(label)
    followed = [field.name for field in model._meta.concrete_fields if field.is_relation]
    rows = model._default_manager.select_related(*followed, *filter(None, [PARENTS.get(label)]))
    return dict(rows.in_bulk(keys))


def settle(model: type[Model], rows: Iterable[int], *, by: Any) -> None:
    """Take rows as reviewed that somebody has just changed."""
    marks = CarriedRow.objects.filter(model=model._meta.label, row__in=list(rows), reviewed_at=None)
    marks.update(reviewed_by=by, reviewed_at=timezone.now())


def reviewed(by: Any, row: Model) -> None:
    """Take a row that somebody changed as reviewed; forget the mark of one that was deleted."""
    if not hasattr(type(row), "access") or row.pk is None:
        return
    marks = CarriedRow.objects.filter(model=row._meta.label, row=row.pk)
    if not marks.exists():
        return
    if type(row)._base_manager.filter(pk=row.pk).exists():
        settle(type(row), [row.pk], by=by)
    else:
        marks.delete()
