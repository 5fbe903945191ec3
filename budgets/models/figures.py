"""Figures that may be missing, zero or not applicable: three things, stored apart."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q

from budgets.money import NOT_APPLICABLE, NotApplicable

SUFFIX = "_not_applicable"


def may_not_apply(figure: str) -> models.BooleanField:
    """Hold whether a figure does not apply; named like the figure with ``_not_applicable`` behind it."""
    return models.BooleanField(f"{figure}不适用", default=False)


def nothing_beside(model: str, field: str, figure: str) -> models.CheckConstraint:
    """Let a figure that does not apply have no amount."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}{SUFFIX}": False}) | Q(**{f"{field}__isnull": True}),
        name=f"{model}_{field}_or_not_applicable",
        violation_error_message=f"{figure}已注明不适用，就不能再填数；请去掉其中一项。",
    )


def figures_of(model: type[models.Model]) -> tuple[str, ...]:
    """Name the figures of ``model`` that may not apply."""
    names = {field.name for field in model._meta.concrete_fields}
    return tuple(field.name for field in model._meta.concrete_fields if field.name + SUFFIX in names)


def stated(row: Any, field: str) -> Decimal | NotApplicable | None:
    """Return a row's figure: a number, not applicable, or ``None`` where it is missing."""
    return NOT_APPLICABLE if getattr(row, f"{field}{SUFFIX}", False) else getattr(row, field)
