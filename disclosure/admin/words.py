"""Pages of what people write: texts, terms, declarations of empty tables."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse

from budgets.admin.base import ExchangeAdmin
from disclosure.carrying import text_before
from disclosure.desk.remarking import beside_text, way_to_remark
from disclosure.desk.there import TEXT, here
from disclosure.enums import NarrativeState
from disclosure.models import EmptyTable, GlossaryTerm, Narrative
from disclosure.narrative import TOKENS
from disclosure.resources import EmptyTableResource, GlossaryTermResource, NarrativeResource
from disclosure.wording import NarrativeForm, TokenValue, tokens_of, wordings_of

YEAR = "disclosure__budget__fiscal_year__year"


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
        narrative = self.get_object(request, unquote(object_id)) if object_id else None
        if narrative:
            disclosure = narrative.disclosure
            shown: dict[str, Any] = {"tokens": tokens_of(disclosure), "wordings": wordings_of(disclosure)}
            works = self.permitted(request, "change", narrative) and not self.closed(request, narrative)
            shown["others"] = here(disclosure, f"{TEXT}{narrative.key}", by=request.user, works=works)
            shown |= {"last": text_before(narrative), "carried": narrative.state == NarrativeState.CARRIED_OVER}
            shown |= {
                "placed": beside_text(request.user, narrative),
                "remark_at": way_to_remark(request.user, narrative),
            }
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
