"""The second factor: who must have one, how it is set up, given, used once, slowed down and reset."""

import re
import time
from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from budgets import second_factor
from budgets.enums import Role
from budgets.models import AuditTrail, Government, Membership
from budgets.resetting import reset_password

NAME, PASSWORD = "发布", "Shu-Ru-Mi-Ma-7"
PAGE = "/admin/second/"
SPARE = re.compile(r"<li><code>([a-z2-7]{8})</code></li>")


def somebody(name: str, *roles: Role):
    user = get_user_model().objects.create(username=name, is_staff=True)
    user.set_password(PASSWORD)
    user.save()
    for role in roles:
        Membership.objects.create(user=user, role=role, government=Government.objects.get())
    return user


def came_in(name: str = NAME) -> Client:
    client = Client()
    client.post("/admin/login/?next=/admin/notices/", {"username": name, "password": PASSWORD})
    return client


def code_of(user, *, later: int = 0) -> str:
    """Return what the telephone shows, now or some half-minutes later."""
    device = TOTPDevice.objects.get(user=user)
    shown = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    shown.time = time.time() + later * device.step
    return f"{shown.token():06d}"


def rested(user) -> None:
    """Let the wait after a wrong code pass."""
    long_ago = timezone.now() - timedelta(days=1)
    TOTPDevice.objects.filter(user=user).update(throttling_failure_timestamp=long_ago)
    StaticDevice.objects.filter(user=user).update(throttling_failure_timestamp=long_ago)


@pytest.fixture
def publisher(db, settings):
    settings.MFA_ROLES = ["publisher"]
    return somebody(NAME, Role.PUBLISHER)


@pytest.fixture
def ready(publisher):
    """A publisher whose telephone is set up, and the spare codes."""
    second_factor.begin_set_up(publisher)
    return publisher, second_factor.confirm(publisher, code_of(publisher))


@pytest.fixture
def administrator(db):
    return somebody("系统", Role.SYSTEM_ADMINISTRATOR)


def test_somebody_without_such_a_post_is_not_asked(publisher):
    somebody("经办", Role.CLERK)

    assert came_in("经办").get("/admin/").status_code == 200


@pytest.mark.parametrize(("named", "asked"), [(["all"], 302), (["none"], 200), (["clerk"], 302), (["publisher"], 200)])
def test_the_roles_are_a_setting(db, settings, named, asked):
    settings.MFA_ROLES = named
    somebody("经办", Role.CLERK)

    assert came_in("经办").get("/admin/").status_code == asked


@pytest.mark.parametrize("path", ["/admin/", "/admin/board/", "/admin/password_change/", "/admin/nowhere/"])
def test_the_password_alone_opens_nothing(publisher, path):
    client = came_in()

    answers = [client.get(path), client.post(path)]

    assert [one.status_code for one in answers] == [302, 302]
    assert answers[0]["Location"] == f"{PAGE}?next={path}"


def test_who_has_no_device_sets_one_up_first(publisher):
    client = came_in()
    page = client.get("/admin/notices/", follow=True)
    key = TOTPDevice.objects.get(user=publisher)
    done = client.post(f"{PAGE}?next=/admin/notices/", {"one_time_password": code_of(publisher)})

    assert 'class="second-code"' in page.content.decode()
    assert not key.confirmed
    assert "备用码" in done.content.decode()
    assert len(SPARE.findall(done.content.decode())) == 10
    assert 'href="/admin/notices/"' in done.content.decode()
    assert client.get("/admin/").status_code == 200


def test_the_key_and_the_spare_codes_are_shown_once(ready):
    _, codes = ready
    client = came_in()
    client.post(PAGE, {"one_time_password": codes[0]})

    page = client.get(PAGE).content.decode()

    assert "备用码还剩9个" in page
    assert not any(one in page for one in codes)
    assert "second-code" not in page


