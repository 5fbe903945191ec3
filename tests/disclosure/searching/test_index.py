"""What is in the index: of current editions everything, of others nothing."""

from collections import Counter
from io import StringIO

import msgspec
import pytest
from django.core.management import call_command
from django.db import connection
from published import an_edition, withdraw
from walking import edited, opened, withdrawn

from disclosure import searching
from disclosure.content import Content, parse
from disclosure.enums import SearchKind
from disclosure.models import Edition, Narrative, SearchEntry, SearchLeaf, SearchSheet
from disclosure.models.search import SHELF, SPAN
from disclosure.searching import completing
from disclosure.searching.entries import entries_of
from disclosure.searching.leaves import look_up
from disclosure.searching.words import bucket_of, grams_of

SENTENCE = "全年接待来访三千余人次"


def rebuilt(*options: str) -> str:
    said = StringIO()
    call_command("rebuild_search", *options, stdout=said)
    return said.getvalue()


def whole() -> tuple[list[tuple], list[tuple]]:
    """Return the whole index, whatever keys its rows have."""
    entries = SearchEntry.objects.order_by("number").values_list()
    leaves = SearchLeaf.objects.order_by("number").values_list()
    return list(entries), [*leaves, *SearchSheet.objects.order_by("edition").values_list()]


def indexed() -> set[int]:
    found = [set(model.objects.values_list("edition", flat=True)) for model in (SearchEntry, SearchLeaf, SearchSheet)]
    assert found == [found[0]] * 3
    return found[0]


def test_publication_puts_everything_into_the_index(edition):
    content = parse(edition.content.text)

    rows = SearchEntry.objects.filter(edition=edition)

    assert list(rows.values_list("kind", "title", "code", "anchor")) == [
        (entry.kind, entry.title, entry.code, entry.anchor) for entry in entries_of(content)
    ]
    assert {row.kind for row in rows} == set(SearchKind.values)


def test_every_anchor_stands_on_the_page_of_the_edition(edition, client):
    page = client.get("/130303/2022/203/").content.decode()

    anchors = set(SearchEntry.objects.filter(edition=edition).exclude(anchor="").values_list("anchor", flat=True))

    assert [anchor for anchor in anchors if f'id="{anchor}"' not in page] == []


@pytest.mark.parametrize("gram", ["费", "组织", "20", "保险", "k"])
def test_a_gram_knows_the_entries_that_hold_it(edition, gram):
    rows = {row.number - edition.pk * SPAN: row for row in SearchEntry.objects.filter(edition=edition)}
    leaf = SearchLeaf.objects.get(number=bucket_of(gram) * SHELF + edition.pk)

    said = look_up(leaf.lines, gram).said

    assert [place for place in rows if said >> place & 1] == [
        place for place, row in rows.items() if gram in grams_of(row.words)
    ]


def test_entries_stand_kind_after_kind(edition):
    counts = Counter(SearchEntry.objects.filter(edition=edition).values_list("kind", flat=True))

    assert SearchSheet.objects.get(edition=edition).kinds == ",".join(str(counts[kind]) for kind in SearchKind.values)
    kinds = [SearchKind.values.index(row.kind) for row in SearchEntry.objects.filter(edition=edition)]
    assert kinds == sorted(kinds)


def test_a_correction_takes_the_place_of_what_it_corrects(disclosure, edition):
    second = edited(
        disclosure,
        lambda: Narrative.objects.filter(disclosure=disclosure, key="other_matters").update(text=f"{SENTENCE}。"),
    )

    assert indexed() == {second.pk}
    assert SearchEntry.objects.get(words__contains=SENTENCE).kind == SearchKind.SECTION


def test_a_draft_is_not_in_the_index(disclosure, edition):
    before = whole()

    opened(disclosure)
    Narrative.objects.filter(disclosure=disclosure, key="other_matters").update(text=f"{SENTENCE}。")

    assert whole() == before


def test_a_withdrawal_leaves_nothing_in_the_index(edition):
    withdrawn(edition)

    assert indexed() == set()


def test_withdrawing_an_earlier_edition_leaves_the_current_one(disclosure, edition):
    second = edited(
        disclosure,
        lambda: Narrative.objects.filter(disclosure=disclosure, key="other_matters").update(text=f"{SENTENCE}。"),
    )

    withdrawn(edition)

    assert indexed() == {second.pk}


def test_rebuilding_fills_what_is_missing(edition):
    before = whole()
    searching.remove(edition)

    said = rebuilt()

    assert said == f"{edition}：已可以搜索\n"
    assert whole() == before


def test_rebuilding_says_and_changes_nothing_where_nothing_is_missing(edition, django_assert_num_queries):
    before = whole()

    with django_assert_num_queries(2):
        said = rebuilt()

    assert (said, whole()) == ("", before)


def test_rebuilding_all_gives_the_same_index(edition):
    before = whole()

    rebuilt("--all")

    assert whole() == before


def test_rebuilding_takes_out_what_is_not_public_any_more(edition):
    withdraw(edition)

    said = rebuilt()

    assert said == f"{edition}：不再公开，已从搜索中去掉\n"
    assert indexed() == set()


def test_rebuilding_takes_the_current_edition_only(disclosure, edition, document):
    searching.remove(edition)
    second = an_edition(disclosure, document.content, edition.published_by, edition)

    rebuilt()

    assert indexed() == {second.pk}


def test_codes_of_several_tables_are_one_entry(document):
    [entry] = [one for one in entries_of(document.content) if one.code == "2013202"]

    assert (entry.title, entry.place, entry.anchor) == ("一般行政管理事务", "表三、表五", "table-spending")


@pytest.mark.parametrize("lacking", ["units", "goal-13030322P003970100068"])
def test_what_has_no_table_of_its_own_leads_elsewhere(document, lacking):
    content: Content = document.content
    tables = tuple(table for table in content.tables if table.key != lacking)

    entries = list(entries_of(msgspec.structs.replace(content, tables=tables)))

    anchors = {entry.anchor for entry in entries if entry.kind in (SearchKind.UNIT, SearchKind.PROJECT)}
    assert f"table-{lacking}" not in anchors
    assert {"units": "table-income"}.get(lacking, "performance") in anchors


def test_the_index_is_looked_at_in_the_admin_and_not_changed(admin_client, edition):
    entry = SearchEntry.objects.first()

    assert Edition.objects.filter(pk=entry.edition_id).exists()
    assert str(entry) == "部门 山海关区组织部门"
    assert str(SearchLeaf.objects.first()).endswith(str(edition.pk))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL scans tables as small as a test's")
@pytest.mark.parametrize(
    ("rows", "way"),
    [
        (SearchLeaf.objects.filter(number__gte=SHELF, number__lt=2 * SHELF), "USING INTEGER PRIMARY KEY"),
        (SearchEntry.objects.filter(kind=SearchKind.PROJECT, code="203"), "USING INDEX searchentry_code"),
    ],
)
def test_what_is_read_is_read_by_an_index(db, rows, way):
    plan = rows.order_by().explain()

    assert way in plan
    assert "SCAN" not in plan


def test_content_of_another_form_is_named(edition, monkeypatch):
    searching.remove(edition)
    monkeypatch.setattr(completing, "parse", lambda _text: msgspec.json.decode("{"))

    assert rebuilt() == f"{edition}：内容不是本程序的格式，搜不到\n"
