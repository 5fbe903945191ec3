"""How much was entered: rows by kind, and of projects and units how many of how many."""

from collections.abc import Iterable
from typing import NamedTuple

from budgets.models import ExpenditureLine, UnitProfile
from disclosure.checklist.parts import Entry
from disclosure.models import Disclosure
from performance.models import GoalStatement, Indicator, ProjectGoal

OF_PROJECTS = {ProjectGoal: "project", GoalStatement: "goal__project", Indicator: "goal__project"}
"""What is counted by project, and how a row leads to its own."""


class Count(NamedTuple):
    """How much there is of one kind of entry; ``of``: how many there should be, where that is known."""

    entry: Entry
    number: int
    of: int | None = None
    measure: str = "行"

    @property
    def title(self) -> str:
        """What the kind is called."""
        return self.entry.kind.title

    @property
    def lacking(self) -> int:
        """How many are missing."""
        return 0 if self.of is None else max(0, self.of - self.number)

    def __str__(self) -> str:
        return f"{self.number}{self.measure}" if self.of is None else f"{self.number}/{self.of}{self.measure}"


def counts_of(disclosure: Disclosure, entries: Iterable[Entry]) -> dict[Entry, Count]:
    """Count each kind of entry, in one query a kind and two more."""
    units, projects = _units(disclosure), _projects(disclosure)
    return {entry: _count(disclosure, entry, units, projects) for entry in dict.fromkeys(entries)}


def _count(disclosure: Disclosure, entry: Entry, units: int, projects: int) -> Count:
    rows = entry.rows(disclosure).order_by()
    if path := OF_PROJECTS.get(entry.model):
        return Count(entry, rows.values(path).distinct().count(), projects, "个项目")
    if entry.model is UnitProfile:
        return Count(entry, rows.count(), units, "个单位")
    return Count(entry, rows.count())


def _units(disclosure: Disclosure) -> int:
    if disclosure.unit_id:
        return 1
    return disclosure.budget.department.units.valid_in(disclosure.budget.fiscal_year.year).count()


def _projects(disclosure: Disclosure) -> int:
    """Count the projects that money is spent on, and those that have goals without any."""
    spent = Entry(ExpenditureLine).rows(disclosure).exclude(project=None).order_by().values_list("project")
    promised = Entry(ProjectGoal).rows(disclosure).order_by().values_list("project")
    return spent.union(promised).count()
