"""Who has published what in a year: the register beside the current editions, gaps included."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple, Self

from budgets.models import Department, FiscalYear
from budgets.money import ZERO
from disclosure.freezing import HEADLINE
from disclosure.models import Edition, EditionLine


class DepartmentSummary(NamedTuple):
    """A department in a year's list; amounts in 元, ``None`` where nothing has been published."""

    code: str
    name: str
    published_at: datetime | None
    total: Decimal | None
    basic: Decimal | None
    project: Decimal | None
    three_public: Decimal | None
    change: Decimal | None


class YearSummary(NamedTuple):
    """A year at a glance."""

    year: int
    expected: int
    published: int
    total: Decimal

    @classmethod
    def of(cls, year: FiscalYear) -> Self:
        """Count who must publish and who has, and add up what has been published (元)."""
        rows = summaries(year)
        done = [row for row in rows if row.published_at]
        return cls(year.year, len(rows), len(done), sum((row.total or ZERO for row in done), ZERO))


def summaries(year: FiscalYear) -> list[DepartmentSummary]:
    """Return every department of the year in the order of codes, in three queries."""
    government = year.government
    editions = Edition.objects.current().filter(
        government_code=government.code, year=year.year, unit_code="", withdrawal__isnull=True
    )
    published = {edition.department_code: edition for edition in editions}
    figures: dict[int, dict[str, Decimal | None]] = {}
    for line in EditionLine.objects.filter(edition__in=published.values(), table=HEADLINE):
        figures.setdefault(line.edition_id, {})[line.column] = line.amount
    departments = Department.objects.filter(government=government).valid_in(year.year).order_by("code")
    return [_summary(department, published.get(department.code), figures) for department in departments]


def _summary(
    department: Department, edition: Edition | None, figures: dict[int, dict[str, Decimal | None]]
) -> DepartmentSummary:
    if edition is None:
        return DepartmentSummary(department.code, department.name, None, None, None, None, None, None)
    said = figures.get(edition.pk, {})
    total, before = said.get("total"), said.get("previous_total")
    change = total - before if total is not None and before is not None else None
    parts = [said.get(key) for key in ("basic", "project", "three_public")]
    return DepartmentSummary(department.code, edition.department_name, edition.published_at, total, *parts, change)
