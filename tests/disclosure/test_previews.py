"""The desk's pages of a disclosure: any layout previewed, tokens at hand and checked where they are written."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from walking import opened

from budgets.enums import Role
from budgets.models import Membership
from disclosure.models import Narrative


@pytest.fixture
def clerk(client, disclosure):
    """The department's clerk, signed in; the draft is open for its next edition."""
    opened(disclosure)
    user = get_user_model().objects.create(username="经办人甲", is_staff=True)
    department = disclosure.budget.department
    government = department.government
    Membership.objects.create(user=user, role=Role.CLERK, government=government, department=department)
    client.force_login(user)
    return client


def test_a_draft_can_be_looked_at_in_any_layout(clerk, disclosure):
    address = reverse("admin:disclosure_preview", args=[disclosure.pk])

    own, other = clerk.get(address).content.decode(), clerk.get(address, {"layout": "national"}).content.decode()

    assert "表一 部门预算收支总表" in own
    assert '<strong aria-current="page">河北省（本年度规定）</strong>' in own
    assert "公开表1 部门收支总表" in other
    assert '<strong aria-current="page">中央部门</strong>' in other


def test_the_preview_says_which_identities_do_not_hold(clerk, disclosure):
    address = reverse("admin:disclosure_preview", args=[disclosure.pk])
    clean = clerk.get(address).content.decode()
    line = disclosure.budget.expenditurelines.filter(kind="public").first()
    line.amount += 10000
    line.save()

    spoiled = clerk.get(address).content.decode()

    assert "<strong>错误" not in clean
    assert "<strong>错误 T1.5</strong>" in spoiled


def test_a_layout_there_is_not_is_not_found(clerk, disclosure):
    assert clerk.get(reverse("admin:disclosure_preview", args=[disclosure.pk]), {"layout": "x"}).status_code == 404


def test_a_text_offers_its_tokens_with_what_they_say_now(clerk, disclosure):
    narrative = disclosure.narratives.first()

    page = clerk.get(reverse("admin:disclosure_narrative_change", args=[narrative.pk])).content.decode()

    assert "<td>{收入合计}</td><td>1090.88万元</td>" in page
    assert "{年度}年预算收入为{收入合计}，其中：{收入构成}。" in page


def test_a_text_with_an_unknown_token_is_refused_by_name(clerk, disclosure):
    address = reverse("admin:disclosure_narrative_add")
    said = {"disclosure": disclosure.pk, "key": "wording_revenue", "text": "共{收入合记}。", "state": "edited"}

    refused = clerk.post(address, said).content.decode()
    clerk.post(address, {**said, "text": "共{收入合计}。"})

    assert "没有这样的标记：{收入合记}。" in refused
    assert Narrative.objects.get(key="wording_revenue").text == "共{收入合计}。"
