"""What a password must be, how long it lasts, and how somebody who forgot theirs gets another without mail."""

import json
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings as site
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from budgets.enums import Role
from budgets.idleness import idle_accounts, suspend
from budgets.models import AuditTrail, Government, Membership, PasswordRecord
from budgets.models.password import KEPT
from budgets.passwords import due, random_password
from budgets.resetting import reset_password

PASSWORD, NEW = "Shu-Ru-Mi-Ma-7", "Xin-De-Mi-Ma-99"
SHOWN = re.compile(r"<code>([^<]+)</code>")


def somebody(name: str, *roles: Role):
    user = get_user_model().objects.create(username=name, is_staff=True)
    user.set_password(PASSWORD)
    user.save()
    for role in roles:
        Membership.objects.create(user=user, role=role, government=Government.objects.get())
    return user


def came_in(name: str, password: str = PASSWORD):
    client = Client()
    return client, client.post("/admin/login/?next=/admin/", {"username": name, "password": password})


def aged(user, **ago) -> None:
    """Turn an account's clocks back."""
    then = timezone.now() - timedelta(**ago)
    PasswordRecord.objects.filter(user=user).update(at=then)
    get_user_model().objects.filter(pk=user.pk).update(date_joined=then, last_login=then)


@pytest.fixture
def clerk(db):
    return somebody("经办", Role.CLERK)


@pytest.fixture
def administrator(db):
    return somebody("系统", Role.SYSTEM_ADMINISTRATOR)


@pytest.mark.parametrize(
    "password",
    ["Shu-Ru-Mi-Ma-7", "horse Battery 77", "山海关的海边有风A1", "x" * 100 + "A1", "Aa1!Aa1!kv", "Mei@Hua.Lu.9x"],
)
def test_a_good_password_is_taken(db, password):
    validate_password(password)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("Ab1-short", "10"),
        ("onlysmallletters", "三种"),
        ("small-and-signs", "三种"),
        ("1234567890-=", "三种"),
        ("Password123!", "容易被猜到"),
        ("Caizheng@2022", "容易被猜到"),
        ("C@izheng#2022", "容易被猜到"),
        ("Yusuan_Gongkai1", "容易被猜到"),
        ("Shanhaiguan#1", "容易被猜到"),
        ("Shanhaiguanqu-88", "容易被猜到"),
        ("Yu5uan-2022-GK", "容易被猜到"),
        ("Admin@123456", "容易被猜到"),
        ("P@ssw0rd1234", "容易被猜到"),
    ],
)
def test_a_password_that_is_guessed_is_refused(db, password, said):
    with pytest.raises(ValidationError) as refused:
        validate_password(password)

    assert said in "".join(refused.value.messages)


def test_the_names_of_the_governments_are_local_words(db):
    government = Government.objects.get()
    government.name = "青龙"
    government.save()

    with pytest.raises(ValidationError, match="容易被猜到"):
        validate_password("QingLong-2022")


def test_a_password_like_ones_name_is_refused(db):
    user = get_user_model().objects.create(username="wangxiaoming", first_name="王小明")
    with pytest.raises(ValidationError):
        validate_password("Wangxiaoming-1", user)


def test_a_common_word_is_refused_whatever_its_form(db):
    assert {"CommonPasswordValidator", "NotRepeated"} <= {
        one["NAME"].rpartition(".")[2] for one in site.AUTH_PASSWORD_VALIDATORS
    }
    with pytest.raises(ValidationError):
        validate_password("1qaz2wsx3edc")


def test_the_last_five_passwords_cannot_come_back(clerk):
    used = [f"Jiu-De-Mi-Ma-{number}" for number in range(6)]
    for one in used:
        clerk.set_password(one)
        clerk.save()

    for one in used[1:]:
        with pytest.raises(ValidationError, match="最近5次"):
            validate_password(one, clerk)
    validate_password(used[0], clerk)
    assert PasswordRecord.objects.filter(user=clerk).count() == KEPT
    assert not any(one in record.password for one in used for record in PasswordRecord.objects.all())


