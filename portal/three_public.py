"""“三公”经费 of all departments: each item beside last year's figure and the reason for the change."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple, Self

import msgspec
from django.db.models import Count, Sum

from budgets.enums import ThreePublicItem
from budgets.money import ZERO
from disclosure.facts import Figure, ThreePublicFacts, exact
from disclosure.freezing import HEADLINE
from disclosure.models import Edition, EditionContent, EditionLine
from portal.absences import Absences
from portal.lineage import Break, Lineage, Lineages
from portal.standing import standing

ALL = "“三公”经费合计"
SCOPE = "财政拨款安排的“三公”经费，年初预算，部门本级及所属单位合计，只计已经公开的部门。"


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


class Columns(NamedTuple):
    """Which columns have anything to say in a list of departments; the others are not shown."""

    previous: bool
    change: bool
    reason: bool

    @classmethod
    def of(cls, owners: list[Owner]) -> Self:
        """Look at every item of every department."""
        costs = [cost for owner in owners for cost in owner.costs]
        return cls(
            any(cost.previous is not None for cost in costs),
            any(cost.change is not None for cost in costs),
            any(cost.reason for cost in costs),
        )

    @property
    def width(self) -> int:
        """Count the columns that are shown."""
        return 2 + sum(self)


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


class Cell(NamedTuple):
    """A department's total in one year (元), or why there is none."""

    year: int
    amount: Decimal | None
    note: str = ""


class Row(NamedTuple):
    """A department's totals, its figures under an older name included, and what broke between the years."""

    code: str
    name: str
    cells: list[Cell]
    breaks: list[Break]


class Grid(NamedTuple):
    """Departments beside years: the total of each, or the reason why it is not public."""

    years: list[int]
    rows: list[Row]

    @classmethod
    def of(cls, government: str, years: list[int]) -> Self:
        """Read the totals of ``years`` in six queries; every department that published in one of them has a row."""
        editions = standing(government).filter(year__in=years).order_by()
        lines = EditionLine.objects.filter(edition__in=editions, table=HEADLINE, column="three_public")
        lineages, absences = Lineages.of(government), Absences.of(government)
        known = {(line.edition.department_code, line.edition.year): line for line in lines.select_related("edition")}
        newest = {lineages.newest(code) for code, _ in known}
        return cls(years, [_row(lineages.trace(code), years, known, absences) for code in sorted(newest)])


def _row(lineage: Lineage, years: list[int], known: dict[tuple[str, int], EditionLine], absences: Absences) -> Row:
    """Put one department's years together, those under its older names included."""
    cells, names = [], []
    for year in years:
        code = lineage.code_in(year)
        line = known.get((code, year))
        names += [line.edition.department_name] if line else []
        amount = line.amount if line else None
        cells.append(Cell(year, amount, "" if line else absences.reason(code, year)))
    breaks = [one for one in lineage.breaks if min(years) < one.year <= max(years)]
    return Row(lineage.codes[0], names[0] if names else "", cells, breaks)
