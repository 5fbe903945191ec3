"""Whom the clock reminds of what is not published yet: clerks and reviewers, and the bureau when it is late."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from budgets.enums import Role
from disclosure.clock import Clock, Stage
from disclosure.enums import Status
from disclosure.models import Disclosure, Edition, Exemption, NoticeKind
from disclosure.moves import HOLDERS
from disclosure.notices import keep, recipients


def remind(today: date) -> int:
    """Store every reminder that is due on ``today`` and not stored yet; return how many. Mails nothing."""
    return sum(_remind(disclosure, Clock(disclosure.approved_on, today)) for disclosure in unpublished())


def unpublished() -> Any:
    """Return the disclosures that have a 批复日期 in an open year, must be published and are not."""
    public = Edition.objects.filter(disclosure=OuterRef("pk"), withdrawal__isnull=True)
    running = Disclosure.objects.exclude(exempt()).filter(budget__fiscal_year__is_open=True, approved_on__isnull=False)
    return running.exclude(Exists(public)).select_related("unit", *_followed()).order_by("pk")


def _followed() -> tuple[str, ...]:
    return ("budget__department", "budget__fiscal_year__government")


def exempt() -> Exists:
    """Tell whether a disclosure need not be published by itself: its unit's or its department's exemption."""
    of_year = Exemption.objects.filter(
        fiscal_year=OuterRef("budget__fiscal_year"), department=OuterRef("budget__department")
    )
    return Exists(of_year.filter(Q(unit__isnull=True) | Q(unit=OuterRef("unit"))))


def responsible(disclosure: Disclosure, stage: Stage) -> tuple[Role, ...]:
    """Name the roles to remind: who fills in, in whose hands it is, and 财政 once it is overdue."""
    state = Status(disclosure.status)
    beginning = state in {Status.DRAFTING, Status.PUBLISHED}
    holder = Role.DEPARTMENT_REVIEWER if beginning else HOLDERS[state]
    bureau = (Role.BUREAU_REVIEWER,) if stage == Stage.OVERDUE else ()
    return (Role.CLERK, holder, *bureau)


@transaction.atomic
def _remind(disclosure: Disclosure, clock: Clock) -> int:
    stage = clock.stage
    if stage is None:
        return 0
    to = recipients(disclosure, *responsible(disclosure, stage))
    kind = NoticeKind.OVERDUE if stage == Stage.OVERDUE else NoticeKind.DUE
    return len(keep(disclosure, kind, sentence(disclosure, clock), to=to, key=key(disclosure, clock, stage)))


def key(disclosure: Disclosure, clock: Clock, stage: Stage) -> str:
    """Name a reminder, e.g. ``due10:2026-02-18:disclosure 5``; a new week overdue, or a new 批复日期, is a new one."""
    week = f"+{clock.weeks_overdue}w" if clock.weeks_overdue else ""
    return f"{stage}{week}:{clock.due_on}:disclosure {disclosure.pk}"


def sentence(disclosure: Disclosure, clock: Clock) -> str:
    """Say how much time is left, or how late it is, and what to do."""
    day, left = clock.due_on, clock.days_left
    if day is None or left is None:
        return f"{disclosure}没有登记批复日期。"
    until = f"{day.year}年{day.month}月{day.day}日"
    now = f"现在是“{disclosure.get_status_display()}”"
    if left < 0:
        return f"{disclosure}应在{until}前公开，已逾期{-left}天，{now}。请尽快办理并公开。"
    if left == 0:
        return f"{disclosure}今天（{until}）是公开期限的最后一天，{now}。请今天办理并公开。"
    return f"{disclosure}应在{until}前公开，还有{left}天，{now}。请按时办理。"
