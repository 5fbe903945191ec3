"""The first screens: the home page at a glance, and what a department's page leads to at once."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from published import an_edition, text_of, withdraw

from budgets.models import Department, FiscalYear, Government
from disclosure.document import Document
from disclosure.models import Exemption
from portal.shortcuts import largest, shortcuts

DEPARTMENT = "/130303/2022/203/"


@pytest.fixture
def second(edition):
    """A correction of the sample."""
    return an_edition(edition.disclosure, Document.of(edition.disclosure).content, edition.published_by, edition)


def test_the_home_page_shows_the_newest_published_year_with_its_departments(client, edition):
    government = Government.objects.get()
    FiscalYear.objects.create(government=government, year=2023)
    silent = Department.objects.create(government=government, code="204", name="某新部门", full_name="某新部门")
    exempt = Department.objects.create(government=government, code="205", name="某局", full_name="某局")
    Department.objects.create(government=government, code="206", name="后设局", full_name="后设局", valid_from=2023)
    year = FiscalYear.objects.get(year=2022)
    Exemption.objects.create(fiscal_year=year, department=exempt, kind="secret", reason="依法不予公开")

    page = client.get("/").content.decode()
    text = re.sub(r"<[^>]+>|\s", "", page)

    assert "2022年部门预算2个部门中已有1个公开，已公开的预算支出共1090.88万元。" in text
    assert "预算支出1090.88万元基本支出518.68万元项目支出572.20万元“三公”经费11.31万元" in text
    assert re.search(r"203山海关区组织部门1090.88-130.7820\d\d年\d+月\d+日204某新部门尚未公开205某局", text)
    assert (text.count("后设局"), page.count(f"/{silent.code}/")) == (0, 0)
    assert "2023年部门预算4个部门，尚无部门公开。" in text


def test_the_home_page_does_not_count_what_was_withdrawn(client, edition):
    withdraw(edition)

    text = text_of(client.get("/"))

    assert "1个部门，尚无部门公开。另有1个已撤下。" in text
    assert "1090.88" not in text


def test_the_home_page_takes_the_same_queries_for_one_and_three_years_and_departments(client, edition):
    with CaptureQueriesContext(connection) as one:
        client.get("/")
    government = Government.objects.get()
    for year, code in ((2023, "204"), (2024, "205")):
        FiscalYear.objects.create(government=government, year=year)
        Department.objects.create(government=government, code=code, name=code, full_name=code)

    with CaptureQueriesContext(connection) as three:
        client.get("/")

    assert len(one) == len(three) == 9


def test_the_department_says_when_it_published_and_whether_that_was_corrected(client, second):
    said = {
        address: re.search(r'<p class="published">(.*?)</p>', client.get(address).content.decode())[1]
        for address in (DEPARTMENT, f"{DEPARTMENT}editions/1/")
    }

    assert "第2版，更正过，这是更正后的内容" in said[DEPARTMENT]
    assert "第1版，已被更正" in said[f"{DEPARTMENT}editions/1/"]
    assert all(re.search(r"20\d\d年\d+月\d+日公开", one) for one in said.values())


def test_the_department_leads_to_its_largest_project_and_to_what_is_asked_for_most(client, edition):
    page = client.get(DEPARTMENT).content.decode()

    assert re.search(r'最大的项目：<a href="/130303/projects/\w+/">离休干部医药费</a>，350.00万元。', page)
    for anchor in ("table-income", "table-spending", "table-three_public", "performance", "glossary"):
        assert page.count(f'<a href="#{anchor}">') >= 1
        assert f'id="{anchor}"' in page


def test_an_edition_that_was_corrected_names_its_largest_project_without_a_link(client, second):
    page = client.get(f"{DEPARTMENT}editions/1/").content.decode()

    assert "最大的项目：离休干部医药费，350.00万元。" in page


def test_shortcuts_lead_only_where_there_is_something(document):
    content = document.content
    bare = content.__class__(
        **{name: getattr(content, name) for name in content.__struct_fields__ if name not in {"tables", "sections"}},
        tables=(),
        sections=(),
    )

    assert shortcuts(bare) == []
    assert len(shortcuts(content)) == 5
    assert largest(content).name == "离休干部医药费"
