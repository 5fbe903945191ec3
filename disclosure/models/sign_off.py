"""The reviews that an edition went through, frozen with it."""

from django.db import models

from budgets.access import Access, Area
from budgets.immutable import Immutable
from disclosure.enums import Status
from disclosure.models.edition import Edition


class EditionSignOff(Immutable):
    """One review of the very content that was published: which, by whom, when, with what conclusion."""

    access = Access(Area.EDITIONS)

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="sign_offs", verbose_name="版次")
    step = models.CharField("审核步骤", max_length=20, choices=Status)
    person = models.CharField("签署人", max_length=150)
    on = models.DateField("日期")
    conclusion = models.CharField("结论", max_length=200)
    combined = models.BooleanField("与前一步骤由同一人办理", default=False)

    class Meta:
        """One for each step."""

        verbose_name = verbose_name_plural = "版次的审签"
        ordering = ("edition", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "step"),
                name="editionsignoff_step_unique",
                violation_error_message="该版次已有这一步骤的审签。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.person} {self.on}"