def test_one_account_does_not_know_the_passwords_of_another(clerk, administrator):
    validate_password("Jiu-De-Mi-Ma-1", administrator)
    clerk.set_password("Jiu-De-Mi-Ma-1")
    clerk.save()

    validate_password("Jiu-De-Mi-Ma-1", administrator)


def test_changing_to_the_same_password_is_refused_on_the_page(clerk):
    client, _ = came_in("经办")
    form = {"old_password": PASSWORD, "new_password1": PASSWORD, "new_password2": PASSWORD}

    page = client.post(reverse("admin:password_change"), form).content.decode()

    assert "不能使用最近5次用过的密码" in page


@pytest.mark.parametrize(("age", "said"), [(79, ""), (81, "还可以用8天"), (89, "今天到期")])
def test_the_last_days_of_a_password_are_said_at_the_sign_in(clerk, age, said):
    aged(clerk, days=age, hours=1)
    client, _ = came_in("经办")

    page = client.get("/admin/").content.decode()

    assert (f"您的密码{said}" in page, "您的密码" in page) == (bool(said), bool(said))


def test_an_old_password_must_be_changed_before_anything_else(clerk):
    aged(clerk, days=89)
    young = came_in("经办")[0].get("/admin/").status_code
    aged(clerk, days=91)
    get_user_model().objects.update(last_login=timezone.now())
    client, entered = came_in("经办")

    asked = client.get("/admin/notices/", follow=True)

    assert (young, entered.status_code) == (200, 302)
    assert asked.redirect_chain == [("/admin/password_change/?next=/admin/notices/", 302)]
    assert "密码已经用满90天" in asked.content.decode()


@pytest.mark.parametrize("path", ["/admin/", "/admin/board/", "/admin/nowhere/", "/admin/budgets/expenditureline/"])
def test_nothing_at_the_desk_answers_before_the_password_is_changed(clerk, path):
    aged(clerk, days=91)
    get_user_model().objects.update(last_login=timezone.now())
    client, _ = came_in("经办")

    assert [client.get(path).status_code, client.post(path).status_code] == [302, 302]


