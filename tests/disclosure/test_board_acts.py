"""Bulk acts: each disclosure by its own step; what one refuses, the others do not feel."""

from datetime import date, timedelta

import pytest
from boarded import a_year, post_in
from django.utils import timezone
from walking import crew_of, made_ready, opened

from budgets.enums import Role
from budgets.models import AuditTrail
from disclosure.board import acts
from disclosure.board.records import of_year
from disclosure.enums import FileFormat, Status
from disclosure.models import Disclosure, Exemption, Narrative, Notice, NoticeKind
from disclosure.render import RENDERERS


@pytest.fixture
def drafts(db):
    year, boss = a_year(3, 2)
    return list(of_year(year).order_by("budget__department__code", "unit__code", "pk")), boss


@pytest.fixture
def ready(disclosure, monkeypatch):
    monkeypatch.setitem(RENDERERS, FileFormat.PDF, lambda document: document.sha256.encode())
    opened(disclosure)
    Narrative.objects.filter(disclosure=disclosure, key="other_matters").update(text="新增一句说明。")
    return made_ready(disclosure)


def said(results) -> list[tuple[bool, str]]:
    return [(one.is_refused, one.said) for one in results]


def test_the_holders_are_reminded_once_a_day(drafts, django_capture_on_commit_callbacks):
    rows, boss = drafts
    clerk = post_in(rows[0].budget.fiscal_year.government, Role.CLERK, rows[0].budget.department)

    first, again = acts.remind_each(rows[:1], by=boss), acts.remind_each(rows[:1], by=boss)

    assert said(first) == [(False, "已提醒1人（经办人）。")]
    assert said(again) == [(True, "今天已经催办过，一天只催办一次。")]
    notice = Notice.objects.get(user=clerk)
    assert (notice.kind, notice.disclosure) == (NoticeKind.REMINDER, rows[0])
    assert AuditTrail.objects.filter(action="remind").count() == 1


def test_who_cannot_be_reminded_stops_no_other(drafts):
    rows, boss = drafts
    government = rows[0].budget.fiscal_year.government
    post_in(government, Role.CLERK, rows[-1].budget.department)
    of = {"fiscal_year": rows[0].budget.fiscal_year, "department": rows[0].budget.department}
    Exemption.objects.create(**of, kind="exempt", reason="依法")
    published = rows[3]
    Disclosure.objects.filter(pk=published.pk).update(status=Status.PUBLISHED)
    published.refresh_from_db()

    results = acts.remind_each([rows[0], published, rows[4], rows[-1]], by=boss)

    assert [one.is_refused for one in results] == [True, True, True, False]
    assert "不单独公开，不需要催办" in results[0].said
    assert "已公开，不需要催办" in results[1].said
    assert "没有人担任" in results[2].said


def test_a_stranger_reminds_nobody(drafts):
    rows, _ = drafts
    auditor = post_in(rows[0].budget.fiscal_year.government, Role.AUDITOR)

    [result] = acts.remind_each(rows[:1], by=auditor)

    assert result.is_refused
    assert "不是" in result.said
    assert not Notice.objects.filter(disclosure=rows[0]).exists()


def test_each_is_sent_back_or_says_why_not(ready, drafts):
    boss = crew_of(ready)[Role.BUREAU_REVIEWER]
    other = drafts[0][0]

    results = acts.send_back_each([other, ready], by=boss, comment="请核对")

    assert [one.is_refused for one in results] == [True, False]
    assert Disclosure.objects.get(pk=ready.pk).status == Status.DRAFTING
    assert ready.transitions.last().comment == "请核对"


def test_approval_of_what_is_not_there_is_refused_line_by_line(drafts):
    rows, boss = drafts

    results = acts.approve_each(rows[:2], by=boss)

    assert [one.is_refused for one in results] == [True, True]
    assert all("不能审核通过" in one.said for one in results)


def test_a_few_are_published_at_once_and_many_are_queued(ready, drafts):
    by, others = crew_of(ready)[Role.PUBLISHER], drafts[0]

    queued = acts.publish_each([ready, *others[:3]], by=by)
    waiting = Disclosure.objects.get(pk=ready.pk)
    at_once = acts.publish_each([ready, others[0]], by=by)

    assert [one.is_refused for one in queued] == [False, True, True, True]
    assert "由定时任务逐份公开" in queued[0].said
    assert timezone.now() < waiting.publish_at < timezone.now() + timedelta(minutes=2)
    assert [one.is_refused for one in at_once] == [False, True]
    assert Disclosure.objects.get(pk=ready.pk).status == Status.PUBLISHED


def test_an_hour_is_set_and_taken_back(ready):
    by, at = crew_of(ready)[Role.PUBLISHER], timezone.now() + timedelta(days=1)

    [set_] = acts.schedule_each([ready], by=by, at=at)
    [taken] = acts.unschedule_each([Disclosure.objects.get(pk=ready.pk)], by=by)
    [nothing] = acts.unschedule_each([Disclosure.objects.get(pk=ready.pk)], by=by)

    assert set_.said.startswith("已定于")
    assert (taken.said, nothing.is_refused) == ("已取消定时公开。", True)


def test_one_date_for_all_and_nobodys_elses_business(drafts):
    rows, boss = drafts
    publisher = post_in(rows[0].budget.fiscal_year.government, Role.PUBLISHER)

    done = acts.approved_on_each(rows[:2], by=boss, on=date(2026, 1, 20))
    again = acts.approved_on_each(rows[:1], by=boss, on=date(2026, 1, 20))
    refused = acts.approved_on_each(rows[:1], by=publisher, on=date(2026, 1, 21))

    assert said(done)[0] == (False, "批复日期：— → 2026-01-20。")
    assert "没有改动" in again[0].said
    assert refused[0].is_refused
    assert AuditTrail.objects.filter(action="approval").count() == 2


def test_a_department_takes_its_units_along(drafts):
    rows, _ = drafts
    whole = next(row for row in rows if row.unit_id is None)
    Disclosure.objects.filter(budget=whole.budget, unit__code__endswith="002").update(status=Status.PUBLISHED)

    together = acts.together([whole])

    assert [row.unit.code if row.unit else "" for row in together] == ["", f"{whole.budget.department.code}001"]
