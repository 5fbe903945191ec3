"""A correction in the open: banners both ways, all editions listed, every change shown."""

import re

import pytest
from django.utils.timezone import localtime
from msgspec.structs import replace
from published import an_edition, text_of, withdraw

from disclosure.content import parse
from disclosure.models import Edition

DEPARTMENT = "/130303/2022/203/"


def another(content, amount: str = "12300.00"):
    """Return a content with one figure and one sentence changed."""
    table = next(table for table in content.tables if table.key == "general_expenditure")
    row = replace(table.rows[1], cells={**table.rows[1].cells, "basic": amount})
    changed = replace(table, rows=(table.rows[0], row, *table.rows[2:]))
    tables = tuple(changed if each is table else each for each in content.tables)
    return replace(content, tables=tables, preamble=f"{content.preamble}更正{amount}。")


@pytest.fixture
def second(edition) -> Edition:
    """The sample's second edition."""
    return an_edition(edition.disclosure, another(parse(edition.content.text)), edition.published_by, edition)


@pytest.fixture
def third(second) -> Edition:
    """The sample's third edition."""
    content = another(parse(second.content.text), "45600.00")
    return an_edition(second.disclosure, content, second.published_by, second)


def banners(response) -> list[str]:
    """Return the page's banners as words."""
    found = re.findall(r'<p class="banner">(.*?)</p>', response.content.decode(), re.DOTALL)
    return [re.sub(r"<[^>]+>|\s", "", banner) for banner in found]


def test_the_only_edition_has_no_banner(client, edition):
    assert banners(client.get(DEPARTMENT)) == []


def test_banners_lead_both_ways(client, third):
    first, middle, last = (client.get(f"{DEPARTMENT}editions/{number}/") for number in (1, 2, 3))
    day = f"{localtime(third.supersedes.published_at):%Y年%-m月%-d日}"
    next_day = f"{localtime(third.published_at):%Y年%-m月%-d日}"

    older = f"这是第1版，已于{day}被第2版更正。更正理由：第2版的理由。第2版更正了什么最新的是第3版"
    assert banners(first) == [older]
    assert banners(middle) == [
        f"这是第2版，已于{next_day}被第3版更正。更正理由：第3版的理由。第3版更正了什么",
        f"本版更正了第1版。更正日期：{day}。更正理由：第2版的理由。本版更正了什么",
    ]
    assert banners(last) == [f"本版更正了第2版。更正日期：{next_day}。更正理由：第3版的理由。本版更正了什么"]
    assert banners(client.get(DEPARTMENT)) == banners(last)


def test_banners_are_no_part_of_stored_files(client, second):
    for number in (1, 2):
        edition = Edition.objects.get(unit_code="", number=number)

        assert all("banner" not in file.read().decode("utf-8", "ignore") for file in edition.files.all())


def test_an_old_editions_file_can_still_be_downloaded(client, edition, second):
    for form in ("pdf", "json"):
        assert client.get(f"{DEPARTMENT}editions/1/document.{form}").content == edition.files.get(format=form).read()


def test_every_edition_is_listed_with_date_kind_and_reason(client, third):
    withdraw(third.supersedes)

    text = text_of(client.get(DEPARTMENT))

    assert "全部版次（共3版）" in text
    assert re.search(
        r"第1版首次公开，\d+年\d+月\d+日公开已更正第2版更正，\d+年\d+月\d+日公开已撤下更正理由：第2版的理由", text
    )
    assert re.search(r"\d+年\d+月\d+日撤下，理由：误公开第3版更正，\d+年\d+月\d+日公开现行更正理由：第3版的理由", text)


def test_changes_show_the_reason_the_figure_and_the_words(client, second, django_assert_num_queries):
    with django_assert_num_queries(3):
        page = client.get(f"{DEPARTMENT}editions/2/changes/")

    text = text_of(page)
    before = parse(second.supersedes.content.text)
    table = next(table for table in before.tables if table.key == "general_expenditure")
    row = table.rows[1]
    assert page.status_code == 200
    assert "更正理由：第2版的理由" in text
    assert "没有变化的内容不列出" in text
    assert f"修改{row.cells['code']}{row.cells['name']}基本支出{table.cell(row, 'basic').render}1.23-" in text
    assert "表格（1张）" in text
    assert "文字（1个部分）" in text
    assert "更正12300.00。" in text


def test_changes_that_are_only_of_order_are_called_so(client, edition):
    content = parse(edition.content.text)
    reordered = replace(content, tables=tuple(reversed(content.tables)))
    an_edition(edition.disclosure, reordered, edition.published_by, edition)

    text = text_of(client.get(f"{DEPARTMENT}editions/2/changes/"))

    assert "两版的文字和表格逐项相同，只有次序或排版不同。" in text
    assert "表格（" not in text
    assert "公开信息" not in text


def test_the_first_edition_changed_nothing(client, edition):
    response = client.get(f"{DEPARTMENT}editions/1/changes/")

    assert response.status_code == 404
    assert "第1版是首次公开，没有更早的版次可以比较。" in response.content.decode()


def test_an_edition_that_is_not_there_has_no_changes(client, second):
    response = client.get(f"{DEPARTMENT}editions/3/changes/")

    assert response.status_code == 404
    assert "没有这个页面" in response.content.decode()


@pytest.mark.parametrize("number", [1, 2])
def test_changes_of_a_withdrawn_edition_are_gone(client, second, number):
    withdraw(Edition.objects.get(unit_code="", number=number))

    response = client.get(f"{DEPARTMENT}editions/2/changes/")

    assert response.status_code == 410
    assert f"第{number}版已于" in response.content.decode()
    assert "1.23" not in response.content.decode()


def test_nobody_is_led_to_changes_that_are_gone(client, second):
    withdraw(second.supersedes)

    page = client.get(DEPARTMENT)

    assert f"{DEPARTMENT}editions/2/changes/" not in page.content.decode()
    assert re.search(r"第1版已于\d+年\d+月\d+日撤下。", text_of(page))


def test_other_metadata_is_told_too(client, edition, second):
    content = replace(another(parse(second.content.text)), title="另一标题")
    an_edition(second.disclosure, content, second.published_by, second)

    text = text_of(client.get(f"{DEPARTMENT}editions/3/changes/"))

    assert f"公开信息栏目原来改为标题{edition.title}另一标题" in text
