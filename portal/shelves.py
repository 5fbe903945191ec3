"""Reads the index: the editions that can be found, and where in each of them grams stand."""

from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any, NamedTuple, Self

from django.db.models import Q

from disclosure.enums import SearchKind
from disclosure.models import Edition, SearchLeaf
from disclosure.models.search import SHELF
from disclosure.searching.leaves import NOWHERE, Places, look_up
from disclosure.searching.words import bucket_of

COLUMNS = (
    *("pk", "year", "search_sheet__stride"),
    *("government_code", "department_code", "unit_code", "department_name", "unit_name"),
    "search_sheet__kinds",
)
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
        names = "\n".join((name, unit_name, f"{year}年"))
        return cls(edition, year, stride, government, department, unit, names, dict(zip(KINDS, masks, strict=True)))

    @property
    def order(self) -> tuple[Any, ...]:
        """Return where the sheet comes: the newest year first, then as lists go."""
        return -self.year, self.government, self.department, self.unit, self.edition


class Shelf(NamedTuple):
    """All sheets in their order, and how many current editions have none because the index is still being made."""

    sheets: list[Sheet]
    lacking: int

    @classmethod
    def read(cls) -> Self:
        """Read the editions that are current and not withdrawn, and no others, whatever the index has."""
        public = Edition.objects.current().filter(withdrawal=None).order_by()
        rows = list(public.values_list(*COLUMNS))
        sheets = [Sheet.of(*row) for row in rows if row[-1] is not None]
        return cls(sorted(sheets, key=lambda sheet: sheet.order), len(rows) - len(sheets))


def places_of(grams: Iterable[str]) -> dict[int, Found]:
    """Return where each of some grams stands, by editions, withdrawn ones included; in one statement."""
    buckets: dict[int, list[str]] = {}
    for gram in grams:
        buckets.setdefault(bucket_of(gram), []).append(gram)
    wanted = Q()
    for bucket in buckets:
        wanted |= Q(number__gte=bucket * SHELF, number__lt=(bucket + 1) * SHELF)
    found: dict[int, Found] = {}
    for number, lines in SearchLeaf.objects.filter(wanted).order_by().values_list("number", "lines"):
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
