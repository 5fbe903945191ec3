"""What each person is told about the disclosures that wait for them."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from budgets.access import Access, Area
from disclosure.models.disclosure import Disclosure


class NoticeKind(models.TextChoices):
    """Why somebody is told."""

    RETURNED = "returned", "退回"
    SUBMITTED = "submitted", "待办"
    DUE = "due", "将到期"
    OVERDUE = "overdue", "逾期"
    PUBLISHED = "published", "已公开"
    WITHDRAWN = "withdrawn", "已撤下"
    REMINDER = "reminder", "催办"
    URGENT_OPEN = "urgent_open", "紧急公开待确认"


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Sentences about notices; every page begins with :meth:`of`."""

    def of(self, user: Any) -> Self:
        """Keep one person's own."""
        return self.filter(user=user)

    def unread(self) -> Self:
        """Keep what has not been read."""
        return self.filter(read_at__isnull=True)

    def unread_first(self) -> Self:
        """Put the unread before the read, the newest of each first."""
        read = models.ExpressionWrapper(Q(read_at__isnull=False), models.BooleanField())
        return self.order_by(read, "-at", "-pk")

    def unmailed(self, since: datetime) -> Self:
        """Keep what still has to go out by mail: unread, not older than ``since``, to somebody with an address."""
        waiting = self.unread().filter(mailed_at__isnull=True, at__gte=since, user__is_active=True)
        return waiting.exclude(user__email="").order_by("pk")

    def with_names(self) -> Self:
        """Fetch what names the disclosure in the same query."""
        return self.select_related(
            "disclosure__unit", "disclosure__budget__department", "disclosure__budget__fiscal_year"
        )


class Notice(models.Model):
    """One sentence to one person.

    A notice belongs to its reader alone, whatever the reader's posts: the table of roles (budgets/access.py) knows no
    such thing, so pages never ask ``allowed`` but keep one's own rows themselves (``Notice.objects.of(user)``), and
    no list of the admin shows the table. The area below only says that it is nobody's figures.
    """

    access = Access(Area.TRAIL)

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name="收件人")
    kind = models.CharField("事由", max_length=12, choices=NoticeKind)
    disclosure = models.ForeignKey(
        Disclosure, models.CASCADE, related_name="notices", null=True, blank=True, verbose_name="预算公开"
    )
    text = models.TextField("内容")
    key = models.CharField("标识", max_length=120)
    at = models.DateTimeField("时间")
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)
    mailed_at = models.DateTimeField("邮件发出时间", null=True, blank=True)

    objects: ClassVar[Any] = NoticeQuerySet.as_manager()

    class Meta:
        """Nobody is told the same thing twice: the key says what it is about."""

        verbose_name = verbose_name_plural = "通知"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("user", "key"),
                name="notice_key_unique",
                violation_error_message="这条通知已经发给该用户。",
            ),
        )
        indexes = (models.Index(fields=("user", "read_at"), name="notice_of_reader"),)

    def __str__(self) -> str:
        """Leave the text out: the page that deletes a draft names what goes with it, others' notices too."""
        return f"{self.get_kind_display()}（{timezone.localtime(self.at):%Y-%m-%d}）"
