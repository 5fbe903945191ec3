"""The first page of the desk: what waits, then the year's work, then lists and settings; and what pickers say."""

import re

import pytest
from clerks import a_clerk_of
from django.urls import reverse


@pytest.fixture
def desk(client, disclosure):
    """A clerk's browser."""
    client.force_login(a_clerk_of(disclosure))
    return client


def test_the_days_work_comes_first(desk):
    text = desk.get(reverse("admin:index")).content.decode()

    headings = [re.sub(r"（\d+）", "", said) for said in re.findall(r"<h2 id=[^>]+>([^<]+)</h2>", text)]

    assert headings == ["等我办理", "年度填报", "绩效目标", "文字和空表", "公开和办理记录", "名录和设置"]


def test_every_list_stands_once_on_the_first_page(desk):
    sections = desk.get(reverse("admin:index")).context["app_list"]

    listed = [model["admin_url"] for section in sections for model in section["models"]]

    assert sections[0]["models"][0]["admin_url"] == reverse("admin:disclosure_disclosure_changelist")
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize(
    ("field", "term", "said"),
    [
        ("economic", "30101", "30101 基本工资（工资福利支出）"),
        ("function", "201", "201 一般公共服务支出"),
        ("unit", "203001", "203001"),
    ],
)
def test_pickers_name_what_a_code_belongs_to(desk, field, term, said):
    asked = {"app_label": "budgets", "model_name": "expenditureline", "field_name": field, "term": term}

    [first, *_] = desk.get(reverse("admin:autocomplete"), asked).json()["results"]

    assert first["text"].startswith(said)
    assert (field == "economic") == first["text"].endswith("）")


def test_the_manual_is_at_hand_for_whoever_is_signed_in(desk):
    index = desk.get(reverse("admin:index")).content.decode()
    page = desk.get(reverse("manual"))
    desk.logout()
    stranger = desk.get(reverse("manual"))

    assert f'href="{reverse("manual")}">操作手册</a>' in index
    assert page.status_code == 200
    assert stranger.status_code == 302


@pytest.mark.parametrize("number", ["abc", "0"])
def test_a_text_that_is_not_there_leads_back(desk, number):
    response = desk.get(f"/admin/disclosure/narrative/{number}/change/")

    assert response.status_code == 302
