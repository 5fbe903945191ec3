"""An edition's article with today's ways out of it: made once of the same words at the same address, under one prefix.

Nothing is asked of the database here, and what is remembered is found only by all that it was made of. So nothing stale
is given out: whoever asks has just read the stored file, its hash checked, and whether the edition stands.
"""

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple, Self

from django.urls import get_script_prefix

from disclosure.content import Content, parse, sha256
from disclosure.models import Edition, EditionFile
from portal.crosslinks import beside, with_codes
from portal.explaining import with_terms
from portal.offers import with_chart_files, with_table_files
from portal.publication import Place
from portal.terms import with_places

MOST = 8 * 2**20
"""Letters that a process remembers: some forty articles, 16 MB where a letter takes two bytes."""


class Asked(NamedTuple):
    """All that an article depends on, the words by their hashes; ``stands``: it is what a department publishes now."""

    article: str
    content: str
    place: Place
    stands: bool
    prefix: str

    @classmethod
    def of(cls, file: EditionFile, edition: Edition, *, stands: bool) -> Self:
        """Put it together; ``file`` has been read, which compares its hash."""
        return cls(file.sha256, sha256(edition.content.text), Place.of(edition), stands, get_script_prefix())


class Articles:
    """The articles asked for last, together no longer than ``most`` letters."""

    def __init__(self, most: int) -> None:
        self._most, self._size = most, 0
        self._kept: OrderedDict[Asked, str] = OrderedDict()
        self._lock = Lock()

    def find(self, asked: Asked) -> str | None:
        """Return an article that is remembered; None where it is not."""
        with self._lock:
            if asked in self._kept:
                self._kept.move_to_end(asked)
            return self._kept.get(asked)

    def keep(self, asked: Asked, article: str) -> None:
        """Remember an article, and forget those that nobody has asked for the longest."""
        with self._lock:
            self._size += len(article) - len(self._kept.pop(asked, ""))
            self._kept[asked] = article
            while self._size > self._most:
                self._size -= len(self._kept.popitem(last=False)[1])


REMEMBERED = Articles(MOST)


def linked(file: EditionFile, edition: Edition, *, stands: bool) -> str:
    """Return an edition's stored article with today's ways added; raise FileDamagedError where it is another one.

    Beyond its files the ways lead only where it ``stands``: where it is what its department publishes now.
    """
    stored = file.read().decode()
    asked = Asked.of(file, edition, stands=stands)
    found = REMEMBERED.find(asked)
    if found is None:
        found = _linked(stored, asked.place, parse(edition.content.text), stands=stands)
        REMEMBERED.keep(asked, found)
    return found


def _linked(article: str, place: Place, content: Content, *, stands: bool) -> str:
    article = with_chart_files(with_terms(with_places(article), content), place)
    if not stands:
        return with_table_files(article, place, content, {})
    return with_table_files(with_codes(article, place, content), place, content, beside(place, content))
