"""What people did with a disclosure, step by step; who entered figures; what was remarked on the way."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from budgets.access import Access, Area
from budgets.immutable import Immutable
from budgets.models import Budget, Unit
from disclosure.enums import Act, Status
from disclosure.models.disclosure import Disclosure
from disclosure.models.edition import Edition

PATHS = ("disclosure__budget__fiscal_year__government", "disclosure__budget__department", "disclosure__unit")


class Transition(Immutable):
    """One act on one disclosure: from which state to which, by whom, with what words, on which content."""

    access = Access(Area.DISCLOSURES, *PATHS)

    disclosure: Any = models.ForeignKey(Disclosure, models.PROTECT, related_name="transitions", verbose_name="预算公开")
    round = models.PositiveSmallIntegerField("送审轮次")
    act = models.CharField("办理", max_length=20, choices=Act)
    before = models.CharField("原状态", max_length=20, choices=Status)
    after = models.CharField("新状态", max_length=20, choices=Status)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    at = models.DateTimeField("时间")
    comment = models.TextField("意见", blank=True)
    content_sha256 = models.CharField("所签内容的校验值", max_length=64, blank=True)
    combined = models.BooleanField("与前一步骤由同一人办理", default=False)

    class Meta:
        """In the order in which they happened."""

        verbose_name = verbose_name_plural = "办理记录"
        ordering = ("disclosure", "id")

    def __str__(self) -> str:
        return f"{self.get_act_display()}（{self.get_before_display()} → {self.get_after_display()}）"


class Contribution(models.Model):
    """Somebody entered, changed or imported figures or words of a budget, of one unit or department-wide."""

    access = Access(Area.DISCLOSURES, "budget__fiscal_year__government", "budget__department", "unit")

    budget: Any = models.ForeignKey(Budget, models.PROTECT, related_name="contributions", verbose_name="预算")
    unit: Any = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="单位")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="填写人")
    at = models.DateTimeField("最近一次")

    class Meta:
        """One for each person and scope."""

        verbose_name = verbose_name_plural = "填写人记录"
        ordering = ("budget", "unit", "by")
        constraints = (
            models.UniqueConstraint(
                fields=("budget", "by"),
                condition=Q(unit__isnull=True),
                name="contribution_department_unique",
                violation_error_message="该填写人已经记录。",
            ),
            models.UniqueConstraint(
                fields=("budget", "unit", "by"),
                condition=Q(unit__isnull=False),
                name="contribution_unit_unique",
                violation_error_message="该填写人已经记录。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.by}（{self.unit or self.budget}）"


class Comment(models.Model):
    """A remark on a place of a draft; whoever works on the draft answers it, and it is closed.

    ``place`` is what people call the place, and outlives it; the anchor is how it is found again.
    """

    access = Access(Area.DISCLOSURES, *PATHS)

    disclosure: Any = models.ForeignKey(Disclosure, models.PROTECT, related_name="comments", verbose_name="预算公开")
    place = models.CharField(
        "位置", max_length=120, blank=True, help_text="如“表五 2013201 行政运行 合计”；留空指全文。"
    )
    anchor = models.CharField("所指的表或文字", max_length=40, blank=True)
    anchor_row = models.PositiveBigIntegerField("所指的行", null=True, blank=True)
    anchor_key = models.TextField("所指的行的编码", blank=True)
    anchor_field = models.CharField("所指的栏目", max_length=60, blank=True)
    text = models.TextField("意见")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人")
    at = models.DateTimeField("提出时间")
    answer = models.TextField("处理情况", blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="处理人"
    )
    resolved_at = models.DateTimeField("处理时间", null=True, blank=True)

    class Meta:
        """The oldest first; an answered one says by whom and when."""

        verbose_name = verbose_name_plural = "审核意见"
        ordering = ("disclosure", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(resolved_by__isnull=True, resolved_at__isnull=True, answer="")
                | (Q(resolved_by__isnull=False, resolved_at__isnull=False) & ~Q(answer="")),
                name="comment_resolution_complete",
                violation_error_message="已处理的意见须写明处理情况、处理人和时间。",
            ),
            models.CheckConstraint(
                condition=Q(anchor="", anchor_row__isnull=True, anchor_key="", anchor_field="")
                | (~Q(anchor="") & ~Q(anchor_key="")),
                name="comment_anchor_complete",
                violation_error_message="意见所指的位置须写明是哪张表或哪段文字，以及是哪一行。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.place or '全文'}：{self.text[:40]}"


class UrgentPublication(models.Model):
    """An edition published without its reviews, for a reason; open until a second person confirms it."""

    access = Access(Area.EDITIONS)

    edition: Any = models.OneToOneField(Edition, models.PROTECT, related_name="urgent", verbose_name="版次")
    reason = models.CharField("紧急公开的理由", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="紧急公开人")
    at = models.DateTimeField("时间")
    conclusion = models.CharField("确认意见", max_length=300, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="确认人"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)

    class Meta:
        """Never without a reason; confirmed by another person, with a conclusion."""

        verbose_name = verbose_name_plural = "紧急公开"
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="urgentpublication_reason_given",
                violation_error_message="紧急公开须说明理由。",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True, conclusion="")
                | (
                    Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
                    & ~Q(conclusion="")
                    & ~Q(confirmed_by=models.F("by"))
                ),
                name="urgentpublication_second_person",
                violation_error_message="紧急公开须由另一人确认，并写明确认意见。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.edition}紧急公开"
