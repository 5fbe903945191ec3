"""What a department, or one of its units, promises as a whole."""

from django.db import models
from django.db.models import Q

from budgets.access import Access, Area
from budgets.models import Budget, Unit
from budgets.models.budget import OfUnit
from performance.models.framework import StatedIndicator


def once(model: str, *fields: str, message: str) -> tuple[models.UniqueConstraint, models.UniqueConstraint]:
    """Let ``fields`` stand once in a department's own rows, and once in each unit's."""
    return (
        models.UniqueConstraint(
            fields=("budget", *fields),
            condition=Q(unit__isnull=True),
            name=f"{model}_department_unique",
            violation_error_message=message,
        ),
        models.UniqueConstraint(
            fields=("budget", "unit", *fields),
            condition=Q(unit__isnull=False),
            name=f"{model}_unit_unique",
            violation_error_message=message,
        ),
    )


class OfScope(OfUnit):
    """A promise of a whole department (no unit) or of one unit."""

    access = Access(Area.FACTS, "budget__fiscal_year__government", "budget__department", "unit")

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="单位（部门整体留空）"
    )

    class Meta:
        """Abstract."""

        abstract = True


class OverallGoal(OfScope):
    """总体绩效目标 and 工作保障措施 of a year, one paragraph per line."""

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="overall_goals", verbose_name="预算")
    text = models.TextField("总体绩效目标")
    safeguards = models.TextField("工作保障措施", blank=True)

    class Meta:
        """One for each scope."""

        verbose_name = verbose_name_plural = "总体绩效目标"
        ordering = ("budget", "unit__code")
        constraints = once("overallgoal", message="这一总体绩效目标已经填写。")

    def __str__(self) -> str:
        return f"{self.unit or self.budget}总体绩效目标"


class DutyGoal(OfScope):
    """分项绩效目标: one duty (职责) with its objective, goal, indicators and grading standard."""

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="duty_goals", verbose_name="预算")
    position = models.PositiveSmallIntegerField("次序")
    duty = models.CharField("职责", max_length=60)
    responsibilities = models.TextField("主要职责", blank=True)
    objective = models.TextField("职责目标", blank=True)
    goal = models.TextField("绩效目标", blank=True)
    indicators = models.TextField("绩效指标", blank=True)
    standard = models.TextField("绩效标准", blank=True)

    class Meta:
        """In printed order."""

        verbose_name = verbose_name_plural = "分项绩效目标"
        ordering = ("budget", "position")
        constraints = once("dutygoal", "position", message="这一次序已被另一项职责占用。")

    def __str__(self) -> str:
        return self.duty


class AnnualTask(models.Model):
    """年度主要任务: what projects add up to (部门整体支出绩效目标表); its money is its projects' money."""

    access = Access(Area.FACTS, "budget__fiscal_year__government", "budget__department")

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="annual_tasks", verbose_name="预算")
    position = models.PositiveSmallIntegerField("次序")
    name = models.CharField("任务名称", max_length=60)
    content = models.TextField("主要内容", blank=True)

    class Meta:
        """In printed order."""

        verbose_name = verbose_name_plural = "年度主要任务"
        ordering = ("budget", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("budget", "position"),
                name="annualtask_position_unique",
                violation_error_message="这一次序已被另一项任务占用。",
            ),
        )

    def __str__(self) -> str:
        return self.name


class OverallIndicator(OfScope, StatedIndicator):
    """An indicator of a whole department or unit (部门整体支出绩效目标表)."""

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="overall_indicators", verbose_name="预算")

    class Meta(StatedIndicator.Meta):
        """In printed order."""

        verbose_name = verbose_name_plural = "整体绩效指标"
        ordering = ("budget", "position")
        constraints = (
            *StatedIndicator.Meta.constraints,
            *once("overallindicator", "position", message="这一次序已被另一指标占用。"),
        )
