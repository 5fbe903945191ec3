"""The grid: every department and unit of a year and what became of its disclosure, in a fixed number of queries."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from budgets.models import Department, FiscalYear, Unit
from disclosure.board.lacking import Lacking
from disclosure.board.records import Audited, Records, records_of
from disclosure.clock import Clock, ClockState
from disclosure.enums import Status
from disclosure.models import Disclosure, Exemption, Transition
from disclosure.roster import departments_due, units_due

SOON = 5
"""Days before the deadline in which a disclosure is counted as due soon."""
UNOPENED, EXEMPT = "unopened", "exempt"
STATES = (*Status.choices, (UNOPENED, "未开放"), (EXEMPT, "不单独公开"))
"""Every state a line may be in: those of a disclosure, and the two that have none."""


class Line(NamedTuple):
    """A department or one of its units in the grid."""

    department: Department
    unit: Unit | None
    disclosure: Disclosure | None
    exemption: Exemption | None
    is_due: bool
    clock: Clock
    audited: Audited
    last: Transition | None
    remarks: int
    urgent: int
    lacking: Lacking | None = None

    @property
    def code(self) -> str:
        """The department's code, and the unit's below it: the order of the register."""
        return f"{self.department.code} {self.unit.code if self.unit else ''}".strip()

    @property
    def name(self) -> str:
        """The name as printed on the board."""
        return self.unit.name if self.unit else self.department.name

    @property
    def state(self) -> str:
        """The key of its state (see :data:`STATES`)."""
        if not self.is_due and not self.is_published:
            return EXEMPT
        return str(self.disclosure.status) if self.disclosure else UNOPENED

    @property
    def state_name(self) -> str:
        """The words of its state; a published one that is being corrected says so."""
        if self.state == EXEMPT and self.exemption:
            return str(self.exemption.get_kind_display())
        if self.state in {EXEMPT, UNOPENED} or self.disclosure is None:
            return dict(STATES)[self.state]
        corrected = self.is_published and self.disclosure.status != Status.PUBLISHED
        return f"{self.disclosure.get_status_display()}{'（更正）' if corrected else ''}"

    @property
    def own(self) -> Disclosure | None:
        """Its disclosure where it is due, or public all the same: what may be acted on."""
        return self.disclosure if self.is_due or self.is_published else None

    @property
    def is_published(self) -> bool:
        """Whether an edition stands before the public."""
        return self.clock.published_on is not None

    @property
    def approved_on(self) -> date | None:
        """The day of 批复."""
        return self.clock.approved_on

    @property
    def days_left(self) -> int | None:
        """Days left of the twenty; None before 批复, once published, and where nothing is due."""
        return self.clock.days_left if self.is_due and not self.is_published else None

    @property
    def is_overdue(self) -> bool:
        """Whether the deadline is gone and nothing is public."""
        return self.is_due and self.clock.state is ClockState.OVERDUE

    @property
    def days_late(self) -> int:
        """How many days too late it is, or was published; 0 in time."""
        return max(0, -(self.clock.days_left or 0))

    @property
    def is_soon(self) -> bool:
        """Whether the deadline is near."""
        return self.days_left is not None and 0 <= self.days_left <= SOON

    @property
    def errors(self) -> int:
        """Errors nobody waived."""
        return self.audited.errors

    @property
    def unexplained(self) -> int:
        """Warnings without a reason."""
        return self.audited.unexplained

    @property
    def last_at(self) -> datetime | None:
        """When somebody last did something with it."""
        return self.last.at if self.last else None


class Totals(NamedTuple):
    """What stands on top of the grid."""

    departments: int
    departments_published: int
    units: int
    units_published: int
    overdue: int
    soon: int
    unopened: int
    urgent: int


class Wanted(NamedTuple):
    """Which lines somebody asked for; blank is all."""

    state: str = ""
    clock: str = ""
    faulty: str = ""
    level: str = ""
    q: str = ""

    def fits(self, line: Line) -> bool:
        """Tell whether a line is wanted."""
        kept = (
            not self.state or line.state == self.state,
            not self.faulty or line.errors > 0,
            self.level in {"", "unit" if line.unit else "department"},
            {"overdue": line.is_overdue, "soon": line.is_soon, "urgent": line.urgent > 0}.get(self.clock, True),
            self._named(line),
        )
        return all(kept)

    def _named(self, line: Line) -> bool:
        own = (line.department.code, line.department.name, line.department.full_name)
        below = (line.unit.code, line.unit.name) if line.unit else ()
        return any(self.q in text for text in (*own, *below))


def grid(year: FiscalYear, today: date) -> list[Line]:
    """Return every line of a year: each department, then its units, in the order of codes."""
    due = {one.pk for one in departments_due(year)}
    units = {one.pk for one in units_due(year)}
    records = records_of(year)
    return [
        _line(department, unit, records, today, (unit.pk in units) if unit else (department.pk in due))
        for department, unit in _register(year, records)
    ]


def _register(year: FiscalYear, records: Records) -> Iterator[tuple[Department, Unit | None]]:
    """Yield whoever is valid in the year, or has a disclosure all the same."""
    opened = {pk for pk, _ in records.disclosures}
    below: dict[int, list[Unit]] = {}
    units = Unit.objects.filter(department__government=year.government_id)
    valid = set(units.valid_in(year.year).values_list("pk", flat=True))
    for unit in units.order_by("code"):
        if unit.pk in valid or (unit.department_id, unit.pk) in records.disclosures:
            below.setdefault(unit.department_id, []).append(unit)
    departments = Department.objects.filter(government=year.government_id)
    for one in (departments.valid_in(year.year) | departments.filter(pk__in=opened)).order_by("code"):
        yield one, None
        for unit in below.get(one.pk, ()):
            yield one, unit


def _line(department: Department, unit: Unit | None, records: Records, today: date, due: bool) -> Line:  # noqa: FBT001 a fact, not a switch
    disclosure = records.disclosures.get((department.pk, unit.pk if unit else None))
    pk: Any = disclosure.pk if disclosure else None
    exempt = records.exemptions
    exemption = exempt.get((department.pk, None)) or exempt.get((department.pk, unit.pk if unit else None))
    approved = disclosure.approved_on if disclosure else None
    return Line(
        department,
        unit,
        disclosure,
        exemption,
        due,
        Clock(approved, today, records.published.get(pk)),
        records.audited.get(pk) or Audited(),
        records.last.get(pk),
        records.remarks.get(pk, 0),
        records.urgent.get(pk, 0),
        records.lacking.get(pk),
    )


def totals(lines: Iterable[Line]) -> Totals:
    """Count; the denominators are the roster's (公开名册)."""
    due = [line for line in lines if line.is_due]
    departments = [line for line in due if line.unit is None]
    units = [line for line in due if line.unit]
    return Totals(
        len(departments),
        sum(line.is_published for line in departments),
        len(units),
        sum(line.is_published for line in units),
        sum(line.is_overdue for line in due),
        sum(line.is_soon for line in due),
        sum(line.disclosure is None for line in due),
        sum(line.urgent for line in due),
    )
