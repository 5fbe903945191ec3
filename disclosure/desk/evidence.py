"""The page of an edition hands out its 留痕材料."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_GET

from disclosure.evidence import may_have_evidence, name_of_pack, pack
from disclosure.models import Edition
from disclosure.refusal import RefusalError


class EvidencePages:
    """An edition's pack, for those who may have it."""

    admin_site: Any
    get_queryset: Any

    def get_urls(self) -> list[URLPattern]:
        """Add the pack."""
        own = [path("<int:pk>/evidence/", self.admin_site.admin_view(self.evidence), name="edition_evidence")]
        return [*own, *super().get_urls()]  # type: ignore[misc]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Offer the pack to those who may have it."""
        edition: Edition | None = self.get_object(request, object_id) if object_id else None  # type: ignore[attr-defined]
        offered = edition is not None and may_have_evidence(request.user, edition)
        shown: dict[str, Any] = {**(extra_context or {}), "offers_evidence": offered}
        response: HttpResponse = super().changeform_view(request, object_id, form_url, shown)  # type: ignore[misc]
        return response

    @method_decorator(require_GET)
    def evidence(self, request: HttpRequest, pk: int) -> FileResponse:
        """Hand out the pack, to be saved."""
        edition = self.get_queryset(request).filter(pk=pk).first()
        if edition is None:
            raise Http404
        try:
            made = pack(edition, by=request.user)
        except RefusalError as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        return FileResponse(made.file, as_attachment=True, filename=name_of_pack(edition))
