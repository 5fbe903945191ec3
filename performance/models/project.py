"""What a project promises: its plan, its goals and its indicators."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from budgets.access import Access, Area
from budgets.models import Budget, Project
from performance.models.department import AnnualTask
from performance.models.framework import StatedIndicator


def percent(verbose_name: str) -> models.DecimalField:
    """Hold a cumulative percentage; blank is missing, not 0."""
    limits = [MinValueValidator(0), MaxValueValidator(100)]
    return models.DecimalField(verbose_name, max_digits=5, decimal_places=2, null=True, blank=True, validators=limits)


class ProjectGoal(models.Model):
    """项目绩效目标表: a project's year, with its use of money and cumulative spending plan (%)."""

    access = Access(Area.FACTS, "budget__fiscal_year__government", "budget__department", "project__unit")
    spoken = ("project",)

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="project_goals", verbose_name="预算")
    project = models.ForeignKey(Project, models.PROTECT, related_name="goals", verbose_name="项目")
    position = models.PositiveSmallIntegerField("次序")
    task = models.ForeignKey(
        AnnualTask,
        models.PROTECT,
        related_name="project_goals",
        null=True,
        blank=True,
        verbose_name="年度主要任务",
    )
    purpose = models.TextField("资金用途", blank=True)
    plan_march = percent("3月底（%）")
    plan_june = percent("6月底（%）")
    plan_october = percent("10月底（%）")
    plan_december = percent("12月底（%）")

    class Meta:
        """One table for each project and budget; percentages lie between 0 and 100."""

        verbose_name = verbose_name_plural = "项目绩效目标"
        ordering = ("budget", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("budget", "project"),
                name="projectgoal_unique",
                violation_error_message="该项目这一年度的绩效目标已经建立。",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0, f"{field}__lte": 100}),
                    name=f"projectgoal_{field}_percent",
                    violation_error_message="资金支出计划应在0至100之间。",
                )
                for field in ("plan_march", "plan_june", "plan_october", "plan_december")
            ),
        )

    def __str__(self) -> str:
        return f"{self.project.name}绩效目标"

    def clean(self) -> None:
        """Refuse another department's project, and another budget's task."""
        super().clean()
        problems = {}
        if self.project_id and self.budget_id and self.project.unit.department_id != self.budget.department_id:
            problems["project"] = f"项目“{self.project.name}”不属于{self.budget.department}。"
        if self.task_id and self.task.budget_id != self.budget_id:
            problems["task"] = "年度主要任务应是同一预算的任务。"
        if problems:
            raise ValidationError(problems)


class GoalStatement(models.Model):
    """One numbered 绩效目标 of a project."""

    access = Access(
        Area.FACTS, "goal__budget__fiscal_year__government", "goal__budget__department", "goal__project__unit"
    )

    goal = models.ForeignKey(ProjectGoal, models.CASCADE, related_name="statements", verbose_name="项目绩效目标")
    number = models.PositiveSmallIntegerField("序号")
    text = models.TextField("绩效目标")

    class Meta:
        """Numbered within a project's table."""

        verbose_name = verbose_name_plural = "绩效目标"
        ordering = ("goal", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("goal", "number"),
                name="goalstatement_number_unique",
                violation_error_message="这一序号已被占用。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}.{self.text}"


class Indicator(StatedIndicator):
    """An indicator of a project."""

    access = Access(
        Area.FACTS, "goal__budget__fiscal_year__government", "goal__budget__department", "goal__project__unit"
    )

    goal = models.ForeignKey(ProjectGoal, models.CASCADE, related_name="indicators", verbose_name="项目绩效目标")

    class Meta(StatedIndicator.Meta):
        """In printed order."""

        verbose_name = verbose_name_plural = "绩效指标"
        ordering = ("goal", "position")
        constraints = (
            *StatedIndicator.Meta.constraints,
            models.UniqueConstraint(
                fields=("goal", "position"),
                name="indicator_position_unique",
                violation_error_message="这一次序已被另一指标占用。",
            ),
        )
