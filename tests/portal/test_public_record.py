"""The 政府信息公开 block above a title: what the law asks for, nothing blank, and whether it still stands."""

import re

from django.utils.timezone import localtime
from published import an_edition, withdraw
from sidebyside import beside

from disclosure.content import parse

PAGE = "/130303/2022/203/"


def block_of(response) -> str:
    """Return the block as text, which must stand before the title."""
    page = response.content.decode()
    block = re.search(r'<dl class="public-record".*?</dl>', page, re.DOTALL)
    assert block.start() < page.index("<h1>")
    return re.sub(r"<[^>]+>|\s", "", block[0])


def test_the_block_says_who_published_what_and_when(client, edition):
    text = block_of(client.get(PAGE))

    assert text.startswith(f"索引号{edition.index_number}主题分类财政预算、决算发布机构{edition.publisher}")
    assert f"名称{edition.title}" in text
    assert text.endswith("有效性有效（第1版）")


def test_what_is_not_known_is_left_out(client, edition):
    bare = beside(edition)
    assert (bare.composed_on, bare.document_number) == (None, "")

    text = block_of(client.get("/130303/2022/204/"))

    assert "成文日期" not in text
    assert "文号" not in text
    assert "—" not in text


def test_what_is_known_is_told_in_chinese_with_the_iso_date_beside(client, edition):
    again = an_edition(edition.disclosure, parse(edition.content.text), edition.published_by, edition)

    page = client.get(PAGE).content.decode()

    day = localtime(again.published_at).date()
    assert f'<time datetime="{day.isoformat()}">{day.year}年{day.month}月{day.day}日</time>' in page


def test_a_corrected_edition_names_the_one_that_stands(client, edition):
    an_edition(edition.disclosure, parse(edition.content.text), edition.published_by, edition)

    old, new = (block_of(client.get(f"{PAGE}editions/{number}/")) for number in (1, 2))

    assert old.endswith("有效性已更正，见第2版")
    assert new.endswith("有效性有效（第2版）")


def test_a_withdrawn_edition_says_so(client, edition):
    withdraw(edition)

    response = client.get(PAGE)

    assert response.status_code == 410
    assert "有效性已撤下" in block_of(response)
