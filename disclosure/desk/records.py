"""The record of an import: who, when, the file itself, the cell of every figure, and the way back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_GET, require_POST

from budgets.access import allowed
from disclosure.desk.files import ANY, attachment, record_export
from disclosure.desk.tracing import Trace
from disclosure.intake.undo import obstacle, undo
from disclosure.models import Disclosure, ImportRun
from disclosure.models.bytes import FileDamagedError
from disclosure.refusal import RefusalError

PER_PAGE = 30


class RecordPages:
    """The page of an import."""

    admin_site: Any
    get_queryset: Any

    def get_urls(self) -> list[URLPattern]:
        """Add the file and the way back."""
        view = self.admin_site.admin_view
        own = [
            path("<int:pk>/file/", view(self.source), name="import_source"),
            path("<int:pk>/undo/", view(self.take_back), name="import_undo"),
        ]
        return [*own, *super().get_urls()]  # type: ignore[misc]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show where each stored row stands in the file, and whether the import can be undone."""
        run: ImportRun | None = self.get_object(request, object_id) if object_id else None  # type: ignore[attr-defined]
        shown: dict[str, Any] = {**(extra_context or {}), "title": "导入记录"}
        if run:
            trace = Trace(run)
            query, sheet = request.GET.get("q", "").strip(), request.GET.get("sheet", "")
            pages = Paginator(trace.places(sheet, query), PER_PAGE).get_page(request.GET.get("p"))
            shown |= {"run": run, "sheets": trace.sheets, "sheet": sheet, "query": query, "page": pages}
            shown |= {"rows": trace.rows(pages.object_list), "fills_in": _fills_in(request, run)}
            shown["obstacle"] = obstacle(run, by=request.user) if shown["fills_in"] else ""
        response: HttpResponse = super().changeform_view(request, object_id, form_url, shown)  # type: ignore[misc]
        return response

    @method_decorator(require_GET)
    def source(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hand out the file as it came."""
        run = self._run(request, pk)
        try:
            data = run.read()
            record_export(run.disclosure, run.file_name, by=request.user)
            return attachment(data, run.file_name, ANY)
        except FileDamagedError:
            messages.error(request, "原文件缺失或已损坏，不能下载。请联系管理员从备份恢复。")
            return HttpResponseRedirect(reverse("admin:disclosure_importrun_change", args=[pk]))

    @method_decorator(require_POST)
    def take_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Undo an import, or say why not."""
        run = self._run(request, pk)
        if not _fills_in(request, run):
            raise PermissionDenied
        try:
            undo(run, by=request.user)
            messages.success(request, f"已撤销导入“{run.file_name}”，数据恢复到导入之前。")
        except RefusalError as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("admin:disclosure_importrun_change", args=[pk]))

    def _run(self, request: HttpRequest, pk: int) -> ImportRun:
        run: ImportRun | None = self.get_queryset(request).filter(pk=pk).first()
        if run is None:
            raise Http404
        return run


def _fills_in(request: HttpRequest, run: ImportRun) -> bool:
    return allowed(request.user, Disclosure.objects.filter(pk=run.disclosure_id), "change").exists()
