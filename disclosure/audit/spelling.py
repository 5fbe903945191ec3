"""Finds a term written with one error: a character missing, another in its place, or two changed over.

A character is taken for wrong where the term around it is whole, no known word holds it, and the document does not
write the same pair of characters elsewhere.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from disclosure.audit.glossary import ALL_TERMS, CONFUSABLE, KNOWN_PAIRS, LOOKED_FOR

HAN = re.compile(r"[\u4e00-\u9fff]")
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


def pairs_of(texts: Iterable[str]) -> frozenset[str]:
    """Return the pairs of characters that stand in known words or in several of these texts."""
    counted = Counter(pair for text in texts for pair in {text[at : at + 2] for at in range(len(text) - 1)})
    return KNOWN_PAIRS | {pair for pair, times in counted.items() if times >= OFTEN}


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
    """Return the lengths of the variants by their first two characters."""
    found: dict[str, set[int]] = {}
    for wrong in _variants():
        found.setdefault(wrong[:2], set()).add(len(wrong))
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
def _lengths() -> tuple[dict[str, tuple[int, ...]], dict[str, tuple[int, ...]]]:
    """Return the lengths of terms by their first two and by their last two characters."""
    heads: dict[str, set[int]] = {}
    tails: dict[str, set[int]] = {}
    for term in LOOKED_FOR:
        heads.setdefault(term[:2], set()).add(len(term))
        tails.setdefault(term[-2:], set()).add(len(term))
    return {k: tuple(sorted(v)) for k, v in heads.items()}, {k: tuple(sorted(v)) for k, v in tails.items()}


def typos(text: str, pairs: frozenset[str]) -> list[Typo]:
    """Return the errors of a text, each once."""
    held = _held(text)
    found: dict[int, Typo] = {}
    for typo, broken in (*_changed_over(text, pairs), *_replaced(text, pairs)):
        if not held & set(broken):
            for bond in broken:
                found.setdefault(bond, typo)
    return sorted(set(found.values()), key=lambda typo: typo.at)


def _held(text: str) -> set[int]:
    """Return where two characters are held together by a known term: the index of the first."""
    return {at for found in EXACT.finditer(text) for at in range(found.start(), found.end() - 1)}


def _changed_over(text: str, pairs: frozenset[str]) -> Iterator[tuple[Typo, tuple[int, ...]]]:
    variants, lengths = _variants(), _beginnings()
    for at in range(len(text) - 2):
        for length in lengths.get(text[at : at + 2], ()):
            end = at + length
            known = variants.get(text[at:end]) if end <= len(text) else None
            if known and _breaks(text, (at, end), known, pairs):
                yield Typo(text[at:end], known[0], at), (at + known[1],)


def _breaks(text: str, span: tuple[int, int], known: tuple[str, int], pairs: frozenset[str]) -> bool:
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


def _replaced(text: str, pairs: frozenset[str]) -> Iterator[tuple[Typo, tuple[int, ...]]]:
    patterns = _patterns()
    for start, end in _windows(text):
        window = text[start:end]
        for at in range(len(window)):
            hiding = patterns.get(f"{window[:at]}?{window[at + 1 :]}")
            if not hiding:
                continue
            for term, hidden in sorted(
                hiding, key=lambda one: one[0][one[1]] not in CONFUSABLE.get(window[one[1]], ())
            ):
                if _strange(window, hidden, term, pairs):
                    bonds = tuple(bond for bond in (start + at - 1, start + at) if start <= bond < end - 1)
                    yield Typo(window, term, start), bonds


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a term may stand: its first two characters are there, or its last two."""
    heads, tails = _lengths()
    spans: set[tuple[int, int]] = set()
    for at in range(len(text) - 1):
        pair = text[at : at + 2]
        spans |= {(at, at + length) for length in heads.get(pair, ()) if at + length <= len(text)}
        spans |= {(at + 2 - length, at + 2) for length in tails.get(pair, ()) if at + 2 >= length}
    yield from sorted(spans)


def _strange(window: str, at: int, term: str, pairs: frozenset[str]) -> bool:
    """Tell whether the character at ``at`` is no other word's: known pairs speak for it, likeness against it."""
    char, meant = window[at], term[at]
    if char == meant or not HAN.match(char) or window in ALL_TERMS:
        return False
    beside = [window[max(0, at - 1) : at + 1]] if at else []
    beside += [window[at : at + 2]] if at + 1 < len(window) else []
    known = [pair in pairs for pair in beside]
    if meant in CONFUSABLE.get(char, ()):
        return not all(known)
    inside = at < len(window) - 1 and (at > 0 or len(term) > SURE)
    return inside and len(term) >= SURE and not any(known)
