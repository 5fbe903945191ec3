"""What was looked for, marked where it stands: pieces of text for a template to escape and print."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from disclosure.searching.words import FOLDED, traced

BEFORE, LENGTH = 24, 110
"""How much of a text is shown before its first hit, and altogether."""

CLAUSE = re.compile("[，。；、：]")


class Piece(NamedTuple):
    """Some text, with whether it was looked for."""

    text: str
    marked: bool


class Line(NamedTuple):
    """A paragraph, and the form in which it is compared."""

    text: str
    words: str


def marked(text: str, terms: list[str]) -> list[Piece]:
    """Cut a text where ``terms`` (squeezed) begin and end."""
    words, places = traced(text)
    looked_for = re.compile("|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True)) or r"(?!)")
    pieces, done = [], 0
    for hit in looked_for.finditer(words):
        begin, end = max(done, places[hit.start()]), places[hit.end() - 1] + 1
        if begin > done:
            pieces.append(Piece(text[done:begin], marked=False))
        if end > begin:
            pieces.append(Piece(text[begin:end], marked=True))
        done = max(done, end)
    return [*pieces, Piece(text[done:], marked=False)] if done < len(text) else pieces


def excerpt(lines: Iterable[Line], terms: list[str]) -> str:
    """Return the part of a text around the first term in it, within its paragraph; the beginning where none is."""
    lines = list(lines) or [Line("", "")]
    line = next((line for line in lines if any(term in line.words for term in terms)), lines[0])
    found = [at for term in terms if (at := line.words.find(term)) >= 0]
    start = _start(line.text, _origin(line, min(found)) if found else 0)
    shown = line.text[start : start + LENGTH]
    return f"{'…' if start else ''}{shown}{'…' if start + LENGTH < len(line.text) else ''}"


def _origin(line: Line, at: int) -> int:
    """Say where in a line the character stands that is compared at a place."""
    if len(line.text) == len(line.words):
        return at
    for place, char in enumerate(line.text):
        at -= len(FOLDED[ord(char)])
        if at < 0:
            return place
    return 0


def _start(line: str, hit: int) -> int:
    """Say where to begin so as to show a little before the hit: at a clause where one begins there."""
    start = hit - BEFORE
    if start <= 0:
        return 0
    clause = CLAUSE.search(line, start, hit)
    return clause.end() if clause else start
