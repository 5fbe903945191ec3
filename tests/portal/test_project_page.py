"""A project's page: what it is for, what it costs each year, and where that is said."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from msgspec.structs import replace
from published import text_of, withdraw
from sidebyside import beside

from budgets.models import FiscalYear, Government

CODE = "13030322P003970100068"
PAGE = f"/130303/projects/{CODE}/"


def without_the_project(content):
    """Leave the project out."""
    projects = tuple(one for one in content.facts.projects if one.code != CODE)
    return replace(content, facts=replace(content.facts, projects=projects))


def withheld(content):
    """Make it secret: as freezing does, without name and code."""
    kept = without_the_project(content)
    secret = replace(content.facts.projects[0], code="", name="涉密项目（依法不细化）")
    facts = replace(kept.facts, projects=(*kept.facts.projects, secret))
    return replace(kept, facts=facts)


def test_a_project_opens_with_one_sentence(client, edition):
    text = text_of(client.get(PAGE))

    assert (
        "“车辆保险费”是山海关区组织部门的项目，由中共秦皇岛市山海关区委组织部实施，"
        "2022年预算1.20万元，其中财政资金1.20万元。"
    ) in text
    assert "2022年绩效目标保障办公车辆正常运行" in text
    assert "投保车辆数＝3辆产出指标数量指标" in text
    assert "3月底0%6月底30%10月底60%12月底100%" in text


def test_a_project_names_the_table_that_says_it(client, edition):
    page = client.get(PAGE).content.decode()

    assert f'href="/130303/2022/203/editions/1/#table-goal-{CODE}"' in page
    assert "其他资金" not in page


def test_the_goal_table_leads_to_the_project(client, edition):
    assert f'<a href="{PAGE}">项目各年</a>' in client.get("/130303/2022/203/").content.decode()
    assert f'<a href="{PAGE}">项目各年</a>' in client.get("/130303/2022/203/editions/1/").content.decode()


def test_years_without_the_project_say_why(client, edition):
    beside(edition, "203", 2023, without_the_project)
    FiscalYear.objects.create(government=Government.objects.get(), year=2024, layout="hebei")

    text = text_of(client.get(PAGE))

    assert "2024年——该部门当年预算尚未公开2023年——当年公开的预算中没有这个项目2022年1.201.20" in text


def test_the_newest_year_speaks_for_the_project(client, edition):
    def dearer(content):
        first = replace(content.facts.projects[0], amount=content.facts.projects[0].amount * 2)
        return replace(content, facts=replace(content.facts, projects=(first, *content.facts.projects[1:])))

    beside(edition, "203", 2023, dearer)

    text = text_of(client.get(PAGE))

    assert "2023年预算2.40万元" in text
    assert "2023年2.401.20" in text
    assert "2022年1.201.20" in text


@pytest.mark.parametrize("code", ["13030322P003970100069", "203", "---"])
def test_what_is_no_project_is_not_found(client, edition, code):
    assert client.get(f"/130303/projects/{code}/").status_code == 404


def test_a_secret_project_has_no_page(client, edition):
    beside(edition, "204", change=withheld)
    withdraw(edition)

    assert client.get(PAGE).status_code == 404


def test_a_withdrawn_project_has_no_page(client, edition):
    withdraw(edition)

    assert client.get(PAGE).status_code == 404


def test_a_project_takes_the_same_queries_for_one_and_three_years(client, edition):
    with CaptureQueriesContext(connection) as one:
        client.get(PAGE)
    for year in (2023, 2024):
        beside(edition, "203", year)

    with CaptureQueriesContext(connection) as three:
        client.get(PAGE)

    assert len(one) == len(three) == 10
