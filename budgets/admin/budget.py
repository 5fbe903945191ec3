"""Pages of a year's facts: the budget as a hub, and a list for each kind of line."""

from django.contrib import admin

from budgets.admin.base import ExchangeAdmin, ScopedAdmin
from budgets.models import (
    Budget,
    CarryForward,
    ControlFigure,
    ExpenditureLine,
    PreviousFigure,
    Project,
    RevenueLine,
    Withholding,
)
from budgets.resources import (
    CarryForwardResource,
    ControlFigureResource,
    ExpenditureLineResource,
    PreviousFigureResource,
    ProjectResource,
    RevenueLineResource,
)

YEAR = "budget__fiscal_year__year"


@admin.register(Budget)
class BudgetAdmin(ScopedAdmin):
    """部门预算: where a year's work begins."""

    list_display = ("department", "fiscal_year", "phase", "version")
    list_filter = ("fiscal_year__year", "phase")
    search_fields = ("department__code", "department__name", "fiscal_year__year")
    autocomplete_fields = ("fiscal_year", "department")
    readonly_fields = ("version",)
    change_form_template = "admin/budget_form.html"

    def change_view(self, request, object_id, form_url="", extra_context=None):  # noqa: ANN001,ANN201 Django's signature
        """Show, beside the form, every list that belongs to this budget."""
        models = [RevenueLine, ExpenditureLine, CarryForward, ControlFigure, PreviousFigure]
        models += [relation.related_model for relation in Budget._meta.related_objects]
        listed = [model for model in dict.fromkeys(models) if self.admin_site.is_registered(model)]
        shown = [model for model in listed if self.admin_site.get_model_admin(model).has_view_permission(request)]
        return super().change_view(request, object_id, form_url, {"parts": [model._meta for model in shown]})


@admin.register(RevenueLine)
class RevenueLineAdmin(ExchangeAdmin):
    """收入明细."""

    resource_classes = (RevenueLineResource,)
    list_display = ("unit", "source", "carried_over", "amount", "budget")
    list_filter = (YEAR, "source", "carried_over")
    search_fields = ("unit__code", "unit__name")
    autocomplete_fields = ("budget", "unit", "function", "counterpart")


@admin.register(ExpenditureLine)
class ExpenditureLineAdmin(ExchangeAdmin):
    """支出明细."""

    resource_classes = (ExpenditureLineResource,)
    list_display = ("function", "economic", "label", "amount", "kind", "project", "carried_over", "source", "unit")
    list_filter = (YEAR, "kind", "source", "carried_over")
    search_fields = ("unit__code", "unit__name", "function__code", "economic__code", "project__name", "label")
    autocomplete_fields = ("budget", "unit", "project", "function", "economic", "government_economic", "counterpart")


@admin.register(CarryForward)
class CarryForwardAdmin(ExchangeAdmin):
    """结转下年."""

    resource_classes = (CarryForwardResource,)
    list_display = ("unit", "source", "amount", "budget")
    list_filter = (YEAR, "source")
    autocomplete_fields = ("budget", "unit")


@admin.register(Project)
class ProjectAdmin(ExchangeAdmin):
    """项目."""

    resource_classes = (ProjectResource,)
    list_display = ("code", "name", "unit", "category", "first_year")
    list_filter = ("category",)
    search_fields = ("code", "name")
    autocomplete_fields = ("unit",)


@admin.register(ControlFigure)
class ControlFigureAdmin(ExchangeAdmin):
    """批复控制数."""

    resource_classes = (ControlFigureResource,)
    list_display = ("budget", "unit", "source", "kind", "amount")
    list_filter = (YEAR, "source", "kind")
    search_fields = ("budget__department__code", "budget__department__name")
    autocomplete_fields = ("budget", "unit")


@admin.register(PreviousFigure)
class PreviousFigureAdmin(ExchangeAdmin):
    """上年数."""

    resource_classes = (PreviousFigureResource,)
    list_display = ("budget", "unit", "measure", "table", "row", "amount")
    list_filter = (YEAR, "measure", "table")
    autocomplete_fields = ("budget", "unit")

    @admin.display(description="行", ordering="code")
    def row(self, figure: PreviousFigure) -> str:
        """Name the row in words."""
        return figure.row_name


@admin.register(Withholding)
class WithholdingAdmin(ScopedAdmin):
    """涉密不细化."""

    list_display = ("scheme", "code", "ground", "budget")
    list_filter = (YEAR, "scheme")
    search_fields = ("code", "ground")
    autocomplete_fields = ("budget",)
