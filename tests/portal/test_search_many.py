"""Search where more editions hold the words than one question looks into: bounded, honest, and by an index."""

import pytest
from django.db import connection, transaction
from published import an_edition, text_of, withdraw
from test_lookups import plan_of

from disclosure import searching
from disclosure.document import Document
from disclosure.models import Disclosure, SearchSheet
from disclosure.models.grams import FOUND_BY
from disclosure.sample.government import Plan, make_government
from disclosure.searching.words import numbered, telling
from portal import answering, shelves
from portal.answering import Answer
from portal.asking import Question
from portal.shelves import Shelf

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(edition, monkeypatch):
    """Three editions of two governments, of which a question looks into two."""
    government = make_government(Plan(departments=2, years=1, seed=7, units=2))
    for draft in Disclosure.objects.filter(budget__fiscal_year__government=government, unit=None):
        published = an_edition(draft, Document.of(draft).content, edition.published_by)
        searching.add(published, Document.of_edition(published).content)
    monkeypatch.setattr(shelves, "MOST", 1)
    monkeypatch.setattr("portal.views.search.MOST", 1)
    return government


def answered(words: str, **filters) -> Answer:
    question = Question(words, **filters)
    return Answer.to(question, Shelf.read(question))


def holding(term: str):
    """Return the sheets of editions that may hold a term."""
    return SearchSheet.objects.filter(grams__hold=telling(term))


def test_what_is_not_counted_is_said(client, many):
    found = text_of(client.get("/search/", {"q": "经费"}))

    assert "找到至少" in found
    assert "含有这些字的公开文件超过1份" in found


def test_what_stands_in_few_editions_is_found_in_all_of_them(client, many):
    found = text_of(client.get("/search/", {"q": "车辆保险费"}))

    assert "共找到" in found
    assert "至少" not in found


def test_a_name_is_found_however_many_newer_editions_have_the_words(many, edition):
    hits = answered("组织部门 2022年").hits

    assert hits[0].entry.edition_id == edition.pk


def test_filters_narrow_what_is_looked_into(many, edition):
    everywhere = answered("办公费")
    there = answered("办公费", government="130303")

    assert everywhere.more
    assert there.wide
    assert not there.more
    assert {hit.entry.edition_id for hit in there.hits} == {edition.pk}


def test_a_filter_offers_few_choices_and_the_chosen_one(many, monkeypatch):
    monkeypatch.setattr(shelves, "MOST", 10)
    monkeypatch.setattr(answering, "OFFERED", 3)

    kinds = answered("经费", kind="term").filters[0]

    assert len(kinds.choices) in {4, 5}
    assert [choice.label for choice in kinds.choices if choice.chosen] == ["名词解释"]


def test_what_was_withdrawn_is_not_looked_into_even_by_an_index_left_behind(many, edition):
    withdraw(edition)

    assert holding("车辆保险费").filter(pk=edition.pk).exists()
    assert Shelf.read(Question("车辆保险费")).sheets == []


@pytest.mark.parametrize("words", ["费", "接待", "公务接待费", "13030322P003970100068", "维修(护)费", "三公经费", "k"])
def test_an_edition_that_holds_a_term_has_its_grams(edition, words):
    [term] = Question(words).terms

    assert list(holding(term).values_list("pk", flat=True)) == [edition.pk]


@pytest.mark.parametrize("words", ["幼儿园", "量子", "qqqq", "𠮷"])
def test_an_edition_without_a_term_is_not_looked_into(edition, words):
    [term] = Question(words).terms

    assert not holding(term).exists()


def test_what_leaves_the_index_is_not_found_by_its_grams(edition):
    searching.remove(edition)

    assert not holding("办公费").exists()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"SELECT count(*) FROM {FOUND_BY} WHERE {FOUND_BY} MATCH %s", [str(numbered("费"))])
            assert cursor.fetchone() == (0,)


def test_what_was_not_committed_is_not_found(edition):
    with transaction.atomic():
        searching.remove(edition)
        transaction.set_rollback(True)

    assert holding("办公费").exists()


def test_a_sheet_that_changes_is_found_as_it_is(edition):
    SearchSheet.objects.filter(edition=edition).update(grams={5})

    assert SearchSheet.objects.get(grams__hold={5}).grams == [5]
    assert SearchSheet.objects.filter(grams__meet={5, 6}).exists()
    assert not SearchSheet.objects.filter(grams__hold={5, 6}).exists()


def test_grams_are_looked_up_by_an_index(edition):
    plan = plan_of(holding("办公费"))

    assert "Seq Scan" not in plan
    assert FOUND_BY in plan if connection.vendor == "postgresql" else "VIRTUAL TABLE INDEX" in plan
