"""The legal clock in words: how many days are left, or how late it is."""

from datetime import date

from django.utils import timezone

from disclosure.clock import Clock, ClockState
from disclosure.models import Disclosure

UNAPPROVED = "还没有填写批复日期，期限无从计算。请在“预算公开”中填写批复日期。"


def clock_of(disclosure: Disclosure, published_on: date | None = None) -> Clock:
    """Return a disclosure's clock as it runs today, or as it stood still on the day of publication."""
    return Clock(disclosure.approved_on, timezone.localdate(), published_on)


def in_words(clock: Clock) -> str:
    """Say when it was approved, by when the law wants it published, and how that stands."""
    due, left = clock.due_on, clock.days_left
    if due is None or left is None:
        return f"{clock.published_on:%Y-%m-%d}公开，没有填写批复日期。" if clock.published_on else UNAPPROVED
    law = f"{clock.approved_on:%Y-%m-%d}批复，最迟{due:%Y-%m-%d}公开"
    said = {
        ClockState.PUBLISHED: f"已于{clock.published_on}按期公开",
        ClockState.PUBLISHED_LATE: f"{clock.published_on}公开，晚了{-left}天",
        ClockState.OVERDUE: f"已逾期{-left}天",
    }
    return f"{law}，{said.get(clock.state, f'还有{left}天' if left else '今天是最后一天')}。"
