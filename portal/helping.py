"""What somebody can do who has not found anything, or has not asked yet."""

from collections import Counter
from typing import NamedTuple, Self

from budgets.models import FiscalYear
from disclosure.enums import SearchKind
from disclosure.models import SearchEntry
from disclosure.models.search import SPAN
from disclosure.searching.words import RUN, pairs_of
from portal.asking import Question
from portal.shelves import Found, Sheet, Shelf, places, places_of

SHORTER, SIMILAR, TERMS, YEARS = 4, 5, 24, 12
"""How much of each is suggested."""

PAIRS = 16
"""How many pairs of characters of a question are looked up."""

NEWEST = 5
"""From how many editions terms are taken."""

LIKELY = 40
"""How many names are looked at, of which the different ones are shown."""

NAMED = (SearchKind.DEPARTMENT, SearchKind.UNIT, SearchKind.PROJECT, SearchKind.CODE, SearchKind.TABLE)
"""The kinds whose names are suggested."""


class Help(NamedTuple):
    """How much was searched, shorter words, names like what was asked for, the years, the glossary."""

    searched: int
    shorter: list[str]
    similar: list[str]
    years: list[FiscalYear]
    terms: list[str]

    @classmethod
    def on(cls, question: Question, shelf: Shelf) -> Self:
        """Look up what is like the question, in a few statements however long it is and whatever there is."""
        pairs = [pair for term in question.terms for pair in pairs_of(term) if pair not in question.terms][:PAIRS]
        alike = Shelf.alike(pairs)
        found = places_of(pairs, alike)
        here = [(sheet, found[sheet.edition]) for sheet in alike if sheet.edition in found]
        years = FiscalYear.objects.select_related("government").order_by("-year", "government__code")
        return cls(shelf.searched, _shorter(question, here), _similar(here), list(years[:YEARS]), _terms())


def _shorter(question: Question, found: list[tuple[Sheet, Found]]) -> list[str]:
    """Return every other pair of the question that stands somewhere."""
    known = {pair for _, said in found for pair in said}
    cut = [run[at : at + 2] for term in question.terms for run in RUN.findall(term) for at in range(0, len(run), 2)]
    return [pair for pair in dict.fromkeys(cut) if pair in known][:SHORTER]


def _similar(found: list[tuple[Sheet, Found]]) -> list[str]:
    """Return the names that share most pairs with the question, two at least; equals as lists go."""
    shared: Counter[int] = Counter()
    for sheet, said in found:
        names = sum(sheet.kinds[kind] for kind in NAMED)
        for held in said.values():
            shared.update(sheet.edition * SPAN + place for place in places(held.named & names))
    numbers = [number for number, count in shared.most_common(LIKELY) if count > 1]
    titles = dict(SearchEntry.objects.filter(pk__in=numbers).order_by().values_list("number", "title"))
    return list(dict.fromkeys(titles[number] for number in numbers if number in titles))[:SIMILAR]


def _terms() -> list[str]:
    """Return terms that the newest editions explain."""
    numbers = [
        sheet.edition * SPAN + place for sheet in Shelf.newest(NEWEST) for place in places(sheet.kinds[SearchKind.TERM])
    ]
    titles = SearchEntry.objects.filter(pk__in=numbers).order_by("number").values_list("title", flat=True)
    return list(dict.fromkeys(titles))[:TERMS]
