"""Goals and indicators in files."""

from typing import Any

from django.core.exceptions import ValidationError
from import_export.widgets import Widget

from budgets.exchange import ScopedResource, column
from budgets.resources.facts import OfBudgetResource
from budgets.widgets import BudgetWidget, ChoiceWidget, NumberWidget, OwnWidget, ProjectWidget, TextWidget, text_of
from performance.enums import Operator
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


class GoalWidget(OwnWidget):
    """The goal table of a project in the row's 年度, by 项目编码."""

    model, named, lookup = ProjectGoal, "项目编码（本年度绩效目标）", "project__code"

    def narrowed(self, rows: Any, row: dict[str, Any]) -> Any:
        """Keep the row's year."""
        year = text_of(row.get("年度"))
        if not year.isdecimal():
            raise ValidationError("请填写“年度”列，例如 2022。")
        return rows.filter(budget__fiscal_year__year=int(year), budget__phase="initial")

    def render(self, value: Any, obj: Any = None, **_kwargs: Any) -> str:
        """Write the project's code."""
        return value.project.code if value else ""


class ClassWidget(Widget):
    """A class of indicators by “一级/二级”, in the framework of the year."""

    def clean(self, value: Any, row: Any = None, **_kwargs: Any) -> IndicatorClass:
        """Read “产出指标/数量指标”."""
        level1, _, level2 = text_of(value).partition("/")
        found = IndicatorClass.objects.filter(level1=level1.strip(), level2=level2.strip()).first()
        if found is None:
            raise ValidationError(f"指标类别“{text_of(value)}”无效，应写“一级/二级”，例如 产出指标/数量指标。")
        return found

    def render(self, value: Any, obj: Any = None, **_kwargs: Any) -> str:
        """Write both levels."""
        return str(value) if value else ""


class TaskWidget(OwnWidget):
    """A 年度主要任务 of the row's department and 年度, by its name."""

    model, named, lookup = AnnualTask, "年度主要任务", "name"

    def narrowed(self, rows: Any, row: dict[str, Any]) -> Any:
        """Keep the row's year and department."""
        year = text_of(row.get("年度"))
        rows = rows.filter(budget__department__code=text_of(row.get("部门编码")), budget__phase="initial")
        return rows.filter(budget__fiscal_year__year=int(year)) if year.isdecimal() else rows.none()

    def render(self, value: Any, obj: Any = None, **_kwargs: Any) -> str:
        """Write the task's name."""
        return value.name if value else ""


class ProjectGoalResource(ScopedResource):
    """项目绩效目标."""

    year = column("budget__fiscal_year__year", "年度", NumberWidget(), readonly=True)
    budget = column("budget", "部门编码", BudgetWidget())
    project = column("project", "项目编码", ProjectWidget())
    position = column("position", "次序", NumberWidget())
    task = column("task", "年度主要任务", TaskWidget())
    optional_columns = ScopedResource.optional_columns | {"年度主要任务"}
    purpose = column("purpose", "资金用途", TextWidget())
    plan_march = column("plan_march", "3月底（%）", NumberWidget())
    plan_june = column("plan_june", "6月底（%）", NumberWidget())
    plan_october = column("plan_october", "10月底（%）", NumberWidget())
    plan_december = column("plan_december", "12月底（%）", NumberWidget())

    class Meta(ScopedResource.Meta):
        """One for each project and budget."""

        model = ProjectGoal
        fields = (
            "year",
            "budget",
            "project",
            "position",
            "task",
            "purpose",
            "plan_march",
            "plan_june",
            "plan_october",
            "plan_december",
        )
        import_id_fields = ("budget", "project")


class OfGoalResource(ScopedResource):
    """What belongs to a project's goal table: 年度 and 项目编码 name it."""

    year = column("goal__budget__fiscal_year__year", "年度", NumberWidget(), readonly=True)
    goal = column("goal", "项目编码", GoalWidget())


