"""自查表: each dimension with its fact, from what is public and what the last audit found."""

import io
from datetime import date

import pytest
from boarded import YEAR, a_year
from openpyxl import load_workbook

from budgets.models import Department
from disclosure.board.files import workbook
from disclosure.board.inspection import BAD, DIMENSIONS, GOOD, PERSON, UNKNOWN, inspection_pages
from disclosure.judgement import judge
from disclosure.models import Disclosure

TODAY = date(2026, 2, 10)


@pytest.fixture
def year(disclosure):
    return disclosure.budget.fiscal_year


def facts(year, unit="") -> dict[tuple[str, str], tuple[str, str]]:
    _, details, _ = inspection_pages(year, TODAY)
    return {(row[4], row[5]): (row[6], row[7]) for row in details.rows if row[2] == unit}


def test_what_is_public_is_judged_by_its_edition(year, disclosure, edition):
    judge(disclosure)
    found = facts(year)

    assert found["完整", "空表"][1] == GOOD
    assert found["细化", "功能分类到项"][1] == GOOD
    assert found["细化", "基本支出经济分类到款"][1] == GOOD
    assert found["准确", "公开后的更正"] == ("0次", GOOD)
    assert found["可读", "提供的格式"][0].startswith("网页")


def test_the_days_are_counted_from_the_approval(year, disclosure, edition):
    published = edition.published_at.date()
    Disclosure.objects.filter(pk=disclosure.pk).update(approved_on=published)
    in_time = facts(year)["及时", "公开日期"]
    Disclosure.objects.filter(pk=disclosure.pk).update(approved_on=date(2022, 1, 1))
    late = facts(year)["及时", "公开日期"]
    Disclosure.objects.filter(pk=disclosure.pk).update(approved_on=None)
    unknown = facts(year)["及时", "批复日期"]

    assert (in_time[1], late[1], unknown) == (GOOD, BAD, ("没有登记", UNKNOWN))


def test_what_is_not_public_is_not_judged(db):
    year, _ = a_year(2, 1)
    summary, details, legend = inspection_pages(year, TODAY)

    assert [row[5:] for row in summary.rows] == [(UNKNOWN,) * len(DIMENSIONS)] * 4
    assert {row[7] for row in details.rows} == {UNKNOWN}
    assert [row[0] for row in legend.rows][:5] == list(DIMENSIONS)


def test_the_overdue_are_told(db):
    year, _ = a_year(1, 1)
    Disclosure.objects.filter(budget__fiscal_year=year).update(approved_on=date(YEAR, 1, 1))

    assert facts(year)["及时", "公开日期"] == ("尚未公开，应在2026-01-21前公开", BAD)
    assert facts(year)["及时", "批复日期"] == ("2026-01-01", PERSON)


def test_the_sheet_holds_no_formula(db):
    year, _ = a_year(1, 1)
    Department.objects.filter(government=year.government).update(name="=cmd()")

    book = load_workbook(io.BytesIO(workbook(inspection_pages(year, TODAY))))

    assert [sheet.title for sheet in book.worksheets] == ["自查汇总", "自查明细", "说明"]
    assert (book.worksheets[0]["B2"].value, book.worksheets[0]["B2"].data_type) == ("=cmd()", "s")


def test_it_takes_the_same_number_of_queries_for_few_and_many(db, django_assert_num_queries):
    for size in (1, 3):
        year, _ = a_year_of(size)
        with django_assert_num_queries(19):
            inspection_pages(year, TODAY)


def a_year_of(size):
    from boarded import post_in, registered

    from budgets.enums import Role
    from disclosure.board.opening import open_year

    government = registered(size, size, f"9902{size:02d}")
    boss = post_in(government, Role.BUREAU_REVIEWER)
    return open_year(government, YEAR, by=boss).year, boss
