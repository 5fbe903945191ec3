"""A year by code and by source: totals over all departments, what is under and over a code, and the years."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from published import text_of, withdraw
from sidebyside import beside, with_table

from budgets.models import Department, FiscalYear, Government
from disclosure.tables.grid import Row

YEAR = "/130303/2022/"
PAGES = (
    "functions/",
    "functions/201/",
    "functions/2013201/",
    "economics/",
    "economics/301/",
    "sources/",
    "sources/general/",
)


def without_2013201(rows):
    """Leave out a code."""
    return tuple(row for row in rows if row.cells.get("code") != "2013201")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_answers(client, edition, address):
    response = client.get(f"{YEAR}{address}")

    assert response.status_code == 200
    assert response["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "address",
    [
        "functions/299/",
        "functions/2019/",
        "functions/general/",
        "economics/30199/",
        "economics/3010101/",
        "sources/total/",
        "sources/201/",
        "sources/nothing/",
        "projects/201/",
    ],
)
def test_what_nobody_published_is_not_found(client, edition, address):
    assert client.get(f"{YEAR}{address}").status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_a_year_that_was_never_opened_is_not_found(client, edition, address):
    assert client.get(f"/130303/2021/{address}").status_code == 404


def test_the_widest_codes_are_added_up_over_departments(client, edition):
    beside(edition)

    text = text_of(client.get(f"{YEAR}functions/"))

    assert "已公开的2个部门共安排支出2181.76万元，按支出功能分类列示如下。" in text
    assert "201一般公共服务支出1149.2852.68%2" in text


def test_a_code_tells_who_spends_what(client, edition):
    other = beside(edition)

    page = client.get(f"{YEAR}functions/20132/")

    assert "2022年，2个部门共安排“组织事务”支出1149.28万元，占已公开部门支出合计的52.68%。" in text_of(page)
    assert "204部门204574.6450.00%" in text_of(page)
    assert f'<a href="/130303/2022/204/editions/{other.number}/#table-spending">部门204</a>' in page.content.decode()


def test_a_code_has_the_codes_over_and_under_it(client, edition):
    page = client.get(f"{YEAR}functions/20132/").content.decode()

    assert '<a href="/130303/2022/functions/201/">一般公共服务支出</a>' in page
    assert '<a href="/130303/2022/functions/2013201/">行政运行</a>' in page
    assert "相差" not in page


def test_a_level_that_is_not_published_is_told(client, edition):
    beside(edition, change=with_table("spending", without_2013201))

    text = text_of(client.get(f"{YEAR}functions/20132/"))

    assert "下一级科目合计与本科目相差257.72万元" in text


def test_income_is_told_by_source_without_sources_nobody_has(client, edition):
    text = text_of(client.get(f"{YEAR}sources/"))

    assert "已公开的1个部门共安排收入1090.88万元" in text
    assert "上年结转55.805.12%1一般公共预算拨款（财政拨款）1035.0894.88%1收入合计：这个数怎么来的" in text


def test_a_source_nobody_has_says_so(client, edition):
    text = text_of(client.get(f"{YEAR}sources/fund/"))

    assert "2022年已公开的1个部门都没有安排“政府性基金预算拨款（财政拨款）”收入。" in text


def test_departments_without_figures_are_named(client, edition):
    government = Government.objects.get()
    Department.objects.create(government=government, code="204", name="某新部门", full_name="某新部门")
    withdraw(beside(edition, "205"))

    text = text_of(client.get(f"{YEAR}functions/201/"))

    assert "2022年，1个部门共安排" in text
    assert "204某新部门：尚未公开205部门205：已撤下" in text


def test_other_years_say_what_they_have(client, edition):
    def renamed(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        kept = (row for row in rows if row.cells.get("code") != "2013299")
        return tuple(
            Row(row.level, row.total, {**row.cells, "name": "旧名"}) if row.cells.get("code") == "20132" else row
            for row in kept
        )

    beside(edition, "203", 2023, with_table("spending", renamed))
    FiscalYear.objects.create(government=Government.objects.get(), year=2024, layout="hebei")

    text, gone = (text_of(client.get(f"{YEAR}functions/{code}/")) for code in ("20132", "2013299"))

    assert "2024年——还没有部门公开2023年574.6452.68%1个部门已公开，当年名称“旧名”2022年574.6452.68%" in text

    assert "2023年——已公开的1个部门中没有这个科目2022年116.0010.63%1个部门已公开" in gone


def test_a_year_without_the_code_still_shows_the_others(client, edition):
    beside(edition, "203", 2023, with_table("spending", lambda rows: tuple(r for r in rows if r.level < 3)))

    response = client.get("/130303/2023/functions/2013201/")

    assert response.status_code == 200
    assert "2023年已公开的1个部门都没有安排“行政运行”支出。" in text_of(response)


def test_an_opened_year_without_publications_says_so(client, edition):
    FiscalYear.objects.create(government=Government.objects.get(), year=2024, layout="hebei")

    response = client.get("/130303/2024/functions/")

    assert "2024年还没有部门公开这方面的数据。" in text_of(response)
    assert "203山海关区组织部门：尚未公开" in text_of(response)


@pytest.mark.parametrize(
    ("address", "number"), [("functions/", 8), ("functions/20132/", 14), ("sources/", 8), ("sources/general/", 11)]
)
def test_a_page_takes_the_same_queries_for_one_and_three_departments(client, edition, address, number):
    with CaptureQueriesContext(connection) as one:
        client.get(f"{YEAR}{address}")
    for code in ("204", "205"):
        beside(edition, code)

    with CaptureQueriesContext(connection) as three:
        client.get(f"{YEAR}{address}")

    assert len(one) == len(three) == number


def test_the_year_leads_there(client, edition):
    page = client.get(YEAR).content.decode()

    assert [f'href="{YEAR}{one}/"' in page for one in ("functions", "economics", "sources")] == [True] * 3


def test_codes_of_a_department_lead_to_their_pages(client, edition):
    page = client.get(f"{YEAR}203/").content.decode()

    assert f'<td class="code"><a href="{YEAR}functions/2013201/">2013201</a></td>' in page
    assert f'<td class="code"><a href="{YEAR}economics/30101/">30101</a></td>' in page
    assert f'<a href="{YEAR}sources/">各部门钱从哪来</a>' in page
    assert '<td class="code">203001</td>' in page


def test_every_link_of_a_departments_page_answers(client, edition):
    links = set(re.findall(r'href="(/130303/[^"#]+)', client.get(f"{YEAR}203/").content.decode()))
    leading = {address for address in links if "/2022/203/" not in address}

    answers = {client.get(address).status_code for address in leading}

    assert len(leading) > 50
    assert answers == {200}
