"""Pages of the disclosure in the making, with its preview, and of the editions."""

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.safestring import mark_safe

from budgets.admin.base import ReadOnlyAdmin, ScopedAdmin
from disclosure.document import Document
from disclosure.models import Disclosure, Edition, EmptyTable, GlossaryTerm, Narrative
from disclosure.readiness import RefusalError, check
from disclosure.render import EngineMissingError, html, pdf

YEAR = "disclosure__budget__fiscal_year__year"


@admin.register(Disclosure)
class DisclosureAdmin(ScopedAdmin):
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
            path("<int:pk>/preview.pdf", self.admin_site.admin_view(self.preview_pdf), name="disclosure_preview_pdf"),
        ]
        return [*own, *super().get_urls()]

    def seen(self, request: HttpRequest, pk: int) -> Disclosure:
        """Return a disclosure within reach; raise Http404 for any other."""
        found: Disclosure | None = self.get_queryset(request).filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the draft as it would be published, with what stands in its way."""
        disclosure = self.seen(request, pk)
        document = Document.of(disclosure)
        try:
            check(disclosure, document)
            obstacle = ""
        except RefusalError as refusal:
            obstacle = str(refusal)
        article = mark_safe(html.render(document).decode())  # noqa: S308 rendered with escaping
        context = {"disclosure": disclosure, "title": document.content.title, "article": article, "obstacle": obstacle}
        return render(request, "admin/preview.html", context)

    def preview_pdf(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Draw the draft's PDF; explain where there is no engine."""
        disclosure = self.seen(request, pk)
        try:
            data = pdf.render(Document.of(disclosure))
        except EngineMissingError as error:
            context = {"disclosure": disclosure, "title": "PDF 暂时不能生成", "obstacle": str(error)}
            return render(request, "admin/preview.html", context, status=503)
        return HttpResponse(data, content_type="application/pdf")


@admin.register(Narrative)
class NarrativeAdmin(ScopedAdmin):
    """文字说明."""

    list_display = ("key", "disclosure", "state")
    list_filter = (YEAR, "state")
    search_fields = ("key", "text")
    autocomplete_fields = ("disclosure",)


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(ScopedAdmin):
    """名词解释."""

    list_display = ("position", "term", "disclosure")
    list_display_links = ("term",)
    list_filter = (YEAR,)
    search_fields = ("term", "explanation")
    autocomplete_fields = ("disclosure",)


@admin.register(EmptyTable)
class EmptyTableAdmin(ScopedAdmin):
    """空表说明."""

    list_display = ("table", "reason", "disclosure")
    list_filter = (YEAR,)
    autocomplete_fields = ("disclosure",)


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    """公开版次."""

    list_display = ("title", "number", "kind", "published_at", "published_by", "content_sha256")
    list_filter = ("year", "kind")
    search_fields = ("title", "department_code", "index_number", "content_sha256")
    followed = ("published_by",)
