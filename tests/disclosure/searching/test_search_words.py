"""The form in which texts are compared, and what they are found by."""

import pytest

from disclosure.searching.words import grams_of, is_gram, needed, squeeze, traced


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“三公”经费", "三公经费"),
        ("ＡＢＣ　１２３", "abc123"),
        ("因公出国（境）费", "因公出国(境)费"),
        ("  行 政\n运行 ", "行政\n运行"),
        ("零\u200b宽\u0000", "零宽"),
        ("㎡", "m2"),
        ("", ""),
    ],
)
def test_squeezing_leaves_what_is_compared(text, words):
    assert squeeze(text) == words


def test_tracing_leads_back_to_the_text():
    text = "共１㎡“三公”"

    words, places = traced(text)

    assert words == "共1m2三公"
    assert [text[at] for at in places] == ["共", "１", "㎡", "㎡", "三", "公"]


def test_grams_are_characters_and_neighbours_within_a_run():
    assert grams_of("办公费、x\n水") == {"办", "公", "费", "办公", "公费", "x", "水"}


@pytest.mark.parametrize(
    ("term", "grams"),
    [("费", ["费"]), ("办公", ["办公"]), ("办公费", ["办公", "公费"]), ("费、水费", ["费", "水费"]), ("%_'", [])],
)
def test_a_term_needs_its_pairs(term, grams):
    assert needed(term) == grams


@pytest.mark.parametrize("term", ["费", "办公", "办公费", "费、水费", "2013202"])
def test_whatever_holds_a_term_has_its_grams(term):
    assert set(needed(term)) <= grams_of(f"前文{term}后文")


def test_only_one_or_two_letters_are_a_gram():
    assert [term for term in ("费", "办公", "办公费", "费、", "_a") if is_gram(term)] == ["费", "办公"]
