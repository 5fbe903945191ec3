"""Goals and indicators in files."""

from typing import Any

from django.core.exceptions import ValidationError
from import_export.widgets import Widget

from budgets.exchange import ScopedResource, column
from budgets.widgets import BudgetWidget, ChoiceWidget, NumberWidget, OwnWidget, ProjectWidget, TextWidget, text_of
from performance.enums import Operator
from performance.models import GoalStatement, Indicator, IndicatorClass, ProjectGoal


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


class ProjectGoalResource(ScopedResource):
    """项目绩效目标."""

    year = column("budget__fiscal_year__year", "年度", NumberWidget(), readonly=True)
    budget = column("budget", "部门编码", BudgetWidget())
    project = column("project", "项目编码", ProjectWidget())
    position = column("position", "次序", NumberWidget())
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


class IndicatorResource(OfGoalResource):
    """绩效指标."""

    position = column("position", "次序", NumberWidget())
    classified = column("classified", "指标类别", ClassWidget())
    name = column("name", "三级指标", TextWidget())
    description = column("description", "绩效指标描述", TextWidget())
    operator = column("operator", "比较符号", ChoiceWidget(Operator))
    value = column("value", "指标值", TextWidget())
    measure = column("measure", "计量单位", TextWidget())
    weight = column("weight", "分值", NumberWidget())
    optional_columns = OfGoalResource.optional_columns | {"分值"}
    basis = column("basis", "指标值确定依据", TextWidget())

    class Meta(ScopedResource.Meta):
        """Placed within a project's table."""

        model = Indicator
        fields = (
            "year",
            "goal",
            "position",
            "classified",
            "name",
            "description",
            "operator",
            "value",
            "measure",
            "weight",
            "basis",
        )
        import_id_fields = ("goal", "position")
