"""What all admin pages share: they show, offer and change only what :mod:`budgets.access` allows."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin
from django.db import IntegrityError, models
from django.forms import ModelChoiceField, ModelForm, Textarea, TextInput
from django.http import HttpRequest, HttpResponse
from import_export.admin import ImportExportMixin

from budgets import edits, resuming
from budgets.access import allowed, may, reaches
from budgets.admin.exchanged import Exchange
from budgets.admin.figures import OneBoxAFigure, StatesFigures
from budgets.admin.guided import Guided
from budgets.admin.seen import SEEN, SeenBefore
from budgets.admin.traced import TracedAdmin, Unlocked, UnlockedForm, UnlockedFormSet
from budgets.money import MISSING_SHOWN, MoneyField
from budgets.refusals import sentence_of

REMARKS: list[Callable[[HttpRequest, Any], list[Any]]] = []
"""What packages above have to say beside a stored row's form: what the audit found of it."""

ORIGINS: list[Callable[[HttpRequest, Any], list[Any]]] = []
"""What packages above know of where a stored row came from: each a sentence and an address."""

BESIDE: list[Callable[[HttpRequest, Any], list[Any]]] = []
"""Where packages above show a stored row as it will be published."""


class WithinReach(SeenBefore, Unlocked):
    """A form that refuses to put a row where its user may not, and says what the database refused."""

    user: Any
    refused: str

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.instance.pk:
            edits.hold(self.instance)
            self.merge(edits.stored(self.instance))
        if self.refused:
            self.add_error(None, self.refused)
        action = "change" if self.instance.pk else "add"
        if not self.errors and not reaches(self.user, self.instance, action):
            self.add_error(None, "这一行不在您可以修改的部门或单位范围内，请改选自己的部门或单位。")


class ScopedAdmin(Guided, OneBoxAFigure, TracedAdmin):
    """An admin page within the reach of whoever looks."""

    list_per_page = 50
    show_full_result_count = False
    save_on_top = False
    empty_value_display = MISSING_SHOWN

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Show what may be seen, with its foreign rows in the same query."""
        return allowed(request.user, super().get_queryset(request)).select_related(*self._followed())

    followed: Sequence[str] | None = None
    """The foreign keys whose rows a list prints, with their own; None: all of the model's."""

    def _followed(self) -> Sequence[str]:
        if self.followed is not None:
            return self.followed
        keys = [field for field in self.model._meta.concrete_fields if field.many_to_one]
        own = getattr(self.model, "spoken", ())
        return [*own, *(path for key in keys for path in _spoken(key))]

    def permitted(self, request: HttpRequest, action: str, obj: models.Model | None = None) -> bool:
        """Tell whether the user may take ``action`` on ``obj``, or on any row where there is none."""
        if obj is None:
            return may(request.user, self.model, action)
        return allowed(request.user, self.model._default_manager.filter(pk=obj.pk), action).exists()

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the application where something of it may be seen."""
        return self.permitted(request, "view")

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Look."""
        return self.permitted(request, "view", obj)

    def has_add_permission(self, request: HttpRequest, *_: Any) -> bool:
        """Add."""
        return self.permitted(request, "add")

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Change what is not locked."""
        return self.permitted(request, "change", obj) and not self.closed(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Delete what is not locked."""
        return self.permitted(request, "delete", obj) and not self.closed(request, obj)

    def get_form(self, request: HttpRequest, obj: models.Model | None = None, **kwargs: Any) -> type[ModelForm]:
        """Check, besides what is filled in, that the row will lie within the user's reach."""
        form = super().get_form(request, obj, **kwargs)
        known = {"user": request.user, "refused": getattr(request, "refused", "")}
        return type(form.__name__, (WithinReach, StatesFigures, form), known)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Show beside a stored row what others say of it (see ``REMARKS``, ``ORIGINS`` and ``BESIDE``)."""
        row = kwargs.get("obj")
        for name, sayings in (("remarks", REMARKS), ("origins", ORIGINS), ("beside", BESIDE)):
            context[name] = [one for say in sayings if row is not None for one in say(request, row)]
        if row is not None and self.permitted(request, "change", row):
            context["closed"] = self.closed(request, row)
        return super().render_change_form(request, context, *args, **kwargs)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save; what a trigger refuses is undone and said on the form, with everything that was typed.

        So is what was typed before a session ended: it is filled in again, and not stored until it is sent again.
        """
        if self.permitted(request, "change" if any(args[:1]) else "add"):
            request.refused = resuming.resume(request)
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError as error:
            request.refused = sentence_of(error)
            if not request.refused:
                raise
            return super().changeform_view(request, *args, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> ModelChoiceField | None:
        """Offer, and accept, only rows that may be seen."""
        rows = kwargs.get("queryset", db_field.remote_field.model._default_manager.all())
        kwargs["queryset"] = allowed(request.user, rows)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Give money a text box read as people type, long texts room, pickers no buttons that delete what they name."""
        if isinstance(db_field, MoneyField):
            kwargs["widget"] = TextInput(attrs={"class": "money", "inputmode": "decimal", "autocomplete": "off"})
        elif isinstance(db_field, models.TextField):
            kwargs["widget"] = Textarea(attrs={"rows": 4, "class": "vLargeTextField"})
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.many_to_one and field is not None:
            for right in ("can_add_related", "can_change_related", "can_delete_related"):
                setattr(field.widget, right, False)
        return field


def _spoken(key: models.ForeignKey) -> list[str]:
    """List a foreign key and what its row's own name follows (``spoken``)."""
    return [key.name, *(f"{key.name}__{path}" for path in getattr(key.remote_field.model, "spoken", ()))]


class ReadOnlyAdmin(ScopedAdmin):
    """A page to look at."""

    def permitted(self, request: HttpRequest, action: str, obj: models.Model | None = None) -> bool:
        """Look, and nothing else."""
        return action == "view" and super().permitted(request, action, obj)


class ScopedInline(Guided, admin.TabularInline):
    """A few rows of the page's own; whoever may change the page may change them, while it is not locked."""

    extra = 0
    show_change_link = False
    form = UnlockedForm
    formset = UnlockedFormSet

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Name each box: it has a column's heading above it, and no label."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.widget.attrs["aria-label"] = str(field.label)
        return field

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Look."""
        return may(request.user, self.model, "view")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Add."""
        return self._open(request, "add", obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Change."""
        return self._open(request, "change", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Delete."""
        return self._open(request, "delete", obj)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Add what the form brings back of what was stored."""
        names = [name for name in super().get_fields(request, obj) if name != SEEN]
        return [*names, SEEN] if self.has_change_permission(request, obj) else names

    def _open(self, request: HttpRequest, action: str, page: Any) -> bool:
        closed = TracedAdmin.closed(self, request, page)
        return may(request.user, self.model, action) and not closed


class ExchangeAdmin(Exchange, ImportExportMixin, ScopedAdmin):
    """A flat table that goes in and out as CSV and XLSX."""
