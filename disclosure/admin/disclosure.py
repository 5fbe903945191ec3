"""Pages of the disclosure in the making, with its preview, and of the editions."""

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.safestring import mark_safe
from django.views.decorators.clickjacking import xframe_options_sameorigin

from budgets.admin.base import BESIDE, ORIGINS, REMARKS, ScopedAdmin
from budgets.adminsite import PANELS
from disclosure.audit import run
from disclosure.desk import carried, findings, grids, origins, remarking, waiting
from disclosure.desk.attachments import AttachmentPages
from disclosure.desk.carried import CarriedPages
from disclosure.desk.grids import GridPages
from disclosure.desk.home import HomePages
from disclosure.desk.places import shown_somewhere
from disclosure.desk.remarking import RemarkPages
from disclosure.desk.steps import StepsPages
from disclosure.desk.workbook import WorkbookPages
from disclosure.document import Document
from disclosure.judgement import judge
from disclosure.layouts import LAYOUTS
from disclosure.layouts.base import Layout
from disclosure.models import (
    Disclosure,
)
from disclosure.readiness import check
from disclosure.refusal import RefusalError
from disclosure.render import EngineMissingError, html, pdf
from disclosure.scopes import locked_draft

YEAR = "disclosure__budget__fiscal_year__year"
MOVED = ("round", "correction_kind", "correction_reason", "publish_at", "scheduled_by")
"""What the acts on a disclosure set, and no form."""
REMARKS.append(findings.beside)
ORIGINS.extend((origins.beside, carried.beside, remarking.beside, grids.beside))
BESIDE.append(lambda request, row: shown_somewhere(findings.disclosure_of(request, row), row))
PANELS.append(waiting.panel)


@admin.register(Disclosure)
class DisclosureAdmin(  # type: ignore[misc]  # budgets is not checked strictly
    StepsPages, RemarkPages, CarriedPages, GridPages, WorkbookPages, AttachmentPages, HomePages, ScopedAdmin
):
    """预算公开."""

    list_display = ("__str__", "status", "approved_on", "index_number")
    list_filter = ("budget__fiscal_year__year", "status")
    search_fields = ("budget__department__code", "budget__department__name", "index_number")
    autocomplete_fields = ("budget", "unit")
    readonly_fields = ("status", "index_number", "version", *MOVED)
    """What only the workflow writes."""
    change_form_template = "admin/disclosure_form.html"

    def get_readonly_fields(self, request: HttpRequest, obj: Disclosure | None = None) -> tuple[str, ...]:
        """Fix whose disclosure it is once anything was done with it, and everything while clerks may not change it."""
        own = tuple(super().get_readonly_fields(request, obj))
        if obj is not None and locked_draft(obj):
            return tuple(field.name for field in self.opts.fields if field.editable)
        return (*own, "budget", "unit") if obj is not None and obj.transitions.exists() else own

    def get_urls(self) -> list[URLPattern]:
        """Add the preview of the page and of the PDF."""
        own = [
            path("<int:pk>/preview/", self.admin_site.admin_view(self.preview), name="disclosure_preview"),
            path(
                "<int:pk>/preview/beside/",
                self.admin_site.admin_view(self.preview_beside),
                name="disclosure_preview_beside",
            ),
            path("<int:pk>/findings/", self.admin_site.admin_view(self.findings), name="disclosure_findings"),
            path("<int:pk>/preview.pdf", self.admin_site.admin_view(self.preview_pdf), name="disclosure_preview_pdf"),
        ]
        return [*own, *super().get_urls()]

    def seen(self, request: HttpRequest, pk: int) -> Disclosure:
        """Return a disclosure within reach; raise Http404 for any other."""
        found: Disclosure | None = self.get_queryset(request).filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def findings(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what the audit finds, and take reasons and waivers."""
        disclosure = self.seen(request, pk)
        return findings.page(request, disclosure, self.admin_site.each_context(request))

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the draft as it would be published, with what stands in its way."""
        disclosure, layout = self.seen(request, pk), _layout(request)
        document = Document.of(disclosure, layout)
        own = document.content.layout == disclosure.budget.fiscal_year.layout
        try:
            check(disclosure, document)
            obstacle = ""
        except RefusalError as refusal:
            obstacle = str(refusal)
        context = {
            "disclosure": disclosure,
            "title": document.content.title,
            "article": mark_safe(html.render(document).decode()),  # noqa: S308 rendered with escaping
            "obstacle": obstacle,
            "judgement": judge(disclosure, document) if own else None,
            "findings": () if own else run(document).findings,
            "layouts": LAYOUTS.values(),
            "printed": document.content.layout,
            "prescribed": disclosure.budget.fiscal_year.layout,
        }
        return render(request, "admin/preview.html", context)

    @method_decorator(xframe_options_sameorigin)
    def preview_beside(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the draft's article alone, for a frame beside a form; only this page may stand in one."""
        document = Document.of(self.seen(request, pk))
        article = mark_safe(html.render(document).decode())  # noqa: S308 rendered with escaping
        return render(request, "admin/preview_beside.html", {"title": document.content.title, "article": article})

    def preview_pdf(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Draw the draft's PDF, with ``?draft=1`` marked as 送审稿; explain where there is no engine."""
        disclosure = self.seen(request, pk)
        try:
            data = pdf.render(Document.of(disclosure, _layout(request)), draft="draft" in request.GET)
        except EngineMissingError as error:
            context = {"disclosure": disclosure, "title": "PDF 暂时不能生成", "obstacle": str(error)}
            return render(request, "admin/preview.html", context, status=503)
        return HttpResponse(data, content_type="application/pdf")


def _layout(request: HttpRequest) -> Layout | None:
    """Return the layout asked for, None for the year's own; raise Http404 for one there is not."""
    key = request.GET.get("layout")
    if key and key not in LAYOUTS:
        raise Http404
    return LAYOUTS[key] if key else None
