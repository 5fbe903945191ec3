"""The pages of the grids: one table for each kind of fact, typed or pasted into, stored by one verb."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from budgets.access import may
from budgets.resuming import resume
from disclosure.desk.carried import Beside
from disclosure.desk.findings import disclosure_of
from disclosure.desk.grid_form import answer, rows_of
from disclosure.desk.grid_remarks import Remarks
from disclosure.desk.grid_shown import shown_grid
from disclosure.desk.places import beside_kind
from disclosure.desk.there import GRID, here
from disclosure.entry.grid import Grid
from disclosure.entry.grids import grids_of, key_of
from disclosure.entry.merging import latecomers
from disclosure.entry.narrowing import Narrowed, narrowed, projects_of
from disclosure.entry.pasting import Pasted, paste
from disclosure.entry.rows import Row, blank_rows
from disclosure.entry.saving import EntryRefusedError, save
from disclosure.intake.gate import locked
from disclosure.intake.sheets import OF_GOAL, SheetKind
from disclosure.models import Disclosure
from disclosure.refusal import RefusalError
from performance.models import ProjectGoal

SCRIPTS = (*(f"js/grid-{part}.js" for part in ("money", "cells", "sums", "keys", "paste", "save")), "js/beside.js")
"""In the order in which they build upon each other; the page does without them."""
SPARE = 10
"""Blank rows below the filled ones; whoever needs more asks for as many again."""


LOOK = "您的岗位在这里只能查看、提出意见，不能填写。"


class Asked(NamedTuple):
    """Somebody at a grid."""

    request: HttpRequest
    disclosure: Disclosure
    kind: SheetKind
    looks: str
    """Why they only look; blank for whoever fills in."""
    projects: dict[str, str]
    """The projects to which the grid can be narrowed, by code."""

    @property
    def narrowed(self) -> Narrowed:
        """The project that is asked for."""
        return narrowed(self.kind, self.projects, self.request.GET.get("project", ""))

    @property
    def address(self) -> str:
        """Where this grid is."""
        page, code = reverse("admin:grid", args=[self.disclosure.pk, key_of(self.kind)]), self.narrowed.code
        return f"{page}?{urlencode({'project': code})}" if code else page

    def others(self, *, works: bool = True) -> list[str]:
        """Note that they are here, and say who else is."""
        return here(self.disclosure, f"{GRID}{key_of(self.kind)}", by=self.request.user, works=works)


class GridPages:
    """The disclosure's page with the way to its grids, and the grids."""

    admin_site: Any
    seen: Any
    permitted: Any

    def get_urls(self) -> list[URLPattern]:
        """Add the grids."""
        view = self.admin_site.admin_view(require_http_methods(["GET", "POST"])(self.grid))
        return [path("<int:pk>/grid/<slug:key>/", view, name="grid"), *super().get_urls()]  # type: ignore[misc]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show the way to the grids to whoever may fill in."""
        one = self.get_object(request, object_id) if object_id else None  # type: ignore[attr-defined]
        shown: dict[str, Any] = dict(extra_context or {})
        if one and self.permitted(request, "change", one):
            shown["grids"] = grids_of(one)
        response: HttpResponse = super().changeform_view(request, object_id, form_url, shown)  # type: ignore[misc]
        return response

    def grid(self, request: HttpRequest, pk: int, key: str) -> HttpResponse:
        """Show a grid, take a block into it, or store it."""
        disclosure: Disclosure = self.seen(request, pk)
        kind = grids_of(disclosure).get(key)
        if kind is None:
            raise Http404
        fills_in = self.permitted(request, "change", disclosure)
        if not fills_in and (request.method != "GET" or not may(request.user, kind.model, "view")):
            raise PermissionDenied
        asked = Asked(request, disclosure, kind, "" if fills_in else LOOK, projects_of(disclosure, kind))
        if fills_in and (back := resume(request)):
            return self._grid_drawn(asked, rows_of(request.POST, kind), refused=back)
        if request.method == "GET":
            return self._grid_drawn(asked, None)
        doings = {"paste": self._paste, "more": self._more}
        return doings.get(request.POST.get("do", ""), self._save)(asked, rows_of(request.POST, kind))

    def _save(self, asked: Asked, rows: list[Row]) -> HttpResponse:
        """Store, and show what is stored; where that cannot be, everything typed is still there."""
        told = asked.request.accepts("text/html")
        try:
            saved = save(asked.disclosure, asked.kind, rows, by=asked.request.user)
        except EntryRefusedError as refusal:
            if not told:
                return JsonResponse({**answer(asked.kind, refusal.rows, str(refusal)), "others": asked.others()})
            return self._grid_drawn(asked, refusal.rows, refused=str(refusal))
        except RefusalError as refusal:
            if not told:
                return JsonResponse(answer(asked.kind, rows, str(refusal)))
            return self._grid_drawn(asked, rows, refused=str(refusal))
        if not told:
            known = {"stored": True, "keys": saved.keys, "others": asked.others()}
            return JsonResponse({**answer(asked.kind, saved.rows, str(saved)), **known})
        messages.success(asked.request, str(saved))
        return HttpResponseRedirect(asked.address)

    def _paste(self, asked: Asked, rows: list[Row]) -> HttpResponse:
        """Show what a block would change; it is kept in its box where it cannot be laid in."""
        text, start = asked.request.POST.get("block", ""), asked.request.POST.get("start", "")
        grid = self._grid(asked, rows)
        rows = _with_latecomers(grid, rows)
        try:
            pasted: Pasted = paste(grid, rows, text, start)
        except RefusalError as refusal:
            return self._grid_drawn(asked, rows, refused=str(refusal), copied=text, start=start)
        return self._grid_drawn(asked, pasted.rows, pasted=pasted)

    def _more(self, asked: Asked, rows: list[Row]) -> HttpResponse:
        """Offer more blank rows."""
        grid = self._grid(asked, rows)
        return self._grid_drawn(asked, [*rows, *blank_rows(rows, asked.narrowed.defaults(grid.defaults()), 2 * SPARE)])

    def _grid(self, asked: Asked, rows: list[Row]) -> Grid:
        return Grid(asked.disclosure, asked.kind, asked.request.user, [row.cells for row in rows])

    def _grid_drawn(self, asked: Asked, rows: list[Row] | None, **told: Any) -> HttpResponse:
        """Draw the grid: what is stored, or ``rows`` as somebody left them with what others have added."""
        grid, reason = self._grid(asked, []), asked.looks or locked(asked.disclosure)
        rows = asked.narrowed.rows(grid.rows() if rows is None else _with_latecomers(grid, rows))
        if not reason and not any(row.new and not row.touched for row in rows):
            rows = [*rows, *blank_rows(rows, asked.narrowed.defaults(grid.defaults()), SPARE)]
        places = Remarks(grid, asked.request.user)
        context = {
            **self.admin_site.each_context(asked.request),
            **told,
            **places.shown,
            "disclosure": asked.disclosure,
            "title": asked.kind.title,
            "grid": shown_grid(grid, rows, asked.request.user, places.marks),
            "grids": grids_of(asked.disclosure),
            "locked": reason,
            "scripts": SCRIPTS,
            "others": asked.others(works=not reason),
            "beside": beside_kind(asked.disclosure, asked.kind.model, asked.kind.title),
            "projects": asked.projects,
            "project": asked.narrowed.code,
            "address": asked.address,
        }
        return render(asked.request, "admin/grid/page.html", context)


def beside(request: HttpRequest, row: Any) -> list[Beside]:
    """Lead from the goals of a project to the grids in which its indicators and statements stand."""
    disclosure = disclosure_of(request, row) if isinstance(row, ProjectGoal) else None
    if disclosure is None:
        return []
    kinds = [(key, kind) for key, kind in grids_of(disclosure).items() if kind.owner == OF_GOAL["owner"]]
    asked = urlencode({"project": row.project.code})
    return [
        Beside(
            f"这个项目的{kind.title}也可以在表格里填写：",
            f"{reverse('admin:grid', args=[disclosure.pk, key])}?{asked}",
            kind.title,
        )
        for key, kind in kinds
    ]


def _with_latecomers(grid: Grid, rows: list[Row]) -> list[Row]:
    """Put rows that others have added before those that are new here."""
    late = latecomers(rows, grid)
    return [*(row for row in rows if not row.new), *late, *(row for row in rows if row.new)] if late else rows
