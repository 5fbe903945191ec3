"""Changes a draft in every field that may be changed, to see what it cannot reach."""

from django.apps import apps
from django.db import models

from budgets.immutable import Immutable
from budgets.money import MoneyField

PUBLIC_REGISTER = {
    "Department",
    "FiscalYear",
    "Government",
    "LedgerHead",
    "RenderingFailure",
    "SearchEntry",
    "SearchLeaf",
    "SearchSheet",
    "SiteIdentity",
    "Unit",
}
"""What public pages may read besides editions: none of it is a draft."""

KEPT = ("code", "index_number", "last_hash", "vintage", "operator", "measure", "publish_at")
"""Columns whose values must keep their form."""


def spoil_drafts() -> list[str]:
    """Change every field of every draft row that no constraint forbids; return the models that were changed."""
    changed = []
    for package in ("budgets", "performance", "disclosure"):
        for model in apps.get_app_config(package).get_models():
            if issubclass(model, Immutable) or model.__name__ in PUBLIC_REGISTER:
                continue
            values = {field.name: value for field in _free(model) if (value := _other(field)) is not None}
            if values and model._default_manager.update(**values):
                changed.append(model.__name__)
    return changed


def _free(model) -> list[models.Field]:
    bound = {name for one in model._meta.constraints for name in getattr(one, "fields", ())}
    return [
        field
        for field in model._meta.concrete_fields
        if field.name
        not in {*bound, "code", "index_number", "last_hash", "vintage", "operator", "measure", "publish_at"}
        and not field.unique
        and not field.remote_field
        and not field.name.endswith("_not_applicable")
    ]


OTHER = {
    MoneyField: 7,
    models.DateTimeField: "2001-01-01T00:00:00Z",
    models.DateField: "2001-01-01",
    models.CharField: "改",
    models.TextField: "改",
    models.BooleanField: True,
    models.DecimalField: 3,
    models.IntegerField: 3,
}
"""Another value for each sort of field; a DateTimeField is a DateField too, so the narrower sort comes first."""


def _other(field: models.Field):
    if field.choices and not isinstance(field, MoneyField):
        return None if field.name in {"kind", "source"} else field.choices[-1][0]
    return next((value for sort, value in OTHER.items() if isinstance(field, sort)), None)
