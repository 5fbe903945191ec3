"""What all admin pages share: they show, offer and change only what :mod:`budgets.access` allows."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.forms import ModelChoiceField, ModelForm, Textarea, TextInput
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm

from budgets.access import allowed, may, reaches
from budgets.admin.figures import OneBoxAFigure, StatesFigures
from budgets.formats import FORMATS, GuardedImportForm
from budgets.money import MISSING_SHOWN, MoneyField
from budgets.refusals import sentence_of

REMARKS: list[Callable[[HttpRequest, Any], list[Any]]] = []
"""What packages above have to say beside a stored row's form: what the audit found of it."""

ORIGINS: list[Callable[[HttpRequest, Any], list[Any]]] = []
"""What packages above know of where a stored row came from: each a sentence and an address."""


class WithinReach:
    """A form that refuses to put a row where its user may not, and says what the database refused."""

    user: Any
    refused: str

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.refused:
            self.add_error(None, self.refused)
        action = "change" if self.instance.pk else "add"
        if not self.errors and not reaches(self.user, self.instance, action):
            self.add_error(None, "这一行不在您可以修改的部门或单位范围内，请改选自己的部门或单位。")


class ScopedAdmin(OneBoxAFigure, admin.ModelAdmin):
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
        """Change."""
        return self.permitted(request, "change", obj)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Delete."""
        return self.permitted(request, "delete", obj)

    def get_form(self, request: HttpRequest, obj: models.Model | None = None, **kwargs: Any) -> type[ModelForm]:
        """Check, besides what is filled in, that the row will lie within the user's reach."""
        form = super().get_form(request, obj, **kwargs)
        known = {"user": request.user, "refused": getattr(request, "refused", "")}
        return type(form.__name__, (WithinReach, StatesFigures, form), known)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Show beside a stored row what others have to say about it (see ``REMARKS`` and ``ORIGINS``)."""
        row = kwargs.get("obj")
        for name, sayings in (("remarks", REMARKS), ("origins", ORIGINS)):
            context[name] = [one for say in sayings if row is not None for one in say(request, row)]
        return super().render_change_form(request, context, *args, **kwargs)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save; what a trigger refuses is undone and said on the form, with everything that was typed."""
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


class ScopedInline(admin.TabularInline):
    """A few rows of the page's own; whoever may change the page may change them."""

    extra = 0
    show_change_link = False

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        """Look."""
        return may(request.user, self.model, "view")

    def has_add_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        """Add."""
        return may(request.user, self.model, "add")

    def has_change_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        """Change."""
        return may(request.user, self.model, "change")

    def has_delete_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        """Delete."""
        return may(request.user, self.model, "delete")


class Exchange:
    """Import and export within the reach of whoever asks; the formats are ours, safe against formulas."""

    formats = FORMATS
    import_form_class = GuardedImportForm
    export_form_class = ExportForm
    import_template_name = "admin/exchange/import.html"
    show_change_form_export = False

    def get_import_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        """Tell the resource who imports."""
        return {**super().get_import_resource_kwargs(request, **kwargs), "user": request.user}

    def get_export_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        """Tell the resource who exports."""
        return {**super().get_export_resource_kwargs(request, **kwargs), "user": request.user}

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Store all rows or none."""
        return {**super().get_import_data_kwargs(**kwargs), "rollback_on_validation_errors": True}

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take the previewed file; a second press of the button finds it taken already, and is told so."""
        try:
            return super().process_import(request, **kwargs)
        except FileNotFoundError:
            messages.warning(request, "这个文件已经导入过，或预览已经过期。请在列表中核对；需要再次导入时请重新上传。")
            return HttpResponseRedirect(request.path.replace("process_import", "import"))

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        """Say that an import failed where it did: something changed since its preview."""
        if not (result.has_errors() or result.has_validation_errors()):
            return super().process_result(result, request)
        messages.error(request, "没有导入任何内容：预览之后数据有变化。请重新上传文件，按预览中的提示修改。")
        return HttpResponseRedirect(request.path.replace("process_import", "import"))

    def add_data_read_fail_error_to_form(self, form: Any, error: Exception) -> None:
        """Say why a file cannot be read, and what to do."""
        said = "".join(error.messages) if isinstance(error, ValidationError) else ""
        form.add_error("import_file", said or "文件不能读取，请确认格式选择正确，并用 Excel 或 WPS 另存后重试。")

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Import where rows may be added and changed."""
        return self.permitted(request, "add") and self.permitted(request, "change")

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Export what may be seen."""
        return self.permitted(request, "view")


class ExchangeAdmin(Exchange, ImportExportMixin, ScopedAdmin):
    """A flat table that goes in and out as CSV and XLSX."""
