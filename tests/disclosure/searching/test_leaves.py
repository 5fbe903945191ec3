"""The leaves of the index: what is written is read again."""

import pytest

from disclosure.searching.leaves import NOWHERE, Places, Words, leaves, look_up, stride_of
from disclosure.searching.words import bucket_of

ENTRIES = [
    Words(["办公费", "30201"], "办公费\n30201\n日常办公费、水费"),
    *[Words(["水费"], "水费\n每月的水费") for _ in range(6)],
    Words(["费"], "费"),
]


def said_of(gram: str) -> Places:
    return look_up(leaves(ENTRIES).get(bucket_of(gram), ""), gram)


@pytest.mark.parametrize(
    ("gram", "where"),
    [
        ("费", Places(0b11111111, (), 0b11111111, 0b10000000, 0b11111111)),
        ("水费", Places(0b01111111, (), 0b01111110, 0b01111110, 0b01111110)),
        ("日常", Places(0b1, (), 0, 0, 0)),
        ("月的", Places(0b01111110, (), 0, 0, 0)),
        ("办公费", Places(0, (0, 12), 0b1, 0b1, 0b1)),
        ("月的水", Places(0, tuple(place * 32 + 4 for place in range(1, 7)), 0, 0, 0)),
        ("201", Places(0, (6,), 0b1, 0, 0b1)),
    ],
)
def test_a_gram_is_found_where_it_stands(gram, where):
    assert said_of(gram) == where


@pytest.mark.parametrize("gram", ["经", "费\t", "公费水", "费水", "\n", ""])
def test_what_stands_nowhere_is_not_found(gram):
    assert said_of(gram) is NOWHERE


def test_every_entry_has_more_room_than_it_takes():
    assert [stride_of([Words([], "字" * length)]) for length in (0, 1, 31, 32)] == [1, 2, 32, 64]
    assert stride_of([]) == 1
