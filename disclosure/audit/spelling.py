"""Finds a term written with one error: a character missing, another in its place, or two changed over.

A character is taken for wrong where the term around it is whole, no known word holds it, and the document does not
write the same pair of characters elsewhere.
"""

import re
from collections.abc import Container, Iterable, Iterator
from functools import cache
from operator import add
from typing import NamedTuple

from disclosure.audit.glossary import ALL_TERMS, CONFUSABLE, KNOWN_PAIRS, LOOKED_FOR

HAN = re.compile(r"[\u4e00-\u9fff]")
CLAUSE = re.compile(r"[\u4e00-\u9fff（）]{3,}")
"""What a term, right or wrong, does not reach out of."""
SURE = 5
"""From this length on what is left of a term names it."""
OFTEN = 3
"""A pair of characters that so many texts write is a word of the document's own."""
FUNCTION = frozenset("的和与及为在是对按由将、")
EXACT = re.compile("|".join(map(re.escape, sorted(ALL_TERMS, key=len, reverse=True))))


class Typo(NamedTuple):
    """What is written, what is probably meant, and where in the text it stands."""

    wrong: str
    right: str
    at: int


class Pairs:
    """The pairs of characters that stand in known words or in several of these texts, counted when asked for."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = tuple(texts)
        self._whole = "\n".join(self._texts)
        self._known = dict.fromkeys(KNOWN_PAIRS, True)

    def __contains__(self, pair: object) -> bool:
        if not isinstance(pair, str):
            return False
        if pair not in self._known:
            often = self._whole.count(pair) >= OFTEN
            self._known[pair] = often and sum(pair in text for text in self._texts) >= OFTEN
        return self._known[pair]


class Span(NamedTuple):
    """Where terms lie around two of their characters: begin, end, and what may stand next to these two, and after."""

    start: int
    end: int
    third: int
    thirds: set[str]
    fourth: int
    fourths: set[str]


@cache
def _variants() -> dict[str, tuple[str, int]]:
    """Return terms with two characters changed over or one left out inside, with where they break."""
    found: dict[str, tuple[str, int]] = {}
    for term in LOOKED_FOR:
        for at in range(len(term) - 1):
            found.setdefault(term[:at] + term[at + 1] + term[at] + term[at + 2 :], (term, at))
        for at in range(1, len(term) - 1):
            found.setdefault(term[:at] + term[at + 1 :], (term, at - 1))
    return {wrong: right for wrong, right in found.items() if wrong not in ALL_TERMS}


@cache
def _beginnings() -> dict[str, tuple[int, ...]]:
    """Return the lengths of the variants by their first three characters."""
    found: dict[str, set[int]] = {}
    for wrong in _variants():
        found.setdefault(wrong[:3], set()).add(len(wrong))
    return {head: tuple(sorted(lengths)) for head, lengths in found.items()}


@cache
def _patterns() -> dict[str, list[tuple[str, int]]]:
    """Return terms by what is left when one character is hidden, with its place."""
    found: dict[str, list[tuple[str, int]]] = {}
    for term in LOOKED_FOR:
        for at in range(len(term)):
            found.setdefault(f"{term[:at]}?{term[at + 1 :]}", []).append((term, at))
    return found


@cache
def _spans() -> dict[str, list[Span]]:
    """Return where terms lie around their first two characters and around their last two, counted from these."""
    found: dict[str, dict[tuple[int, int], Span]] = {}
    for term in LOOKED_FOR:
        for pair, start, third, fourth in ((term[:2], 0, 2, 3), (term[-2:], 2 - len(term), -1, -2)):
            end = start + len(term)
            span = found.setdefault(pair, {}).setdefault((start, end), Span(start, end, third, set(), fourth, set()))
            span.thirds.add(term[third - start])
            span.fourths.add(term[fourth - start])
    return {pair: list(spans.values()) for pair, spans in found.items()}


def typos(text: str, pairs: Container[str]) -> list[Typo]:
    """Return the errors of a text, each once."""
    held = _held(text)
    found: dict[int, Typo] = {}
    for typo, broken in _suspected(text, pairs):
        if not held & set(broken):
            for bond in broken:
                found.setdefault(bond, typo)
    return sorted(set(found.values()), key=lambda typo: typo.at)


def suspected(text: str, pairs: Container[str]) -> set[str]:
    """Return what looks wrong in a text; where a known term holds it together it is no error after all."""
    clauses = "\n".join(dict.fromkeys(CLAUSE.findall(text)))
    return {typo.wrong for typo, _ in _suspected(clauses, pairs)}


def _suspected(text: str, pairs: Container[str]) -> Iterator[tuple[Typo, tuple[int, ...]]]:
    beside = list(map(add, text, text[1:]))
    yield from _changed_over(text, beside, pairs)
    yield from _replaced(text, beside, pairs)


def _held(text: str) -> set[int]:
    """Return where two characters are held together by a known term: the index of the first."""
    return {at for found in EXACT.finditer(text) for at in range(found.start(), found.end() - 1)}


def _changed_over(text: str, beside: list[str], pairs: Container[str]) -> Iterator[tuple[Typo, tuple[int, ...]]]:
    variants, lengths = _variants(), _beginnings()
    ends = (
        (at, at + n) for at, three in enumerate(map(add, beside, text[2:])) if three in lengths for n in lengths[three]
    )
    for at, end in ends:
        known = variants.get(text[at:end])
        if known and _breaks(text, (at, end), known, pairs):
            yield Typo(text[at:end], known[0], at), (at + known[1],)


def _breaks(text: str, span: tuple[int, int], known: tuple[str, int], pairs: Container[str]) -> bool:
    """Tell whether characters meet that do not belong together; a short rest of a term stands by itself."""
    (start, end), (term, at) = span, known
    missing = end - start < len(term)
    if missing and end - start >= SURE:
        return True
    if text[start + at : start + at + 2] in pairs:
        return False
    if not missing or len(term) >= SURE:
        return True
    return _bounded(text, start - 1) if at == 0 else _bounded(text, end)


def _bounded(text: str, at: int) -> bool:
    return not 0 <= at < len(text) or not HAN.match(text[at]) or text[at] in FUNCTION


def _replaced(text: str, beside: list[str], pairs: Container[str]) -> Iterator[tuple[Typo, tuple[int, ...]]]:
    patterns = _patterns()
    for start, end in _windows(text, beside):
        window = text[start:end]
        for at in range(len(window) if window not in ALL_TERMS else 0):
            hiding = patterns.get(f"{window[:at]}?{window[at + 1 :]}")
            if not hiding:
                continue
            for term, hidden in sorted(
                hiding, key=lambda one: one[0][one[1]] not in CONFUSABLE.get(window[one[1]], ())
            ):
                if _strange(window, hidden, term, pairs):
                    bonds = tuple(bond for bond in (start + at - 1, start + at) if start <= bond < end - 1)
                    yield Typo(window, term, start), bonds


def _windows(text: str, beside: list[str]) -> list[tuple[int, int]]:
    """Return where a term may stand: its first two characters are there, or its last two, and one of the next two."""
    spans, last = _spans(), len(text)
    there = ((at, spans[pair]) for at, pair in enumerate(beside) if pair in spans)
    found = {
        (at + start, at + end)
        for at, around in there
        for start, end, third, thirds, fourth, fourths in around
        if at + start >= 0 and at + end <= last and (text[at + third] in thirds or text[at + fourth] in fourths)
    }
    return sorted(found)


def _strange(window: str, at: int, term: str, pairs: Container[str]) -> bool:
    """Tell whether the character at ``at`` is no other word's: known pairs speak for it, likeness against it."""
    char, meant = window[at], term[at]
    if char == meant or not HAN.match(char):
        return False
    beside = [window[max(0, at - 1) : at + 1]] if at else []
    beside += [window[at : at + 2]] if at + 1 < len(window) else []
    known = [pair in pairs for pair in beside]
    if meant in CONFUSABLE.get(char, ()):
        return not all(known)
    inside = at < len(window) - 1 and (at > 0 or len(term) > SURE)
    return inside and len(term) >= SURE and not any(known)
