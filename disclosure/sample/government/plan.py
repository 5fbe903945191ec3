"""What a synthetic government shall be like."""

from typing import NamedTuple

CODES_BEGIN = 990000
CODES = 10000
EARLIEST, LATEST = 2000, 2100


class PlanError(Exception):
    """A plan that cannot be carried out; the text says why in Chinese."""


class Plan(NamedTuple):
    """How many departments and years, from which seed; ``units`` and ``lines`` hold for each department and year.

    Without ``units`` each sort of department has its own number; ``lines`` is the least number of spending lines.
    """

    departments: int
    years: int
    seed: int
    units: int | None = None
    lines: int | None = None
    first_year: int = 2022

    @property
    def code(self) -> str:
        """The 区划代码: from 990000 on, which no real government has."""
        return str(CODES_BEGIN + self.seed % CODES)

    @property
    def all_years(self) -> range:
        """The budget years, the earliest first."""
        return range(self.first_year, self.first_year + self.years)

    def check(self) -> None:
        """Raise PlanError where a number makes no sense."""
        least = {"部门数": self.departments, "年度数": self.years}
        least |= {
            name: number for name, number in (("单位数", self.units), ("明细数", self.lines)) if number is not None
        }
        for name, number in least.items():
            if number < 1:
                raise PlanError(f"{name}应至少为1，给出的是{number}。")
        if self.departments > 999:  # noqa: PLR2004 (a department's code is 3 digits of its own)
            raise PlanError("部门数最多为999。")
        if self.units is not None and self.units > 99:  # noqa: PLR2004 (a unit's code ends with 3 digits)
            raise PlanError("单位数最多为99。")
        if self.first_year <= EARLIEST or self.all_years[-1] > LATEST:
            raise PlanError(f"年度应在{EARLIEST + 1}至{LATEST}之间。")
