"""A grid of goals narrowed to one project: its rows alone, and what a new row says at first."""

from collections.abc import Iterable
from typing import NamedTuple

from disclosure.entry.grids import slots_of
from disclosure.entry.rows import Cells, Row
from disclosure.intake.sheets import OF_GOAL, SheetKind
from disclosure.models import Disclosure

COLUMN = "goal"


class Narrowed(NamedTuple):
    """Which project's rows are shown; no code: those of all."""

    header: str
    code: str

    def rows(self, rows: Iterable[Row]) -> list[Row]:
        """Keep its rows, and whatever somebody has typed or is told about."""
        if not self.code:
            return list(rows)
        return [row for row in rows if row.new or row.touched or row.wrong or row.cells.get(self.header) == self.code]

    def defaults(self, cells: Cells) -> Cells:
        """Name the project in a new row."""
        return {**cells, self.header: self.code} if self.code else cells


def projects_of(disclosure: Disclosure, kind: SheetKind) -> dict[str, str]:
    """Return the projects by which a grid can be narrowed, by code; none for a grid that is not of projects' goals."""
    if kind.owner != OF_GOAL["owner"]:
        return {}
    goals = disclosure.budget.project_goals.order_by("position", "pk")
    if disclosure.unit_id:
        goals = goals.filter(project__unit=disclosure.unit_id)
    return dict(goals.values_list("project__code", "project__name"))


def narrowed(kind: SheetKind, projects: dict[str, str], code: str) -> Narrowed:
    """Narrow a grid to the project asked for; to none where there is no such project."""
    headers = {slot.name: slot.header for slot in slots_of(kind)}
    return Narrowed(headers.get(COLUMN, ""), code if code in projects else "")
