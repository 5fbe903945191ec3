"""“三公”经费 of all departments: each item beside last year's figure and the reason for the change."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple, Self

import msgspec
from django.db.models import Count, Sum

from budgets.enums import ThreePublicItem
from budgets.money import ZERO
from disclosure.facts import Figure, ThreePublicFacts, exact
from disclosure.freezing import HEADLINE
from disclosure.models import Edition, EditionContent, EditionLine
from portal.standing import standing

ALL = "“三公”经费合计"


class _Facts(msgspec.Struct, frozen=True):
    three_public: ThreePublicFacts


class _Said(msgspec.Struct, frozen=True):
    """As much of a content as this page reads; the rest is skipped, not built."""

    facts: _Facts


class Cost(NamedTuple):
    """One item of one department (元): this year, last year, the change where it can be told, and its reason."""

    name: str
    amount: Decimal
    previous: Figure
    change: Decimal | None
    reason: str

    @classmethod
    def of(cls, name: str, amount: Decimal, previous: Figure, reason: str = "") -> Self:
        """Compare the two years."""
        change = amount - previous if isinstance(previous, Decimal) else None
        return cls(name, amount, previous, change, reason)


class Owner(NamedTuple):
    """A department's four items and their total, which comes first."""

    edition: Edition
    costs: list[Cost]


class YearTotal(NamedTuple):
    """All departments of a year together (元)."""

    year: int
    departments: int
    total: Decimal


def owners(government: str, years: Iterable[int]) -> Iterator[Owner]:
    """Yield the departments of ``years`` in the order of years (newest first) and codes, in one query."""
    found = EditionContent.objects.filter(edition__in=standing(government).filter(year__in=list(years)).order_by())
    ordered = found.select_related("edition").order_by("-edition__year", "edition__department_code")
    for content in ordered.iterator(chunk_size=20):
        said = msgspec.json.decode(content.text, type=_Said).facts.three_public
        yield Owner(content.edition, _costs(said))


def _costs(said: ThreePublicFacts) -> list[Cost]:
    labels = dict(ThreePublicItem.choices)
    items = [Cost.of(labels.get(one.key, one.name), one.amount, exact(one.previous), one.reason) for one in said.items]
    return [Cost.of(ALL, said.total, exact(said.previous_total)), *items]


def totals(government: str) -> list[YearTotal]:
    """Return every year that somebody has published, newest first, in one query."""
    lines = EditionLine.objects.filter(
        edition__in=standing(government).order_by(), table=HEADLINE, column="three_public"
    )
    sums = {"total": Sum("amount", default=ZERO), "departments": Count("pk")}
    rows = lines.values("edition__year").annotate(**sums).order_by("-edition__year")
    return [YearTotal(row["edition__year"], row["departments"], row["total"]) for row in rows]


class Grid(NamedTuple):
    """Departments beside years: the total of each, ``None`` where it is not public."""

    years: list[int]
    rows: list[tuple[str, str, list[Decimal | None]]]

    @classmethod
    def of(cls, government: str, years: list[int]) -> Self:
        """Read the totals of ``years`` in one query; every department that published in one of them has a row."""
        editions = standing(government).filter(year__in=years).order_by()
        lines = EditionLine.objects.filter(edition__in=editions, table=HEADLINE, column="three_public")
        ordered = lines.select_related("edition").order_by("edition__department_code", "-edition__year")
        rows = []
        for code, group in groupby(ordered, lambda line: line.edition.department_code):
            found = list(group)
            known = {line.edition.year: line.amount for line in found}
            rows.append((code, found[0].edition.department_name, [known.get(year) for year in years]))
        return cls(years, rows)
