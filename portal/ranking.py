"""Puts what was found in order: whole names or codes, beginnings of names, names, texts; reads names only as needed."""

from collections.abc import Callable, Iterator
from itertools import chain, islice

from disclosure.models import SearchEntry
from disclosure.models.search import SPAN
from disclosure.searching.words import squeeze
from portal.finding import Held
from portal.shelves import KINDS, places

EXACT, BEGINNING, NAME, TEXT = range(4)
AT_ONCE = 200
"""How many names one statement reads."""

TIERS: tuple[Callable[[Held], int], ...] = (lambda one: one.whole, lambda one: one.begun, lambda one: one.named)


def best(found: list[Held], start: int, stop: int) -> list[SearchEntry]:
    """Return a part of what was found, the best first; equals by kind (those with the name), year and department."""
    numbers = list(islice(_Ranking(found).numbers(), start, stop))
    entries = SearchEntry.objects.select_related("edition").in_bulk(numbers)
    return [entries[number] for number in numbers if number in entries]


class _Ranking:
    """The order of what was found; the index tells which names may answer, the names themselves how well."""

    def __init__(self, found: list[Held]) -> None:
        self._found = found
        self._placed: dict[int, int] = {}
        self._tiers: dict[int, int] = {}
        self._plans = {one.sheet.edition: one.plan for one in found}
        self._unread = chain.from_iterable(self._candidates(tier, doubtful=True) for tier in (EXACT, BEGINNING, NAME))

    def numbers(self) -> Iterator[int]:
        """Yield the numbers of all entries, the best first."""
        for tier in (EXACT, BEGINNING, NAME):
            for number in self._candidates(tier):
                edition, place = divmod(number, SPAN)
                placed = self._placed.get(edition, 0)
                if not placed >> place & 1 and self._tier(number, tier) <= tier:
                    self._placed[edition] = placed | 1 << place
                    yield number
        for one in self._found:
            of = one.sheet.edition
            yield from (of * SPAN + place for place in places(one.said & ~self._placed.get(of, 0)))

    def _candidates(self, tier: int, *, doubtful: bool = False) -> Iterator[int]:
        """Yield what may be of a tier by the index; ``doubtful``: only that which its name has to confirm."""
        bits = TIERS[tier]
        found = [one for one in self._found if bits(one) and not (doubtful and _sure(one, tier))]
        for kind in KINDS:
            for one in found:
                yield from (one.sheet.edition * SPAN + place for place in places(bits(one) & one.sheet.kinds[kind]))

    def _tier(self, number: int, tier: int) -> int:
        plan = self._plans[number // SPAN]
        if tier > EXACT and plan.plain:
            return tier
        while number not in self._tiers:
            self._read([*islice(self._unread, AT_ONCE)] or [number])
        return self._tiers[number]

    def _read(self, some: list[int]) -> None:
        numbers = {number for number in some if number not in self._tiers}
        self._tiers |= dict.fromkeys(numbers, TEXT)
        rows = SearchEntry.objects.filter(pk__in=numbers).order_by()
        for number, *names in rows.values_list("number", "title", "code", "initials"):
            self._tiers[number] = tier_of([squeeze(name) for name in names], self._plans[number // SPAN].terms)


def _sure(held: Held, tier: int) -> bool:
    """Tell whether the index alone decides: a single gram is in a name or begins it, or not."""
    return tier > EXACT and held.plan.plain


def tier_of(names: list[str], terms: tuple[str, ...]) -> int:
    """Say how well names answer: one of them exactly, one begins so, they hold the terms; or they do not."""
    whole = "".join(terms)
    if whole in names:
        return EXACT
    if any(name.startswith(whole) for name in names):
        return BEGINNING
    every = "\n".join(names)
    return NAME if all(term in every for term in terms) else TEXT
