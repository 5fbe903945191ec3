"""How two texts differ: paragraph by paragraph, and inside a paragraph sentence by sentence."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from disclosure.changes.fates import Fate

SENTENCE = re.compile(r"[^。；！？]+[。；！？]*|[。；！？]+")
ALIKE = 0.6
"""From which share of common characters on a paragraph is the other one rewritten, rather than a new one."""
FOUND_BY = 16
"""By how many characters people find a sentence that stayed."""


class Piece(NamedTuple):
    """A stretch of sentences and what became of it."""

    fate: Fate
    text: str

    @property
    def kept(self) -> bool:
        """Tell whether the stretch reads as before."""
        return self.fate is Fate.SAME

    @property
    def shown(self) -> str:
        """Return the text; of sentences that stayed no more than is needed to find them."""
        return self.text if not self.kept or len(self.text) <= FOUND_BY else f"{self.text[:FOUND_BY]}……"


class Passage(NamedTuple):
    """A paragraph that is new, gone or changed; a side on which it does not stand is empty."""

    fate: Fate
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def passages(old: Sequence[str], new: Sequence[str]) -> Iterator[Passage]:
    """Yield every paragraph that is not in both texts alike, in the order of reading."""
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from _rewritten(old[i1:i2], list(new[j1:j2]))


def _rewritten(old: Sequence[str], new: list[str]) -> Iterator[Passage]:
    """Pair each old paragraph with the likest new one after those already paired; the rest is removed or added."""
    for paragraph in old:
        likeness = [SequenceMatcher(None, paragraph, other, autojunk=False).quick_ratio() for other in new]
        best = max(likeness, default=0)
        if best < ALIKE:
            yield Passage(Fate.REMOVED, (Piece(Fate.REMOVED, paragraph),), ())
            continue
        at = likeness.index(best)
        yield from _added(new[:at])
        yield _changed(paragraph, new[at])
        del new[: at + 1]
    yield from _added(new)


def _added(paragraphs: Sequence[str]) -> Iterator[Passage]:
    return (Passage(Fate.ADDED, (), (Piece(Fate.ADDED, paragraph),)) for paragraph in paragraphs)


def _changed(old: str, new: str) -> Passage:
    was, now = SENTENCE.findall(old), SENTENCE.findall(new)
    before: list[Piece] = []
    after: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        same = tag == "equal"
        before += _piece(Fate.SAME if same else Fate.REMOVED, was[i1:i2])
        after += _piece(Fate.SAME if same else Fate.ADDED, now[j1:j2])
    return Passage(Fate.CHANGED, tuple(before), tuple(after))


def _piece(fate: Fate, sentences: Sequence[str]) -> list[Piece]:
    return [Piece(fate, "".join(sentences))] if sentences else []
