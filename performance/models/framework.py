"""The tree of indicators: data with a version, and what every indicator states."""

from django.db import models
from django.db.models import Q

from budgets.access import Access, Area
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


class StatedIndicator(models.Model):
    """三级指标: what is measured, and the value promised; a legacy text value stays beside the parsed one."""

    position = models.PositiveSmallIntegerField("次序")
    classified = models.ForeignKey(IndicatorClass, models.PROTECT, related_name="+", verbose_name="指标类别")
    name = models.CharField("三级指标", max_length=120)
    description = models.TextField("绩效指标描述", blank=True)
    operator = models.CharField("比较符号", max_length=2, choices=Operator, blank=True)
    value = models.CharField("指标值", max_length=120, blank=True)
    measure = models.CharField("计量单位", max_length=20, blank=True)
    weight = models.DecimalField("分值", max_digits=5, decimal_places=2, null=True, blank=True)
    basis = models.TextField("指标值确定依据", blank=True)
    printed_value = models.TextField("原文指标值", blank=True)

    class Meta:
        """定性 has no 计量单位; the weights of one table add up to at most 100."""

        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=~Q(operator=Operator.QUALITATIVE) | Q(measure=""),
                name="%(class)s_qualitative_without_measure",
                violation_error_message="定性指标不填计量单位。",
            ),
            models.CheckConstraint(
                condition=Q(weight__isnull=True) | Q(weight__gte=0, weight__lte=100),
                name="%(class)s_weight_percent",
                violation_error_message="分值应在0至100之间。",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def target(self) -> str:
        """Print operator, value and measure as one text."""
        return target_of(self.operator, self.value, self.measure)


def target_of(operator: str, value: str, measure: str) -> str:
    """Print operator, value and measure as one text, 定性 without its operator."""
    return f"{'' if operator == Operator.QUALITATIVE else operator}{value}{measure}"
