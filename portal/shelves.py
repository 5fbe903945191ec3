"""Reads the index: the editions that are worth a look, and where in each of them grams stand."""

from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any, NamedTuple, Self

from django.db import connection
from django.db.models import Exists, F, OuterRef, QuerySet

from disclosure.enums import SearchKind
from disclosure.models import Edition, SearchLeaf, SearchSheet, Withdrawal
from disclosure.models.search import SHELF
from disclosure.searching.index import names_of
from disclosure.searching.leaves import NOWHERE, Places, look_up
from disclosure.searching.words import bucket_of, numbered, telling
from portal.asking import Question

MOST = 1000
"""How many editions one question looks into; of more, those that have the words in names, and the newest."""

COLUMNS = (
    *("pk", "edition__year", "stride", "edition__government_code", "edition__department_code", "edition__unit_code"),
    *("edition__department_name", "edition__unit_name", "kinds"),
)
ALIKE = 200
"""How many editions are looked into for names that are like a question."""

KINDS = tuple(SearchKind.values)
Found = dict[str, Places]


class Sheet(NamedTuple):
    """A current edition as search sees it; ``kinds`` are the places of its entries by kind, a bit for each."""

    edition: int
    year: int
    stride: int
    government: str
    department: str
    unit: str
    names: str
    kinds: dict[str, int]

    @classmethod
    def of(cls, edition: int, year: int, stride: int, *more: str) -> Self:
        """Make a sheet of a row."""
        government, department, unit, name, unit_name, counts = more
        ends = list(accumulate(map(int, counts.split(","))))
        masks = [(1 << end) - (1 << start) for start, end in zip((0, *ends), ends, strict=False)]
        names = "\n".join(names_of(name, unit_name, year))
        return cls(edition, year, stride, government, department, unit, names, dict(zip(KINDS, masks, strict=True)))

    @property
    def order(self) -> tuple[Any, ...]:
        """Return where the sheet comes: the newest year first, then as lists go."""
        return -self.year, self.government, self.department, self.unit, self.edition


class Shelf(NamedTuple):
    """The sheets worth a look, in their order.

    ``more``: others may hold what is asked for under the filters of the question; ``wide``: others may without them.
    ``searched``: how many there are, ``lacking``: how many of the newest editions have none because the index is still
    being made; both counted up to ``MOST`` only.
    """

    sheets: list[Sheet]
    searched: int = 0
    lacking: int = 0
    more: bool = False
    wide: bool = False

    @classmethod
    def read(cls, question: Question | None = None) -> Self:
        """Read the editions that may answer (the newest where nothing is asked), of those that are public, as they are.

        Three statements, and another two where they are too many to look into all of them.
        """
        terms = question.terms if question else []
        found = _wanted(terms)
        more = wide = len(found) > MOST
        if wide and terms:
            narrowed = _wanted(terms, _filtered(question))
            found += narrowed + _wanted(terms, _filtered(question), named=True)
            more = len(narrowed) > MOST
        sheets = {row[0]: Sheet.of(*row) for row in found}
        newest = Edition.objects.filter(*_stands()).order_by("-pk")[:MOST].values("pk", "search_sheet")
        without = [one["search_sheet"] for one in newest].count(None)
        return cls(sorted(sheets.values(), key=lambda one: one.order), len(newest) - without, without, more, wide)

    @classmethod
    def newest(cls, count: int) -> list[Sheet]:
        """Return the sheets of the newest editions."""
        return [Sheet.of(*row) for row in _public()[:count]]

    @classmethod
    def alike(cls, grams: Iterable[str]) -> list[Sheet]:
        """Return sheets whose names hold any of some grams, those of the newest editions."""
        numbers = {numbered(gram, named=True) for gram in grams}
        rows = _holding(grams__meet=numbers)[:ALIKE] if numbers else ()
        return sorted((Sheet.of(*row) for row in rows), key=lambda one: one.order)


def _public() -> QuerySet[SearchSheet, tuple[Any, ...]]:
    """Return the sheets of current editions that are not withdrawn, whatever the index has, the newest first."""
    return SearchSheet.objects.filter(*_stands()).order_by("-pk").values_list(*COLUMNS)


def _stands() -> tuple[Any, Any]:
    """Keep current editions (or their sheets, which have their keys) that are not withdrawn, looked up one by one."""
    gone = Withdrawal.objects.filter(edition=OuterRef("pk"))
    newer = Edition.objects.filter(supersedes=OuterRef("pk"))
    return ~Exists(newer), ~Exists(gone)


def _holding(**asked: Any) -> QuerySet[SearchSheet, tuple[Any, ...]]:
    """Return those of them that hold grams, the newest first."""
    found = _public().filter(**asked)  # by its key, SQLite would look at all of them
    return found if connection.vendor == "postgresql" else found.order_by((F("pk") + 0).desc())


def _wanted(terms: list[str], asked: dict[str, Any] | None = None, *, named: bool = False) -> list[tuple[Any, ...]]:
    """Return rows of sheets that hold all grams of the terms (in names), one more than are looked into."""
    numbers = {number for term in terms for number in telling(term, named=named)}
    lookup = "grams__hold" if asked else "grams__hold_lately"
    rows = _holding(**(asked or {}), **{lookup: numbers}) if numbers else _public()
    return list(rows[: MOST + 1])


def _filtered(question: Question | None) -> dict[str, Any]:
    """Return what the filters of a question ask of editions."""
    asked = {"edition__year": question.year, "edition__government_code": question.government} if question else {}
    return {name: value for name, value in asked.items() if value}


def places_of(grams: Iterable[str], sheets: Iterable[Sheet]) -> dict[int, Found]:
    """Return where each of some grams stands in the editions of some sheets, by editions; in one statement."""
    buckets: dict[int, list[str]] = {}
    for gram in grams:
        buckets.setdefault(bucket_of(gram), []).append(gram)
    wanted = [bucket * SHELF + sheet.edition for sheet in sheets for bucket in buckets]
    found: dict[int, Found] = {}
    for number, lines in SearchLeaf.objects.filter(pk__in=wanted).order_by().values_list("number", "lines"):
        bucket, edition = divmod(number, SHELF)
        for gram in buckets[bucket]:
            held = look_up(lines, gram)
            if held is not NOWHERE:
                found.setdefault(edition, {})[gram] = held
    return found


def places(bits: int) -> Iterator[int]:
    """Yield the places of the bits that are set, the lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
