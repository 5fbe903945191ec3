"""The passwords an account had: so that none comes back soon, and that it is known how old the present one is."""

from typing import Self

from django.conf import settings
from django.db import models

from budgets.access import Access, Area

KEPT = 5
"""How many passwords of an account are remembered, the present one among them."""


class PasswordQuerySet(models.QuerySet):
    """Sentences about passwords."""

    def newest_first(self) -> Self:
        """Put the present password first."""
        return self.order_by("-at", "-pk")


class PasswordRecord(models.Model):
    """One password of an account, as its hash, from when it was set."""

    access = Access(Area.ACCOUNTS)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="password_records", verbose_name="账号"
    )
    password = models.CharField("密码校验值", max_length=128)
    at = models.DateTimeField("设置时间")
    temporary = models.BooleanField("一次性", default=False)

    objects = PasswordQuerySet.as_manager()

    class Meta:
        """Read by account, newest first."""

        verbose_name = verbose_name_plural = "用过的密码"
        indexes = (models.Index(fields=("user", "-at"), name="password_of_account"),)

    def __str__(self) -> str:
        return f"{self.user} {self.at:%Y-%m-%d}"
