"""A unit's own disclosure lives below its department's, with the same addresses; who has none is an honest gap."""

import json
from urllib.parse import unquote

import pytest
from published import an_edition, text_of, withdraw

from budgets.models import Department, FiscalYear, Government, Unit
from disclosure.document import Document
from disclosure.models import Disclosure, Edition, Exemption

DEPARTMENT = "/130303/2022/203/"
UNIT = f"{DEPARTMENT}units/203001/"


def publish_unit(edition: Edition, code: str = "203001") -> Edition:
    """Publish one unit of the sample by itself."""
    department = edition.disclosure.budget.department
    own = Disclosure.objects.create(budget=edition.disclosure.budget, unit=department.units.get(code=code))
    return an_edition(own, Document.of(own).content, edition.published_by)


@pytest.fixture
def published(edition) -> Edition:
    """The first edition of one unit of the sample."""
    return publish_unit(edition)


@pytest.mark.parametrize(
    "address",
    [
        f"{UNIT}{edition}{file}"
        for edition in ("", "editions/1/")
        for file in ("", "document.json", "document.docx", "document.xlsx", "tables/totals.csv", "tables/totals.xlsx")
    ],
)
def test_a_unit_has_the_addresses_of_a_department(client, published, address):
    assert client.get(address).status_code == 200


def test_a_units_page_shows_the_unit_and_the_way_back(client, published):
    page = client.get(UNIT)

    assert published.unit_name in published.title
    assert f"<h1>{published.title}</h1>" in page.content.decode()
    assert f"发布机构{published.unit_name}" in text_of(page)
    assert f'<a href="{DEPARTMENT}">{published.department_name}</a>' in page.content.decode()
    assert f'href="{UNIT}editions/1/document.json"' in page.content.decode()


def test_a_units_files_carry_its_code(client, published):
    response = client.get(f"{UNIT}document.json")

    name = unquote(response["Content-Disposition"].split("''")[1])
    assert name == f"203001-{published.title}-第1版.json"
    assert json.loads(response.content)["content"]["unit"]["code"] == "203001"


def test_the_department_lists_its_units_with_honest_gaps(client, published):
    names = dict(Unit.objects.values_list("code", "name"))

    text = text_of(client.get(DEPARTMENT))

    assert f"{names['203001']}2022年2月1日公开{names['203002']}尚未公开{names['203003']}尚未公开" in text
    assert f'href="{UNIT}"' in client.get(DEPARTMENT).content.decode()
    assert f'href="{DEPARTMENT}units/203002/"' not in client.get(DEPARTMENT).content.decode()


def test_a_withdrawn_unit_is_listed_as_such(client, published):
    withdrawal = withdraw(published)

    text = text_of(client.get(DEPARTMENT))

    assert f"{published.unit_name}已于{withdrawal.withdrawn_at:%Y年}" in text
    assert "0个单独公开" in text_of(client.get("/130303/2022/"))


def test_the_department_takes_no_more_queries_for_three_units(client, published, django_assert_num_queries):
    with django_assert_num_queries(14):
        client.get(DEPARTMENT)
    for code in ("203002", "203003"):
        publish_unit(Edition.objects.get(unit_code="", department_code="203"), code)

    with django_assert_num_queries(13):  # nobody is silent, so that nobody asks who need not publish
        page = client.get(DEPARTMENT)

    assert "尚未公开</span>" not in page.content.decode()


def test_a_unit_that_has_not_published_is_an_honest_gap(client, edition):
    response = client.get(UNIT)

    assert response.status_code == 404
    assert "尚未公开" in response.content.decode()
    assert f'href="{DEPARTMENT}"' in response.content.decode()
    assert response["Cache-Control"] == "no-cache"


def test_a_department_that_has_not_published_still_lists_its_units(client, edition):
    silent = Department.objects.create(government=Government.objects.get(), code="204", name="某新部门", full_name="甲")
    silent.units.create(code="204001", name="某新单位", affiliation="head")

    response = client.get("/130303/2022/204/")

    assert response.status_code == 404
    assert "某新单位尚未公开" in text_of(response)


@pytest.mark.parametrize(
    "address",
    [
        "/130303/2021/203/units/203001/",
        "/130303/2022/203/units/203999/",
        "/130303/2022/204/units/203001/",
        "/130303/2022/203/units/203/",
        "/130303/2022/203/units/",
        f"{UNIT}editions/2/",
        f"{UNIT}editions/1/changes/x/",
        f"{UNIT}document.exe",
    ],
)
def test_a_unit_that_is_not_there_is_not_found(client, edition, address):
    response = client.get(address)

    assert response.status_code == 404
    assert "没有这个页面" in response.content.decode()


def test_a_unit_abolished_before_the_year_is_not_found(client, edition):
    Unit.objects.filter(code="203001").update(valid_to=2021)

    response = client.get(UNIT)

    assert "没有这个页面" in response.content.decode()


def test_the_year_says_how_many_units_have_published(client, published, django_assert_num_queries):
    with django_assert_num_queries(9):
        page = client.get("/130303/2022/")

    assert "所属3个单位中已有1个单独公开单位预算。" in text_of(page)


def test_a_published_unit_counts_and_is_listed_after_the_register_lost_it(client, published):
    Unit.objects.filter(code="203001").update(valid_to=2021)

    assert "所属3个单位中已有1个单独公开单位预算。" in text_of(client.get("/130303/2022/"))
    assert f"{published.unit_name}2022年2月1日公开" in text_of(client.get(DEPARTMENT))


def test_a_unit_is_not_the_department(client, published):
    text = text_of(client.get("/130303/2022/"))

    assert "1个部门中已有1个公开，已公开的预算支出共1090.88万元。" in text


def test_who_need_not_publish_is_said_with_the_reason_and_not_counted(client, published):
    year = FiscalYear.objects.get(government__code="130303", year=2022)
    department = Department.objects.get(government__code="130303", code="203")
    unit = department.units.order_by("code").last()
    whole = Department.objects.create(government=year.government, code="299", name="某部门", full_name="某部门")
    Exemption.objects.create(fiscal_year=year, department=department, unit=unit, kind="merged", reason="规模较小")
    Exemption.objects.create(fiscal_year=year, department=whole, kind="exempt", reason="依照保密规定")

    listed, own = text_of(client.get("/130303/2022/")), text_of(client.get("/130303/2022/203/"))
    gap, of_unit = client.get("/130303/2022/299/"), client.get(f"/130303/2022/203/units/{unit.code}/")

    assert ("1个部门中已有1个公开" in listed, "依法不予公开" in listed) == (True, True)
    assert "并入本级：规模较小" in own
    assert (gap.status_code, "理由：依照保密规定" in text_of(gap)) == (404, True)
    assert (of_unit.status_code, "理由：规模较小" in text_of(of_unit)) == (404, True)
