"""Who has a page of a draft open: a note of the moment, no record of work."""

from typing import Any

from django.conf import settings
from django.db import models

from budgets.access import Access, Area
from disclosure.models.disclosure import Disclosure

PATHS = ("disclosure__budget__fiscal_year__government", "disclosure__budget__department", "disclosure__unit")


class Presence(models.Model):
    """Where somebody last was in a draft, and when; it holds nobody up and goes with nothing.

    Its keys are no constraints: a draft or an account that goes away takes no notice of it, nor does the trail.
    """

    access = Access(Area.DISCLOSURES, *PATHS)

    disclosure: Any = models.ForeignKey(
        Disclosure, models.DO_NOTHING, related_name="+", db_constraint=False, verbose_name="预算公开"
    )
    user: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, related_name="+", db_constraint=False, verbose_name="用户"
    )
    place = models.CharField("位置", max_length=60, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        """One for each person and place."""

        verbose_name = verbose_name_plural = "正在编辑的人"
        ordering = ("-at",)
        constraints = (
            models.UniqueConstraint(
                fields=("disclosure", "user", "place"),
                name="presence_once",
                violation_error_message="这个人在这里的记录已经有了。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.place}"
