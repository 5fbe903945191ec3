"""The form in which texts are compared, and what they are found by."""

import pytest

from disclosure.searching.words import beginnings, bucket_of, endings, grams_of, needed, squeeze, tiles, traced


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
    assert grams_of("办公费、x\n水") == {"办", "公", "费", "办公", "公费", "办公费", "x", "水"}


@pytest.mark.parametrize(
    ("term", "grams"),
    [("费", ["费"]), ("办公", ["办公"]), ("办公费", ["办公费"]), ("费、水费", ["费", "水费"]), ("%_'", [])],
)
def test_a_term_needs_what_its_runs_are_laid_out_with(term, grams):
    assert needed(term) == grams


@pytest.mark.parametrize("term", ["费", "办公", "办公费", "费、水费", "2013202"])
def test_whatever_holds_a_term_has_its_grams(term):
    assert set(needed(term)) <= grams_of(f"前文{term}后文")


@pytest.mark.parametrize(
    ("run", "laid"),
    [
        ("费", [(0, "费")]),
        ("办公费", [(0, "办公费")]),
        ("公务接待", [(0, "公务接"), (1, "务接待")]),
        ("公务接待费", [(0, "公务接"), (2, "接待费")]),
        ("公务接待费用", [(0, "公务接"), (3, "待费用")]),
        ("公务接待费用表", [(0, "公务接"), (3, "待费用"), (4, "费用表")]),
    ],
)
def test_tiles_cover_a_run_and_end_with_it(run, laid):
    assert tiles(run) == laid


def test_a_name_begins_and_ends_with_up_to_three_characters():
    assert beginnings("办公费用") == ["办", "办公", "办公费"]
    assert endings("办公费用") == ["用", "费用", "公费用"]
    assert (beginnings("(境)费"), endings("费(境)")) == ([], [])


def test_buckets_stay_as_they_are_stored():
    assert [bucket_of(gram) for gram in ("费", "办公", "办公费", "203")] == [158, 176, 155, 265]
