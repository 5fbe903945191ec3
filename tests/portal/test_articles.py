"""Articles are remembered by all that they are made of: never a stale one, never one that may not be seen."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test.utils import override_script_prefix
from django.urls import get_script_prefix
from msgspec.structs import replace
from published import an_edition, withdraw

from disclosure.content import parse
from disclosure.enums import FileFormat
from portal import articles
from portal.articles import Articles, Asked
from portal.publication import Place

PAGE = "/130303/2022/203/"
FIRST = f"{PAGE}editions/1/"
NAMED = "记得的一句话。"


@pytest.fixture(autouse=True)
def remembered(monkeypatch):
    """A memory of the test's own, and how often an article was made."""
    made = []
    monkeypatch.setattr(articles, "REMEMBERED", Articles(articles.MOST))
    make = articles._linked
    monkeypatch.setattr(articles, "_linked", lambda *given, **named: made.append(given[1]) or make(*given, **named))
    return made


def corrected(edition):
    """A second edition, with a sentence of its own."""
    content = parse(edition.content.text)
    other = replace(content, preamble=NAMED)
    return an_edition(edition.disclosure, other, edition.published_by, edition)


def test_an_article_is_made_once_and_the_page_stays_the_same(client, edition, remembered):
    first, second = client.get(PAGE), client.get(PAGE)

    assert first.content == second.content
    assert len(remembered) == 1


def test_the_numbered_page_of_what_stands_has_the_same_article(client, edition, remembered):
    client.get(PAGE)
    client.get(FIRST)

    assert len(remembered) == 1


def test_a_correction_is_shown_at_once_and_the_old_edition_loses_its_ways(client, edition, remembered):
    before = client.get(FIRST).content.decode()
    assert "各部门" in before
    corrected(edition)

    page, old = client.get(PAGE).content.decode(), client.get(FIRST).content.decode()

    assert (NAMED in page, NAMED in before, NAMED in old) == (True, False, False)
    assert f"{PAGE}editions/2/tables/" in page
    assert f"{PAGE}editions/2/tables/" not in old
    assert '<li class="leads">' in page
    assert '<li class="leads">' not in old
    assert len(remembered) == 3


def test_what_was_withdrawn_is_not_shown_from_memory(client, edition):
    later = corrected(edition)
    assert NAMED in client.get(PAGE).content.decode()
    withdraw(later)

    for address in (PAGE, f"{PAGE}editions/2/"):
        answer = client.get(address)
        assert (answer.status_code, NAMED in answer.content.decode()) == (410, False)


def test_a_damaged_file_is_refused_though_its_article_is_remembered(client, edition):
    assert client.get(PAGE).status_code == 200
    file = edition.files.get(format=FileFormat.HTML)
    path = Path(settings.MEDIA_ROOT) / file.name_for(file.sha256, file.format)
    stored = path.read_bytes()
    path.write_bytes(stored + b" ")
    try:
        answer = client.get(PAGE)
    finally:
        path.write_bytes(stored)

    assert answer.status_code == 503


def test_each_path_prefix_has_an_article_of_its_own(client, edition):
    plain = client.get(PAGE).content.decode()
    with override_script_prefix("/yusuan/"):
        prefixed = client.get(PAGE).content.decode()

    assert 'href="/130303/2022/203/editions/1/tables/' in plain
    assert 'href="/130303/2022/203/editions/1/tables/' not in prefixed
    assert 'href="/yusuan/130303/2022/203/editions/1/tables/' in prefixed
    assert client.get(PAGE).content.decode() == plain


def test_whatever_an_article_is_made_of_tells_it_from_others(edition):
    file = edition.files.get(format=FileFormat.HTML)
    asked = Asked.of(file, edition, stands=True)
    others = [
        Asked.of(file, edition, stands=False),
        asked._replace(prefix="/yusuan/"),
        *(asked._replace(place=asked.place._replace(**{name: "9"})) for name in Place._fields),
        asked._replace(content="0" * 64),
        asked._replace(article="0" * 64),
    ]

    assert (asked.content, asked.prefix) == (edition.content_sha256, get_script_prefix())
    assert asked not in others


def test_the_articles_asked_for_last_are_kept_and_no_more_letters_than_allowed(edition):
    kept = Articles(10)
    asked = Asked("", "", Place.of(edition), stands=True, prefix="/")
    first, second, third = (asked._replace(article=name) for name in "abc")
    kept.keep(first, "1" * 4)
    kept.keep(second, "2" * 4)
    assert kept.find(first) == "1111"
    kept.keep(third, "3" * 4)

    assert [kept.find(one) for one in (first, second, third)] == ["1111", None, "3333"]
    kept.keep(third, "3" * 6)
    assert [kept.find(one) for one in (first, third)] == ["1111", "333333"]
    kept.keep(second, "2" * 11)
    assert [kept.find(one) for one in (first, second, third)] == [None, None, None]