def test_after_the_change_the_desk_opens(clerk):
    aged(clerk, days=91)
    get_user_model().objects.update(last_login=timezone.now())
    client, _ = came_in("经办")

    client.post(
        reverse("admin:password_change"), {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    )

    assert client.get("/admin/").status_code == 200
    assert due(clerk) == ""


def test_a_password_stored_past_the_rules_is_counted_from_its_first_use(db):
    user = get_user_model().objects.create_user("命令", password=PASSWORD, is_staff=True)
    before = PasswordRecord.objects.filter(user=user).count()
    came_in("命令")
    came_in("命令")

    assert (before, PasswordRecord.objects.filter(user=user).count()) == (0, 1)


def test_the_days_are_a_setting(clerk, settings):
    settings.PASSWORD_DAYS = 0
    aged(clerk, days=900)

    assert due(clerk) == ""


def test_an_administrators_password_holds_for_one_sign_in(client, clerk, administrator):
    client.force_login(administrator)
    there, _ = came_in("经办")
    page = client.post(reverse("admin:account_security", args=[clerk.pk]), {"act": "reset_password", "ticked": "on"})
    [given] = SHOWN.findall(page.content.decode())
    again = client.get(reverse("admin:account_security", args=[clerk.pk])).content.decode()
    new, entered = came_in("经办", given)

    assert "no-store" in page["Cache-Control"]
    assert given not in again
    assert there.get("/admin/").status_code == 302
    assert came_in("经办")[1].status_code == 200
    assert entered.status_code == 302
    assert new.get("/admin/").headers["Location"].startswith("/admin/password_change/")
    row = AuditTrail.objects.get(action="reset_password")
    assert (row.actor, given in row.detail) == (administrator, False)


def test_a_slip_of_the_hand_resets_nothing(client, clerk, administrator):
    client.force_login(administrator)
    page = client.post(reverse("admin:account_security", args=[clerk.pk]), {"act": "reset_password"}).content.decode()

    assert "请先勾选“我已核实是本人提出的”" in page
    assert SHOWN.findall(page) == []
    assert came_in("经办")[1].status_code == 302


def test_a_password_that_was_handed_out_waits_three_days(client, clerk, administrator):
    given = reset_password(clerk, by=administrator)
    PasswordRecord.objects.filter(user=clerk).update(at=timezone.now() - timedelta(hours=73))

    _, answer = came_in("经办", given)

    assert "已经失效" in answer.content.decode()
    row = AuditTrail.objects.filter(action="sign_in_failed").last()
    assert "已经失效" in json.loads(row.detail)["reason"]


@pytest.mark.parametrize("how", ["add", "set"])
def test_every_password_that_somebody_else_set_must_be_changed(client, clerk, administrator, how):
    client.force_login(administrator)
    if how == "add":
        form = {"username": "新人", "password1": NEW, "password2": NEW, "usable_password": "true"}
        client.post(reverse("admin:auth_user_add"), form)
        user = get_user_model().objects.get(username="新人")
    else:
        user = clerk
        client.post(
            reverse("admin:auth_user_password_change", args=[user.pk]),
            {"password1": NEW, "password2": NEW, "usable_password": "true", "set-password": ""},
        )

    assert "管理员设置" in due(user)


def test_resetting_has_its_limits(clerk, administrator):
    with pytest.raises(ValidationError, match="自己的密码"):
        reset_password(administrator, by=administrator)
    with pytest.raises(ValidationError, match="系统管理员办理"):
        reset_password(administrator, by=clerk)
    get_user_model().objects.filter(pk=clerk.pk).update(is_active=False)
    with pytest.raises(ValidationError, match="已经停用"):
        reset_password(clerk, by=administrator)

    assert came_in("系统")[1].status_code == 302


def test_the_command_resets_when_no_administrator_can_sign_in(clerk):
    said = StringIO()
    call_command("reset_password", "经办", stdout=said)
    given = said.getvalue().partition("：")[2].splitlines()[0]

    assert came_in("经办", given)[1].status_code == 302
    assert AuditTrail.objects.get(action="reset_password").actor is None
    with pytest.raises(CommandError, match="没有用户名"):
        call_command("reset_password", "没有的人")


def test_a_random_password_keeps_the_rules(db):
    made = {random_password() for _ in range(50)}

    assert len(made) == 50
    for one in made:
        validate_password(one)


def test_an_account_nobody_used_is_refused_until_an_administrator_helps(clerk, administrator):
    aged(clerk, days=91)
    _, refused = came_in("经办")
    given = reset_password(clerk, by=administrator)
    _, entered = came_in("经办", given)

    assert "太久没有使用" in refused.content.decode()
    assert entered.status_code == 302


def test_an_account_in_use_is_not_idle(clerk):
    aged(clerk, days=91)
    get_user_model().objects.filter(pk=clerk.pk).update(last_login=timezone.now() - timedelta(days=89))

    assert clerk not in idle_accounts()


def test_idle_accounts_are_suspended_and_keep_their_posts(clerk, administrator):
    aged(clerk, days=91)
    look, done, again = StringIO(), StringIO(), StringIO()
    call_command("suspend_idle_accounts", "--dry-run", stdout=look)
    active = get_user_model().objects.get(pk=clerk.pk).is_active
    call_command("suspend_idle_accounts", stdout=done)
    call_command("suspend_idle_accounts", stdout=again)

    clerk.refresh_from_db()
    assert (active, clerk.is_active, clerk.has_usable_password()) == (True, False, False)
    assert "经办" in look.getvalue()
    assert "将暂停1个账号" in look.getvalue()
    assert "已暂停1个账号" in done.getvalue()
    assert "已暂停0个账号" in again.getvalue()
    assert clerk.memberships.get().closed_on is None
    assert AuditTrail.objects.filter(action="suspend_account").count() == 1


def test_the_last_system_administrator_is_not_suspended(administrator):
    aged(administrator, days=91)
    Membership.objects.filter(role=Role.SYSTEM_ADMINISTRATOR).exclude(user=administrator).delete()

    assert administrator not in idle_accounts()


def test_an_account_in_use_is_not_suspended(clerk):
    suspend(clerk)

    clerk.refresh_from_db()
    assert clerk.is_active
