"""The page of the trail: for those who audit, with filters, and as a file whose hashes can be computed again."""

import csv
import hashlib
import io
import json

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from budgets.enums import Role
from budgets.models import AuditTrail, Government, Membership

LIST = "admin:budgets_audittrail_changelist"
FILE = "admin:budgets_audittrail_export"


@pytest.fixture
def auditor(client, db):
    user = get_user_model().objects.create(username="审计", is_staff=True)
    Membership.objects.create(user=user, role=Role.AUDIT_ADMINISTRATOR, government=Government.objects.get())
    client.force_login(user)
    return user


def lines(client, **asked) -> list[dict[str, str]]:
    text = client.get(reverse(FILE), asked).getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize(
    "asked", [{"action": "publish"}, {"q": "山海关", "action": "publish"}], ids=["action", "search"]
)
def test_the_list_is_narrowed(client, auditor, asked, edition):
    AuditTrail.append("试写", "别的", by=auditor)

    shown = client.get(reverse(LIST), asked).context["cl"].result_list

    assert [(row.action, row.target) for row in shown] == [("publish", str(edition.disclosure))]


def test_a_row_is_shown_in_words(client, auditor):
    detail = {"model": "budgets.RevenueLine", "pk": 1, "changes": {"amount": ["1.00", "2.00"]}}
    row = AuditTrail.append("change", "budgets.RevenueLine 1", by=auditor, **detail)

    page = client.get(reverse("admin:budgets_audittrail_change", args=[row.pk])).content.decode()

    assert "金额（元）：1.00 → 2.00" in page
    assert 'name="_save"' not in page


def test_the_file_holds_what_its_hashes_are_taken_of(client, auditor):
    found = lines(client)

    for line, row in zip(found, AuditTrail.objects.order_by("pk"), strict=False):
        actor = int(line["操作人编号"]) if line["操作人编号"] else None
        said = [line["时间（UTC）"], actor, line["操作"], line["对象"], line["内容"], line["前一条校验值"]]
        said += [int(line["校验方式"]), int(line["序号"]), line["所属事项"]]
        assert hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest() == line["校验值"] == row.hash
    assert len(found) >= 2


def test_the_file_follows_the_filter_and_its_taking_is_kept(client, auditor):
    found = lines(client, action="sign_in")

    taken = AuditTrail.objects.last()
    assert [line["操作"] for line in found] == ["sign_in"]
    assert (taken.action, taken.actor, json.loads(taken.detail)["rows"]) == ("export", auditor, 1)


def test_what_somebody_typed_is_no_formula_in_the_file(client, auditor):
    client.post(reverse("admin:login"), {"username": "=cmd|1", "password": "x"})

    assert lines(client, action="sign_in_failed")[0]["对象"] == "'=cmd|1"


@pytest.mark.parametrize("role", [Role.CLERK, Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR])
def test_others_see_no_trail(client, db, role):
    user = get_user_model().objects.create(username="别人", is_staff=True)
    Membership.objects.create(user=user, role=role, government=Government.objects.get())
    client.force_login(user)

    assert [client.get(reverse(name)).status_code for name in (LIST, FILE)] == [403, 403]
