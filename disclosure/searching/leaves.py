"""The leaves of the index: each a text with a line for each gram, which says where in an edition it stands.

A line is the gram and up to four fields, separated by tabs. Of one or two characters, the first field is the set of
the entries that hold it; of three, where it begins in the text of all entries set out one after another, so that longer
words are found exactly: for each its distance from the one before. The others are the sets of entries that hold the
gram in a name or code, at the beginning of one, at the end of one; they are left out where there is none.
A set is a bit for each entry, in hexadecimal; behind a full stop, how many zeros have been left off its end.
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import accumulate
from operator import sub
from typing import NamedTuple, Self

from disclosure.searching.words import LONGEST, beginnings, bucket_of, endings, grams_of, short_grams_of, triples_of

Bits = dict[str, int]


class Words(NamedTuple):
    """What an entry is found by, squeezed: its names, and all of its text with the names."""

    names: list[str]
    text: str


class Places(NamedTuple):
    """Where a gram stands: the entries that hold it (a bit for each), or of three characters where it ``begins``."""

    said: int = 0
    begins: tuple[int, ...] = ()
    named: int = 0
    first: int = 0
    last: int = 0

    @classmethod
    def of(cls, gram: str, where: str, *sets: str) -> Self:
        """Read the fields of a line."""
        if len(gram) < LONGEST:
            return cls(_unpacked(where), (), *map(_unpacked, sets))
        return cls(0, tuple(accumulate(map(int, where.split(",")))), *map(_unpacked, sets))


EMPTY = "\n"
"""A leaf without lines."""

NOWHERE = Places()


def stride_of(entries: Iterable[Words]) -> int:
    """Return how much room each entry has where they are set out: a power of two, more than the longest takes."""
    return 1 << max((len(entry.text) for entry in entries), default=0).bit_length()


def leaves(entries: list[Words]) -> dict[int, str]:
    """Return the leaf of each bucket for the entries of an edition, in the order of their places."""
    named, first, last = _named(entries)
    found: dict[int, str] = {}
    for gram, where in (_said(entries) | _begun(entries)).items():
        bucket = bucket_of(gram)
        line = f"{gram}\t{where}"
        if gram in named:
            ends = f"{_packed(first.get(gram, 0))}\t{_packed(last.get(gram, 0))}"
            line = f"{line}\t{_packed(named[gram])}\t{ends}"
        found[bucket] = f"{found.get(bucket, EMPTY)}{line}\n"
    return found


def _said(entries: list[Words]) -> dict[str, str]:
    """Return for each one or two characters the entries that hold them."""
    said: defaultdict[str, int] = defaultdict(int)
    for place, entry in enumerate(entries):
        bit = 1 << place
        for gram in short_grams_of(entry.text):
            said[gram] |= bit
    return {gram: _packed(bits) for gram, bits in said.items()}


def _begun(entries: list[Words]) -> dict[str, str]:
    """Return for each three characters where they begin."""
    begins: defaultdict[str, list[int]] = defaultdict(list)
    stride = stride_of(entries)
    for place, entry in enumerate(entries):
        for at, gram in triples_of(entry.text, place * stride):
            begins[gram].append(at)
    return {gram: _steps(at) for gram, at in begins.items()}


def _named(entries: list[Words]) -> tuple[Bits, Bits, Bits]:
    """Return the entries that have each gram in a name, at the beginning of one, at the end of one."""
    named, first, last = (defaultdict[str, int](int) for _ in range(3))
    for place, entry in enumerate(entries):
        bit = 1 << place
        for name in entry.names:
            for bits, grams in ((named, grams_of(name)), (first, beginnings(name)), (last, endings(name))):
                for gram in grams:
                    bits[gram] |= bit
    return named, first, last


def look_up(leaf: str, gram: str) -> Places:
    """Return what a leaf says about a gram."""
    start = leaf.find(f"\n{gram}\t")
    if start < 0:
        return NOWHERE
    start += len(gram) + 2
    return Places.of(gram, *leaf[start : leaf.index("\n", start)].split("\t"))


def _steps(begins: list[int]) -> str:
    """Write ascending numbers as their distances: the first from nought."""
    return ",".join(map(str, map(sub, begins, (0, *begins)))) if len(begins) > 1 else str(begins[0])


def _packed(bits: int) -> str:
    if bits & 1 or not bits:
        return f"{bits:x}"
    zeros = (bits & -bits).bit_length() - 1
    return f"{bits >> zeros:x}.{zeros:x}"


def _unpacked(text: str) -> int:
    bits, _, zeros = text.partition(".")
    return int(bits, 16) << int(zeros, 16) if zeros else int(bits, 16)
