"""The workbook of a disclosure: handed out, taken back, looked at, stored; the file waits until it is right."""

from collections.abc import Callable
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from budgets.admin.kept import Kept
from budgets.formats import guard_size
from disclosure.desk.files import attachment, record_export, stem
from disclosure.desk.lengthy import Asked, LengthyPages, under_way
from disclosure.desk.shown import Preview, change_list, preview_shown
from disclosure.desk.underway import CHANGES, COMMITTED, MARKED, PREVIEWED, Job, heavy
from disclosure.filetypes import plain_name
from disclosure.intake.failures import FAILURES, sentences_of
from disclosure.intake.gate import locked
from disclosure.intake.marked import mark
from disclosure.intake.outcome import Ticks
from disclosure.intake.run import IntakeRefusedError, Upload, commit, preview
from disclosure.intake.template import export
from disclosure.models import Disclosure
from disclosure.refusal import RefusalError

SUFFIXES = (".xlsx", ".xls", ".et", ".ods", ".csv", ".docx", ".txt")
LATEST = 5
"""How many imports stand on the disclosure's own page."""
ALREADY = "这个文件已经导入过，没有再次导入"
UNREACHABLE = "数据库连接不上，是否已经导入尚不能确定。请稍后打开本页，以“导入记录”为准；仍然打不开的，请联系管理员。"


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


