"""The audit trail: append-only, each row carrying the hash of the one before it."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from budgets.access import Access, Area
from budgets.immutable import Immutable

GENESIS = "0" * 64


class TrailHead(models.Model):
    """The one row that is locked while the trail grows, and the hash it ended with."""

    access = Access(Area.TRAIL)

    last_hash = models.CharField("末条校验值", max_length=64, default=GENESIS)

    class Meta:
        """There is one row, with primary key 1."""

        verbose_name = verbose_name_plural = "审计轨迹末端"

    def __str__(self) -> str:
        return self.last_hash


class AuditTrail(Immutable):
    """Who did what to what, and when."""

    access = Access(Area.TRAIL)

    at = models.DateTimeField("时间")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="操作人")
    action = models.CharField("操作", max_length=40)
    target = models.CharField("对象", max_length=200)
    detail = models.TextField("内容")
    previous_hash = models.CharField("前一条校验值", max_length=64)
    hash = models.CharField("校验值", max_length=64, unique=True)

    class Meta:
        """In the order of writing."""

        verbose_name = verbose_name_plural = "审计轨迹"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.action} {self.target}"

    @classmethod
    def append(cls, action: str, target: str, *, by: Any, **detail: Any) -> Self:
        """Write one row at the end of the transaction it records, under the head's row lock."""
        with transaction.atomic():
            head, _ = TrailHead.objects.select_for_update().get_or_create(pk=1)
            row = cls(at=timezone.now(), actor=by, action=action, target=target, previous_hash=head.last_hash)
            row.detail = json.dumps(detail, ensure_ascii=False, sort_keys=True)
            row.hash = head.last_hash = row.digest()
            row.save()
            head.save()
            return row

    def digest(self) -> str:
        """Hash what the row says together with the hash of the row before it."""
        at: datetime = self.at
        said = [
            at.astimezone(UTC).isoformat(),
            self.actor_id,
            self.action,
            self.target,
            self.detail,
            self.previous_hash,
        ]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
