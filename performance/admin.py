"""Pages of goals and indicators; a project's goals and indicators are few and stand on its own page."""

from django.contrib import admin

from budgets.admin.base import ExchangeAdmin, ReadOnlyAdmin, ScopedInline
from budgets.admin.budget import YEAR
from performance.models import (
    AnnualTask,
    DutyGoal,
    GoalStatement,
    Indicator,
    IndicatorClass,
    OverallGoal,
    OverallIndicator,
    ProjectGoal,
)
from performance.resources import (
    AnnualTaskResource,
    DutyGoalResource,
    GoalStatementResource,
    IndicatorResource,
    OverallGoalResource,
    OverallIndicatorResource,
    ProjectGoalResource,
)


@admin.register(OverallGoal)
class OverallGoalAdmin(ExchangeAdmin):
    """总体绩效目标."""

    resource_classes = (OverallGoalResource,)
    list_display = ("budget", "unit")
    autocomplete_fields = ("budget", "unit")


@admin.register(DutyGoal)
class DutyGoalAdmin(ExchangeAdmin):
    """分项绩效目标."""

    resource_classes = (DutyGoalResource,)
    list_display = ("position", "duty", "unit", "budget")
    list_display_links = ("duty",)
    list_filter = (YEAR,)
    search_fields = ("duty", "goal")
    autocomplete_fields = ("budget", "unit")


@admin.register(AnnualTask)
class AnnualTaskAdmin(ExchangeAdmin):
    """年度主要任务."""

    resource_classes = (AnnualTaskResource,)
    list_display = ("position", "name", "budget")
    list_display_links = ("name",)
    list_filter = (YEAR,)
    search_fields = ("name",)
    autocomplete_fields = ("budget",)


@admin.register(OverallIndicator)
class OverallIndicatorAdmin(ExchangeAdmin):
    """整体绩效指标."""

    resource_classes = (OverallIndicatorResource,)
    list_display = ("position", "name", "classified", "operator", "value", "measure", "unit", "budget")
    list_display_links = ("name",)
    list_filter = (YEAR,)
    search_fields = ("name",)
    autocomplete_fields = ("budget", "unit", "classified")


class StatementInline(ScopedInline):
    """Numbered goals."""

    model = GoalStatement
    max_num = 20


class IndicatorInline(ScopedInline):
    """Indicators."""

    model = Indicator
    max_num = 40
    autocomplete_fields = ("classified",)
    fields = ("position", "classified", "name", "operator", "value", "measure", "weight", "description", "basis")


@admin.register(ProjectGoal)
class ProjectGoalAdmin(ExchangeAdmin):
    """项目绩效目标."""

    resource_classes = (ProjectGoalResource,)
    list_display = ("position", "project", "plan_march", "plan_june", "plan_october", "plan_december", "budget")
    list_display_links = ("project",)
    list_filter = (YEAR,)
    search_fields = ("project__code", "project__name")
    autocomplete_fields = ("budget", "project", "task")
    inlines = (StatementInline, IndicatorInline)


@admin.register(GoalStatement)
class GoalStatementAdmin(ExchangeAdmin):
    """绩效目标."""

    resource_classes = (GoalStatementResource,)
    list_display = ("goal", "number", "text")
    search_fields = ("text", "goal__project__name")
    autocomplete_fields = ("goal",)
    list_select_related = ("goal__project",)


@admin.register(Indicator)
class IndicatorAdmin(ExchangeAdmin):
    """绩效指标."""

    resource_classes = (IndicatorResource,)
    list_display = ("goal", "position", "classified", "name", "operator", "value", "measure")
    list_display_links = ("name",)
    list_filter = ("operator", "classified__level1")
    search_fields = ("name", "goal__project__name", "goal__project__code")
    autocomplete_fields = ("goal", "classified")


@admin.register(IndicatorClass)
class IndicatorClassAdmin(ReadOnlyAdmin):
    """指标类别."""

    list_display = ("framework", "level1", "level2")
    list_filter = ("framework",)
    search_fields = ("level1", "level2", "framework__key")
