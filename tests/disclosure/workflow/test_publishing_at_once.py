"""Everybody presses at once, each on a connection of its own: what is published is published once."""

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import connections
from traces import a_small_draft, edit, explained, now, taken_to
from walking import crew_of, opened, published

from budgets.enums import Role
from budgets.models import AuditTrail, Membership
from disclosure import workflow
from disclosure.enums import FileFormat, Status
from disclosure.models import Disclosure, Edition, Transition
from disclosure.refusal import RefusalError
from disclosure.sample.government import Plan, make_government

pytestmark = pytest.mark.timeout(400)
HOUR = datetime(2100, 1, 1, tzinfo=UTC)
ANOTHER_PROCESS = """
import django
django.setup()
from datetime import UTC, datetime
from disclosure import workflow
from disclosure.enums import FileFormat
from disclosure.render import RENDERERS
for form in FileFormat:
    RENDERERS[form] = lambda document: document.sha256.encode()
input()
for due in workflow.publish_due(datetime(2101, 1, 1, tzinfo=UTC)):
    print("published" if due.edition else due.refusal)
"""


@pytest.fixture
def small(db, cheap_files):
    """Made for one test: the others here work in a copy of the database, while nothing may be under way in it."""
    return a_small_draft().pk


@pytest.fixture
def both(committed):
    """The drafts of a department and of its unit, with nothing in their way."""
    government = make_government(Plan(departments=1, years=1, seed=7, units=1))
    return list(map(explained, Disclosure.objects.filter(budget__fiscal_year__government=government).order_by("unit")))


@pytest.fixture
def shared(both):
    """The department's."""
    return next(one for one in both if one.unit is None)


def at_once(*acts) -> list[object]:
    """Take acts at the same moment, each in a thread with its own connection; return what each returned or was told."""
    barrier, results = threading.Barrier(len(acts)), [None] * len(acts)

    def take(place: int) -> None:
        barrier.wait()
        try:
            results[place] = acts[place]()
        except RefusalError as refusal:
            results[place] = str(refusal)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=take, args=[place]) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def fresh(user):
    """Read an account anew, as each request does."""
    return get_user_model().objects.get(pk=user.pk)


def hangs_together(disclosure) -> None:
    """See that each step began where the one before it ended, the last ends where it stands, and the trail holds."""
    steps = list(Transition.objects.filter(disclosure=disclosure))
    assert [one.after for one in steps[:-1]] == [other.before for other in steps[1:]]
    assert now(disclosure).status == steps[-1].after
    assert now(disclosure).version == len(steps) + 1
    rows = list(AuditTrail.objects.order_by("pk"))
    assert all(later.previous_hash == earlier.hash == earlier.digest() for earlier, later in pairwise(rows))


def test_one_presses_publish_twenty_times_and_there_is_one_edition(draft, crew):
    taken_to(draft, Status.READY)

    results = {workflow.publish(draft, by=fresh(crew[Role.PUBLISHER])) for _ in range(20)}

    assert results == {*Edition.objects.filter(disclosure=draft)}
    hangs_together(draft)


def test_twenty_press_publish_at_once_and_there_is_one_edition(shared):
    publisher = crew_of(shared)[Role.PUBLISHER]
    taken_to(shared, Status.READY)

    results = at_once(*[lambda: workflow.publish(shared, by=fresh(publisher))] * 20)

    [edition] = Edition.objects.filter(disclosure=shared)
    assert results == [edition] * 20
    assert Transition.objects.filter(disclosure=shared, act="publish").count() == 1
    assert (edition.files.count(), edition.sign_offs.count()) == (len(FileFormat), 4)
    hangs_together(shared)


def test_two_publishers_press_at_once_and_one_is_told_that_it_is_published(shared):
    publisher = crew_of(shared)[Role.PUBLISHER]
    other = get_user_model().objects.create(username="另一发布人")
    Membership.objects.create(user=other, role=Role.PUBLISHER, government=shared.budget.fiscal_year.government)
    taken_to(shared, Status.READY)

    results = at_once(*[lambda by=by: workflow.publish(shared, by=fresh(by)) for by in (publisher, other)])

    [edition] = Edition.objects.filter(disclosure=shared)
    [said] = [result for result in results if result != edition]
    assert said == f"{shared}现在是“已公开”，不能公开；只有“待公开”时可以公开。"
    hangs_together(shared)


def test_publishing_returning_and_withdrawing_at_once_leave_what_one_order_of_them_would(shared):
    crew = crew_of(shared)
    first = published(shared)
    opened(shared)
    edit(shared)
    taken_to(shared, Status.READY)

    results = at_once(
        lambda: workflow.publish(shared, by=fresh(crew[Role.PUBLISHER])),
        lambda: workflow.send_back(shared, by=fresh(crew[Role.BUREAU_REVIEWER]), comment="有误"),
        lambda: workflow.withdraw(first, by=fresh(crew[Role.BUREAU_REVIEWER]), reason="误公开"),
    )

    done = [not isinstance(result, str) for result in results]
    assert None not in results
    assert done in ([True, False, True], [False, True, True])
    assert Edition.objects.filter(disclosure=shared).count() == (2 if done[0] else 1)
    assert now(shared).status == (Status.PUBLISHED if done[0] else Status.DRAFTING)
    hangs_together(shared)


def test_ten_withdraw_at_once_and_it_is_withdrawn_once(shared):
    crew = crew_of(shared)
    edition = published(shared)

    results = at_once(
        *[lambda: workflow.withdraw(edition, by=fresh(crew[Role.PUBLISHER]), reason="误公开")] * 5,
        *[lambda: workflow.withdraw(edition, by=fresh(crew[Role.BUREAU_REVIEWER]), reason="误公开")] * 5,
    )

    assert {result.edition_id for result in results} == {edition.pk}
    assert Transition.objects.filter(disclosure=shared, act="withdraw").count() == 1
    hangs_together(shared)


def test_two_processes_publish_what_is_due_and_each_draft_has_one_edition(committed, both, tmp_path):
    for draft in both:
        workflow.schedule(taken_to(draft, Status.READY), by=crew_of(draft)[Role.PUBLISHER], at=HOUR)
    env = os.environ | {
        "DATABASE_URL": committed,
        "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    root = Path(__file__).parents[3]

    processes = [
        subprocess.Popen([sys.executable, "-W", "ignore", "-c", ANOTHER_PROCESS], cwd=root, env=env, **pipes)
        for _ in range(2)
    ]
    said = [process.communicate("\n")[0].splitlines() for process in _started(processes)]

    assert [process.returncode for process in processes] == [0, 0]
    assert sum(lines.count("published") for lines in said) >= len(both)
    for draft in both:
        assert Edition.objects.filter(disclosure=draft).count() == 1
        assert Transition.objects.filter(disclosure=draft, act="publish").count() == 1
        hangs_together(draft)


def _started(processes):
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    return processes
