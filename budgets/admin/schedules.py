"""Pages of the schedules beside the main figures."""

from django.contrib import admin

from budgets.admin.base import ScopedAdmin
from budgets.admin.budget import YEAR
from budgets.models import AssetHolding, ProcurementItem, ThreePublicCost


@admin.register(ThreePublicCost)
class ThreePublicCostAdmin(ScopedAdmin):
    """“三公”经费."""

    list_display = ("unit", "item", "source", "amount", "previous", "reason", "budget")
    list_filter = (YEAR, "item")
    search_fields = ("unit__code", "unit__name")
    autocomplete_fields = ("budget", "unit")


@admin.register(ProcurementItem)
class ProcurementItemAdmin(ScopedAdmin):
    """政府采购."""

    list_display = ("name", "unit", "project", "catalogue", "type", "mode", "quantity", "amount", "budget")
    list_filter = (YEAR, "type", "mode", "source")
    search_fields = ("name", "unit__code", "catalogue__code")
    autocomplete_fields = ("budget", "unit", "project", "catalogue")


@admin.register(AssetHolding)
class AssetHoldingAdmin(ScopedAdmin):
    """固定资产占用."""

    list_display = ("unit", "category", "quantity", "measure", "value", "as_of", "budget")
    list_filter = (YEAR, "category")
    autocomplete_fields = ("budget", "unit")
