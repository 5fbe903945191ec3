"""Pages of the schedules beside the main figures."""

from django.contrib import admin

from budgets.admin.base import ExchangeAdmin
from budgets.admin.budget import YEAR
from budgets.models import AssetHolding, ProcurementItem, ThreePublicCost
from budgets.resources import AssetHoldingResource, ProcurementItemResource, ThreePublicCostResource


@admin.register(ThreePublicCost)
class ThreePublicCostAdmin(ExchangeAdmin):
    """“三公”经费."""

    resource_classes = (ThreePublicCostResource,)
    list_display = ("unit", "item", "source", "amount", "previous", "reason", "budget")
    list_filter = (YEAR, "item")
    search_fields = ("unit__code", "unit__name")
    autocomplete_fields = ("budget", "unit")


@admin.register(ProcurementItem)
class ProcurementItemAdmin(ExchangeAdmin):
    """政府采购."""

    resource_classes = (ProcurementItemResource,)
    list_display = (
        "name",
        "unit",
        "project",
        "catalogue",
        "type",
        "mode",
        "quantity",
        "unit_price",
        "amount",
        "budget",
    )
    list_filter = (YEAR, "type", "mode", "source")
    search_fields = ("name", "unit__code", "catalogue__code")
    autocomplete_fields = ("budget", "unit", "project", "catalogue")


@admin.register(AssetHolding)
class AssetHoldingAdmin(ExchangeAdmin):
    """固定资产占用."""

    resource_classes = (AssetHoldingResource,)
    list_display = ("unit", "category", "quantity", "measure", "value", "as_of", "budget")
    list_filter = (YEAR, "category")
    autocomplete_fields = ("budget", "unit")
