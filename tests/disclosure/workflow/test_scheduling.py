"""定时公开: the hour is set by a publisher, and what is due is published in that publisher's name, once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from traces import edit, exempt, explained, left_behind, now, pressed_again, refusal, taken_to

from budgets.enums import Role
from budgets.models import Membership
from disclosure import workflow
from disclosure.enums import Status
from disclosure.models import Disclosure, Edition
from disclosure.scopes import remember

HOUR = datetime(2100, 1, 1, 1, 0, tzinfo=UTC)
LATER = HOUR + timedelta(minutes=1)


@pytest.fixture
def ready(draft):
    return taken_to(draft, Status.READY)


@pytest.fixture
def scheduled(ready, crew):
    return workflow.schedule(ready, by=crew[Role.PUBLISHER], at=HOUR)


def test_the_hour_is_set_and_set_twice_is_set_once(ready, crew):
    found = workflow.schedule(ready, by=crew[Role.PUBLISHER], at=HOUR)

    step = ready.transitions.last()
    assert (found.publish_at, found.scheduled_by) == (HOUR, crew[Role.PUBLISHER])
    assert (step.act, step.before, step.after, step.comment) == ("schedule", "ready", "ready", "2100-01-01 09:00")
    assert pressed_again(workflow.schedule, ready, by=crew[Role.PUBLISHER], at=HOUR) == found


def test_the_hour_is_taken_back(scheduled, somebody):
    found = workflow.schedule(scheduled, by=somebody("另一发布人", Role.PUBLISHER), at=None)

    assert (found.publish_at, found.scheduled_by) == (None, None)
    assert scheduled.transitions.last().comment == "取消定时"
    assert workflow.publish_due(LATER) == []


def test_an_hour_that_has_passed_is_refused(ready, crew):
    assert refusal(workflow.schedule, ready, by=crew[Role.PUBLISHER], at=timezone.now()) == (
        "定时公开的时间已经过去。请填写将来的时间，或直接公开。"
    )


def test_only_a_publisher_sets_the_hour_and_only_of_what_is_ready(draft, crew):
    early = refusal(workflow.schedule, draft, by=crew[Role.PUBLISHER], at=HOUR)
    taken_to(draft, Status.READY)

    assert early == f"{draft}现在是“填报中”，不能定时公开；只有“待公开”时可以定时公开。"
    assert "的“发布人”，不能定时公开" in refusal(workflow.schedule, draft, by=crew[Role.CLERK], at=HOUR)


def test_whoever_may_not_publish_may_not_set_the_hour(draft, crew, somebody):
    taken_to(draft, Status.BUREAU_REVIEW)
    both = somebody("两岗", Role.BUREAU_REVIEWER, Role.PUBLISHER)
    workflow.approve(draft, by=both)
    said = [refusal(workflow.schedule, draft, by=both, at=HOUR)]
    remember(crew[Role.PUBLISHER], draft.budget, None)
    said.append(refusal(workflow.schedule, draft, by=crew[Role.PUBLISHER], at=HOUR))
    edit(draft)
    said.append(refusal(workflow.schedule, draft, by=somebody("第三人", Role.PUBLISHER), at=HOUR))

    assert [one.partition("，")[0] for one in said] == [
        "“两岗”刚办理了上一步“审核通过”（财政审核）",
        f"“demo-publisher”填写或导入过{draft}的内容",
        "demo-clerk提交审核（填报中）之后",
    ]


def test_nothing_is_published_before_its_hour(scheduled):
    before = left_behind()

    assert workflow.publish_due(HOUR - timedelta(seconds=1)) == []
    assert left_behind() == before


def test_what_is_due_is_published_once_in_the_name_of_whoever_set_the_hour(scheduled, crew):
    [due] = workflow.publish_due(LATER)

    assert (due.edition.published_by, due.refusal) == (crew[Role.PUBLISHER], "")
    assert (now(scheduled).status, now(scheduled).publish_at) == (Status.PUBLISHED, None)
    assert pressed_again(workflow.publish_due, LATER) == []


def test_a_scheduled_draft_may_be_published_at_once_and_is_not_published_again(scheduled, somebody):
    edition = workflow.publish(scheduled, by=somebody("另一发布人", Role.PUBLISHER))

    assert workflow.publish_due(LATER) == []
    assert Edition.objects.get(disclosure=scheduled) == edition


def test_a_refused_one_stops_no_other(scheduled, crew):
    own = explained(Disclosure.objects.get(budget=scheduled.budget, unit__isnull=False))
    taken_to(own, Status.READY)
    workflow.schedule(own, by=crew[Role.PUBLISHER], at=HOUR)
    edit(scheduled)

    results = {due.disclosure: due for due in workflow.publish_due(LATER)}

    assert results[scheduled].edition is None
    assert results[scheduled].refusal.startswith("demo-clerk提交审核（填报中）之后，内容有改动")
    assert results[own].edition == Edition.objects.get(disclosure=own)
    assert now(scheduled).publish_at == HOUR


def test_several_are_drawn_before_the_first_is_stored(scheduled, crew, monkeypatch):
    from disclosure.enums import FileFormat
    from disclosure.render import RENDERERS

    own = explained(Disclosure.objects.get(budget=scheduled.budget, unit__isnull=False))
    taken_to(own, Status.READY)
    workflow.schedule(own, by=crew[Role.PUBLISHER], at=HOUR)
    seen = []

    def draw(document):
        seen.append(Edition.objects.filter(disclosure__budget=own.budget).count())
        return document.sha256.encode()

    monkeypatch.setitem(RENDERERS, FileFormat.PDF, draw)
    results = workflow.publish_due(LATER)

    assert seen == [0, 0]
    assert len({due.edition.published_at for due in results}) == 1


@pytest.mark.parametrize("how", ["closed", "dismissed", "author"])
def test_a_publication_is_refused_where_whoever_set_its_hour_may_no_longer_publish(scheduled, crew, how):
    publisher = crew[Role.PUBLISHER]
    if how == "closed":
        type(publisher).objects.filter(pk=publisher.pk).update(is_active=False)
    elif how == "dismissed":
        Membership.objects.filter(user=publisher).delete()
    else:
        remember(publisher, scheduled.budget, None)
    before = left_behind()

    [due] = workflow.publish_due(LATER)

    assert due.edition is None
    assert due.refusal.startswith("“demo-publisher”填写" if how == "author" else "用户“demo-publisher”不是")
    assert left_behind() == before


def test_what_was_exempted_after_its_hour_was_set_is_not_published(scheduled):
    exempt(scheduled)

    [due] = workflow.publish_due(LATER)

    assert (due.edition, due.refusal) == (
        None,
        f"{scheduled}已登记为“依法不予公开”（另有规定），不单独公开，不需要提交。",
    )
