"""What the audit found of a draft, why a warning stands, and which error was waived by whom."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from budgets.access import Access, Area
from disclosure.models.disclosure import Disclosure

PATHS = ("disclosure__budget__fiscal_year__government", "disclosure__budget__department", "disclosure__unit")


class AuditResult(models.Model):
    """The findings of one draft, good for the very data and rules whose hashes it carries."""

    access = Access(Area.DISCLOSURES, *PATHS)

    disclosure: Any = models.OneToOneField(
        Disclosure, models.CASCADE, related_name="audit_result", verbose_name="预算公开"
    )
    data_sha256 = models.CharField("数据校验值", max_length=64)
    rules_sha256 = models.CharField("规则校验值", max_length=64)
    at = models.DateTimeField("检查时间")
    errors = models.PositiveIntegerField("错误数")
    warnings = models.PositiveIntegerField("警告数")
    notes = models.PositiveIntegerField("提示数")
    report = models.TextField("检查结果")

    class Meta:
        """One for each disclosure: the last."""

        verbose_name = verbose_name_plural = "检查结果"

    def __str__(self) -> str:
        return f"{self.disclosure}：错误{self.errors}、警告{self.warnings}、提示{self.notes}"


class Answer(models.Model):
    """What somebody answered to one finding, known by its fingerprint: another figure is another finding."""

    rule = models.CharField("规则", max_length=8)
    fingerprint = models.CharField("问题的校验值", max_length=64)
    message = models.TextField("问题")
    reason = models.CharField("理由", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="填写人")
    at = models.DateTimeField("时间")

    class Meta:
        """What reasons and waivers share."""

        abstract = True

    def __str__(self) -> str:
        return f"{self.rule}：{self.reason}"


class Explanation(Answer):
    """The reason why a warning stands."""

    access = Access(Area.FACTS, *PATHS)

    disclosure = models.ForeignKey(Disclosure, models.CASCADE, related_name="explanations", verbose_name="预算公开")

    class Meta:
        """One for each finding, never blank."""

        verbose_name = verbose_name_plural = "警告的原因"
        ordering = ("disclosure", "rule", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("disclosure", "fingerprint"),
                name="explanation_finding_unique",
                violation_error_message="这一问题已经说明了原因。",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="explanation_reason_given",
                violation_error_message="请写明原因。",
            ),
        )


class Waiver(Answer):
    """An error that the bureau's reviewer lets stand, with a reason that is published where so marked."""

    access = Access(Area.CONTROL, *PATHS)

    disclosure = models.ForeignKey(Disclosure, models.CASCADE, related_name="waivers", verbose_name="预算公开")
    published = models.BooleanField("理由随文件公开", default=False)

    class Meta:
        """One for each finding, never blank."""

        verbose_name = verbose_name_plural = "错误的豁免"
        ordering = ("disclosure", "rule", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("disclosure", "fingerprint"),
                name="waiver_finding_unique",
                violation_error_message="这一错误已经豁免。",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="waiver_reason_given",
                violation_error_message="豁免须写明理由。",
            ),
        )
