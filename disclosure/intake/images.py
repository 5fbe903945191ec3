"""What was stored before an import, and after it: images to go back to, a hash to see whether anybody has edited."""

import hashlib
from typing import Any

import msgspec
from django.apps import apps
from django.db.models import Model
from openpyxl.utils import get_column_letter

from disclosure.intake.columns import columns_of
from disclosure.intake.lines import name_of
from disclosure.intake.plans import Plan
from disclosure.intake.rows import attributes_of, image_of
from disclosure.intake.sheets import sheets_of
from disclosure.models import Disclosure


def state_of(disclosure: Disclosure) -> str:
    """Hash every row a file for this disclosure could speak of."""
    hashed = hashlib.sha256()
    for kind in sheets_of(disclosure):
        names = [field.attname for field in kind.model._meta.concrete_fields]
        for row in kind.rows(disclosure).values_list(*names).iterator():
            hashed.update(msgspec.json.encode(row))
        hashed.update(kind.title.encode())
    return hashed.hexdigest()


def before_of(plans: list[Plan]) -> str:
    """Write what plans replace: the keys of new rows, the old values of changed ones, removed rows whole."""
    images = [
        {
            "model": plan.kind.model._meta.label,
            "fields": attributes_of(plan.kind.model),
            "added": [draft.row.pk for draft in plan.added],
            "changed": [draft.before for draft in plan.changed],
            "removed": [image_of(row) for row in plan.removed],
        }
        for plan in plans
    ]
    return msgspec.json.encode(images).decode()


def rows_of(image: dict[str, Any], name: str) -> list[Model]:
    """Make rows (the changed, the removed) again from their images."""
    model = apps.get_model(image["model"])
    fields = {field.attname: field for field in model._meta.concrete_fields}
    own = [fields[one] for one in image["fields"]]
    return [
        model(
            **{f.attname: None if value is None else f.to_python(value) for f, value in zip(own, values, strict=True)}
        )
        for values in image[name]
    ]


def trace_of(plans: list[Plan]) -> str:
    """Write where each row that was stored stands in the file: sheet, row, and the column of each attribute."""
    trace: dict[str, dict[str, Any]] = {
        plan.kind.model._meta.label: {
            "sheet": name_of(plan.found),
            "origins": dict(plan.found.origins),
            "columns": _columns(plan),
            "rows": {draft.row.pk: draft.line for draft in (*plan.added, *plan.changed, *plan.same)},
        }
        for plan in plans
    }
    return msgspec.json.encode(trace).decode()


def _columns(plan: Plan) -> dict[str, str]:
    fields = plan.kind.resource.fields
    return {
        fields[column.name].attribute: get_column_letter(plan.found.places[column.header] + 1)
        for column in columns_of(plan.kind)
        if column.header in plan.found.places
    }
