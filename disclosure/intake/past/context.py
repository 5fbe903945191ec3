"""What every row of a proposal's sheets repeats: year, department, and the codes of its units."""

from collections.abc import Mapping
from typing import NamedTuple

from disclosure.intake.past.proposal import Goal, Proposal, Unit

PLACE = "place"
"""The cell of a row that says where in the document it stands; no column of a file."""

Cells = dict[str, object]
"""A row by the fields of its resource."""


class Context(NamedTuple):
    """Year and department; ``codes`` are the register's unit codes by full name, ``unit`` the publishing unit's own."""

    proposal: Proposal
    year: str
    department: str
    codes: Mapping[str, str]
    unit: str = ""

    def code(self, unit: Unit | None) -> str:
        """Return a unit's code as printed, else as the register has it, else nothing."""
        return (unit.code.text or self.codes.get(unit.name.text, "")) if unit else ""

    def head(self) -> str:
        """Return the code of 本级: the publishing unit, the unit printed so, else the first."""
        units = self.proposal.units
        return self.unit or self.code(next((unit for unit in units if unit.head), units[0] if units else None))

    def unit_of(self, goal: Goal) -> str:
        """Return the code printed in a goal table, else that of 本级."""
        digits = goal.unit.text[: len(goal.unit.text) - len(goal.unit.text.lstrip("0123456789"))]
        return digits or self.codes.get(goal.unit.text, "") or self.head()

    def budget(self) -> Cells:
        """Return the cells of every row that belongs to the budget."""
        return {"year": self.year, "budget": self.department}

    def disclosure(self) -> Cells:
        """Return the cells of every row that belongs to the disclosure."""
        return {"year": self.year, "disclosure": self.department, "unit": self.unit}
