"""Accounts and posts end, and begin again, with a reason; three administrators stay apart; sign-ins are kept."""

import json
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from budgets.access import posts_of
from budgets.accounts import close_account, reopen_account
from budgets.enums import ADMINISTRATORS, Role
from budgets.models import AuditTrail, Department, Government, Membership

PASSWORD = "yusuan-2022-gk"  # noqa: S105 a test's own
BUSINESS = [role for role in Role if role not in ADMINISTRATORS]


def somebody(name: str, *roles: Role):
    user = get_user_model().objects.create(username=name, first_name="姓名", is_staff=True)
    user.set_password(PASSWORD)
    user.save()
    for role in roles:
        Membership.objects.create(user=user, role=role, government=Government.objects.get())
    return user


@pytest.fixture
def administrator(db):
    return somebody("系统", Role.SYSTEM_ADMINISTRATOR)


@pytest.fixture
def leaver(db):
    return somebody("离职", Role.CLERK)


def fresh(user):
    return get_user_model().objects.get(pk=user.pk)


def test_a_closed_account_cannot_be_used_and_keeps_its_name_and_posts(administrator, leaver):
    there = Client()
    there.login(username="离职", password=PASSWORD)

    close_account(leaver, by=administrator, reason=" 调离 ")

    closed = fresh(leaver)
    [post] = closed.memberships.all()
    assert (closed.is_active, closed.has_usable_password(), closed.first_name) == (False, False, "姓名")
    assert post.closed_on == timezone.localdate()
    assert there.get(reverse("admin:index")).status_code == 302
    assert [one for one in Session.objects.all() if one.get_decoded().get("_auth_user_id") == str(leaver.pk)] == []
    assert not Client().login(username="离职", password=PASSWORD)
    row = AuditTrail.objects.get(action="close_account")
    assert json.loads(row.detail) == {"reason": "调离", "posts": [f"{post.pk} 经办人"]}


def test_an_opened_account_has_neither_password_nor_posts(administrator, leaver):
    close_account(leaver, by=administrator, reason="调离")

    reopen_account(leaver, by=administrator, reason="调回")

    opened = fresh(leaver)
    assert (opened.is_active, opened.has_usable_password(), posts_of(opened)) == (True, False, [])
    assert AuditTrail.objects.filter(action="reopen_account").count() == 1


def test_closing_is_refused_in_words(administrator, leaver):
    cases = [
        (leaver, administrator, "  ", "请填写停用账号的理由"),
        (administrator, administrator, "离开", "不能停用自己的账号"),
        (administrator, leaver, "离开", "不能停用账号，请由系统管理员办理"),
    ]

    for user, by, reason, said in cases:
        with pytest.raises(ValidationError, match=said):
            close_account(user, by=by, reason=reason)
    with pytest.raises(ValidationError, match="没有停用"):
        reopen_account(leaver, by=administrator, reason="调回")
    close_account(leaver, by=administrator, reason="调离")
    with pytest.raises(ValidationError, match="已经停用"):
        close_account(leaver, by=administrator, reason="调离")


def test_the_page_asks_for_a_reason_and_closes(client, administrator, leaver):
    client.force_login(administrator)
    address = reverse("admin:account_close", args=[leaver.pk])

    silent = client.post(address, {"reason": ""})
    client.post(address, {"reason": "退休"})
    again = client.get(address).content.decode()

    assert "errorlist" in silent.content.decode()
    assert not fresh(leaver).is_active
    assert "恢复账号" in again


@pytest.mark.parametrize("role", [Role.SECURITY_ADMINISTRATOR, Role.AUDITOR, Role.CLERK])
def test_others_do_not_close_accounts(client, leaver, role):
    client.force_login(somebody("别人", role))

    answer = client.post(reverse("admin:account_close", args=[leaver.pk]), {"reason": "退休"})

    assert answer.status_code in {403, 404}
    assert fresh(leaver).is_active


def test_accounts_and_posts_are_never_deleted(client, administrator, leaver):
    security = somebody("安全", Role.SECURITY_ADMINISTRATOR)
    post = leaver.memberships.get()
    pages = [(administrator, "auth_user", leaver.pk), (security, "budgets_membership", post.pk)]

    for user, name, pk in pages:
        client.force_login(user)
        ticked = {"action": "delete_selected", "_selected_action": [pk], "post": "yes"}
        client.post(reverse(f"admin:{name}_changelist"), ticked)
        assert client.post(reverse(f"admin:{name}_delete", args=[pk]), {"post": "yes"}).status_code == 403

    assert Membership.objects.filter(pk=post.pk, user=leaver).exists()


