"""Search: who has published nothing is found in the register, with what the page says."""

import pytest
from published import text_of, withdraw

from budgets.models import Department, FiscalYear, Government, Unit
from disclosure.models import Exemption

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiet(edition):
    """A department with a unit beside the sample, which have published nothing."""
    government = Government.objects.get(code="130303")
    names = {"name": "民政局", "full_name": "山海关区民政局（示例）"}
    department = Department.objects.create(government=government, code="407", **names)
    Unit.objects.create(department=department, code="407001", name="救助管理站", affiliation="subordinate")
    return department


def page(client, **asked) -> str:
    return client.get("/search/", asked).content.decode()


@pytest.mark.parametrize(
    "words", ["民政局", "民政", "407", "mzj", "MZJ", "山海关区民政局(示例)", "山海关 民政局", "民政局 2022"]
)
def test_a_department_that_published_nothing_is_found(client, quiet, words):
    found = page(client, q=words)

    assert (
        '<a href="/130303/2022/407/">民政局</a> <span class="hit-code">407</span> <span class="tag">尚未公开</span>'
        in found
    )


@pytest.mark.parametrize("words", ["救助管理站", "407001", "jzglz", "民政局 救助"])
def test_so_is_its_unit(client, quiet, words):
    found = page(client, q=words)

    assert '<a href="/130303/2022/407/units/407001/">救助管理站</a>' in found
    assert "2022年 · 山海关区 · 民政局" in found


def test_the_page_it_leads_to_says_so(client, quiet):
    assert "尚未公开。" in text_of(client.get("/130303/2022/407/"))
    assert "尚未公开。" in text_of(client.get("/130303/2022/407/units/407001/"))


@pytest.mark.parametrize("words", ["组织部", "203", "老年大学", "2022年", "财政局"])
def test_nobody_else_is_said_to_be_silent(client, quiet, words):
    assert "尚未公开" not in page(client, q=words).replace("没有公开的部门也在名单里", "")


@pytest.mark.parametrize(
    ("asked", "shown"),
    [({"kind": "department"}, True), ({"kind": "project"}, False), ({"year": "2022"}, True), ({"year": "2019"}, False)],
)
def test_filters_hold_for_the_register_too(client, quiet, asked, shown):
    assert ('<a href="/130303/2022/407/">' in page(client, q="民政局", **asked)) is shown


def test_who_is_silent_in_the_year_asked_for_is_found(client, edition):
    FiscalYear.objects.create(government=Government.objects.get(code="130303"), year=2023, layout="hebei")

    assert '<a href="/130303/2023/203/">' not in page(client, q="组织部")
    assert '<a href="/130303/2023/203/">' in page(client, q="组织部", year="2023")


def test_who_was_not_there_in_an_open_year_is_not_shown(client, quiet):
    Department.objects.filter(pk=quiet.pk).update(valid_from=2023)

    assert "民政局</a>" not in page(client, q="民政局")


def test_reasons_are_said_instead(client, quiet, edition):
    year = FiscalYear.objects.get(government__code="130303", year=2022)
    Exemption.objects.create(fiscal_year=year, department=quiet, kind="exempt", reason="依法不予公开")
    withdraw(edition)

    assert '<span class="tag">依法不予公开</span>' in page(client, q="民政局")
    assert '<span class="tag">已撤下</span>' in page(client, q="203")


def test_the_best_answers_come_first_and_few_are_shown(client, quiet):
    for number in range(500, 512):
        names = {"name": f"民政局第{number}所", "full_name": f"民政局第{number}所"}
        Department.objects.create(government=quiet.government, code=str(number), **names)

    found = page(client, q="民政局")

    assert found.count('<span class="tag">尚未公开</span>') == 8
    assert found.index(">民政局</a>") < found.index(">民政局第500所</a>")


def test_the_number_of_queries_does_not_depend_on_how_many_are_silent(client, quiet, django_assert_num_queries):
    with django_assert_num_queries(13):
        client.get("/search/", {"q": "民政局"})

    for number in range(500, 503):
        names = {"name": f"民政局第{number}所", "full_name": f"民政局第{number}所"}
        Department.objects.create(government=quiet.government, code=str(number), **names)
    with django_assert_num_queries(13):
        client.get("/search/", {"q": "民政局"})
