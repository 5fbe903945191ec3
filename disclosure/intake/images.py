"""What was stored before an import, and after it: images to go back to, a hash to see whether anybody has edited."""

import hashlib
import json
from datetime import date
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Model
from openpyxl.utils import get_column_letter

from disclosure.intake.columns import columns_of
from disclosure.intake.lines import name_of
from disclosure.intake.plans import Plan, image_of
from disclosure.intake.sheets import sheets_of
from disclosure.models import Disclosure


def plain(value: Any) -> Any:
    """Write a stored value as JSON holds it."""
    return str(value) if isinstance(value, Decimal | date) else value


def state_of(disclosure: Disclosure) -> str:
    """Hash every row a file for this disclosure could speak of."""
    hashed = hashlib.sha256()
    for kind in sheets_of(disclosure):
        names = [field.attname for field in kind.model._meta.concrete_fields]
        for row in kind.rows(disclosure).values_list(*names):
            hashed.update(json.dumps([plain(value) for value in row], ensure_ascii=False).encode())
        hashed.update(kind.title.encode())
    return hashed.hexdigest()


def before_of(plans: list[Plan]) -> str:
    """Write what plans replace: the keys of new rows, the old values of changed ones, removed rows whole."""
    return json.dumps(
        [
            {
                "model": plan.kind.model._meta.label,
                "added": [draft.row.pk for draft in plan.added],
                "changed": [_plain(draft.before or {}) for draft in plan.changed],
                "removed": [_plain(image_of(row)) for row in plan.removed],
            }
            for plan in plans
        ],
        ensure_ascii=False,
    )


def _plain(image: dict[str, Any]) -> dict[str, Any]:
    return {name: plain(value) for name, value in image.items()}


def rows_of(label: str, images: list[dict[str, Any]]) -> list[Model]:
    """Make rows again from their images."""
    model = apps.get_model(label)
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return [
        model(**{name: None if value is None else fields[name].to_python(value) for name, value in image.items()})
        for image in images
    ]


def trace_of(plans: list[Plan]) -> str:
    """Write where each row that was stored stands in the file: sheet, row, and the column of each attribute."""
    return json.dumps(
        {
            plan.kind.model._meta.label: {
                "sheet": name_of(plan.found),
                "origins": dict(plan.found.origins),
                "columns": _columns(plan),
                "rows": {draft.row.pk: draft.line for draft in (*plan.added, *plan.changed, *plan.same)},
            }
            for plan in plans
        },
        ensure_ascii=False,
    )


def _columns(plan: Plan) -> dict[str, str]:
    fields = plan.kind.resource.fields
    return {
        fields[column.name].attribute: get_column_letter(plan.found.places[column.header] + 1)
        for column in columns_of(plan.kind)
        if column.header in plan.found.places
    }
