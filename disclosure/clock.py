"""The clock of the law: twenty days from 批复 to the public, how far it has run, and when it calls."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import TextChoices

DAYS = 20
"""预算法第十四条：部门预算批复后二十日内公开（自然日）；单位预算自单位批复之日起算（实施条例第六条）."""
WEEK = 7


class ClockState(TextChoices):
    """How a disclosure stands against its deadline."""

    UNAPPROVED = "unapproved", "未批复"
    RUNNING = "running", "正常"
    CLOSING = "closing", "将到期"
    OVERDUE = "overdue", "已逾期"
    PUBLISHED = "published", "已公开"
    PUBLISHED_LATE = "published_late", "逾期公开"


class Stage(TextChoices):
    """When people are told that the deadline comes near, or is gone."""

    DUE_10 = "due10", "10日内到期"
    DUE_5 = "due5", "5日内到期"
    DUE_2 = "due2", "2日内到期"
    OVERDUE = "overdue", "已逾期"


STAGES = ((2, Stage.DUE_2), (5, Stage.DUE_5), (10, Stage.DUE_10))
"""The narrowest first: whoever looks late is told how late it is, and nothing besides."""


def deadline(approved_on: date) -> date:
    """Return the last day in time for what was approved on ``approved_on``."""
    return approved_on + timedelta(days=DAYS)


def due(disclosure: Any) -> date | None:
    """Return the last day on which ``disclosure`` (anything with a 批复日期) is published in time."""
    approved: date | None = disclosure.approved_on
    return None if approved is None else deadline(approved)


class Clock(NamedTuple):
    """The day of 批复, the day on which somebody looks, and the day of publication where there was one."""

    approved_on: date | None
    today: date
    published_on: date | None = None

    @property
    def due_on(self) -> date | None:
        """The last day in time; None before 批复."""
        return due(self)

    @property
    def days_left(self) -> int | None:
        """Days to the deadline, negative when it is gone; the clock stands still once published."""
        return None if self.due_on is None else (self.due_on - (self.published_on or self.today)).days

    @property
    def state(self) -> ClockState:
        """How it stands; its label is what people read."""
        left = self.days_left
        if self.published_on is not None:
            return ClockState.PUBLISHED_LATE if left is not None and left < 0 else ClockState.PUBLISHED
        if left is None:
            return ClockState.UNAPPROVED
        if left < 0:
            return ClockState.OVERDUE
        return ClockState.CLOSING if self.stage else ClockState.RUNNING

    @property
    def stage(self) -> Stage | None:
        """The call that is due; None while there is time, before 批复 and after publication."""
        left = self.days_left
        if left is None or self.published_on is not None:
            return None
        if left < 0:
            return Stage.OVERDUE
        return next((stage for days, stage in STAGES if left <= days), None)

    @property
    def weeks_overdue(self) -> int:
        """Full weeks since the first day too late; 0 in the first week, and before."""
        left = self.days_left
        return 0 if left is None or left >= 0 else (-left - 1) // WEEK
