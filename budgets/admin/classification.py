"""Pages of the classifications; a code that an edition prints is only looked at."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse

from budgets.admin.base import ExchangeAdmin, ReadOnlyAdmin
from budgets.admin.yearly_list import YearlyListImport, listed
from budgets.enums import CodeScheme
from budgets.models import (
    CodeChange,
    CodeList,
    Economic,
    EconomicCrosswalk,
    Function,
    GovernmentEconomic,
    ProcurementCatalogue,
)
from budgets.resources import (
    CodeChangeResource,
    EconomicCrosswalkResource,
    EconomicResource,
    FunctionResource,
    GovernmentEconomicResource,
    ProcurementCatalogueResource,
)


class CodeAdmin(YearlyListImport, ExchangeAdmin):
    """A classification list: found by code, by name and by pinyin initials."""

    list_display = ("code", "name", "vintage", "official", "valid_from", "valid_to", "published", "origin")
    list_filter = ("vintage", "official", "published")
    search_fields = ("code", "name", "initials")
    search_help_text = "编码、名称或拼音首字母，例如 2013201、行政运行、xzyx"
    readonly_fields = ("published", "official")
    ordering = ("code", "vintage")

    def permitted(self, request: HttpRequest, action: str, obj: models.Model | None = None) -> bool:
        """Refuse to change or delete a code that an edition prints, or whose year one used."""
        if obj is not None and action in {"change", "delete"} and obj.locked():
            return False
        return super().permitted(request, action, obj)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Let a picker offer codes whose code begins with what is typed, names and initials that hold it; each once."""
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            queryset = queryset.newest_of_each().with_parents()
        term = search_term.strip().lower()
        if not term:
            return queryset, False
        begins = models.Q(code__startswith=term) | models.Q(initials__startswith=term)
        return queryset.filter(begins | models.Q(name__contains=search_term.strip())), False


@admin.register(Function)
class FunctionAdmin(CodeAdmin):
    """支出功能分类."""

    resource_classes = (FunctionResource,)
    list_display = (*CodeAdmin.list_display[:2], "kind", *CodeAdmin.list_display[2:])
    list_filter = ("kind", *CodeAdmin.list_filter)


@admin.register(Economic)
class EconomicAdmin(CodeAdmin):
    """部门预算支出经济分类."""

    resource_classes = (EconomicResource,)


@admin.register(GovernmentEconomic)
class GovernmentEconomicAdmin(CodeAdmin):
    """政府预算支出经济分类."""

    resource_classes = (GovernmentEconomicResource,)


@admin.register(ProcurementCatalogue)
class ProcurementCatalogueAdmin(CodeAdmin):
    """政府采购品目."""

    resource_classes = (ProcurementCatalogueResource,)


@admin.register(EconomicCrosswalk)
class EconomicCrosswalkAdmin(ExchangeAdmin):
    """经济分类对照."""

    resource_classes = (EconomicCrosswalkResource,)
    list_display = ("economic", "payer", "government_economic")
    list_filter = ("payer",)
    search_fields = ("economic__code", "economic__name", "government_economic__code")
    autocomplete_fields = ("economic", "government_economic")


@admin.register(CodeList)
class CodeListAdmin(ReadOnlyAdmin):
    """年度目录: which lists are official, and which are another year's."""

    list_display = ("year", "scheme", "official", "vintage", "used", "origin")
    list_display_links = ("scheme",)
    list_filter = ("scheme", "official")
    change_list_template = "admin/codes/code_lists.html"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show above the rows which list every year goes by."""
        return super().changelist_view(request, {**(extra_context or {}), "lists": listed(tuple(CodeScheme))})


@admin.register(CodeChange)
class CodeChangeAdmin(ExchangeAdmin):
    """科目变更."""

    resource_classes = (CodeChangeResource,)
    list_display = ("old_code", "old_name", "kind", "new_code", "new_name", "share", "last_year_of_old", "comparable")
    list_filter = ("scheme", "kind", "last_year_of_old")
    search_fields = ("old_code", "old_name", "new_code", "new_name")
