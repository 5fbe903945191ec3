"""Pages of the register."""

from django.contrib import admin

from budgets.admin.base import ExchangeAdmin, ScopedAdmin
from budgets.models import Department, FiscalYear, Government, Succession, Unit, UnitProfile
from budgets.resources import DepartmentResource, UnitProfileResource, UnitResource


@admin.register(Government)
class GovernmentAdmin(ScopedAdmin):
    """政府."""

    list_display = ("code", "name", "full_name", "level", "notice")
    search_fields = ("code", "name", "full_name")
    autocomplete_fields = ("parent",)


@admin.register(FiscalYear)
class FiscalYearAdmin(ScopedAdmin):
    """预算年度."""

    list_display = ("government", "year", "approved_by_congress", "layout", "is_open")
    list_filter = ("year", "is_open")
    search_fields = ("year", "government__name", "government__code")
    autocomplete_fields = ("government",)


@admin.register(Department)
class DepartmentAdmin(ExchangeAdmin):
    """部门."""

    resource_classes = (DepartmentResource,)
    list_display = ("code", "name", "full_name", "government", "valid_from", "valid_to")
    list_filter = ("government",)
    search_fields = ("code", "name", "full_name")
    autocomplete_fields = ("government",)


@admin.register(Unit)
class UnitAdmin(ExchangeAdmin):
    """预算单位."""

    resource_classes = (UnitResource,)
    list_display = ("code", "name", "affiliation", "department", "valid_from", "valid_to")
    list_filter = ("affiliation",)
    search_fields = ("code", "name")
    autocomplete_fields = ("department",)


@admin.register(UnitProfile)
class UnitProfileAdmin(ExchangeAdmin):
    """单位年度情况."""

    resource_classes = (UnitProfileResource,)
    list_display = ("unit", "year", "nature", "rank", "funding", "posts", "staff")
    list_filter = ("year", "nature")
    search_fields = ("unit__code", "unit__name")
    autocomplete_fields = ("unit",)


@admin.register(Succession)
class SuccessionAdmin(ScopedAdmin):
    """机构沿革."""

    list_display = ("__str__", "date", "kind", "government")
    list_filter = ("kind",)
    autocomplete_fields = ("government", "from_department", "to_department", "from_unit", "to_unit")
