"""Wrong passwords lock a name at one address: not the office, not for ever, and an administrator can unlock it."""

import json
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from budgets.enums import ADMINISTRATORS, Role
from budgets.locking import locks_of, unlock
from budgets.models import AuditTrail, Government, Membership

NAME, PASSWORD, ADDRESS, NEIGHBOUR = "经办", "Shu-Ru-Mi-Ma-7", "192.0.2.10", "经办乙"


def somebody(name: str, *roles: Role):
    user = get_user_model().objects.create_user(name, password=PASSWORD, is_staff=True)
    for role in roles:
        Membership.objects.create(user=user, role=role, government=Government.objects.get())
    return user


def attempt(password: str, *, name: str = NAME, address: str = ADDRESS, agent: str = "browser"):
    at = {"REMOTE_ADDR": address, "HTTP_USER_AGENT": agent}
    return Client().post("/admin/login/?next=/admin/", {"username": name, "password": password}, **at)


@pytest.fixture
def clerk(db, settings):
    settings.AXES_ENABLED = True
    return somebody(NAME, Role.CLERK)


@pytest.fixture
def locked(clerk):
    for number in range(5):
        attempt(f"不对{number}")
    return clerk


@pytest.fixture
def administrator(db):
    return somebody("系统", Role.SYSTEM_ADMINISTRATOR)


def test_four_wrong_passwords_lock_nothing(clerk):
    answers = [attempt("不对").status_code for _ in range(4)]

    assert answers == [200] * 4
    assert attempt(PASSWORD).status_code == 302


def test_the_fifth_wrong_password_locks_and_says_the_way_out(clerk):
    answers = [attempt("不对") for _ in range(5)]

    assert [one.status_code for one in answers] == [200, 200, 200, 200, 429]
    text = answers[4].content.decode()
    assert "锁定30分钟" in text
    assert "管理员可以解除锁定" in text
    assert 1700 < int(answers[4]["Retry-After"]) <= 1800
    assert "no-store" in answers[4]["Cache-Control"]


def test_the_right_password_is_refused_while_locked(locked):
    answer = attempt(PASSWORD)

    assert answer.status_code == 429
    assert "sessionid" not in answer.cookies


def test_another_browser_does_not_help(clerk):
    for number in range(5):
        attempt("不对", agent=f"browser {number}")

    assert attempt(PASSWORD, agent="browser 9").status_code == 429


def test_a_neighbour_behind_the_same_address_signs_in(locked):
    somebody(NEIGHBOUR, Role.CLERK)

    assert attempt(PASSWORD, name=NEIGHBOUR).status_code == 302


def test_the_same_name_signs_in_from_elsewhere(locked):
    assert attempt(PASSWORD, address="192.0.2.11").status_code == 302


def test_one_ipv6_subscriber_is_one_address(clerk):
    for number in range(5):
        attempt("不对", address=f"2001:db8::{number + 1}")

    assert attempt(PASSWORD, address="2001:db8::99").status_code == 429
    assert attempt(PASSWORD, address="2001:db8:0:1::1").status_code == 302


def test_a_name_nobody_has_is_answered_alike(clerk):
    answers = [attempt("不对", name="没有这个人") for _ in range(6)]

    assert [one.status_code for one in answers] == [200, 200, 200, 200, 429, 429]


def test_a_lock_ends_by_itself_and_trying_does_not_prolong_it(locked):
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=29))
    during = attempt("不对").status_code
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=31))

    after = attempt(PASSWORD).status_code

    assert (during, after) == (429, 302)


def test_signing_in_forgets_wrong_passwords(clerk):
    for _ in range(2):
        [attempt("不对") for _ in range(4)]
        assert attempt(PASSWORD).status_code == 302

    assert AccessAttempt.objects.count() == 0


def test_no_password_is_kept(locked):
    kept = "".join(f"{one.get_data}{one.post_data}" for one in AccessAttempt.objects.all())

    assert "不对" not in kept


def test_the_trail_says_when_a_lock_began_and_who_ended_it(locked, administrator):
    attempt(PASSWORD)
    unlock(locked, by=administrator)

    begun, ended = AuditTrail.objects.get(action="lock_out"), AuditTrail.objects.get(action="unlock")
    assert (begun.target, begun.actor, json.loads(begun.detail)) == (NAME, None, {"address": ADDRESS, "minutes": 30})
    assert (ended.actor, json.loads(ended.detail)) == (administrator, {"addresses": [ADDRESS]})
    assert AuditTrail.objects.filter(action="sign_in_failed", target=NAME).count() == 6


def test_an_unlocked_account_signs_in(locked, administrator):
    [lock] = locks_of(locked)
    unlock(locked, by=administrator)

    assert (lock["ip_address"], lock["failures"]) == (ADDRESS, 5)
    assert locks_of(locked) == []
    assert attempt(PASSWORD).status_code == 302


def test_what_is_not_locked_cannot_be_unlocked(clerk, administrator):
    with pytest.raises(ValidationError, match="没有锁定"):
        unlock(clerk, by=administrator)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SYSTEM_ADMINISTRATOR])
def test_only_a_system_administrator_unlocks(locked, role):
    other = somebody("别人", role)
    with pytest.raises(ValidationError, match="系统管理员"):
        unlock(locked, by=other)

    assert len(locks_of(locked)) == 1


def test_the_accounts_page_shows_the_lock_and_ends_it(client, locked, administrator):
    client.force_login(administrator)
    address = reverse("admin:account_security", args=[locked.pk])

    before = client.get(address).content.decode()
    after = client.post(address, {"act": "unlock"}).content.decode()

    assert "5次密码不对" in before
    assert "已解除锁定" in after
    assert "没有锁定" in after
    assert "没有锁定，不需要解除" in client.post(address, {"act": "unlock"}).content.decode()
    assert "没有这项操作" in client.post(address, {"act": "delete"}).content.decode()


@pytest.mark.parametrize("role", sorted(set(ADMINISTRATORS) - {Role.SYSTEM_ADMINISTRATOR}))
def test_the_other_administrators_do_not_see_that_page(client, clerk, role):
    client.force_login(somebody("别人", role))

    assert client.get(reverse("admin:account_security", args=[clerk.pk])).status_code == 403


def test_an_administrator_signs_somebody_out_everywhere(client, clerk, administrator):
    there = [Client(), Client()]
    for one in there:
        one.force_login(clerk)
    client.force_login(administrator)
    address = reverse("admin:account_security", args=[clerk.pk])

    page = client.get(address).content.decode()
    client.post(address, {"act": "end_sessions"})

    assert "现在有2处登录" in page
    assert [one.get("/admin/").status_code for one in there] == [302, 302]
    assert client.get(address).status_code == 200
    row = AuditTrail.objects.get(action="end_sessions")
    assert (row.actor, json.loads(row.detail)) == (administrator, {"places": 2})
