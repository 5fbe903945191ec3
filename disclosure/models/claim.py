"""Which worker draws the missing files of which edition, and until when nobody else may."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from budgets.access import Access, Area
from disclosure.models.edition import Edition

LEASE = timedelta(minutes=2)
"""How long a claim holds that is not renewed: the worker was killed, or its machine is gone."""
PAUSES = tuple(timedelta(minutes=one) for one in (1, 5, 15, 60, 360))
"""How long an edition waits whose files could not be drawn, after the first time, the second and so on."""
LONGEST_NAME = 80


class RenderingClaim(models.Model):
    """An edition in the hands of a worker, or (without a worker) waiting until it is tried again."""

    access = Access(
        Area.EDITIONS,
        government="edition__disclosure__budget__fiscal_year__government",
        department="edition__disclosure__budget__department",
        unit="edition__disclosure__unit",
    )

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="claim", verbose_name="版次")
    worker = models.CharField("工作进程", max_length=LONGEST_NAME, blank=True)
    since = models.DateTimeField("时间", default=timezone.now)
    free_at = models.DateTimeField("此前别的进程不接手")
    tries = models.PositiveSmallIntegerField("失败次数", default=0)

    class Meta:
        """One for each edition; gone when its files are there."""

        verbose_name = verbose_name_plural = "正在生成的文件"
        ordering = ("edition",)
        indexes = (models.Index(fields=("free_at",), name="renderingclaim_free"),)

    def __str__(self) -> str:
        return f"{self.edition}：{self.worker or '等待生成'}"

    @property
    def lease(self) -> timedelta:
        """Return how long it holds unless it is renewed; longer where a worker died with it before."""
        return LEASE + self.pause

    @property
    def pause(self) -> timedelta:
        """Return how long to wait before another try."""
        return PAUSES[min(self.tries, len(PAUSES)) - 1] if self.tries else timedelta()

    def hold(self, worker: str) -> None:
        """Take it for a worker; one that still names another was left by a worker that is gone, which is a try."""
        if self.worker:
            self.tries += 1
        self.worker, self.since = worker, timezone.now()
        self.free_at = self.since + self.lease
        self.save()

    def renew(self) -> None:
        """Keep it for another while."""
        self._mine().update(free_at=timezone.now() + self.lease)

    def failed(self) -> None:
        """Let it wait, the longer the more often it failed."""
        self.tries += 1
        self._mine().update(worker="", tries=self.tries, free_at=timezone.now() + self.pause)

    def done(self) -> None:
        """Forget it, unless somebody else has taken it meanwhile."""
        self._mine().delete()

    def _mine(self) -> models.QuerySet["RenderingClaim"]:
        return type(self).objects.filter(pk=self.pk, worker=self.worker, since=self.since)
