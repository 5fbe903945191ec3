"""审核意见 at its place: made on a row, a cell or a text, shown and answered there."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from budgets.resuming import resume
from disclosure import workflow
from disclosure.desk.anchoring import TEXT, WHOLE, Places, Where, anchor_of_row, anchor_of_text, remarks_on
from disclosure.desk.asking import words
from disclosure.desk.carried import Beside
from disclosure.desk.findings import disclosure_of
from disclosure.desk.remarkforms import AnswerForm
from disclosure.entry.grid import Grid
from disclosure.entry.grids import grids_of, slots_of
from disclosure.models import Comment, Disclosure, Narrative
from disclosure.refusal import RefusalError
from disclosure.workflow.people import holds
from disclosure.workflow.remarks import WORKING, Anchor


class Remarked(NamedTuple):
    """A remark, the form that answers it where it is open and the person may, and where it points."""

    row: Comment
    form: AnswerForm | None
    where: Where


class PlaceForm(forms.Form):
    """A remark on one row or text; of a row, on all of it or on one cell."""

    field = forms.ChoiceField(label="哪一栏", required=False)
    text = words("意见", rows=3, asked=True)

    def __init__(self, fields: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if fields:
            self.fields["field"].choices = [("", WHOLE), *fields]  # type: ignore[attr-defined]
        else:
            del self.fields["field"]


def remarked(disclosure: Disclosure, rows: Iterable[Comment], by: Any, places: Places, back: str) -> list[Remarked]:
    """Return remarks as they are shown; ``back``: where somebody who answers one returns to."""
    works = holds(by, disclosure, WORKING)
    return [
        Remarked(
            row,
            AnswerForm(disclosure, row, initial={"back": back and f"{back}#remark-{row.pk}"})
            if works and not row.resolved_at
            else None,
            places.of(row),
        )
        for row in rows
    ]


def beside_text(by: Any, row: Any) -> list[Remarked]:
    """Return the remarks on a text, to stand beside its form."""
    back = reverse("admin:disclosure_narrative_change", args=[row.pk])
    return remarked(row.disclosure, remarks_on(row.disclosure, row), by, Places(row.disclosure, by), back)


def way_to_remark(by: Any, text: Narrative) -> str:
    """Return where somebody makes a remark on a text; blank for whoever may not."""
    may = holds(by, text.disclosure, WORKING)
    return reverse("admin:remark", args=[text.disclosure_id, TEXT, text.pk]) if may else ""


def beside(request: HttpRequest, row: Any) -> list[Beside]:
    """Say beside the form of a row of a grid what was remarked on it."""
    disclosure = None if isinstance(row, Narrative) else disclosure_of(request, row)
    if disclosure is None:
        return []
    page = reverse("admin:disclosure_steps", args=[disclosure.pk])
    states = {True: "（没有处理）", False: "（已处理）"}
    return [
        Beside(f"审核意见{states[one.resolved_at is None]}：{one.text}", f"{page}#remark-{one.pk}", "查看、处理")
        for one in remarks_on(disclosure, row)
    ]


class RemarkPages:
    """The page on which a remark is made on a row or a text."""

    admin_site: Any
    seen: Any

    def get_urls(self) -> list[URLPattern]:
        """Add the page."""
        view = self.admin_site.admin_view(self.remark)
        return [path("<int:pk>/remark/<slug:key>/<int:row>/", view, name="remark"), *super().get_urls()]  # type: ignore[misc]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def remark(self, request: HttpRequest, pk: int, key: str, row: int) -> HttpResponse:
        """Ask for the remark; make it, and return to its place."""
        disclosure: Disclosure = self.seen(request, pk)
        if not holds(request.user, disclosure, WORKING):
            raise PermissionDenied
        spot = Spot(disclosure, key, row, request.user)
        back = resume(request)
        form = PlaceForm(spot.fields, data=request.POST or None, initial={"field": request.GET.get("field", "")})
        if back and form.is_valid():
            form.add_error(None, back)
        elif request.method == "POST" and form.is_valid():
            try:
                return self._made(request, spot, form.cleaned_data)
            except RefusalError as refusal:
                form.add_error(None, str(refusal))
        shown = {"disclosure": disclosure, "title": "提出审核意见", "place": spot.called, "form": form}
        context = {**self.admin_site.each_context(request), **shown, "address": request.path}
        return render(request, "admin/steps/remark_at.html", context)

    def _made(self, request: HttpRequest, spot: "Spot", said: dict[str, str]) -> HttpResponse:
        anchor, place = spot.anchor(said.get("field", ""))
        comment = workflow.remark(spot.disclosure, by=request.user, text=said["text"], place=place, anchor=anchor)
        messages.success(request, "意见已提出，经办人在这里和“办理”页都能看到。")
        return HttpResponseRedirect(Places(spot.disclosure, request.user).of(comment).address)


class Spot:
    """What a remark is to be made on; raises Http404 where it is not there."""

    def __init__(self, disclosure: Disclosure, key: str, row: int, by: Any) -> None:
        self.disclosure, self._text, self._grid = disclosure, None, None
        if key == TEXT:
            self._text = disclosure.narratives.filter(pk=row).first()
        elif kind := grids_of(disclosure).get(key):
            self._grid = Grid(disclosure, kind, by)
            self._row = self._grid.stored.get(str(row))
        if self._text is None and getattr(self, "_row", None) is None:
            raise Http404

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The columns of a row."""
        return [(slot.name, slot.header) for slot in slots_of(self._grid.kind)] if self._grid else []

    @property
    def called(self) -> str:
        """What the place is called."""
        return self.anchor("")[1]

    def anchor(self, name: str) -> tuple[Anchor, str]:
        """Return the anchor of it, or of its cell ``name``."""
        if self._grid:
            return anchor_of_row(self._grid, self._row, name)
        assert self._text is not None  # noqa: S101 one of the two is there
        return anchor_of_text(self._text)
