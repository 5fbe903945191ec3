"""What a column means, in which unit, and what may be written there: said once, from the Resources and the models."""

from functools import cache
from typing import Any, NamedTuple

from django.db.models import Model

from budgets.exchange import FigureField
from budgets.guidance import OWNER, SORTS, Guidance, choices_of, guidance_of, required
from budgets.models import Budget, Unit
from budgets.widgets import MoneyWidget
from disclosure.intake.sheets import SheetKind
from disclosure.models import Disclosure


class Column(NamedTuple):
    """A column of a sheet."""

    name: str
    """The field of the Resource."""
    header: str
    guidance: Guidance
    """What whoever fills it in is told."""
    fix: str
    """What to do where something else is written."""
    choices: tuple[str, ...]
    key: bool
    """Whether it tells one row from another."""
    money: bool
    required: bool
    optional: bool
    """Whether a file may lack it."""

    @property
    def rule(self) -> str:
        """What may be written."""
        return str(self.guidance.rule)


@cache
def columns_of(kind: SheetKind) -> tuple[Column, ...]:
    """Return the columns that a clerk fills in."""
    fields: dict[str, Any] = kind.resource.fields
    return tuple(
        _column(kind, name, field)
        for name, field in fields.items()
        if field.column_name not in OWNER and not field.readonly
    )


@cache
def owner_headers(kind: SheetKind) -> tuple[str, ...]:
    """Return the columns that only say whose file it is."""
    own = {column.header for column in columns_of(kind)}
    found = [field.column_name for field in kind.resource.fields.values() if field.column_name not in own]
    return tuple(dict.fromkeys((*OWNER, *found)))


def _column(kind: SheetKind, name: str, field: Any) -> Column:
    of: Any = kind.model._meta.get_field(field.attribute)
    return Column(
        name=name,
        header=field.column_name,
        guidance=guidance_of(kind.resource, name),
        fix=_fix(field.widget),
        choices=choices_of(field.widget),
        key=name in kind.resource._meta.import_id_fields,
        money=isinstance(field.widget, MoneyWidget),
        required=required(of, field.widget, figure=isinstance(field, FigureField)),
        optional=field.column_name in kind.resource.optional_columns,
    )


def _fix(widget: Any) -> str:
    return next((fix for sort, _, fix in SORTS if isinstance(widget, sort)), "改成要求的文字。")


def owner_value(model: type[Model], disclosure: Disclosure) -> Any:
    """Return the row an owner column stands for."""
    return {Budget: disclosure.budget, Disclosure: disclosure, Unit: disclosure.unit}[model]
