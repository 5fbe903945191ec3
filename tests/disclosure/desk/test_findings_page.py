"""The page of findings: by part, with the way to each place, reasons and waivers; and the same beside the forms."""

from collections import Counter

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from budgets.enums import Role
from budgets.models import Membership
from disclosure.judgement import judge
from disclosure.models import Explanation


def signed_in(client, disclosure, role):
    """Sign somebody with the role in."""
    user = get_user_model().objects.create(username=f"用户{role}", is_staff=True)
    department = disclosure.budget.department
    owner = {"department": department} if role == Role.CLERK else {}
    Membership.objects.create(user=user, role=role, government=department.government, **owner)
    client.force_login(user)
    return client


@pytest.fixture
def address(disclosure):
    disclosure.narratives.filter(key="duties").update(text="")
    disclosure.glossary_terms.filter(term__contains="机关运行").delete()
    return reverse("admin:disclosure_findings", args=[disclosure.pk])


def of_code(disclosure, code):
    return next(item for item in judge(disclosure).items if item.said.code == code)


def test_findings_stand_under_their_part_with_a_way_to_the_place(client, disclosure, address):
    page = signed_in(client, disclosure, Role.CLERK).get(address).content.decode()

    assert "错误 K03" in page
    assert "警告 K08" in page
    assert "去改正" in page
    assert "不适用的规则" in page
    assert "豁免的理由" not in page


def test_a_clerk_gives_a_reason(client, disclosure, address):
    warning = of_code(disclosure, "K08").said

    answer = {"fingerprint": warning.fingerprint, "explain": "1", "reason": "见上级文件"}
    page = signed_in(client, disclosure, Role.CLERK).post(address, answer, follow=True).content.decode()

    assert "已记下原因。" in page
    assert "原因：见上级文件" in page


def test_the_bureau_waives_and_takes_back(client, disclosure, address):
    error = of_code(disclosure, "K03").said
    bureau = signed_in(client, disclosure, Role.BUREAU_REVIEWER)

    answer = {"fingerprint": error.fingerprint, "waive": "1", "reason": "机构改革"}
    waived = bureau.post(address, answer, follow=True).content.decode()
    back = bureau.post(address, {"fingerprint": error.fingerprint, "take_back": "1"}, follow=True).content.decode()

    assert "已豁免：机构改革" in waived
    assert "已撤回豁免。" in back
    assert disclosure.waivers.count() == 0


def test_a_clerk_cannot_waive(client, disclosure, address):
    error = of_code(disclosure, "K03").said

    answer = {"fingerprint": error.fingerprint, "waive": "1", "reason": "没有问题"}
    page = signed_in(client, disclosure, Role.CLERK).post(address, answer, follow=True).content.decode()

    assert "请由财政审核人办理" in page
    assert disclosure.waivers.count() == 0


def test_another_departments_clerk_finds_nothing(client, disclosure, address):
    assert client.get(address).status_code == 302
    stranger = get_user_model().objects.create(username="外人", is_staff=True)
    client.force_login(stranger)

    assert client.get(address).status_code in {403, 404}


def test_a_finding_stands_beside_the_form_where_it_is_mended(client, disclosure, address):
    term = disclosure.glossary_terms.first()
    narrative = disclosure.narratives.get(key="duties")
    clerk = signed_in(client, disclosure, Role.CLERK)

    page = clerk.get(reverse("admin:disclosure_narrative_change", args=[narrative.pk])).content.decode()

    other = clerk.get(reverse("admin:disclosure_glossaryterm_change", args=[term.pk])).content.decode()
    assert "K03" not in other
    assert 'class="module remarks"' in page
    assert "K03" in page


def test_one_reason_serves_all_warnings_of_the_same_rule(client, disclosure, address):
    Explanation.objects.filter(disclosure=disclosure).delete()
    code, count = Counter(item.said.code for item in judge(disclosure).unexplained).most_common(1)[0]
    first = of_code(disclosure, code)
    answer = {"fingerprint": first.said.fingerprint, "explain": "1", "alike": "1", "reason": "按上级要求"}

    page = signed_in(client, disclosure, Role.CLERK).post(address, answer, follow=True).content.decode()

    assert count > 1
    assert f"已记下{count}处的原因。" in page
    assert [item for item in judge(disclosure).unexplained if item.said.code == code] == []


def test_an_answer_leads_back_to_its_finding_and_the_page_back_to_the_disclosure(client, disclosure, address):
    warning = of_code(disclosure, "K08").said
    clerk = signed_in(client, disclosure, Role.CLERK)

    answered = clerk.post(address, {"fingerprint": warning.fingerprint, "explain": "1", "reason": "见上级文件"})

    assert answered["Location"] == f"{address}#f-{warning.fingerprint[:12]}"
    assert f'<a href="{reverse("admin:disclosure_disclosure_change", args=[disclosure.pk])}">' in (
        clerk.get(address).content.decode()
    )
