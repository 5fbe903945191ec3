"""Admin pages through which nothing locked is changed, and nothing is changed unseen (see :mod:`budgets.edits`)."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from budgets import edits
from budgets.admin.seen import SeenBefore, SeenField


class Unlocked:
    """A form that refuses to store a row where it may not be changed now, as it was or as it will be."""

    def _post_clean(self) -> None:
        super()._post_clean()
        asked = self.has_changed() and not self.errors
        if asked and (said := edits.obstacle(self.instance, edits.stored(self.instance))):
            self.add_error(None, said)


class UnlockedForm(SeenBefore, Unlocked, ModelForm):
    """The form of a row among others."""

    seen = SeenField()

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.instance.pk and self.has_changed():
            self.merge(edits.stored(self.instance))


class UnlockedFormSet(BaseInlineFormSet):
    """Rows of a page's own, of which none is taken away that may not be."""

    def add_fields(self, form: ModelForm, index: int | None) -> None:
        """Name the box that takes a row away: it has no label."""
        super().add_fields(form, index)
        if self.can_delete and "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = "删除这一行"

    def clean(self) -> None:
        """Ask of every row that is to go."""
        super().clean()
        gone = [form.instance for form in self.deleted_forms if form.instance.pk]
        if said := list(filter(None, dict.fromkeys(edits.locked(row) for row in gone))):
            raise ValidationError(said)


class TracedAdmin(admin.ModelAdmin):
    """An admin page that keeps what is changed: collected while it is stored, written at the end."""

    def closed(self, request: HttpRequest, row: models.Model | None) -> str:
        """Say why a stored row is only looked at now; a form that is being saved says so itself."""
        if row is None or row.pk is None or getattr(request, "saving", False):
            return ""
        known = request.__dict__.setdefault("closed", {})
        key = (type(row), row.pk)
        if key not in known:
            known[key] = edits.locked(row)
        return known[key]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Begin with nothing changed."""
        request.edits, request.saving = [], request.method == "POST"
        return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:  # noqa: FBT001
        """Store the page's row."""
        request.edits += edits.save(obj)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:  # noqa: FBT001
        """Take away and store the rows of the page's own."""
        rows = formset.save(commit=False)
        request.edits += edits.delete(formset.deleted_objects)
        for row in rows:
            request.edits += edits.save(row)
        formset.save_m2m()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """Write down everything that was stored, once all of it is."""
        super().save_related(request, form, formsets, change)
        edits.write(request.edits, by=request.user)

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        """Delete a row."""
        self._delete(request, [obj])

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        """Delete the rows that were ticked."""
        self._delete(request, list(queryset))

    def _delete(self, request: HttpRequest, rows: list[models.Model]) -> None:
        with transaction.atomic():
            edits.write(edits.delete(rows), by=request.user)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, Any, list[str]]:
        """Keep what is locked, and say why, before anything is deleted."""
        request.saving = True  # a lock is no lack of rights: its own sentence stands among what is kept
        nested, counts, lacking, kept = super().get_deleted_objects(objs, request)
        request.saving = False
        said = {row: edits.locked(row) for row in edits.going(objs)}
        return nested, counts, lacking, [*kept, *(f"{row}：{why}" for row, why in said.items() if why)]

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Lead back from the deletion of a locked row, saying why."""
        row = self.get_object(request, unquote(object_id))
        if row is not None and self.permitted(request, "delete", row) and (said := self.closed(request, row)):
            messages.error(request, said)
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
            return HttpResponseRedirect(reverse(name, args=[row.pk]))
        return super().delete_view(request, object_id, extra_context)

    def permitted(self, request: HttpRequest, action: str, obj: models.Model | None = None) -> bool:
        """Tell whether the user may take ``action`` on ``obj``, or on any row where there is none."""
        raise NotImplementedError
