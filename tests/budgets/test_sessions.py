"""How long a sign-in lasts, what ends it, and what survives its end."""

import json
import time

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from budgets.enums import Role
from budgets.models import AuditTrail, Government, Membership
from budgets.sessions import BEGAN, SEEN
from portal.hardening import cookie_prefix

NAME, PASSWORD = "经办", "Shu-Ru-Mi-Ma-7"
MINUTE, HOUR = 60, 3600


@pytest.fixture
def clerk(db):
    user = get_user_model().objects.create_user(NAME, password=PASSWORD, is_staff=True)
    Membership.objects.create(user=user, role=Role.CLERK, government=Government.objects.get())
    return user


@pytest.fixture
def here(clerk):
    """A browser in which the clerk is signed in."""
    client = Client()
    client.post("/admin/login/", {"username": NAME, "password": PASSWORD})
    return client


def ago(client, *, seen: int = 0, began: int = 0) -> None:
    """Turn the clock of a session back."""
    session, now = client.session, int(time.time())
    session.update({SEEN: now - seen, BEGAN: now - began})
    session.save()


def test_somebody_who_works_stays(here):
    ago(here, seen=29 * MINUTE, began=11 * HOUR)

    answers = [here.get("/admin/").status_code for _ in range(2)]

    assert answers == [200, 200]
    assert time.time() - here.session[SEEN] < MINUTE


def test_not_every_page_costs_a_write(here):
    ago(here, seen=30)
    before = here.session[SEEN]
    here.get("/admin/")

    assert here.session[SEEN] == before


@pytest.mark.parametrize(
    ("back", "said"),
    [({"seen": 31 * MINUTE, "began": HOUR}, "30分钟没有操作"), ({"began": 12 * HOUR + 5}, "登录已满12小时")],
)
def test_a_sign_in_that_is_over_leads_to_the_sign_in_page_which_says_why(here, back, said):
    ago(here, **back)

    answer = here.get("/admin/notices/", follow=True)

    assert answer.redirect_chain == [("/admin/login/?next=/admin/notices/", 302)]
    assert said in answer.content.decode()
    assert "_auth_user_id" not in here.session


def test_the_minutes_are_a_setting(here, settings):
    settings.SESSION_IDLE_MINUTES = 5
    ago(here, seen=6 * MINUTE)

    assert here.get("/admin/").status_code == 302


def test_the_end_of_a_sign_in_stands_in_the_trail(here, clerk):
    ago(here, seen=HOUR)
    here.get("/admin/")

    row = AuditTrail.objects.get(action="time_out")
    assert (row.actor, json.loads(row.detail)["reason"]) == (clerk, "30分钟没有操作，已自动退出。请重新登录。")


def test_what_was_typed_survives(here, clerk):
    address = reverse("admin:password_change")
    page = here.get(address).content.decode()
    mark = page.partition('name="drawn_for" value="')[2].partition('"')[0]
    ago(here, seen=HOUR)

    there = here.post(address, {"drawn_for": mark, "remark": "写了很久的文字"}, follow=True)
    back = here.post("/admin/login/?next=/admin/", {"username": NAME, "password": PASSWORD}, follow=True)

    assert "登录过期前填写的内容" in there.content.decode()
    assert "登录过期前填写的内容" in back.content.decode()
    assert here.get(address).status_code == 200


def test_nothing_is_done_with_a_sign_in_that_is_over(here, clerk):
    ago(here, seen=HOUR)
    new = "Xin-De-Mi-Ma-99"
    here.post(reverse("admin:password_change"), {"old_password": PASSWORD, "new_password1": new, "new_password2": new})

    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD)


def test_a_session_without_its_times_is_over(here):
    session = here.session
    del session[SEEN], session[BEGAN]
    session.save()

    assert here.get("/admin/").status_code == 302


def test_signing_in_takes_a_new_session(clerk):
    client = Client()
    client.get("/admin/login/")
    session = client.session
    session["left"] = "behind"
    session.save()
    client.cookies["sessionid"] = before = session.session_key

    client.post("/admin/login/", {"username": NAME, "password": PASSWORD})

    assert client.cookies["sessionid"].value != before
    assert not Client(headers={"cookie": f"sessionid={before}"}).session.get("_auth_user_id")


