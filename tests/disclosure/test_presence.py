"""Who else is there: noted in one statement, forgotten after some minutes, part of nothing."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from budgets import edits
from budgets.models import AuditTrail
from disclosure.desk.there import GRID, HOME, TEXT, here
from disclosure.document import Document
from disclosure.judgement import data_hash
from disclosure.models import Disclosure, Presence
from disclosure.presence import LASTING, Other, arrive, others


@pytest.fixture
def people(db):
    make = get_user_model().objects.create
    return make(username="甲"), make(username="乙"), make(username="丙")


def was_here(disclosure, user, place, ago):
    Presence.objects.create(disclosure=disclosure, user=user, place=place, at=timezone.now() - ago)


def test_somebody_else_is_told_with_place_and_minutes(disclosure, people):
    me, other, _ = people
    was_here(disclosure, other, "grid:revenueline", timedelta(minutes=3, seconds=5))

    assert others(disclosure, "grid:revenueline", than=me) == [Other("乙", "grid:revenueline", 3)]
    assert others(disclosure, "grid:projectgoal", than=me) == []
    assert others(disclosure, "grid:revenueline", than=other) == []


def test_whoever_was_there_long_ago_is_forgotten(disclosure, people):
    me, other, _ = people
    was_here(disclosure, other, "text:duties", LASTING + timedelta(seconds=1))

    assert others(disclosure, than=me) == []


def test_anywhere_each_is_told_once_the_latest_first(disclosure, people):
    me, other, third = people
    was_here(disclosure, other, "", timedelta(minutes=5))
    was_here(disclosure, other, "text:duties", timedelta(minutes=2))
    was_here(disclosure, third, "", timedelta(minutes=1))

    assert others(disclosure, than=me) == [Other("丙", "", 1), Other("乙", "text:duties", 2)]


def test_arriving_twice_keeps_one_row_with_the_last_hour(disclosure, people):
    me, *_ = people
    was_here(disclosure, me, "", timedelta(hours=1))

    arrive(disclosure, "", by=me)

    [row] = Presence.objects.filter(user=me)
    assert timezone.now() - row.at < timedelta(minutes=1)


def test_the_database_keeps_one_row_for_a_person_and_place(disclosure, people):
    was_here(disclosure, people[0], "", timedelta())

    with pytest.raises(IntegrityError), transaction.atomic():
        was_here(disclosure, people[0], "", timedelta())


@pytest.mark.parametrize("count", [1, 3])
def test_being_there_takes_two_queries_however_many_others_there_are(disclosure, db, count):
    make = get_user_model().objects.create
    for number in range(count):
        was_here(disclosure, make(username=f"同事{number}"), "", timedelta())
    me = make(username="我")

    with CaptureQueriesContext(connection) as queries:
        said = here(disclosure, HOME, by=me, works=True)

    assert (len(said), len(queries)) == (count, 2)


def test_whoever_only_looks_is_told_and_not_noted(disclosure, people):
    me, other, _ = people
    was_here(disclosure, other, f"{GRID}revenueline", timedelta(minutes=3))

    assert here(disclosure, HOME, by=me, works=False) == ["乙 3分钟前在编辑“收入明细”。"]
    assert not Presence.objects.filter(user=me).exists()


def test_the_words_say_where(disclosure, people):
    me, other, _ = people
    was_here(disclosure, other, f"{TEXT}duties", timedelta())

    assert here(disclosure, f"{TEXT}duties", by=me, works=True) == ["乙 刚刚也在编辑这里。"]
    assert here(disclosure, HOME, by=me, works=True) == ["乙 刚刚在编辑“部门职责”。"]
    assert here(disclosure, HOME, by=other, works=True) == ["甲 刚刚也打开了这一页。"]


def test_being_there_leaves_no_trace_and_changes_no_fingerprint(disclosure, people):
    trail, before = AuditTrail.objects.count(), data_hash(Document.of(disclosure))

    arrive(disclosure, "", by=people[0])

    assert AuditTrail.objects.count() == trail
    assert data_hash(Document.of(disclosure)) == before


def test_a_draft_goes_away_without_asking_who_was_there(disclosure, people):
    draft = Disclosure.objects.create(
        budget=disclosure.budget, unit=disclosure.budget.department.units.get(code="203002")
    )
    arrive(draft, "", by=people[0])

    assert edits.going([draft]) == [draft]
