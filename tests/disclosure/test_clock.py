"""The clock of the law: twenty calendar days, and what it says on each of them."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from disclosure.clock import Clock, ClockState, Stage, deadline, due

APPROVED = date(2026, 1, 29)
LAST = date(2026, 2, 18)


def clock(left: int) -> Clock:
    """Look at the clock with so many days left."""
    return Clock(APPROVED, LAST - timedelta(days=left))


def test_the_deadline_is_twenty_calendar_days_after_approval():
    assert deadline(APPROVED) == LAST
    assert deadline(date(2024, 2, 10)) == date(2024, 3, 1)
    assert due(SimpleNamespace(approved_on=APPROVED)) == LAST


def test_without_approval_nothing_runs():
    unapproved = Clock(None, LAST)

    assert due(SimpleNamespace(approved_on=None)) is None
    assert (unapproved.due_on, unapproved.days_left, unapproved.stage) == (None, None, None)
    assert (unapproved.state, unapproved.state.label) == (ClockState.UNAPPROVED, "未批复")
    assert unapproved.weeks_overdue == 0


@pytest.mark.parametrize(
    ("left", "state", "label", "stage"),
    [
        (20, ClockState.RUNNING, "正常", None),
        (11, ClockState.RUNNING, "正常", None),
        (10, ClockState.CLOSING, "将到期", Stage.DUE_10),
        (6, ClockState.CLOSING, "将到期", Stage.DUE_10),
        (5, ClockState.CLOSING, "将到期", Stage.DUE_5),
        (3, ClockState.CLOSING, "将到期", Stage.DUE_5),
        (2, ClockState.CLOSING, "将到期", Stage.DUE_2),
        (0, ClockState.CLOSING, "将到期", Stage.DUE_2),
        (-1, ClockState.OVERDUE, "已逾期", Stage.OVERDUE),
        (-400, ClockState.OVERDUE, "已逾期", Stage.OVERDUE),
    ],
)
def test_each_day_has_its_state_and_its_call(left, state, label, stage):
    found = clock(left)

    assert (found.days_left, found.state, found.state.label, found.stage) == (left, state, label, stage)


@pytest.mark.parametrize(
    ("published", "state", "label", "left"),
    [
        (APPROVED, ClockState.PUBLISHED, "已公开", 20),
        (LAST, ClockState.PUBLISHED, "已公开", 0),
        (LAST + timedelta(days=1), ClockState.PUBLISHED_LATE, "逾期公开", -1),
    ],
)
def test_publication_stops_the_clock(published, state, label, left):
    found = Clock(APPROVED, date(2026, 12, 31), published)

    assert (found.state, found.state.label, found.days_left, found.stage) == (state, label, left, None)


def test_what_was_published_without_approval_is_not_called_late():
    assert Clock(None, LAST, LAST).state == ClockState.PUBLISHED


@pytest.mark.parametrize(("left", "weeks"), [(5, 0), (0, 0), (-1, 0), (-7, 0), (-8, 1), (-14, 1), (-15, 2)])
def test_weeks_are_counted_from_the_first_day_too_late(left, weeks):
    assert clock(left).weeks_overdue == weeks
