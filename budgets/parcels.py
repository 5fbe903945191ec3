"""Money added up once for all tables: the lines of a budget by everything that a table can ask of them.

The database adds up lines that are alike; tables pick among these parcels and add them further. All in 元, exact.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import NamedTuple, TypeVar

from budgets.enums import BASIC, GENERAL_BUDGETS, Kind, Source
from budgets.money import ZERO

CLASS = 3
"""How many digits of a functional code name its 类."""
Key = TypeVar("Key", str, tuple[str, str])


class Parcel(NamedTuple):
    """What lines that are alike come to, in 元; a code is None where they name none, and blank where none is asked."""

    amount: Decimal
    source: str
    carried_over: bool
    function: str | None
    kind: str = ""
    economic: str | None = ""
    unit: str = ""
    unit_name: str = ""


class Split(NamedTuple):
    """How money is split into columns: all of them, and those that one parcel counts in."""

    parts: tuple[str, ...]
    of: Callable[[Parcel], tuple[str, ...]]


class Parcels:
    """Sentences about parcels: ``parcels.from_source(Source.FUND).sums(BY_KIND)``."""

    def __init__(self, rows: Iterable[Parcel]) -> None:
        self.rows = tuple(rows)

    def from_source(self, *sources: Source) -> "Parcels":
        """Keep what these sources pay."""
        return Parcels(row for row in self.rows if row.source in sources)

    def basic(self) -> "Parcels":
        """Keep 基本支出."""
        return Parcels(row for row in self.rows if row.kind in BASIC)

    def carried_over(self) -> "Parcels":
        """Keep 上年结转."""
        return Parcels(row for row in self.rows if row.carried_over)

    def without_function(self) -> "Parcels":
        """Keep what names no functional code."""
        return Parcels(row for row in self.rows if row.function is None)

    def total(self) -> Decimal:
        """Total everything in 元."""
        return sum((row.amount for row in self.rows), ZERO)

    def sums(self, split: Split) -> dict[str, Decimal]:
        """Total each column of ``split`` in 元; nothing adds up to 0."""
        totals = dict.fromkeys(split.parts, ZERO)
        for row in self.rows:
            for part in split.of(row):
                totals[part] += row.amount
        return totals

    def grouped(self, key: Callable[[Parcel], Key | None]) -> "dict[Key, Parcels]":
        """Put together what has the same key, in the order of keys; what has none is left out."""
        found: dict[Key, list[Parcel]] = {}
        for row in self.rows:
            if (of := key(row)) is not None:
                found.setdefault(of, []).append(row)
        return {of: Parcels(found[of]) for of in sorted(found)}


def function_class(row: Parcel) -> str | None:
    """Return the 类 of a parcel's functional code; None where it names none."""
    return row.function[:CLASS] if row.function and len(row.function) >= CLASS else None


WHOLE = ("total",)
"""Where money counts that no column is for: it is missing nowhere but there."""
FEES = (Source.INSTITUTION, Source.SPECIAL_ACCOUNT)
OF_KIND = {str(kind): ("total", *(("basic",) if kind in BASIC else ()), str(kind)) for kind in Kind}
OF_SOURCE = {str(source): ("total", str(source), *(("with_fees",) if source in FEES else ())) for source in Source}
OF_BUDGET = {str(source): ("total", str(source)) for source in GENERAL_BUDGETS}

BY_KIND = Split(("total", "basic", *map(str, Kind)), lambda row: OF_KIND.get(row.kind, WHOLE))
"""Spending: 基本支出 (and its 人员 and 公用 parts) apart from 项目支出 and the rest."""

FRESH_BY_KIND = Split(BY_KIND.parts, lambda row: () if row.carried_over else OF_KIND.get(row.kind, WHOLE))
"""The same without what 上年结转 pays: a code that has nothing else stands there with zeros."""

BY_SOURCE = Split(
    ("total", "carried", "with_fees", *map(str, Source)),
    lambda row: ("total", "carried") if row.carried_over else OF_SOURCE.get(row.source, WHOLE),
)
"""Income: this year's by source, 上年结转 apart; ``with_fees`` is 事业收入 with the 教育收费 in the 财政专户."""

BY_BUDGET = Split(("total", *map(str, GENERAL_BUDGETS)), lambda row: OF_BUDGET.get(row.source, ()))
"""财政拨款 by the three budgets that make it up."""

FRESH_AND_CARRIED = Split(("fresh", "carried"), lambda row: ("carried",) if row.carried_over else ("fresh",))