def test_a_wrong_code_confirms_no_device(publisher):
    client = came_in()
    client.get(PAGE)
    wrong = f"{(int(code_of(publisher)) + 1) % 1_000_000:06d}"

    page = client.post(PAGE, {"one_time_password": wrong}).content.decode()

    assert "验证码不对" in page
    assert second_factor.device_of(publisher) is None
    assert client.get("/admin/").status_code == 302


def test_the_code_opens_the_desk_where_one_wanted_to_go(ready):
    user, _ = ready
    client = came_in()
    before = client.cookies["sessionid"].value

    answer = client.post(f"{PAGE}?next=/admin/notices/", {"one_time_password": code_of(user, later=1)})

    assert answer["Location"] == "/admin/notices/"
    assert client.cookies["sessionid"].value != before
    assert client.get("/admin/notices/").status_code == 200


def test_it_leads_to_no_other_website(ready):
    user, _ = ready

    answer = came_in().post(f"{PAGE}?next=https://example.com/", {"one_time_password": code_of(user, later=1)})

    assert answer["Location"] == "/admin/"


def test_a_code_is_taken_once(ready):
    user, _ = ready
    code = code_of(user, later=1)
    first, second = came_in(), came_in()

    answers = [one.post(PAGE, {"one_time_password": code}).status_code for one in (first, second)]

    assert answers == [302, 200]
    assert second.get("/admin/").status_code == 302


def test_spare_codes_are_not_stored_as_they_are(ready):
    _, codes = ready

    stored = set(StaticToken.objects.values_list("token", flat=True))

    assert len(stored) == 10
    assert not stored & set(codes)


def test_what_is_stored_is_no_spare_code(ready):
    user, _ = ready

    with pytest.raises(ValidationError, match="不对"):
        second_factor.verify(user, StaticToken.objects.first().token)


def test_a_spare_code_is_taken_once_however_it_is_typed(ready):
    user, codes = ready
    typed = f" {codes[0][:4].upper()} {codes[0][4:]} "
    first, second = came_in(), came_in()

    answers = [one.post(PAGE, {"one_time_password": typed}).status_code for one in (first, second)]

    assert answers == [302, 200]
    assert second_factor.spare_codes_left(user) == 9


def test_full_width_figures_are_read(ready):
    user, _ = ready
    wide = code_of(user, later=1).translate({ord("0") + n: ord("０") + n for n in range(10)})

    assert came_in().post(PAGE, {"one_time_password": wide}).status_code == 302


def test_wrong_codes_make_the_next_wait_longer(ready):
    user, _ = ready
    client = came_in()
    rested(user)
    for _ in range(4):
        client.post(PAGE, {"one_time_password": "000000"})
        rested(user)
    client.post(PAGE, {"one_time_password": "000000"})

    page = client.post(PAGE, {"one_time_password": code_of(user, later=1)}).content.decode()

    assert re.search(r"请在1\d秒后再试", page)
    assert client.get("/admin/").status_code == 302


def test_a_code_of_somebody_else_is_worth_nothing(ready, settings):
    _, codes = ready
    other = somebody("另一个", Role.PUBLISHER)
    second_factor.begin_set_up(other)
    second_factor.confirm(other, code_of(other))

    with pytest.raises(ValidationError, match="不对"):
        second_factor.verify(other, codes[0])


def test_a_device_that_is_set_up_is_not_replaced(ready):
    user, _ = ready

    with pytest.raises(ValidationError, match="已经设置过"):
        second_factor.confirm(user, "123456")


def test_whoever_sets_one_up_unasked_gives_the_password_again(publisher):
    user = somebody("经办", Role.CLERK)
    client = came_in("经办")
    page = client.get(PAGE).content.decode()

    without = client.post(PAGE, {"one_time_password": code_of(user)}).content.decode()
    wrong = client.post(PAGE, {"one_time_password": code_of(user), "password": "Bu-Shi-Mi-Ma-7"}).content.decode()
    before = second_factor.device_of(user)
    right = client.post(PAGE, {"one_time_password": code_of(user), "password": PASSWORD}).content.decode()

    assert 'for="id_password"' in page
    assert [one.count("密码不对，没有设置动态口令。") for one in (without, wrong)] == [1, 1]
    assert before is None
    assert len(SPARE.findall(right)) == 10