@pytest.mark.parametrize("first", ADMINISTRATORS, ids=str)
@pytest.mark.parametrize("second", list(Role), ids=str)
def test_an_administrator_holds_no_other_role_that_sees_drafts(db, first, second):
    user, government = somebody("甲", first), Government.objects.get()
    again = Membership(user=user, role=second, government=government, department=Department.objects.first())

    if first == second:
        again.full_clean()
        return
    with pytest.raises(ValidationError, match="三员分立" if second in ADMINISTRATORS else "管理员看不到未公开的数据"):
        again.full_clean()


@pytest.mark.parametrize("role", BUSINESS, ids=str)
def test_who_sees_drafts_becomes_no_administrator(db, role):
    user = somebody("乙", role)

    with pytest.raises(ValidationError, match=f"已有岗位“{role.label}”"):
        Membership(user=user, role=Role.AUDIT_ADMINISTRATOR, government=Government.objects.get()).full_clean()


def test_business_roles_may_go_together(db):
    user = somebody("丙", Role.DEPARTMENT_REVIEWER)

    Membership(user=user, role=Role.SECRECY_REVIEWER, government=Government.objects.get()).full_clean()


def test_a_post_ends_on_the_page_and_begins_again_only_where_it_may(client, db):
    client.force_login(somebody("安全", Role.SECURITY_ADMINISTRATOR))
    user = somebody("丁", Role.SYSTEM_ADMINISTRATOR)
    post = user.memberships.get()
    address = reverse("admin:budgets_membership_change", args=[post.pk])

    client.post(address, {"closed_on": "2022-01-31"})
    ended = posts_of(fresh(user))
    Membership.objects.create(user=user, role=Role.AUDIT_ADMINISTRATOR, government=post.government)
    refused = client.post(address, {"closed_on": ""}).content.decode()
    user.memberships.filter(role=Role.AUDIT_ADMINISTRATOR).update(closed_on="2022-02-01")
    client.post(address, {"closed_on": ""})

    assert ended == []
    assert "三员分立" in refused
    assert [held.pk for held in posts_of(fresh(user))] == [post.pk]
    changes = [json.loads(row.detail)["changes"] for row in AuditTrail.objects.filter(action="change")]
    assert changes == [{"closed_on": ["", "2022-01-31"]}, {"closed_on": ["2022-01-31", ""]}]


def test_a_post_ends_today_or_earlier_and_is_held_once(db):
    user = somebody("戊", Role.CLERK)
    post = user.memberships.get()
    later = timezone.localdate() + timezone.timedelta(days=1)

    with pytest.raises(ValidationError, match="结束日期不能晚于今天"):
        Membership(user=user, role=Role.AUDITOR, government=post.government, closed_on=later).full_clean()
    with pytest.raises(ValidationError, match="已有这一岗位"):
        Membership(user=user, role=Role.CLERK, government=post.government).full_clean()
    Membership.objects.filter(pk=post.pk).update(closed_on="2022-01-31")
    Membership(user=user, role=Role.CLERK, government=post.government).full_clean()


def test_demo_accounts_break_no_rule(db):
    call_command("demo_accounts", stdout=StringIO())

    for post in Membership.objects.all():
        post.full_clean()


def test_who_came_who_went_and_who_failed_is_kept_without_passwords(client, leaver):
    login = reverse("admin:login")

    client.post(login, {"username": "离职", "password": "cuowu-mima-1"}, REMOTE_ADDR="10.1.2.3")
    client.post(login, {"username": "离职", "password": PASSWORD}, REMOTE_ADDR="10.1.2.3")
    client.post(reverse("admin:logout"), REMOTE_ADDR="10.1.2.3")

    rows = AuditTrail.objects.filter(action__startswith="sign_").order_by("pk")
    assert [(row.action, row.actor_id, row.target) for row in rows] == [
        ("sign_in_failed", None, "离职"),
        ("sign_in", leaver.pk, "离职"),
        ("sign_out", leaver.pk, "离职"),
    ]
    assert {row.detail for row in rows} == {'{"address": "10.1.2.3"}'}


def test_a_password_is_kept_as_changed_and_never_itself(client, administrator, leaver):
    client.force_login(administrator)
    new = {"password1": "Xin-De-Kou-Ling-22", "password2": "Xin-De-Kou-Ling-22", "usable_password": "true"}
    client.post(reverse("admin:auth_user_password_change", args=[leaver.pk]), new)
    client.post(reverse("admin:auth_user_add"), {**new, "username": "xinren"})
    own = {"old_password": PASSWORD, "new_password1": "Xin-De-Kou-Ling-22", "new_password2": "Xin-De-Kou-Ling-22"}
    client.post(reverse("admin:password_change"), own)

    rows = list(AuditTrail.objects.filter(action__in=("add", "change")).order_by("pk"))

    assert [json.loads(row.detail)["pk"] for row in rows][::2] == [leaver.pk, administrator.pk]
    assert all("password" in json.loads(row.detail)["changes"] for row in rows)
    assert not any("argon2" in row.detail or "Xin-De" in row.detail for row in rows)
