"""The workbook of a disclosure: handed out, taken back, looked at, stored; the file waits until it is right."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from budgets.admin.kept import Kept
from budgets.formats import guard_size
from disclosure.desk.files import attachment, plain_name, stem
from disclosure.desk.shown import change_list, notices_shown, sheets_shown
from disclosure.intake.failures import FAILURES, sentences_of
from disclosure.intake.gate import locked
from disclosure.intake.marked import mark
from disclosure.intake.outcome import Outcome, Ticks
from disclosure.intake.problems import Problem
from disclosure.intake.run import IntakeRefusedError, Upload, commit, preview
from disclosure.intake.template import export
from disclosure.models import Disclosure

SUFFIXES = (".xlsx", ".xls", ".et", ".ods", ".csv", ".docx", ".txt")
LATEST = 5
"""How many imports stand on the disclosure's own page."""
MOST_PROBLEMS = 500
"""How many problems stand on the page; the marked file has all."""


class WorkbookForm(forms.Form):
    """A workbook to look at."""

    file = forms.FileField(
        label="填报表", help_text="XLSX、XLS、ET、ODS、CSV，或以前公开的 DOCX、TXT，20MB 以内。先预览，不会直接写入。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ",".join(SUFFIXES)

    def clean_file(self) -> Any:
        """Refuse what nobody reads before it is put aside."""
        file = self.cleaned_data["file"]
        guard_size(file.size)
        if PurePath(file.name).suffix.lower() not in SUFFIXES:
            raise ValidationError("请上传 .xlsx、.xls、.et、.ods、.csv、.docx 或 .txt 文件。")
        return file


class WorkbookPages:
    """The disclosure's page with its workbook, and the pages behind it."""

    admin_site: Any
    seen: Any
    has_change_permission: Any

    def get_urls(self) -> list[URLPattern]:
        """Add template, upload, preview, its two lists, and the import itself."""
        pages = {
            "": self.workbook,
            "template.xlsx": self.workbook_template,
            "preview/": self.workbook_preview,
            "marked.xlsx": self.workbook_marked,
            "changes.xlsx": self.workbook_changes,
            "commit/": self.workbook_commit,
        }
        own = [
            path(f"<int:pk>/workbook/{end}", self.admin_site.admin_view(view), name=view.__name__)
            for end, view in pages.items()
        ]
        return [*own, *super().get_urls()]  # type: ignore[misc]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show above the form the workbook's block, to whoever may fill in."""
        one = self.get_object(request, object_id) if object_id else None  # type: ignore[attr-defined]
        shown: dict[str, Any] = dict(extra_context or {})
        if one and self.has_change_permission(request, one):
            shown |= {"workbook": True, "locked": locked(one), "imports": one.imports.select_related("by")[:LATEST]}
        response: HttpResponse = super().changeform_view(request, object_id, form_url, shown)  # type: ignore[misc]
        return response

    def workbook_template(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hand out the workbook, filled in as far as the draft is."""
        disclosure = self._filled_in(request, pk)
        return attachment(export(disclosure, by=request.user), f"{disclosure}填报表.xlsx")

    def workbook(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for a file and put it aside; its preview is a page of its own, which may be looked at again."""
        disclosure = self._filled_in(request, pk)
        form = WorkbookForm(request.POST or None, request.FILES or None)
        if request.method != "POST" or not form.is_valid():
            return self._ask(request, disclosure, form=form)
        file = form.cleaned_data["file"]
        try:
            token = Kept.keep(file.read(), user=request.user.pk, name=plain_name(file.name), disclosure=pk)
        except OSError as error:
            return self._ask(request, disclosure, problems=sentences_of(error))
        address = reverse("admin:workbook_preview", args=[pk])
        return HttpResponseRedirect(f"{address}?{urlencode({'file': token})}")

    @method_decorator(require_GET)
    def workbook_preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what a file would change and everything that is wrong with it; nothing is stored."""
        disclosure = self._filled_in(request, pk)
        token = request.GET.get("file", "")
        try:
            outcome = preview(disclosure, self._upload(request, pk, token), by=request.user)
        except FAILURES as error:
            return self._ask(request, disclosure, problems=sentences_of(error))
        return self._show(request, disclosure, token, outcome)

    @method_decorator(require_GET)
    def workbook_marked(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hand the file back with its problems marked."""
        disclosure, token = self._filled_in(request, pk), request.GET.get("file", "")
        try:
            upload = self._upload(request, pk, token)
            outcome = preview(disclosure, upload, by=request.user)
            data = mark(upload, (*outcome.problems, *outcome.strangers))
        except FAILURES as error:
            return self._ask(request, disclosure, problems=sentences_of(error))
        return attachment(data, f"{stem(upload.name)}-标出问题.xlsx")

    @method_decorator(require_GET)
    def workbook_changes(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hand out the list of all changes."""
        disclosure, token = self._filled_in(request, pk), request.GET.get("file", "")
        try:
            upload = self._upload(request, pk, token)
            data = change_list(preview(disclosure, upload, by=request.user))
        except FAILURES as error:
            return self._ask(request, disclosure, problems=sentences_of(error))
        return attachment(data, f"{stem(upload.name)}-变化清单.xlsx")

    @method_decorator(require_POST)
    def workbook_commit(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Store what was previewed, exactly that; where it cannot be, the file stays and every reason is shown."""
        disclosure, token = self._filled_in(request, pk), request.POST.get("token", "")
        ticks = Ticks(*(name in request.POST for name in Ticks._fields))
        try:
            upload = self._upload(request, pk, token)
            outcome = commit(disclosure, upload, by=request.user, ticks=ticks, seen=request.POST.get("seen") or "-")
        except IntakeRefusedError as refusal:
            outcome = preview(disclosure, upload, by=request.user)
            return self._show(request, disclosure, token, outcome, {"refusals": refusal.problems, "ticks": ticks})
        except FAILURES as error:
            return self._ask(request, disclosure, problems=sentences_of(error))
        Kept.found(token, request.user).remove()
        run: Any = outcome.run
        messages.success(
            request, f"已导入“{run.file_name}”：新增{run.added}行，修改{run.changed}行，删除{run.removed}行。"
        )
        return HttpResponseRedirect(reverse("admin:disclosure_importrun_change", args=[run.pk]))

    def _filled_in(self, request: HttpRequest, pk: int) -> Disclosure:
        """Return a disclosure that the user may fill in; others see nothing (404) or may not (403)."""
        disclosure: Disclosure = self.seen(request, pk)
        if not self.has_change_permission(request, disclosure):
            raise PermissionDenied
        return disclosure

    def _upload(self, request: HttpRequest, pk: int, token: str) -> Upload:
        kept = Kept.found(token, request.user, disclosure=pk)
        return Upload(kept.token["name"], kept.data)

    def _ask(self, request: HttpRequest, disclosure: Disclosure, **context: Any) -> HttpResponse:
        context = {"form": WorkbookForm(), "locked": locked(disclosure), **context}
        return self._page(request, disclosure, "admin/workbook/upload.html", context)

    def _show(
        self, request: HttpRequest, disclosure: Disclosure, token: str, outcome: Outcome, also: Any = None
    ) -> HttpResponse:
        sheets, known = sheets_shown(outcome), set(outcome.problems)
        refusals: tuple[Problem, ...] = (also or {}).get("refusals", ())
        context = {
            "outcome": outcome,
            "sheets": sheets,
            "notices": notices_shown(outcome),
            "quiet": [sheet for sheet in sheets if sheet.quiet],
            "everything": request.GET.get("show") == "all",
            "token": token,
            "problems": outcome.problems[:MOST_PROBLEMS],
            "more_problems": max(len(outcome.problems) - MOST_PROBLEMS, 0),
            "form": WorkbookForm(),
            **(also or {}),
            "refusals": [one for one in refusals if one not in known and one not in outcome.strangers],
        }
        return self._page(request, disclosure, "admin/workbook/preview.html", context)

    def _page(self, request: HttpRequest, disclosure: Disclosure, name: str, context: dict[str, Any]) -> HttpResponse:
        common = {**self.admin_site.each_context(request), "disclosure": disclosure, "title": "导入填报表"}
        return render(request, name, {**common, **context})
