"""What was looked for, marked where it stands: pieces of text for a template to escape and print."""

import re
from typing import NamedTuple

from disclosure.searching.words import squeeze, traced

BEFORE, LENGTH = 24, 110
"""How much of a text is shown before its first hit, and altogether."""

CLAUSE = re.compile("[，。；、：]")


class Piece(NamedTuple):
    """Some text, with whether it was looked for."""

    text: str
    marked: bool


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


def excerpt(text: str, terms: list[str]) -> str:
    """Return the part of ``text`` around the first term in it, within its paragraph; the beginning where none is."""
    lines = text.splitlines() or [""]
    line = next((line for line in lines if any(holds(line, term) for term in terms)), lines[0])
    words, places = traced(line)
    found = [at for term in terms if (at := words.find(term)) >= 0]
    start = _start(line, places[min(found)] if found else 0)
    shown = line[start : start + LENGTH]
    return f"{'…' if start else ''}{shown}{'…' if start + LENGTH < len(line) else ''}"


def _start(line: str, hit: int) -> int:
    """Say where to begin so as to show a little before the hit: at a clause where one begins there."""
    start = hit - BEFORE
    if start <= 0:
        return 0
    clause = CLAUSE.search(line, start, hit)
    return clause.end() if clause else start


def holds(text: str, term: str) -> bool:
    """Tell whether a text holds a squeezed term."""
    return term in squeeze(text)
