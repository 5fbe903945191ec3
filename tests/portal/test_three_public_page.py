"""“三公”经费 of all departments: items, reasons, years, and the file."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from msgspec.structs import replace
from published import text_of, withdraw
from sidebyside import beside

from budgets.models import Department, FiscalYear, Government, Succession
from budgets.money import NOT_APPLICABLE
from disclosure.facts import stated

PAGE = "/130303/three-public/"


def test_every_item_stands_beside_its_reason(client, edition):
    text = text_of(client.get(PAGE))

    assert "2022年，已公开的1个部门共安排“三公”经费11.31万元。" in text
    assert "203山海关区组织部门“三公”经费合计11.3111.34-0.03—" in text
    assert "公务接待费0.310.34-0.03人员减少" in text


def test_departments_stand_in_the_order_of_their_codes(client, edition):
    beside(edition, "102")

    text = text_of(client.get(PAGE))

    assert "已公开的2个部门共安排“三公”经费22.62万元" in text
    assert text.index("102部门102") < text.index("203山海关区组织部门“三公”")


def test_years_stand_side_by_side_with_honest_gaps(client, edition):
    beside(edition, "203", 2023)
    beside(edition, "204", 2023)

    text = text_of(client.get(PAGE))

    assert "203山海关区组织部门11.3111.31204部门20411.31尚未公开" in text
    assert "2023年各项和增减原因" in text


def test_a_renamed_department_has_one_row_and_others_say_why_they_have_none(client, edition):
    government = Government.objects.get()
    beside(edition, "204", 2023)
    old, new = (Department.objects.get(code=code) for code in ("203", "204"))
    Succession.objects.create(
        government=government, kind="renamed", date=date(2023, 1, 1), from_department=old, to_department=new
    )
    beside(edition, "205", 2023)
    Department.objects.filter(code="205").update(valid_from=2023)

    text = text_of(client.get(PAGE))

    assert f"204部门2042023年起由“{old.name}”更名而来11.3111.31205部门20511.312023年成立" in text


def test_columns_that_are_empty_for_all_are_not_shown(client, edition):
    def bare(content):
        items = tuple(replace(one, previous=None, reason="") for one in content.facts.three_public.items)
        said = replace(content.facts.three_public, items=items, previous_total=None)
        return replace(content, facts=replace(content.facts, three_public=said))

    beside(edition, "203", 2023, bare)

    newer, older = (text_of(client.get(f"{PAGE}?year={year}")) for year in (2023, 2022))

    assert "项目2023年203山海关区组织部门" in newer
    assert "项目2022年上年预算增减增减原因203" in older


def test_an_older_year_can_be_asked_for(client, edition):
    beside(edition, "204", 2023)

    text = text_of(client.get(f"{PAGE}?year=2022"))

    assert "2022年各项和增减原因" in text
    assert "204部门204：尚未公开" in text


@pytest.mark.parametrize("year", ["2021", "x", "²"])
def test_a_year_nobody_published_is_not_found(client, edition, year):
    assert client.get(f"{PAGE}?year={year}").status_code == 404


def test_what_does_not_apply_is_no_number(client, edition):
    def never(content):
        items = tuple(replace(one, previous=stated(NOT_APPLICABLE)) for one in content.facts.three_public.items)
        said = replace(content.facts.three_public, items=items, previous_total=None)
        return replace(content, facts=replace(content.facts, three_public=said))

    beside(edition, "204", change=never)

    text = text_of(client.get(PAGE))

    assert "“三公”经费合计11.31———" in text
    assert "公务接待费0.31不适用—人员减少" in text


def test_departments_that_have_not_published_are_named(client, edition):
    Department.objects.create(government=Government.objects.get(), code="204", name="某新部门", full_name="某新部门")

    assert "204某新部门：尚未公开" in text_of(client.get(PAGE))


def test_figures_of_another_phase_are_left_out(client, edition):
    beside(edition, "204", phase="final")

    assert "已公开的1个部门" in text_of(client.get(PAGE))
    assert "部门204" not in client.get(f"{PAGE}all.csv").content.decode()


def test_nothing_published_says_so(client, edition):
    withdraw(edition)

    response = client.get(PAGE)

    assert response.status_code == 200
    assert "还没有部门公开“三公”经费。" in text_of(response)


def test_the_file_has_every_year_and_item(client, edition):
    beside(edition, "204", 2023)

    response = client.get(f"{PAGE}all.csv")
    lines = response.content.decode("utf-8-sig").splitlines()

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert lines[0].startswith("年度,阶段,部门编码,部门,项目,本年预算数（元）")
    assert len(lines) == 1 + 2 * 5
    assert lines[1].startswith("2023,年初预算,204,部门204,“三公”经费合计,113100.00,113400.00,-300.00,,1,2022-02-01")


def test_no_cell_of_the_file_is_a_formula(client, edition):
    def formula(content):
        items = tuple(replace(one, reason="=1+1") for one in content.facts.three_public.items)
        said = replace(content.facts.three_public, items=items)
        return replace(content, facts=replace(content.facts, three_public=said))

    beside(edition, "204", change=formula)

    assert ",=1+1" not in client.get(f"{PAGE}all.csv").content.decode()


def test_the_page_takes_the_same_queries_for_one_and_three_departments(client, edition):
    FiscalYear.objects.get_or_create(government=Government.objects.get(), year=2023, layout="hebei")
    with CaptureQueriesContext(connection) as one:
        client.get(PAGE)
    for code in ("204", "205"):
        beside(edition, code)

    with CaptureQueriesContext(connection) as three:
        client.get(PAGE)

    assert len(one) == len(three) == 15


def test_the_year_and_the_department_lead_there(client, edition):
    address = 'href="/130303/three-public/?year=2022"'

    assert address in client.get("/130303/2022/").content.decode()
    assert address in client.get("/130303/2022/203/").content.decode()
