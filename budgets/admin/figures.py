"""One box for a figure that may not apply: an amount, blank (missing) or “不适用”; lists show all three apart."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest

from budgets.models.figures import SUFFIX, figures_of, stated
from budgets.money import (
    NOT_APPLICABLE,
    MoneyField,
    MoneyFormField,
    MoneyUnit,
    NotApplicable,
    number,
    says_not_applicable,
    shown,
)

HELP = "没有这个数的填“不适用”；留空表示还没有填，0就是0。"


class FigureBox(forms.Field):
    """What a clerk types for a figure that may not apply."""

    def clean(self, value: Any) -> Any:
        """Return the number, None where it is missing, or NOT_APPLICABLE."""
        return NOT_APPLICABLE if says_not_applicable(value or "") else super().clean(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what stood there with what is typed."""
        if says_not_applicable(data or ""):
            return initial is not NOT_APPLICABLE
        return initial is NOT_APPLICABLE or super().has_changed(initial, data)


class MoneyFigureFormField(FigureBox, MoneyFormField):
    """An amount in 元 that may not apply."""


class NumberFigureFormField(FigureBox, forms.DecimalField):
    """A number that may not apply, read as people type it."""

    def to_python(self, value: Any) -> Any:
        """Read the text; blank is missing, not zero."""
        found = number(value) if value else None
        if value and value.strip() and found is None:
            raise ValidationError(
                "“%(text)s”不是数字，请填写数字，例如 12.50。", code="not_a_number", params={"text": value}
            )
        return super().to_python(found)


class StatesFigures:
    """A form that stores what its figure boxes say, each in its two columns."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in figures_of(self._meta.model):
            if isinstance(said := stated(self.instance, name), NotApplicable):
                self.initial[name] = said

    def _post_clean(self) -> None:
        for name in figures_of(self._meta.model):
            if name in self.cleaned_data:
                applies = self.cleaned_data[name] is not NOT_APPLICABLE
                setattr(self.instance, name + SUFFIX, not applies)
                self.cleaned_data[name] = self.cleaned_data[name] if applies else None
        super()._post_clean()

    def _get_validation_exclusions(self) -> set[str]:
        """Check the constraints of figures too: their second column has no box, but it is filled in."""
        return super()._get_validation_exclusions() - {name + SUFFIX for name in figures_of(self._meta.model)}


class OneBoxAFigure:
    """An admin page with one box and one list column for each figure that may not apply."""

    def get_exclude(self, request: HttpRequest, obj: models.Model | None = None) -> Sequence[str] | None:
        """Leave the second columns out: the boxes fill them."""
        hidden = [name + SUFFIX for name in figures_of(self.model)]
        excluded = super().get_exclude(request, obj)
        return [*(excluded or ()), *hidden] if hidden else excluded

    def get_list_display(self, request: HttpRequest) -> Sequence[Any]:
        """Show figures as they are stated."""
        return _as_stated(self.model, super().get_list_display(request))

    def get_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Sequence[Any]:
        """Show figures as they are stated to whoever only looks."""
        names = super().get_fields(request, obj)
        if obj is None or not figures_of(self.model) or self.has_change_permission(request, obj):
            return names
        return _as_stated(self.model, names)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Give a figure its box."""
        if db_field.name in figures_of(self.model):
            money = isinstance(db_field, MoneyField)
            kwargs["form_class"] = MoneyFigureFormField if money else NumberFigureFormField
            kwargs.setdefault("help_text", HELP)
            kwargs.setdefault("widget", forms.TextInput(attrs={"class": "money", "autocomplete": "off"}))
        return super().formfield_for_dbfield(db_field, request, **kwargs)


def figure_column(model: type[models.Model], name: str) -> Callable[[models.Model], str]:
    """Make a list column of a figure: its number, “—” where it is missing, “不适用” where it does not apply."""

    @admin.display(description=model._meta.get_field(name).verbose_name, ordering=name)
    def as_stated(row: models.Model) -> str:
        return shown(stated(row, name), MoneyUnit.YUAN)

    as_stated.__name__ = name
    return as_stated


def _as_stated(model: type[models.Model], names: Sequence[Any]) -> Sequence[Any]:
    figures = figures_of(model)
    return [figure_column(model, name) if name in figures else name for name in names]
