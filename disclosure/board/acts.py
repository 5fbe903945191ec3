"""The same act on many disclosures: each is its own step, and one that is refused stops no other."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from budgets.enums import Role
from budgets.models import AuditTrail
from disclosure import workflow
from disclosure.board.approving import set_approved_on
from disclosure.clock import Clock
from disclosure.enums import Status
from disclosure.models import Disclosure, Notice, NoticeKind
from disclosure.moves import HOLDERS
from disclosure.notices import notify, recipients
from disclosure.refusal import RefusalError
from disclosure.reminders import sentence
from disclosure.roster import exemption_of
from disclosure.workflow.people import holds

AT_ONCE = 3
"""How many are published while somebody waits; more are left to :func:`disclosure.workflow.publish_due`."""
SHORTLY = timedelta(minutes=1)
REMINDING = (Role.BUREAU_REVIEWER, Role.PUBLISHER)


class Result(NamedTuple):
    """What became of one of many: what was done, or why not."""

    disclosure: Disclosure
    said: str
    is_refused: bool = False


def remind(disclosure: Disclosure, *, by: Any) -> int:
    """Remind whoever has a disclosure on the desk, at most once a day; return how many people were told."""
    if not holds(by, disclosure, REMINDING):
        message = f"用户“{by}”不是{disclosure}的“财政审核人”或“发布人”，不能催办。"
        raise RefusalError(message)
    status = Status(disclosure.status)
    if status is Status.PUBLISHED:
        message = f"{disclosure}已公开，不需要催办。"
        raise RefusalError(message)
    if exemption := exemption_of(disclosure):
        message = f"{disclosure}已登记为“{exemption.get_kind_display()}”，不单独公开，不需要催办。"
        raise RefusalError(message)
    people = recipients(disclosure, HOLDERS[status])
    if not people:
        message = f"没有人担任{disclosure}的“{HOLDERS[status].label}”，催办没有发出。请安全管理员授予岗位。"
        raise RefusalError(message)
    key = f"reminder:{timezone.localdate()}:disclosure {disclosure.pk}"
    with transaction.atomic():
        Disclosure.objects.select_for_update().get(pk=disclosure.pk)
        if Notice.objects.filter(key=key).exists():
            raise RefusalError("今天已经催办过，一天只催办一次。")
        notify(disclosure, NoticeKind.REMINDER, _reminder(disclosure), to=people, key=key)
        AuditTrail.append("remind", str(disclosure), by=by, to=[user.username for user in people])
    return len(people)


def _reminder(disclosure: Disclosure) -> str:
    if disclosure.approved_on:
        return f"催办：{sentence(disclosure, Clock(disclosure.approved_on, timezone.localdate()))}"
    return f"催办：{disclosure}现在是“{disclosure.get_status_display()}”，请尽快办理。"


def remind_each(rows: Iterable[Disclosure], *, by: Any) -> list[Result]:
    """催办."""
    return _each(rows, lambda row: f"已提醒{remind(row, by=by)}人（{HOLDERS[Status(row.status)].label}）。")


def send_back_each(rows: Iterable[Disclosure], *, by: Any, comment: str) -> list[Result]:
    """退回, with one comment for all."""
    return _each(rows, lambda row: _said("已退回经办人。", workflow.send_back(row, by=by, comment=comment)))


def approve_each(rows: Iterable[Disclosure], *, by: Any) -> list[Result]:
    """审核通过."""
    return _each(rows, lambda row: f"已审核通过，现在是“{workflow.approve(row, by=by).get_after_display()}”。")


def publish_each(rows: Iterable[Disclosure], *, by: Any) -> list[Result]:
    """公开: a few at once, many in a minute by the timer, because each takes seconds."""
    chosen = list(rows)
    if len(chosen) <= AT_ONCE:
        return _each(chosen, lambda row: f"已公开：{workflow.publish(row, by=by)}。")
    at = timezone.now().replace(microsecond=0) + SHORTLY
    moment = f"{timezone.localtime(at):%H:%M}"
    said = f"已排队，{moment}起由定时任务逐份公开。"
    return _each(chosen, lambda row: _said(said, workflow.schedule(row, by=by, at=at)))


def schedule_each(rows: Iterable[Disclosure], *, by: Any, at: datetime) -> list[Result]:
    """定时公开, all at one hour."""
    said = f"已定于{timezone.localtime(at):%Y-%m-%d %H:%M}公开。"
    return _each(rows, lambda row: _said(said, workflow.schedule(row, by=by, at=at)))


def unschedule_each(rows: Iterable[Disclosure], *, by: Any) -> list[Result]:
    """取消定时."""
    return _each(rows, lambda row: _unscheduled(row, by))


def approved_on_each(rows: Iterable[Disclosure], *, by: Any, on: date) -> list[Result]:
    """批复日期, one day for all."""
    return _each(rows, lambda row: _dated(row, by, on))


def together(rows: Iterable[Disclosure]) -> list[Disclosure]:
    """Return disclosures with those of the units of each whole department among them, as far as not public yet."""
    chosen = list(rows)
    budgets = [row.budget_id for row in chosen if row.unit_id is None]
    units = Disclosure.objects.filter(budget__in=budgets, unit__isnull=False).exclude(status=Status.PUBLISHED)
    followed = ("unit", "budget__department", "budget__fiscal_year__government")
    everyone = {row.pk: row for row in (*chosen, *units.select_related(*followed))}
    return sorted(everyone.values(), key=lambda row: (row.budget.department.code, row.unit.code if row.unit else ""))


def _each(rows: Iterable[Disclosure], act: Callable[[Disclosure], str]) -> list[Result]:
    return [_tried(row, act) for row in rows]


def _tried(row: Disclosure, act: Callable[[Disclosure], str]) -> Result:
    try:
        return Result(row, act(row))
    except RefusalError as refusal:
        return Result(row, str(refusal), is_refused=True)


def _said(words: str, _done: object) -> str:
    return words


def _unscheduled(row: Disclosure, by: Any) -> str:
    if row.publish_at is None:
        message = f"{row}没有定时公开，不需要取消。"
        raise RefusalError(message)
    workflow.schedule(row, by=by, at=None)
    return "已取消定时公开。"


def _dated(row: Disclosure, by: Any, on: date) -> str:
    old = set_approved_on(row, on, by=by)
    return f"批复日期：{old or '—'} → {on}。" if old != on else f"批复日期本来就是{on}，没有改动。"
