"""The audit trail: append-only, each row carrying the hash of the one before it."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone

from budgets.access import Access, Area
from budgets.immutable import Immutable, ImmutableQuerySet

GENESIS = "0" * 64
FIRST_FORM, FORM = 1, 2
"""How a row's hash is taken; rows of the first form say nothing of their number and their subject."""
LONGEST_TARGET = 200

ACTIONS = {
    "add": "新增",
    "change": "修改",
    "delete": "删除",
    "fill_in": "填表",
    "import": "导入",
    "undo_import": "撤销导入",
    "导入年度正式目录": "导入年度正式目录",
    "export": "导出",
    "carry_over": "从上年带入",
    "confirm_carried": "复核上年内容",
    "explain": "说明原因",
    "waive": "豁免",
    "unwaive": "撤回豁免",
    "complete_files": "补齐文件",
    "publish": "公开",
    "withdraw": "撤下",
    "close_account": "停用账号",
    "reopen_account": "恢复账号",
    "sign_in": "登录",
    "sign_in_failed": "登录失败",
    "sign_out": "退出",
    "set_second_factor": "设置动态口令",
    "second_factor": "动态口令验证",
    "second_factor_failed": "动态口令错误",
    "reset_second_factor": "重置动态口令",
    "suspend_account": "暂停账号",
    "reset_password": "重置密码",
    "time_out": "超时退出",
    "lock_out": "锁定登录",
    "unlock": "解除锁定",
    "end_sessions": "结束登录",
}
"""The words for each action; packages above add their own."""


class TrailHead(models.Model):
    """The one row that is locked while the trail grows; it knows the last hash and how many rows there are.

    It is locked last in every transaction: whoever holds it waits for nobody.
    """

    access = Access(Area.TRAIL)

    last_hash = models.CharField("末条校验值", max_length=64, default=GENESIS)
    rows = models.PositiveBigIntegerField("条数", default=0)

    class Meta:
        """There is one row, with primary key 1."""

        verbose_name = verbose_name_plural = "审计轨迹末端"

    def __str__(self) -> str:
        return self.last_hash


class TrailQuerySet(ImmutableQuerySet):
    """Sentences about the trail."""

    def about(self, *subjects: str) -> Self:
        """Keep what was done to these, such as ``disclosure:12`` and ``budget:5``."""
        return self.filter(subject__in=subjects)


class AuditTrail(Immutable):
    """Who did what to what, and when; nobody is named where a sign-in failed."""

    access = Access(Area.TRAIL)

    at = models.DateTimeField("时间", db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="操作人"
    )
    action = models.CharField("操作", max_length=40)
    target = models.CharField("对象", max_length=LONGEST_TARGET)
    subject = models.CharField("所属事项", max_length=60, blank=True, default="", db_index=True)
    detail = models.TextField("内容")
    form = models.PositiveSmallIntegerField("校验方式", default=FORM)
    previous_hash = models.CharField("前一条校验值", max_length=64)
    hash = models.CharField("校验值", max_length=64, unique=True)

    objects = TrailQuerySet.as_manager()

    class Meta:
        """In the order of writing."""

        verbose_name = verbose_name_plural = "审计轨迹"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M} {self.actor or '—'} {self.action_name} {self.target}"

    @property
    def action_name(self) -> str:
        """Say in words what was done."""
        return ACTIONS.get(self.action, self.action)

    @classmethod
    def append(cls, action: str, target: str, *, by: Any, subject: str = "", **detail: Any) -> Self:
        """Write one row at the end of the transaction it records, under the head's row lock.

        ``by`` is None where nobody is known; ``subject`` names what the row belongs to, such as ``disclosure:12``.
        """
        with transaction.atomic():
            head, _ = TrailHead.objects.select_for_update().get_or_create(pk=1)
            row = cls(at=timezone.now(), actor=by, action=action, target=target[:LONGEST_TARGET], subject=subject)
            row.pk = (cls.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
            row.detail = json.dumps(detail, ensure_ascii=False, sort_keys=True)
            row.previous_hash = head.last_hash
            row.hash = head.last_hash = row.digest()
            row.save()
            head.rows += 1
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
        if self.form != FIRST_FORM:
            said += [self.form, self.pk, self.subject]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