class WorkbookPages(LengthyPages):
    """The disclosure's page with its workbook, and the pages behind it."""

    admin_site: Any
    seen: Any
    permitted: Any

    def get_urls(self) -> list[URLPattern]:
        """Add template, upload, preview, its two lists, and the import itself."""
        pages = {
            "": self.workbook,
            "template.xlsx": self.workbook_template,
            "preview/": self.workbook_preview,
            "marked.xlsx": self.workbook_marked,
            "changes.xlsx": self.workbook_changes,
            "commit/": self.workbook_commit,
            "stop/": self.workbook_stop,
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
        if one and self.permitted(request, "change", one):
            shown |= {"workbook": True, "locked": locked(one), "imports": one.imports.select_related("by")[:LATEST]}
            shown["underway"] = under_way(request, one)
        response: HttpResponse = super().changeform_view(request, object_id, form_url, shown)  # type: ignore[misc]
        return response

    def workbook_template(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hand out the workbook, filled in as far as the draft is."""
        disclosure = self._filled_in(request, pk)
        data = export(disclosure, by=request.user)
        record_export(disclosure, "填报表", by=request.user)
        return attachment(data, f"{disclosure}填报表.xlsx")

    def workbook(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for a file and put it aside; its preview is a page of its own, which may be looked at again."""
        disclosure = self._filled_in(request, pk)
        form = WorkbookForm(request.POST or None, request.FILES or None)
        if request.method != "POST" or not form.is_valid():
            return self.ask(request, disclosure, form=form)
        file = form.cleaned_data["file"]
        try:
            stated = {"user": request.user.pk, "disclosure": pk, "at": timezone.now().isoformat()}
            token = Kept.keep(file.read(), name=plain_name(file.name), **stated)
        except OSError as error:
            return self.ask(request, disclosure, problems=sentences_of(error))
        address = reverse("admin:workbook_preview", args=[pk])
        return HttpResponseRedirect(f"{address}?{urlencode({'file': token})}")

    @method_decorator(require_GET)
    def workbook_preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what a file would change and everything that is wrong with it; nothing is stored."""

        def shown(asked: Asked, upload: Upload) -> HttpResponse:
            return self.show(asked, preview_shown(preview(asked.disclosure, upload, by=request.user)))

        return self._worked(request, pk, PREVIEWED, shown)

    @method_decorator(require_GET)
    def workbook_marked(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hand the file back with its problems marked."""

        def marked(asked: Asked, upload: Upload) -> HttpResponse:
            outcome = preview(asked.disclosure, upload, by=request.user)
            data = mark(upload, (*outcome.problems, *outcome.strangers))
            return attachment(data, f"{stem(upload.name)}-标出问题.xlsx")

        return self._worked(request, pk, MARKED, marked)

    @method_decorator(require_GET)
    def workbook_changes(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hand out the list of all changes."""

        def changes(asked: Asked, upload: Upload) -> HttpResponse:
            data = change_list(preview(asked.disclosure, upload, by=request.user))
            return attachment(data, f"{stem(upload.name)}-变化清单.xlsx")

        return self._worked(request, pk, CHANGES, changes)

    def _worked(
        self, request: HttpRequest, pk: int, what: str, work: Callable[[Asked, Upload], HttpResponse]
    ) -> HttpResponse:
        """Do something with a file that was put aside; what takes long is done apart, and followed."""
        asked = Asked(request, self._filled_in(request, pk), request.GET.get("file", ""), what)
        try:
            job = Job.of(asked.kept)
            if job.order and ("anew" not in request.GET or job.running):
                return self.follow_up(asked, job)
            upload = self._upload(asked)
            if heavy(upload.data):
                return self.begun(asked, asked.order())
            return work(asked, upload)
        except FAILURES as error:
            return self._failed(asked, error)

    @method_decorator(require_POST)
    def workbook_commit(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Store what was previewed, exactly that; where it cannot be, the file stays and every reason is shown."""
        asked = Asked(request, self._filled_in(request, pk), request.POST.get("token", ""), COMMITTED)
        ticks = Ticks(*(name in request.POST for name in Ticks._fields))
        seen = request.POST.get("seen") or "-"
        try:
            upload = self._upload(asked)
            if heavy(upload.data):
                return self.begun(asked, asked.order(ticks, seen))
            outcome = commit(asked.disclosure, upload, by=request.user, ticks=ticks, seen=seen)
        except IntakeRefusedError as refusal:
            return self._refused(asked, refusal, ticks)
        except FAILURES as error:
            return self._failed(asked, error)
        run: Any = outcome.run
        return self.arrived(asked, run)

    @method_decorator(require_POST)
    def workbook_stop(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give up a file that is worked apart."""
        asked = Asked(request, self._filled_in(request, pk), request.POST.get("token", ""), COMMITTED)
        try:
            return self.stopped(asked)
        except FAILURES as error:
            return self._failed(asked, error)

    def _refused(self, asked: Asked, refusal: IntakeRefusedError, ticks: Ticks) -> HttpResponse:
        """Show the file again with the reasons; where the same file came in meanwhile (two clicks), its record."""
        try:
            if run := asked.landed():
                return self.arrived(asked, run, told=ALREADY)
            outcome = preview(asked.disclosure, self._upload(asked), by=asked.request.user)
            return self.show(asked, preview_shown(outcome, refusal.problems, ticks))
        except FAILURES as error:
            return self._failed(asked, error)

    def _failed(self, asked: Asked, error: Exception) -> HttpResponse:
        """Say why nothing was stored; where it was, though the answer was lost, say that."""
        try:
            kept = asked.kept
            run = asked.landed() if asked.what == COMMITTED or not kept.path.exists() else None
            if run:
                return self.arrived(asked, run, told=ALREADY)
        except (ValidationError, RefusalError) as other:
            error = other
        except Error:
            return HttpResponse(UNREACHABLE, status=503, content_type="text/plain; charset=utf-8")
        return self.ask(asked.request, asked.disclosure, problems=sentences_of(error))

    def _filled_in(self, request: HttpRequest, pk: int) -> Disclosure:
        """Return a disclosure that the user may fill in; others see nothing (404) or may not (403)."""
        disclosure: Disclosure = self.seen(request, pk)
        if not self.permitted(request, "change", disclosure):
            raise PermissionDenied
        return disclosure

    def _upload(self, asked: Asked) -> Upload:
        kept = Kept.found(asked.token, asked.request.user, disclosure=asked.disclosure.pk)
        return Upload(kept.token["name"], kept.data)

    def ask(self, request: HttpRequest, disclosure: Disclosure, **context: Any) -> HttpResponse:
        """Ask for a file, and say why the last one was not taken."""
        context = {"form": WorkbookForm(), "locked": locked(disclosure), **context}
        return self.page(request, disclosure, "admin/workbook/upload.html", context)

    def show(self, asked: Asked, shown: Preview, made_at: datetime | None = None) -> HttpResponse:
        """Show a preview; ``made_at``: when one that is kept was made."""
        everything = asked.request.GET.get("show") == "all"
        context = {"preview": shown, "token": asked.token, "everything": everything, "made_at": made_at}
        return self.page(
            asked.request, asked.disclosure, "admin/workbook/preview.html", {**context, "form": WorkbookForm()}
        )

    def page(self, request: HttpRequest, disclosure: Disclosure, name: str, context: dict[str, Any]) -> HttpResponse:
        """Draw a page of the workbook."""
        common = {**self.admin_site.each_context(request), "disclosure": disclosure, "title": "导入填报表"}
        return render(request, name, {**common, **context})