class GoalStatementResource(OfGoalResource):
    """绩效目标."""

    number = column("number", "序号", NumberWidget())
    text = column("text", "绩效目标", TextWidget())

    class Meta(ScopedResource.Meta):
        """Numbered within a project's table."""

        model = GoalStatement
        fields = ("year", "goal", "number", "text")
        import_id_fields = ("goal", "number")


class StatedResource(ScopedResource):
    """What every indicator states."""

    position = column("position", "次序", NumberWidget())
    classified = column("classified", "指标类别", ClassWidget())
    name = column("name", "三级指标", TextWidget())
    description = column("description", "绩效指标描述", TextWidget())
    operator = column("operator", "比较符号", ChoiceWidget(Operator))
    value = column("value", "指标值", TextWidget())
    measure = column("measure", "计量单位", TextWidget())
    weight = column("weight", "分值", NumberWidget())
    basis = column("basis", "指标值确定依据", TextWidget())
    printed_value = column("printed_value", "原文指标值", TextWidget())
    optional_columns = ScopedResource.optional_columns | {"分值", "原文指标值"}

    class Meta(ScopedResource.Meta):
        """Placed within their table."""

        said = (
            "position",
            "classified",
            "name",
            "description",
            "operator",
            "value",
            "measure",
            "weight",
            "basis",
            "printed_value",
        )


class IndicatorResource(StatedResource, OfGoalResource):
    """绩效指标."""

    class Meta(StatedResource.Meta):
        """Placed within a project's table."""

        model = Indicator
        fields = ("year", "goal", *StatedResource.Meta.said)
        import_id_fields = ("goal", "position")


class OverallIndicatorResource(StatedResource, OfBudgetResource):
    """整体绩效指标; 单位编码 is blank for the whole department."""

    class Meta(StatedResource.Meta):
        """Placed within a scope's table."""

        model = OverallIndicator
        fields = ("year", "budget", "unit", *StatedResource.Meta.said)
        import_id_fields = ("budget", "unit", "position")


class OverallGoalResource(OfBudgetResource):
    """总体绩效目标; 单位编码 is blank for the whole department."""

    text = column("text", "总体绩效目标", TextWidget())
    safeguards = column("safeguards", "工作保障措施", TextWidget())

    class Meta(ScopedResource.Meta):
        """One for each scope."""

        model = OverallGoal
        fields = ("year", "budget", "unit", "text", "safeguards")
        import_id_fields = ("budget", "unit")


class DutyGoalResource(OfBudgetResource):
    """分项绩效目标; 单位编码 is blank for the whole department."""

    position = column("position", "次序", NumberWidget())
    duty = column("duty", "职责", TextWidget())
    responsibilities = column("responsibilities", "主要职责", TextWidget())
    objective = column("objective", "职责目标", TextWidget())
    goal = column("goal", "绩效目标", TextWidget())
    indicators = column("indicators", "绩效指标", TextWidget())
    standard = column("standard", "绩效标准", TextWidget())

    class Meta(ScopedResource.Meta):
        """Placed within a scope."""

        model = DutyGoal
        words = ("duty", "responsibilities", "objective", "goal", "indicators", "standard")
        fields = ("year", "budget", "unit", "position", *words)
        import_id_fields = ("budget", "unit", "position")


class AnnualTaskResource(ScopedResource):
    """年度主要任务."""

    year = column("budget__fiscal_year__year", "年度", NumberWidget(), readonly=True)
    budget = column("budget", "部门编码", BudgetWidget())
    position = column("position", "次序", NumberWidget())
    name = column("name", "任务名称", TextWidget())
    content = column("content", "主要内容", TextWidget())

    class Meta(ScopedResource.Meta):
        """Placed within a budget."""

        model = AnnualTask
        fields = ("year", "budget", "position", "name", "content")
        import_id_fields = ("budget", "position")