def test_signing_out_kills_the_session(here):
    key = here.cookies["sessionid"].value
    here.post(reverse("admin:logout"))
    thief = Client()
    thief.cookies["sessionid"] = key

    assert thief.get("/admin/").status_code == 302


def elsewhere() -> Client:
    """Another browser in which the clerk is signed in."""
    client = Client(REMOTE_ADDR="192.0.2.77")
    client.post("/admin/login/", {"username": NAME, "password": PASSWORD})
    return client


def test_somebody_sees_where_they_are_signed_in(here, clerk):
    other = elsewhere()
    there = Client()
    there.force_login(get_user_model().objects.create(username="别人", is_staff=True))

    page = here.get(reverse("admin:own_sessions")).content.decode()

    assert page.count("还在使用") == 2
    assert "来自192.0.2.77" in page
    assert other.get("/admin/").status_code == 200


def test_the_other_sessions_end_once_the_password_is_given_again(here, clerk):
    other, address = elsewhere(), reverse("admin:own_sessions")

    wrong = here.post(address, {"password": "不对"}).content.decode()
    still = other.get("/admin/").status_code
    right = here.post(address, {"password": PASSWORD}).content.decode()

    assert ("没有结束其他登录" in wrong, still) == (True, 200)
    assert "已结束其他1处登录" in right
    assert (here.get("/admin/").status_code, other.get("/admin/").status_code) == (200, 302)
    assert json.loads(AuditTrail.objects.get(action="end_sessions").detail) == {"places": 1}
    assert "<strong>这里</strong>" in right


def test_the_password_given_again_takes_a_new_session(here, clerk):
    before = here.session.session_key

    here.post(reverse("admin:own_sessions"), {"password": "不对"})
    still = here.session.session_key
    here.post(reverse("admin:own_sessions"), {"password": PASSWORD})

    assert (still == before, here.session.session_key == before) == (True, False)
    assert not Session.objects.filter(pk=before).exists()
    assert here.get("/admin/").status_code == 200


def test_session_keys_are_long_and_different(clerk):
    keys = {elsewhere().session.session_key for _ in range(5)}

    assert [len(key) for key in keys] == [32] * 5


def test_another_password_ends_the_other_sessions(here, clerk):
    elsewhere, new = Client(), "Xin-De-Mi-Ma-99"
    elsewhere.post("/admin/login/", {"username": NAME, "password": PASSWORD})

    changed = here.post(
        reverse("admin:password_change"), {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    )

    assert changed.status_code == 302
    assert here.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302


def test_an_account_that_is_disabled_is_out_at_once(here, clerk):
    get_user_model().objects.filter(pk=clerk.pk).update(is_active=False)

    assert here.get("/admin/").status_code == 302


def test_what_was_refused_is_logged_with_who_asked_and_from_where(here, caplog):
    answer = here.get(reverse("admin:auth_user_changelist"), REMOTE_ADDR="192.0.2.10")

    said = [one.getMessage() for one in caplog.records if one.name == "portal.staying"]
    assert answer.status_code == 403
    assert said == [f"后台拒绝了没有权限的操作：账号{NAME}，GET '/admin/auth/user/'，来源192.0.2.10"]


def test_public_pages_know_no_session(here, django_assert_num_queries):
    ago(here, seen=HOUR)
    key = here.cookies["sessionid"].value

    here.get("/glossary/")

    assert here.cookies["sessionid"].value == key
    assert here.session.get("_auth_user_id")


@pytest.mark.parametrize(
    ("https", "path", "prefix"),
    [(True, "/", "__Host-"), (True, "/yusuan/", "__Secure-"), (False, "/", ""), (False, "/yusuan/", "")],
)
def test_cookies_are_bound_as_tightly_as_can_be(https, path, prefix):
    assert cookie_prefix(https=https, path=path) == prefix


def test_scripts_cannot_read_cookies_and_other_sites_cannot_send_them(here):
    for name in ("sessionid", "csrftoken"):
        cookie = here.cookies[name]
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert here.cookies["sessionid"]["expires"] == ""
