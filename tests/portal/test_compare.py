"""Departments side by side: one year, one phase, one scope, at most eight."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from published import text_of, withdraw
from sidebyside import beside, with_table

from budgets.models import Department, FiscalYear, Government

PAGE = "/130303/compare/"


def only_classes_from_208(rows):
    """Keep the total and the classes after the first two."""
    return tuple(row for row in rows if row.total or row.cells["code"] >= "208")


def test_without_a_choice_departments_are_offered(client, edition):
    text = client.get(PAGE).content.decode()

    assert '<input type="checkbox" name="d" value="203">' in text
    assert "选出要放在一起看的部门，最多8个。" in text


def test_the_chosen_stand_side_by_side(client, edition):
    beside(edition, change=with_table("spending", only_classes_from_208))

    response = client.get(PAGE, {"d": ["204", "203"]})

    text = text_of(response)
    assert "项目山海关区组织部门部门204预算支出1090.881090.88预算收入1090.881090.88基本支出518.68518.68" in text
    assert "一般公共服务支出574.64—教育支出5.00—社会保障和就业支出96.5496.54" in text
    assert '<input type="checkbox" name="d" value="203" checked>' in response.content.decode()


def test_the_comparison_has_an_address_to_share(client, edition):
    text = client.get(PAGE, {"d": ["203", "999"]}).content.decode()

    assert 'value="http://testserver/130303/compare/?year=2022&amp;d=203"' in text


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("204", "某新部门2022年部门预算尚未公开，没有可以比较的数。"),
        ("203002", "是山海关区组织部门的所属单位。单位预算与部门预算口径不同，不放在一起比较。"),
        ("999", "2022年没有编码为“999”的部门。"),
        ("<b>", "2022年没有编码为“&lt;b&gt;”的部门。"),
    ],
)
def test_what_cannot_be_compared_is_said(client, edition, code, problem):
    Department.objects.create(government=Government.objects.get(), code="204", name="某新部门", full_name="某新部门")

    text = text_of(client.get(PAGE, {"d": ["203", code]}))

    assert problem in text
    assert "预算支出1090.88预算收入" in text


def test_a_department_of_other_years_says_so(client, edition):
    names = {"government": Government.objects.get(), "name": "某新部门", "full_name": "某新部门"}
    Department.objects.create(code="204", valid_from=2024, **names)
    Department.objects.create(code="205", valid_to=2020, **names)

    text = text_of(client.get(PAGE, {"d": ["203", "204", "205"]}))

    assert "某新部门2024年成立，2022年没有可以比较的数。" in text
    assert "某新部门2021年起不再设立，2022年没有可以比较的数。" in text


def test_a_withdrawn_department_is_said(client, edition):
    withdraw(beside(edition))

    text = text_of(client.get(PAGE, {"d": ["203", "204"]}))

    assert "部门2042022年部门预算已撤下，没有可以比较的数。" in text
    assert "预算支出1090.88预算收入" in text


def test_more_than_eight_are_cut_with_a_word(client, edition):
    for code in range(204, 212):
        beside(edition, str(code))

    page = client.get(PAGE, {"d": [str(code) for code in range(203, 212)]})

    text, table = text_of(page), page.content.decode().split("</table>")[0]
    assert "一次最多比较8个部门，您选了9个，只列出前8个。请去掉几个再比。" in text
    assert table.count("1090.88") == 16


def test_figures_of_another_phase_are_not_compared(client, edition):
    beside(edition, phase="final")

    text = text_of(client.get(PAGE, {"d": ["203", "204"]}))

    assert "部门2042022年部门预算尚未公开，没有可以比较的数。" in text


def test_another_year_can_be_asked_for(client, edition):
    FiscalYear.objects.create(government=Government.objects.get(), year=2023, layout="hebei")

    newest, older = (text_of(client.get(PAGE, query)) for query in ({}, {"year": "2022"}))

    assert "2023年还没有部门公开预算，请换一个年度。" in newest
    assert "2022年已公开的部门（最多选8个）203山海关区组织部门" in older


@pytest.mark.parametrize("year", ["2021", "x"])
def test_a_year_that_is_not_there_is_not_found(client, edition, year):
    assert client.get(PAGE, {"year": year}).status_code == 404


def test_the_comparison_takes_the_same_queries_for_one_and_three_departments(client, edition):
    with CaptureQueriesContext(connection) as one:
        client.get(PAGE, {"d": ["203"]})
    for code in ("204", "205"):
        beside(edition, code)

    with CaptureQueriesContext(connection) as three:
        client.get(PAGE, {"d": ["203", "204", "205"]})

    assert len(one) == len(three) == 12
