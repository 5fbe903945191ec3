"""未复核: what was carried over from last year into a draft and nobody has looked at yet."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from budgets.access import Access, Area
from budgets.models import Budget, Unit
from disclosure.models.disclosure import Disclosure


class CarriedRow(models.Model):
    """The mark of one row that came from last year, whatever its model; open until it is confirmed or edited.

    ``disclosure`` says in which document alone the row is printed; without one it is in its unit's document and in
    the department's. A text needs no mark: ``Narrative.state`` is its own.
    """

    access = Access(Area.DISCLOSURES, "budget__fiscal_year__government", "budget__department", "unit")

    budget: Any = models.ForeignKey(Budget, models.PROTECT, related_name="carried_rows", verbose_name="预算")
    unit: Any = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="单位")
    disclosure: Any = models.ForeignKey(
        Disclosure, models.PROTECT, related_name="carried_rows", null=True, blank=True, verbose_name="预算公开"
    )
    model = models.CharField("内容", max_length=60)
    row = models.PositiveBigIntegerField("行")
    before = models.PositiveBigIntegerField("上年的行", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="带入人")
    at = models.DateTimeField("带入时间")
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="复核人"
    )
    reviewed_at = models.DateTimeField("复核时间", null=True, blank=True)

    class Meta:
        """One mark for each row; whoever reviewed it is known with the hour."""

        verbose_name = verbose_name_plural = "上年带入的内容"
        ordering = ("budget", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("model", "row"),
                name="carriedrow_once",
                violation_error_message="这一行已有带入标记。",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="carriedrow_review_signed",
                violation_error_message="复核须同时记下复核人和时间。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.model} {self.row}"
