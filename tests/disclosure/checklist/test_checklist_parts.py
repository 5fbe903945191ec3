"""Every chapter and every table of every layout is one part, made of something people enter."""

from collections import Counter

import pytest
from layouts import SMALL
from whole_layouts import WHOLE

from budgets.models import ExpenditureLine, PreviousFigure, ProcurementItem, RevenueLine
from disclosure.checklist.parts import SENTENCES, Sort, chapter_of, home_of, pieces_of
from disclosure.enums import NarrativeKey, TableKey
from disclosure.filling import FILLINGS
from disclosure.layouts import HEBEI, LAYOUTS, NATIONAL
from disclosure.layouts.base import PartKind
from disclosure.tables import TABLES
from performance.models import Indicator

EVERY = {**LAYOUTS, "small": SMALL, **{f"whole {key}": layout for key, layout in WHOLE.items()}}
every_layout = pytest.mark.parametrize("layout", EVERY.values(), ids=EVERY)


@every_layout
def test_every_chapter_and_table_of_a_layout_is_one_part(layout):
    found = Counter(piece.name for piece in pieces_of(layout))

    chapters = {(Sort.CHAPTER, plan.key): 1 for plan in layout.sections}
    tables = {(Sort.TABLE, key): 1 for key in layout.tables}
    assert found == {**chapters, **tables}


@every_layout
def test_a_table_stands_in_the_chapter_that_prints_it(layout):
    printed = {part.key: plan.key for plan in layout.sections for part in plan.parts if part.kind is PartKind.TABLE}

    said = {piece.key: piece.chapter for piece in pieces_of(layout) if piece.sort is Sort.TABLE and piece.chapter}
    assert said == printed


@every_layout
def test_every_table_is_made_of_entries_that_have_a_sheet(layout):
    for piece in pieces_of(layout):
        assert piece.entries or piece.sort is Sort.CHAPTER
        assert [entry.kind.model for entry in piece.entries] == [entry.model for entry in piece.entries]


@every_layout
def test_every_computed_sentence_is_known(layout):
    said = {part.key for plan in layout.sections for part in plan.parts if part.kind is PartKind.COMPUTED}

    assert said <= SENTENCES.keys()


def test_sentences_speak_of_tables_there_are():
    tables = {table.key for table in TABLES}

    assert {table for one in SENTENCES.values() for table in one.tables} <= tables


def test_every_text_is_printed_in_one_chapter_of_the_provinces_form():
    pieces = pieces_of(HEBEI)

    placed = Counter(key for piece in pieces for key in (*piece.written, *piece.notes))
    assert placed == dict.fromkeys(NarrativeKey, 1)
    assert chapter_of(pieces, NarrativeKey.REASON_PERSONNEL).key == "overview"
    assert chapter_of(pieces, "no_such_text") is None


def test_what_fills_a_table_stands_behind_it():
    pieces = {piece.key: piece for piece in pieces_of(WHOLE["hebei"]) if piece.sort is Sort.TABLE}

    for key in TableKey:
        behind = [entry.model for entry in pieces[key].entries]
        assert [one.model for one in FILLINGS[key] if one.model not in behind] == []


@pytest.mark.parametrize(
    ("layout", "model", "key"),
    [
        (HEBEI, RevenueLine, "income"),
        (HEBEI, ExpenditureLine, "spending"),
        (HEBEI, Indicator, "goals"),
        (HEBEI, PreviousFigure, "overview"),
        (NATIONAL, ProcurementItem, "overview"),
    ],
)
def test_an_entry_is_looked_at_where_least_stands_besides(layout, model, key):
    assert home_of(pieces_of(layout), model).key == key


def test_what_a_layout_does_not_print_is_looked_at_nowhere():
    assert home_of(pieces_of(SMALL), ProcurementItem) is None
