"""Pages of the disclosure in the making, with its preview, and of the editions."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.safestring import mark_safe

from budgets.admin.base import ORIGINS, REMARKS, ExchangeAdmin, ReadOnlyAdmin, ScopedAdmin
from disclosure.audit import run
from disclosure.desk import findings, origins
from disclosure.desk.records import RecordPages
from disclosure.desk.workbook import WorkbookPages
from disclosure.document import Document
from disclosure.judgement import judge
from disclosure.layouts import LAYOUTS
from disclosure.layouts.base import Layout
from disclosure.models import (
    AuditResult,
    Disclosure,
    Edition,
    EmptyTable,
    Explanation,
    GlossaryTerm,
    ImportRun,
    Narrative,
    Waiver,
)
from disclosure.narrative import TOKENS
from disclosure.readiness import check
from disclosure.refusal import RefusalError
from disclosure.render import EngineMissingError, html, pdf
from disclosure.resources import EmptyTableResource, GlossaryTermResource, NarrativeResource
from disclosure.wording import NarrativeForm, TokenValue, tokens_of, wordings_of

YEAR = "disclosure__budget__fiscal_year__year"
REMARKS.append(findings.beside)
ORIGINS.append(origins.beside)


@admin.register(Disclosure)
class DisclosureAdmin(WorkbookPages, ScopedAdmin):  # type: ignore[misc]  # budgets is not checked strictly
    """预算公开."""

    list_display = ("__str__", "status", "approved_on", "roster", "index_number")
    list_filter = ("budget__fiscal_year__year", "status", "roster")
    search_fields = ("budget__department__code", "budget__department__name", "index_number")
    autocomplete_fields = ("budget", "unit")
    readonly_fields = ("status", "index_number", "version")
    change_form_template = "admin/disclosure_form.html"

    def get_urls(self) -> list[URLPattern]:
        """Add the preview of the page and of the PDF."""
        own = [
            path("<int:pk>/preview/", self.admin_site.admin_view(self.preview), name="disclosure_preview"),
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

    def preview_pdf(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Draw the draft's PDF; explain where there is no engine."""
        disclosure = self.seen(request, pk)
        try:
            data = pdf.render(Document.of(disclosure, _layout(request)))
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


@admin.register(Narrative)
class NarrativeAdmin(ExchangeAdmin):
    """文字说明."""

    resource_classes = (NarrativeResource,)
    form = NarrativeForm
    change_form_template = "admin/narrative_form.html"

    list_display = ("key", "disclosure", "state")
    list_filter = (YEAR, "state")
    search_fields = ("key", "text")
    autocomplete_fields = ("disclosure",)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show, below the form, the tokens with what they say now, and the layout's own wordings."""
        narrative = self.get_queryset(request).filter(pk=object_id).first() if object_id else None
        if narrative:
            disclosure = narrative.disclosure
            shown = {"tokens": tokens_of(disclosure), "wordings": wordings_of(disclosure)}
        else:
            shown = {"tokens": [TokenValue(f"{{{name}}}", None) for name in TOKENS], "adding": True}
        return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), **shown})


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(ExchangeAdmin):
    """名词解释."""

    resource_classes = (GlossaryTermResource,)
    list_display = ("position", "term", "disclosure")
    list_display_links = ("term",)
    list_filter = (YEAR,)
    search_fields = ("term", "explanation")
    autocomplete_fields = ("disclosure",)


@admin.register(EmptyTable)
class EmptyTableAdmin(ExchangeAdmin):
    """空表说明."""

    resource_classes = (EmptyTableResource,)
    list_display = ("table", "reason", "disclosure")
    list_filter = (YEAR,)
    autocomplete_fields = ("disclosure",)


@admin.register(AuditResult)
class AuditResultAdmin(ReadOnlyAdmin):
    """检查结果."""

    list_display = ("disclosure", "errors", "warnings", "notes", "at")
    followed = ("disclosure__unit", "disclosure__budget__department", "disclosure__budget__fiscal_year")
    list_filter = (YEAR,)


@admin.register(Explanation)
class ExplanationAdmin(ReadOnlyAdmin):
    """警告的原因."""

    list_display = ("rule", "disclosure", "reason", "by", "at")
    list_filter = (YEAR, "rule")


@admin.register(Waiver)
class WaiverAdmin(ReadOnlyAdmin):
    """错误的豁免."""

    list_display = ("rule", "disclosure", "reason", "published", "by", "at")
    list_filter = (YEAR, "rule")


@admin.register(ImportRun)
class ImportRunAdmin(RecordPages, ReadOnlyAdmin):  # type: ignore[misc]  # budgets is not checked strictly
    """导入记录."""

    change_form_template = "admin/workbook/record.html"
    fields = (("file_name", "disclosure"), ("by", "at"), "sha256", ("added", "changed", "removed"), "undone_at")

    list_display = ("file_name", "disclosure", "by", "at", "added", "changed", "removed", "undone_at")
    list_filter = (YEAR,)
    search_fields = ("file_name", "sha256", "by__username")


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    """公开版次."""

    list_display = ("title", "number", "kind", "published_at", "published_by", "content_sha256")
    list_filter = ("year", "kind")
    search_fields = ("title", "department_code", "index_number", "content_sha256")
    followed = ("published_by",)
