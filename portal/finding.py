"""Finds what was asked for in current editions: by the index, checked by the text where the index cannot be sure."""

from collections.abc import Iterator
from functools import reduce
from operator import and_
from typing import NamedTuple, Self

from django.db.models import F, QuerySet, Value
from django.db.models.functions import StrIndex

from disclosure.models import SearchEntry
from disclosure.models.search import SPAN
from disclosure.searching.leaves import NOWHERE
from disclosure.searching.words import LONGEST, RUN, Tiles, beginnings, endings, needed, squeeze, tiles
from portal.shelves import Found, Sheet, Shelf, places, places_of

AT_ONCE = 5000
"""How many entries one statement checks."""

EVERYWHERE = -1


class Plan(NamedTuple):
    """What an entry must hold itself: terms, the tiles of their runs, the grams that begin and end them together."""

    terms: tuple[str, ...]
    runs: dict[str, list[Tiles]]
    grams: list[str]
    first: str
    last: str

    @classmethod
    def of(cls, terms: tuple[str, ...]) -> Self:
        """Prepare to look for terms."""
        runs = {term: [tiles(run) for run in RUN.findall(term)] for term in terms}
        grams = [gram for term in terms for gram in needed(term)]
        first, last = (["", *ends][-1] for ends in (beginnings(terms[0]), endings(terms[-1])))
        return cls(terms, runs, grams, first, last)

    @property
    def plain(self) -> bool:
        """Tell whether there is one term and it is itself a gram, so that a name that has the gram has the term."""
        return len(self.terms) == 1 and RUN.fullmatch(self.terms[0]) is not None and len(self.terms[0]) <= LONGEST

    @property
    def doubtful(self) -> list[str]:
        """Return the terms of several runs: the index knows what stands in an entry, not what is between."""
        return [term for term, runs in self.runs.items() if not RUN.fullmatch(term)]


class Held(NamedTuple):
    """What of a sheet holds the terms, by places; in names, as whole names and at their beginnings only perhaps."""

    sheet: Sheet
    plan: Plan
    said: int
    named: int
    begun: int
    whole: int

    def within(self, places: int) -> Self:
        """Keep some places."""
        bits = (self.said, self.named, self.begun, self.whole)
        return self.__class__(self.sheet, self.plan, *(one & places for one in bits))


def find(shelf: Shelf, terms: list[str]) -> list[Held]:
    """Return everything in the editions of a shelf that holds all ``terms`` (squeezed), in a few statements.

    A term that names an edition's publisher or year need not stand in its entries beside the other terms:
    “组织部 接待费” finds the 接待费 of the 组织部.
    """
    found = places_of({gram for term in terms for gram in needed(term)}, shelf.sheets)
    plans: dict[tuple[str, ...], Plan] = {}
    held = []
    for sheet in shelf.sheets:
        if sheet.edition not in found:
            continue
        asked = tuple(_asked_of(sheet, terms))
        plan = plans.get(asked) or plans.setdefault(asked, Plan.of(asked))
        one = _held(sheet, plan, found[sheet.edition])
        if one.said:
            held.append(one)
    return _checked(held) if any(plan.doubtful for plan in plans.values()) else held


def _asked_of(sheet: Sheet, terms: list[str]) -> list[str]:
    """Return the terms that an entry must hold itself."""
    if len(terms) == 1:
        return terms
    known = squeeze(sheet.names)
    return [term for term in terms if term not in known] or terms


def _held(sheet: Sheet, plan: Plan, found: Found) -> Held:
    """Intersect what the index says about the grams of a plan."""
    said = EVERYWHERE
    for run in (run for runs in plan.runs.values() for run in runs):
        said = said and said & _run(run, found, sheet.stride)
    named = said and reduce(and_, [found[gram].named for gram in plan.grams], said)
    begun = named and named & (found[plan.first].first if plan.first else EVERYWHERE)
    whole = begun and begun & (found[plan.last].last if plan.last else EVERYWHERE)
    return Held(sheet, plan, said, named, begun, whole)


def _run(tiles: Tiles, found: Found, stride: int) -> int:
    """Return the entries that hold a run: those where all its tiles stand at their distances."""
    if len(tiles[0][1]) < LONGEST:
        return found.get(tiles[0][1], NOWHERE).said
    (at, gram), *others = sorted(tiles, key=lambda tile: len(found.get(tile[1], NOWHERE).begins))
    begins = {one - at for one in found.get(gram, NOWHERE).begins}
    for at, gram in others if begins else ():
        begins.intersection_update(one - at for one in found[gram].begins)
    bits = 0
    for place in {one // stride for one in begins}:
        bits |= 1 << place
    return bits


def _checked(held: list[Held]) -> list[Held]:
    """Keep what really holds the terms, by the text of what may hold one of several runs."""
    numbers: dict[str, list[int]] = {}
    for one in held:
        for term in one.plan.doubtful:
            numbers.setdefault(term, []).extend(one.sheet.edition * SPAN + place for place in places(one.said))
    holding = {term: _holding(term, some) for term, some in numbers.items()}
    kept = (one.within(_really(one, holding)) for one in held)
    return [one for one in kept if one.said]


def _really(held: Held, holding: dict[str, dict[int, int]]) -> int:
    of = held.sheet.edition
    return reduce(and_, [holding[term].get(of, 0) for term in held.plan.doubtful], EVERYWHERE)


def _holding(term: str, numbers: list[int]) -> dict[int, int]:
    """Return the entries whose text really holds a term: by editions, a bit for each place."""
    found: dict[int, int] = {}
    for some in _parts(numbers):
        here = some.annotate(at=StrIndex(F("words"), Value(term))).filter(at__gt=0)
        for number in here.values_list("number", flat=True):
            edition, place = divmod(number, SPAN)
            found[edition] = found.get(edition, 0) | 1 << place
    return found


def _parts(numbers: list[int]) -> Iterator[QuerySet[SearchEntry]]:
    for start in range(0, len(numbers), AT_ONCE):
        yield SearchEntry.objects.filter(pk__in=numbers[start : start + AT_ONCE]).order_by()
