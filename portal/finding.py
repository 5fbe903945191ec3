"""Finds what was asked for in current editions: by the index, checked again by the text, the best first."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet

from disclosure.enums import SearchKind
from disclosure.models import SearchEntry, SearchGram
from disclosure.models.search import SPAN
from disclosure.searching.words import is_gram, needed, squeeze

RAREST = 4
"""How many grams of a term are intersected; the text decides on the rest."""

AT_ONCE = 5000
"""How many entries one statement checks."""

EXACT, BEGINNING, NAME = range(3)
ORDER = {kind: at for at, kind in enumerate(SearchKind.values)}
EDITION = ("year", "government_code", "department_code", "unit_code", "department_name", "unit_name")


class Sheet(NamedTuple):
    """What the index says about one kind of entries of one edition."""

    edition: int
    kind: str
    year: int
    government: str
    department: str
    unit: str
    names: str
    grams: dict[str, tuple[int, int]]
    """For each gram, the places where it stands in a name, and those where it stands at all."""

    @property
    def order(self) -> tuple[Any, ...]:
        """Return where the sheet comes: the newest year first, then as lists go."""
        return -self.year, self.government, self.department, self.unit, self.edition, ORDER[self.kind]


class Likely(NamedTuple):
    """What the index lets expect of a sheet: by places, in names and at all; ``unsure`` is what the text decides."""

    sheet: Sheet
    terms: list[str]
    named: int
    said: int
    unsure: list[int]


class Held(NamedTuple):
    """What of a sheet was found: by name or code, best first; and in the text, by places."""

    sheet: Sheet
    named: list[tuple[int, int]]
    said: int

    @property
    def count(self) -> int:
        """Count what was found."""
        return len(self.named) + self.said.bit_count()


def find(terms: list[str]) -> list[Held]:
    """Return everything in current editions that holds all ``terms`` (squeezed), in a few statements whatever there is.

    A term that names an edition's publisher or year need not stand in its entries beside the other terms:
    “组织部 接待费” finds the 接待费 of the 组织部.
    """
    chosen = {term: needed(term) for term in terms}
    if any(len(grams) > RAREST for grams in chosen.values()):
        chosen = _rarest(chosen)
    sheets = sorted(_sheets({gram for grams in chosen.values() for gram in grams}), key=lambda sheet: sheet.order)
    likely = [_likely(sheet, _asked_of(sheet, terms), chosen) for sheet in sheets]
    unsure = [number for one in likely for number in one.unsure]
    holding = {term: _holding(term, unsure) for term in terms if not is_gram(term)}
    names = _names([one.sheet.edition * SPAN + place for one in likely for place in places(one.named)])
    held = (_held(one, holding, names) for one in likely if one.said)
    return [one for one in held if one.count]


def places(bits: int) -> Iterator[int]:
    """Yield the places of the bits that are set, the lowest first."""
    for at, byte in enumerate(bits.to_bytes((bits.bit_length() + 7) // 8, "little")):
        for bit in range(8) if byte else ():
            if byte >> bit & 1:
                yield at * 8 + bit


def best(found: list[Held], start: int, stop: int) -> list[SearchEntry]:
    """Return a part of what was found: exact, beginning so, other names, then texts by year and department."""
    named = ((one.sheet, *row) for one in found for row in one.named)
    by_name = sorted((tier, ORDER[sheet.kind], *sheet.order, number) for sheet, tier, number in named)
    numbers = [row[-1] for row in by_name[start:stop]]
    skipped = max(0, start - len(by_name))
    numbers += islice(_said(found, skipped), stop - start - len(numbers))
    entries = SearchEntry.objects.select_related("edition").defer("words").in_bulk(numbers)
    return [entries[number] for number in numbers if number in entries]


def _said(found: list[Held], skipped: int) -> Iterator[int]:
    for one in found:
        if skipped >= (count := one.said.bit_count()):
            skipped -= count
            continue
        yield from islice((one.sheet.edition * SPAN + place for place in places(one.said)), skipped, None)
        skipped = 0


def _rarest(chosen: dict[str, list[str]]) -> dict[str, list[str]]:
    grams = {gram for grams in chosen.values() for gram in grams}
    rows = SearchGram.objects.filter(gram__in=grams).values("gram").annotate(often=Count("pk")).order_by()
    often = {row["gram"]: row["often"] for row in rows}
    return {term: sorted(grams, key=lambda gram: often.get(gram, 0))[:RAREST] for term, grams in chosen.items()}


def _sheets(grams: Iterable[str]) -> Iterator[Sheet]:
    """Read the index, of editions that are current and not withdrawn and of no others."""
    current = {"edition__superseded_by": None, "edition__withdrawal": None}
    rows = SearchGram.objects.filter(gram__in=set(grams), **current)
    said_of = (f"edition__{name}" for name in EDITION)
    sheets: dict[tuple[int, str], Sheet] = {}
    for gram, edition, kind, named, said, *of in rows.values_list("gram", "edition", "kind", "named", "said", *said_of):
        if (edition, kind) not in sheets:
            sheets[edition, kind] = Sheet(edition, kind, *of[:4], "\n".join((*of[4:], f"{of[0]}年")), {})
        sheets[edition, kind].grams[gram] = int.from_bytes(named, "little"), int.from_bytes(said, "little")
    yield from sheets.values()


def _asked_of(sheet: Sheet, terms: list[str]) -> list[str]:
    """Return the terms that an entry must hold itself."""
    if len(terms) == 1:
        return terms
    known = squeeze(sheet.names)
    return [term for term in terms if term not in known] or terms


def _likely(sheet: Sheet, terms: list[str], chosen: dict[str, list[str]]) -> Likely:
    """Intersect what the index says about the grams of ``terms``."""
    named = said = -1
    for gram in (gram for term in terms for gram in chosen[term]):
        in_names, anywhere = sheet.grams.get(gram, (0, 0))
        named, said = named & in_names, said & anywhere
    sure = all(map(is_gram, terms))
    unsure = [] if sure else [sheet.edition * SPAN + place for place in places(said)]
    return Likely(sheet, terms, named, said, unsure)


def _names(numbers: list[int]) -> dict[int, tuple[str, str, str]]:
    """Return the name, the code and the initials of entries, as they are compared."""
    columns = ("number", "title", "code", "initials")
    rows = (row for some in _parts(numbers) for row in some.values_list(*columns))
    return {number: (squeeze(title), squeeze(code), initials) for number, title, code, initials in rows}


def _holding(term: str, numbers: list[int]) -> set[int]:
    """Return the entries whose text really holds a term."""
    parts = (some.filter(words__contains=term).values_list("number", flat=True) for some in _parts(numbers))
    return {number for some in parts for number in some}


def _parts(numbers: list[int]) -> Iterator[QuerySet[SearchEntry]]:
    for start in range(0, len(numbers), AT_ONCE):
        yield SearchEntry.objects.filter(pk__in=numbers[start : start + AT_ONCE]).order_by()


def _held(likely: Likely, holding: dict[str, set[int]], names: dict[int, tuple[str, str, str]]) -> Held:
    """Keep what really holds the terms, and say how well by its names."""
    said, ranked = likely.said, []
    for number in likely.unsure:
        if not all(number in holding[term] for term in likely.terms if term in holding):
            said &= ~(1 << number % SPAN)
    for place in places(likely.named & said):
        number = likely.sheet.edition * SPAN + place
        tier = _tier(names[number], likely.terms) if number in names else None
        if tier is not None:
            said &= ~(1 << place)
            ranked.append((tier, number))
    return Held(likely.sheet, ranked, said)


def _tier(names: tuple[str, str, str], terms: list[str]) -> int | None:
    """Say how well names answer: one of them exactly, one begins so, they hold the terms; None: they do not."""
    whole = "".join(terms)
    if whole in names:
        return EXACT
    if any(name.startswith(whole) for name in names):
        return BEGINNING
    every = "\n".join(names)
    return NAME if all(term in every for term in terms) else None
