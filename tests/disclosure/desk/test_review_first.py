"""What a reviewer sees first: open warnings and their reasons, open remarks, what changed, last year, the document."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from budgets.enums import Role
from budgets.models import Membership
from disclosure.models import Disclosure, Narrative


@pytest.fixture
def reviewer(client, disclosure):
    user = get_user_model().objects.create(username="审核人", is_staff=True)
    department = disclosure.budget.department
    post = {"role": Role.DEPARTMENT_REVIEWER, "government": department.government, "department": department}
    Membership.objects.create(user=user, **post)
    client.force_login(user)
    return user


def headings(client, disclosure) -> list[str]:
    page = client.get(reverse("admin:disclosure_steps", args=[disclosure.pk])).content.decode()
    found = re.findall(r"<h2 id=\"[\w-]+\">(.*?)</h2>", page)
    return [re.split("[（：]", heading)[0] for heading in found]


def test_a_reviewer_reads_what_changed_before_anything_else(client, disclosure, reviewer):
    Narrative.objects.filter(disclosure=disclosure, key="other_matters").update(text="有一处改动。")
    Disclosure.objects.filter(pk=disclosure.pk).update(status="department_review")

    assert headings(client, disclosure) == [
        "检查和预览",
        "审核意见",
        "与公开的第1版相比",
        "主要数据与上年相比",
        "正文",
        "进度",
        "我可以办理",
        "办理记录",
    ]


def test_a_clerk_begins_with_how_it_stands(client, disclosure, reviewer):
    assert headings(client, disclosure)[:4] == ["进度", "检查和预览", "与公开的第1版相比", "主要数据与上年相比"]
