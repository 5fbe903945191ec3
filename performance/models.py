"""What is stored of the promises: goals of a department, goals and indicators of its projects."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from budgets.access import Access, Area
from budgets.models import Budget, Project
from performance.enums import Operator


class Framework(models.Model):
    """A version of the indicator tree (财预〔2015〕88号, 财预〔2021〕101号): the tree is data, not an enum."""

    access = Access(Area.CODES)

    key = models.CharField("版本", max_length=20, unique=True)
    name = models.CharField("名称", max_length=80)

    class Meta:
        """By version."""

        verbose_name = verbose_name_plural = "绩效指标体系"
        ordering = ("key",)

    def __str__(self) -> str:
        return self.name


class IndicatorClass(models.Model):
    """一级指标 and 二级指标 of a framework, in printed order."""

    access = Access(Area.CODES)

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="classes", verbose_name="体系")
    position = models.PositiveSmallIntegerField("次序")
    level1 = models.CharField("一级指标", max_length=30)
    level2 = models.CharField("二级指标", max_length=30)

    class Meta:
        """Each pair once a framework."""

        verbose_name = verbose_name_plural = "指标类别"
        ordering = ("framework", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("framework", "level1", "level2"),
                name="indicatorclass_unique",
                violation_error_message="该体系中已有这一指标类别。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.level1}/{self.level2}"


class OverallGoal(models.Model):
    """总体绩效目标 and 工作保障措施 of a department's year, one paragraph per line."""

    access = Access(Area.FACTS, "budget__fiscal_year__government", "budget__department")

    budget = models.OneToOneField(Budget, models.PROTECT, related_name="overall_goal", verbose_name="预算")
    text = models.TextField("总体绩效目标")
    safeguards = models.TextField("工作保障措施", blank=True)

    class Meta:
        """One for each budget."""

        verbose_name = verbose_name_plural = "总体绩效目标"

    def __str__(self) -> str:
        return f"{self.budget}总体绩效目标"


class DutyGoal(models.Model):
    """分项绩效目标: one duty (职责) with its objective, goal, indicators and grading standard."""

    access = Access(Area.FACTS, "budget__fiscal_year__government", "budget__department")

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
        constraints = (
            models.UniqueConstraint(
                fields=("budget", "position"),
                name="dutygoal_position_unique",
                violation_error_message="这一次序已被另一项职责占用。",
            ),
        )

    def __str__(self) -> str:
        return self.duty


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


class Indicator(models.Model):
    """三级指标: what is measured, and the value promised; a legacy text value stays beside the parsed one."""

    access = Access(
        Area.FACTS, "goal__budget__fiscal_year__government", "goal__budget__department", "goal__project__unit"
    )

    goal = models.ForeignKey(ProjectGoal, models.CASCADE, related_name="indicators", verbose_name="项目绩效目标")
    position = models.PositiveSmallIntegerField("次序")
    classified = models.ForeignKey(IndicatorClass, models.PROTECT, related_name="+", verbose_name="指标类别")
    name = models.CharField("三级指标", max_length=120)
    description = models.TextField("绩效指标描述", blank=True)
    operator = models.CharField("比较符号", max_length=2, choices=Operator, blank=True)
    value = models.CharField("指标值", max_length=120, blank=True)
    measure = models.CharField("计量单位", max_length=20, blank=True)
    basis = models.TextField("指标值确定依据", blank=True)
    printed_value = models.TextField("原文指标值", blank=True)

    class Meta:
        """In printed order; 定性 has no 计量单位."""

        verbose_name = verbose_name_plural = "绩效指标"
        ordering = ("goal", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("goal", "position"),
                name="indicator_position_unique",
                violation_error_message="这一次序已被另一指标占用。",
            ),
            models.CheckConstraint(
                condition=~Q(operator=Operator.QUALITATIVE) | Q(measure=""),
                name="indicator_qualitative_without_measure",
                violation_error_message="定性指标不填计量单位。",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def target(self) -> str:
        """Print operator, value and measure as one text, 定性 without its operator."""
        operator = "" if self.operator == Operator.QUALITATIVE else self.operator
        return f"{operator}{self.value}{self.measure}"
