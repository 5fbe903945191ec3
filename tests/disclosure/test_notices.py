"""Who is told, once, of what."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from factories import a_unit
from telling import a_disclosure, a_person, names

from budgets.enums import Role
from budgets.models import Membership
from disclosure.models import Disclosure, Notice, NoticeKind
from disclosure.notices import holders, mark_read, notify, recipients


@pytest.fixture
def unit(db):
    return a_unit("900001", "901", "901001")


def test_a_notice_is_stored_for_each_person_once(unit):
    disclosure = a_disclosure(unit)
    people = [a_person(name, Role.CLERK, unit) for name in ("甲", "乙")]

    notify(disclosure, NoticeKind.RETURNED, "请补充空表说明。", to=[*people, people[0]])

    stored = [(one.user.username, one.kind, one.text, one.read_at, one.mailed_at) for one in Notice.objects.all()]
    assert sorted(stored) == [(name, "returned", "请补充空表说明。", None, None) for name in ("乙", "甲")]


def test_the_same_key_tells_only_who_does_not_know_yet(unit):
    disclosure = a_disclosure(unit)
    first, second = a_person("甲", Role.CLERK, unit), a_person("乙", Role.CLERK, unit)
    notify(disclosure, NoticeKind.DUE, "还有10天。", to=[first], key="due10")

    notify(disclosure, NoticeKind.DUE, "还有9天。", to=[first, second], key="due10")

    assert set(Notice.objects.values_list("user__username", "text")) == {("甲", "还有10天。"), ("乙", "还有9天。")}


def test_without_a_key_it_is_told_each_time(unit):
    disclosure, person = a_disclosure(unit), a_person("甲", Role.CLERK, unit)

    for _ in range(2):
        notify(disclosure, NoticeKind.RETURNED, "请修改。", to=[person])

    assert Notice.objects.of(person).count() == 2


def test_a_notice_may_be_about_no_disclosure_and_to_nobody(unit):
    person = a_person("甲", Role.CLERK, unit)

    notify(None, NoticeKind.REMINDER, "请核对批复日期。", to=[person])
    notify(None, NoticeKind.REMINDER, "请核对批复日期。", to=[])

    assert [one.disclosure for one in Notice.objects.all()] == [None]


def test_the_database_refuses_the_same_key_for_the_same_person(unit):
    row = {"user": a_person("甲", Role.CLERK, unit), "kind": "due", "text": "还有10天。", "at": timezone.now()}
    Notice.objects.create(**row, key="due10")

    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(**row, key="due10")


def test_what_is_undone_has_told_nobody(unit):
    disclosure, person = a_disclosure(unit), a_person("甲", Role.CLERK, unit)

    with transaction.atomic():
        notify(disclosure, NoticeKind.RETURNED, "请修改。", to=[person])
        transaction.set_rollback(True)

    assert not Notice.objects.exists()


def test_a_draft_may_be_deleted_with_its_notices(unit):
    disclosure = a_disclosure(unit)
    notify(disclosure, NoticeKind.RETURNED, "请修改。", to=[a_person("甲", Role.CLERK, unit)])

    Disclosure.objects.get(pk=disclosure.pk).delete()

    assert not Notice.objects.exists()


def test_a_units_disclosure_is_held_by_its_own_people(unit):
    sister, other = a_unit("900001", "901", "901002"), a_unit("900002", "901", "901001")
    for name, place, reach in [("本单位", unit, "unit"), ("别单位", sister, "unit"), ("部门", unit, "department")]:
        a_person(name, Role.CLERK, place, reach)
    a_person("别的政府", Role.CLERK, other, "government")

    assert names(holders(a_disclosure(unit, of_unit=True), Role.CLERK)) == ["本单位"]


def test_where_the_unit_has_nobody_the_department_holds_it(unit):
    a_person("部门", Role.CLERK, unit)
    a_person("全区", Role.CLERK, unit, "government")

    assert names(holders(a_disclosure(unit, of_unit=True), Role.CLERK)) == ["部门"]


def test_a_departments_disclosure_is_not_its_units_peoples(unit):
    a_person("本单位", Role.CLERK, unit, "unit")
    a_person("部门", Role.CLERK, unit)
    a_person("别的部门", Role.CLERK, a_unit("900001", "902", "902001"))

    assert names(holders(a_disclosure(unit), Role.CLERK)) == ["部门"]


def test_the_bureau_holds_it_for_the_whole_government(unit):
    a_person("财政", Role.BUREAU_REVIEWER, unit, "government")
    a_person("外区财政", Role.BUREAU_REVIEWER, a_unit("900002", "901", "901001"), "government")

    assert names(holders(a_disclosure(unit), Role.BUREAU_REVIEWER)) == ["财政"]


def test_somebody_no_longer_active_holds_nothing(unit):
    a_person("离职", Role.CLERK, unit, is_active=False)

    assert holders(a_disclosure(unit), Role.CLERK) == []


@pytest.mark.parametrize("people", [1, 3])
def test_recipients_of_several_roles_come_once_in_one_query(unit, people, django_assert_num_queries):
    disclosure = Disclosure.objects.select_related("budget__fiscal_year").get(pk=a_disclosure(unit).pk)
    for at in range(people):
        user = a_person(f"人{at}", Role.CLERK, unit)
        post = {"government": unit.department.government, "department": unit.department}
        Membership.objects.create(user=user, role=Role.DEPARTMENT_REVIEWER, **post)

    with django_assert_num_queries(1):
        found = recipients(disclosure, Role.CLERK, Role.DEPARTMENT_REVIEWER)

    assert names(found) == [f"人{at}" for at in range(people)]


def test_only_ones_own_notices_are_marked_as_read(unit):
    disclosure = a_disclosure(unit)
    own, other = a_person("甲", Role.CLERK, unit), a_person("乙", Role.CLERK, unit)
    for text in ("一", "二", "三"):
        notify(disclosure, NoticeKind.RETURNED, text, to=[own, other])
    first, second, _ = Notice.objects.of(own).order_by("pk")

    assert mark_read(own, notice=Notice.objects.of(other).first().pk) == 0
    assert mark_read(own, notice=first.pk) == 1
    assert mark_read(own) == 0
    assert mark_read(own, until=second.pk) == 1
    assert [one.text for one in Notice.objects.of(own).unread_first()] == ["三", "二", "一"]
    assert Notice.objects.of(other).unread().count() == 3
