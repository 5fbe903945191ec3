"""Histories across reforms: a new name is followed, mergers and divisions are breaks, nothing is added or guessed."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from published import text_of, withdraw
from sidebyside import beside

from budgets.models import Department, FiscalYear, Government, Succession
from disclosure.models import Exemption
from portal.lineage import CIRCLE, Lineages

PAGE = "/130303/2022/203/"


def department(code: str, since: int | None = None, until: int | None = None) -> Department:
    """Return a department of the sample's government, made where it is not there."""
    made, _ = Department.objects.get_or_create(
        government=Government.objects.get(), code=code, defaults={"name": f"部门{code}", "full_name": f"部门{code}"}
    )
    made.valid_from, made.valid_to = since or made.valid_from, until or made.valid_to
    made.save()
    return made


def follows(before: str, after: str, kind: str = "renamed", year: int = 2022) -> None:
    """Register that a department continues another one from the first of January on."""
    ends = {"from_department": department(before, until=year - 1), "to_department": department(after)}
    Succession.objects.create(government=Government.objects.get(), kind=kind, date=date(year, 1, 1), **ends)


def trace(code: str):
    return Lineages.of("130303").trace(code)


def test_a_new_name_is_followed(edition):
    follows("202", "203")

    found = trace("203")

    assert [found.code_in(year) for year in (2021, 2022, 2023)] == ["202", "203", "203"]
    assert [one.said for one in found.breaks] == ["2022年起由“部门202”更名而来"]
    assert found.comparable(2020, 2023)


def test_several_new_names_are_followed_one_after_the_other(edition):
    follows("201", "202", year=2020)
    follows("202", "203")

    found = trace("203")

    assert found.codes == ["203", "202", "201"]
    assert Lineages.of("130303").newest("201") == "203"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("201", "merged"), ("202", "merged")], "2022年起由“部门201”、“部门202”合并而来，口径不可比"),
        ([("201", "split")], "2022年起由“部门201”拆分而来，口径不可比"),
        ([("201", "renamed"), ("202", "merged")], "2022年起由“部门202”合并而来，由“部门201”调整而来，口径不可比"),
    ],
)
def test_what_is_more_than_a_name_is_a_break(edition, rows, said):
    for before, kind in rows:
        follows(before, "203", kind)

    found = trace("203")

    assert found.codes == ["203"]
    assert [one.said for one in found.breaks] == [said]
    assert not found.comparable(2021, 2022)


def test_a_name_given_to_two_is_no_new_name(edition):
    follows("202", "203")
    follows("202", "204")

    assert trace("203").codes == ["203"]
    assert Lineages.of("130303").newest("202") == "202"


def test_a_circle_ends(edition):
    follows("202", "203")
    follows("203", "202", year=2020)

    assert trace("203").breaks[-1].said == CIRCLE
    assert Lineages.of("130303").newest("203") == "203"


def test_a_department_that_takes_another_in_goes_on_with_a_break(edition):
    follows("202", "203", "merged", 2022)
    follows("201", "203", "renamed", 2020)

    found = trace("203")

    assert found.codes == ["203", "201"]
    assert [one.comparable for one in found.breaks] == [False, True]


def test_what_became_of_a_department_is_told(edition):
    follows("203", "204", "split", 2024)
    follows("203", "205", "split", 2024)

    assert "2024年起拆分为“部门204”、“部门205”。" in text_of(client_get(PAGE))


def client_get(address: str):
    from django.test import Client

    return Client().get(address)


def test_four_years_go_on_under_the_old_name(client, edition):
    follows("202", "203")
    old = beside(edition, "202", 2020)

    response = client.get(PAGE)

    assert f'<a href="/130303/2020/202/">{old.year}年</a>' in response.content.decode()
    assert "2022年1090.88-130.78（-10.71%）2022年起由“部门202”更名而来2021年1221.66130.78（11.99%）2020年1090.88—" in (
        text_of(response)
    )


def test_four_years_say_where_figures_cannot_be_compared(client, edition):
    follows("201", "203", "merged", 2021)
    beside(edition, "203", 2020)

    text = text_of(client.get(PAGE))

    assert "2021年1221.66口径不可比2021年起由“部门201”合并而来，口径不可比2020年1090.88—" in text


def test_a_year_without_figures_says_why(client, edition):
    government = Government.objects.get()
    for year in (2019, 2020):
        FiscalYear.objects.create(government=government, year=year, layout="hebei")
    department("203", since=2020)

    assert "2020年尚未公开2019年2020年成立" in text_of(client.get(PAGE))


def test_a_year_that_was_exempt_or_withdrawn_says_so(client, edition):
    government = Government.objects.get()
    exempt = FiscalYear.objects.create(government=government, year=2019, layout="hebei")
    Exemption.objects.create(fiscal_year=exempt, department=department("203"), kind="exempt", reason="涉密")
    withdraw(beside(edition, "203", 2020))

    assert "2020年已撤下2019年依法不予公开" in text_of(client.get(PAGE))


def test_the_page_asks_why_a_year_has_no_figure_only_where_one_has_none(client, edition):
    with CaptureQueriesContext(connection) as without:
        client.get(PAGE)
    follows("202", "203")
    beside(edition, "202", 2020)
    beside(edition, "202", 2019)

    with CaptureQueriesContext(connection) as with_a_past:
        client.get(PAGE)

    assert (len(without), len(with_a_past)) == (14, 10)


@pytest.mark.parametrize(("years", "said"), [({"since": 2023}, "2023年成立"), ({"until": 2021}, "2022年起不再设立")])
def test_a_department_of_other_years_says_so(client, edition, years, said):
    department("204", **years)
    follows("203", "204", "split", 2023)

    response = client.get("/130303/2022/204/")

    assert response.status_code == 404
    assert f"部门204{said}，2022年没有部门预算。" in text_of(response)
    assert "2023年起由“山海关区组织部门”拆分而来，口径不可比。" in text_of(response)
