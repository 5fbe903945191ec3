"""名词解释 of all current editions."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from msgspec.structs import replace
from published import an_edition, text_of, withdraw
from sidebyside import beside

from disclosure.content import Block, parse
from disclosure.models import EditionText, SearchEntry
from portal import terms
from portal.terms import with_places

PAGE = "/glossary/"
TERM = "指事业单位开展专业业务活动及辅助活动所取得的收入。"


def test_a_term_is_explained_with_who_uses_it(client, edition):
    beside(edition)

    text = text_of(client.get(PAGE))

    assert f"事业收入{TERM}2个部门这样解释山海关区组织部门（2022年）部门204（2022年）" in text
    assert text.count(TERM) == 1


def test_different_explanations_stand_apart(client, edition):
    def otherwise(content):
        blocks = (Block(list=("事业收入：另一种解释。",)),)
        return replace(
            content,
            sections=tuple(replace(one, blocks=blocks) if one.key == "glossary" else one for one in content.sections),
        )

    beside(edition, change=otherwise)

    text = text_of(client.get(PAGE))

    assert (
        f"事业收入{TERM}1个部门这样解释山海关区组织部门（2022年）另一种解释。1个部门这样解释部门204（2022年）" in text
    )


def test_a_department_is_named_once_by_its_newest_year(client, edition):
    beside(edition, "203", 2023)

    text = text_of(client.get(PAGE))

    assert f"{TERM}1个部门这样解释山海关区组织部门（2023年）" in text


def test_withdrawn_and_other_phases_are_left_out(client, edition):
    beside(edition, "204", phase="final")
    withdraw(edition)

    text = text_of(client.get(PAGE))

    assert "还没有公开的预算，暂时没有名词。" in text


def test_the_glossary_takes_one_query_besides_the_sites_own(client, edition):
    beside(edition)

    with CaptureQueriesContext(connection) as queries:
        client.get(PAGE)

    assert EditionText.objects.filter(section="glossary").count() == 2
    assert len(queries) == 2


def test_every_term_has_a_place_of_its_own(client, edition):
    quoted = "“事业”收入：另一种写法。"

    def otherwise(content):
        blocks = (Block(list=(quoted, "事业收入：一样。")),)
        return replace(
            content,
            sections=tuple(replace(one, blocks=blocks) if one.key == "glossary" else one for one in content.sections),
        )

    beside(edition, change=otherwise)

    places = re.findall('<dt id="([^"]+)">', client.get(PAGE).content.decode())

    assert {"term-事业收入", "term-事业收入-2", "term-机关运行经费"} <= set(places)
    assert len(places) == len(set(places))


def test_search_leads_to_the_term_in_its_edition(client, edition):
    [entry] = SearchEntry.objects.filter(kind="term", title="机关运行经费")

    article = client.get("/130303/2022/203/").content.decode()

    assert f'<li id="{entry.anchor}">机关运行经费：' in article
    places = re.findall(' id="([^"]+)"', article)
    assert len(places) == len(set(places))


def test_an_article_without_terms_stays_as_it_is():
    assert with_places("<ul><li>一</li></ul>") == "<ul><li>一</li></ul>"
    lists = '<ul class="terms"><li>一</li></ul><p></p><ul class="terms"><li>二</li></ul>'
    assert with_places(lists) == lists.replace("<li>一", '<li id="term-1">一').replace("<li>二", '<li id="term-2">二')


def test_terms_are_taken_from_the_newest_editions(client, edition, monkeypatch):
    monkeypatch.setattr(terms, "READ", 1)
    newer = an_edition(edition.disclosure, parse(edition.content.text), edition.published_by, edition)
    EditionText.objects.create(edition=newer, section="glossary", title="名词解释", body="新词：新的解释。")

    assert [term.name for term in terms.terms()] == ["新词"]
