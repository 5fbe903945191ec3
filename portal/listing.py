"""Who has published what in a year: the register beside the current editions, gaps included."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple, Self

from budgets.enums import Phase
from budgets.models import Department, FiscalYear, Government, Unit
from budgets.money import ZERO
from disclosure.freezing import HEADLINE
from disclosure.models import Edition, EditionLine, Exemption
from disclosure.models.edition import EditionQuerySet
from disclosure.roster import units_due
from portal.publication import is_withdrawn

Figures = dict[str, Decimal | None]
LISTED = ("unit_code", "unit_name", "published_at", "withdrawal__withdrawn_at")
"""What the list of a department's units says of an edition."""


class DepartmentSummary(NamedTuple):
    """A department in a year's list; amounts in 元, ``None`` where nothing is published or it was withdrawn."""

    code: str
    name: str
    published_at: datetime | None = None
    withdrawn_at: datetime | None = None
    total: Decimal | None = None
    basic: Decimal | None = None
    project: Decimal | None = None
    three_public: Decimal | None = None
    change: Decimal | None = None
    exemption: Exemption | None = None


class YearSummary(NamedTuple):
    """A year at a glance."""

    year: int
    expected: int
    published: int
    withdrawn: int
    total: Decimal
    basic: Decimal
    project: Decimal
    three_public: Decimal

    @classmethod
    def of(cls, year: FiscalYear, rows: list[DepartmentSummary]) -> Self:
        """Count who must publish, who has and who withdrew, and add up what stands published (元)."""
        due = [row for row in rows if row.published_at or row.withdrawn_at or not row.exemption]
        done = [row for row in rows if row.published_at]
        gone = sum(row.withdrawn_at is not None for row in rows)
        amounts = ((row.total, row.basic, row.project, row.three_public) for row in done)
        sums = [sum((one or ZERO for one in column), ZERO) for column in zip(*amounts, strict=True)]
        return cls(year.year, len(due), len(done), gone, *(sums or [ZERO] * 4))


class UnitCount(NamedTuple):
    """How many units a year knows, and how many of them have published by themselves."""

    expected: int
    published: int

    @classmethod
    def of(cls, year: FiscalYear) -> Self:
        """Count in two queries who must; a unit that published counts even when the register has lost it."""
        registered = set(units_due(year).values_list("department__code", "code"))
        editions = _current(year.government.code, year.year).exclude(unit_code="").filter(withdrawal__isnull=True)
        published = set(editions.values_list("department_code", "unit_code"))
        return cls(len(registered | published), len(published))


class UnitSummary(NamedTuple):
    """A unit in its department's list."""

    code: str
    name: str
    edition: Edition | None = None
    exemption: Exemption | None = None


def summaries(year: FiscalYear) -> list[DepartmentSummary]:
    """Return every department of the year in the order of codes, in four queries."""
    return summaries_of(year.government, [year])[year.year]


def summaries_of(government: Government, years: list[FiscalYear]) -> dict[int, list[DepartmentSummary]]:
    """Return every department of each year in the order of codes, in four queries however many years there are."""
    editions = Edition.objects.current().filter(government_code=government.code, phase=Phase.INITIAL, unit_code="")
    wanted = editions.filter(year__in=[year.year for year in years]).select_related("withdrawal")
    newest = {(edition.year, edition.department_code): edition for edition in wanted}
    standing = [edition.pk for edition in newest.values() if not is_withdrawn(edition)]
    figures: dict[int, Figures] = {}
    for line in EditionLine.objects.filter(edition__in=standing, table=HEADLINE):
        figures.setdefault(line.edition_id, {})[line.column] = line.amount
    departments = list(Department.objects.filter(government=government).order_by("code"))
    exemptions = Exemption.objects.filter(fiscal_year__in=years, unit=None)
    exempt = {(row.fiscal_year_id, row.department_id): row for row in exemptions}
    return {
        year.year: [
            _summary(one, newest.get((year.year, one.code)), figures)._replace(exemption=exempt.get((year.pk, one.pk)))
            for one in departments
            if (one.valid_from or year.year) <= year.year <= (one.valid_to or year.year)
        ]
        for year in years
    }


def gaps(year: FiscalYear) -> list[DepartmentSummary]:
    """Return the departments of the year whose figures are not public, in the order of codes, in four queries."""
    return [row for row in summaries(year) if not row.published_at]


def unit_summaries(government: str, year: int, department: str) -> list[UnitSummary]:
    """Return a department's units of the year in the order of codes, each with its newest edition, in three queries."""
    editions = _current(government, year).filter(department_code=department).exclude(unit_code="")
    rows = {
        edition.unit_code: UnitSummary(edition.unit_code, edition.unit_name, edition)
        for edition in editions.select_related("withdrawal").only(*LISTED).order_by()
    }
    units = Unit.objects.filter(department__government__code=government, department__code=department).valid_in(year)
    named = units.order_by().values_list("pk", "code", "name")
    silent = {key: (code, name) for key, code, name in named if code not in rows}
    found = Exemption.objects.filter(fiscal_year__year=year, unit__in=silent).order_by() if silent else ()
    exempt = {row.unit_id: row for row in found}
    rows |= {code: UnitSummary(code, name, None, exempt.get(key)) for key, (code, name) in silent.items()}
    return [rows[code] for code in sorted(rows)]


def _current(government: str, *years: int) -> EditionQuerySet:
    """Return the current editions of a government, of these years where some are named."""
    found: EditionQuerySet = Edition.objects.current().filter(government_code=government, phase=Phase.INITIAL)
    return found.filter(year__in=years) if years else found


def _summary(department: Department, edition: Edition | None, figures: dict[int, Figures]) -> DepartmentSummary:
    if edition is None:
        return DepartmentSummary(department.code, department.name)
    if is_withdrawn(edition):
        return DepartmentSummary(department.code, department.name, withdrawn_at=edition.withdrawal.withdrawn_at)
    said = figures.get(edition.pk, {})
    total, before = said.get("total"), said.get("previous_total")
    change = total - before if total is not None and before is not None else None
    parts = [said.get(key) for key in ("basic", "project", "three_public")]
    return DepartmentSummary(
        department.code, edition.department_name, edition.published_at, None, total, *parts, change
    )