def test_who_just_gave_the_password_is_not_asked_for_it_again(publisher):
    assert 'name="password"' not in came_in().get(PAGE).content.decode()


def test_whoever_set_one_up_is_always_asked(ready, settings):
    settings.MFA_ROLES = ["none"]

    assert came_in().get("/admin/")["Location"].startswith(PAGE)


def test_keys_and_spare_codes_are_random_and_long_enough(ready):
    user, codes = ready
    other = somebody("另一个", Role.PUBLISHER)
    keys = {second_factor.begin_set_up(other).key, TOTPDevice.objects.get(user=user).key}

    assert [len(bytes.fromhex(key)) for key in keys] == [20, 20]
    assert len(set(codes)) == 10
    assert {len(code) for code in codes} == {8}  # of 32 letters: 40 bits


def test_a_code_holds_for_half_a_minute_and_the_next(publisher):
    second_factor.begin_set_up(publisher)

    with pytest.raises(ValidationError, match="不对"):
        second_factor.confirm(publisher, code_of(publisher, later=-3))


def test_another_password_does_not_get_round_the_second_factor(ready, administrator):
    user, _ = ready
    client, given = Client(), reset_password(user, by=administrator)
    client.post("/admin/login/", {"username": NAME, "password": given})

    assert client.get("/admin/")["Location"].startswith(PAGE)


def test_an_administrator_resets_a_lost_telephone(client, ready, administrator):
    user, _ = ready
    there = came_in()
    there.post(PAGE, {"one_time_password": code_of(user, later=1)})
    client.force_login(administrator)
    address = reverse("admin:account_security", args=[user.pk])

    page = client.get(address).content.decode()
    client.post(address, {"act": "reset_second_factor", "ticked": "on"})

    assert "备用码还剩10个" in page
    assert there.get("/admin/").status_code == 302
    assert (TOTPDevice.objects.count(), StaticToken.objects.count()) == (0, 0)
    assert 'class="second-code"' in came_in().get("/admin/", follow=True).content.decode()
    assert AuditTrail.objects.get(action="reset_second_factor").actor == administrator


def test_resetting_has_its_limits(ready, administrator):
    user, _ = ready
    with pytest.raises(ValidationError, match="系统管理员"):
        second_factor.reset_second_factor(administrator, by=user)
    with pytest.raises(ValidationError, match="自己的"):
        second_factor.reset_second_factor(administrator, by=administrator)
    with pytest.raises(ValidationError, match="没有设置"):
        second_factor.reset_second_factor(somebody("经办"), by=administrator)


def test_the_trail_keeps_what_happened_and_no_code(ready):
    user, codes = ready
    client = came_in()
    client.post(PAGE, {"one_time_password": "abcdefgh"})
    rested(user)
    client.post(PAGE, {"one_time_password": codes[0]})

    kept = list(AuditTrail.objects.filter(actor=user).order_by("pk").values_list("action", "detail"))

    assert [one for one, _ in kept] == ["set_second_factor", "sign_in", "second_factor_failed", "second_factor"]
    assert not any(code in detail for _, detail in kept for code in codes)


def test_the_second_factor_comes_before_a_new_password(ready, settings):
    user, codes = ready
    settings.PASSWORD_DAYS = 1
    user.password_records.update(at=timezone.now() - timedelta(days=2))
    client = came_in()

    first = client.get("/admin/")["Location"]
    client.post(PAGE, {"one_time_password": codes[0]})
    second = client.get("/admin/")["Location"]

    assert (first, second) == (f"{PAGE}?next=/admin/", "/admin/password_change/?next=/admin/")


def test_keys_are_nobodys_to_look_at():
    shown = {model._meta.label for model in admin.site._registry}

    assert {one for one in shown if one.startswith(("otp", "axes"))} == set()


def test_the_page_is_for_who_is_signed_in(client, db):
    assert client.get(PAGE)["Location"] == f"/admin/login/?next={PAGE}"
