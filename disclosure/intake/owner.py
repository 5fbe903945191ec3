"""Whose workbook it is: written at the head of every sheet, and checked before anything is read."""

import re
from collections.abc import Iterator
from typing import NamedTuple, Self

from budgets.readers.sheets import Sheet
from disclosure.intake.problems import Problem
from disclosure.models import Disclosure

COVER = "填报说明"
WHOLE = "部门汇总"
"""Stands for the unit in a department's own workbook."""


class Owner(NamedTuple):
    """A publisher and a year, as codes."""

    government: str
    department: str
    unit: str
    year: str

    @classmethod
    def of(cls, disclosure: Disclosure) -> Self:
        """Return the owner of a disclosure's workbook."""
        budget = disclosure.budget
        unit = disclosure.unit.code if disclosure.unit else ""
        return cls(budget.fiscal_year.government.code, budget.department.code, unit, str(budget.fiscal_year.year))

    @property
    def labelled(self) -> dict[str, str]:
        """Say it under the headers of the columns; the unit blank for a whole department."""
        return dict(zip(LABELS, (self.government, self.department, self.unit, self.year), strict=True))

    @property
    def banner(self) -> str:
        """Say it in one line."""
        return "　".join(f"{label}：{value or WHOLE}" for label, value in self.labelled.items())


LABELS = ("区划代码", "部门编码", "单位编码", "年度")
BANNER = re.compile(rf"({'|'.join(LABELS)})[：:]\s*([0-9]+|{WHOLE})")


class Statement(NamedTuple):
    """Where a file says whose it is."""

    sheet: str
    row: int
    column: int
    label: str
    value: str


def statements_of(sheet: Sheet, head: int) -> Iterator[Statement]:
    """Yield what the first ``head`` rows say: “部门编码：203” in one cell, or a label and its value side by side."""
    for index, row in enumerate(sheet.rows[:head]):
        for at, cell in enumerate(row):
            for label, value in BANNER.findall(cell):
                yield Statement(sheet.name, index + 1, at + 1, label, value)
        if sheet.name == COVER and len(row) > 1 and row[0] in LABELS:
            yield Statement(sheet.name, index + 1, 2, row[0], row[1] or WHOLE)


def way_to_whole(disclosure: Disclosure) -> str:
    """Say where a file that holds a whole department is imported, and by whom."""
    whole = Disclosure(budget=disclosure.budget)
    return f"请由部门经办人到“{whole}”的页面导入"


def contradictions(owner: Owner, stated: list[Statement]) -> list[Problem]:
    """Return a problem for each statement that names somebody else, one where the file does not say whose it is."""
    expected = {label: value or WHOLE for label, value in owner.labelled.items()}
    wrong = [
        Problem(
            one.sheet,
            one.row,
            one.column,
            one.label,
            one.value,
            "这个文件属于别的部门、单位或年度，没有导入任何内容",
            expected[one.label],
            "请换成本部门本年度的文件，或到那个部门、年度的页面导入。",
        )
        for one in stated
        if one.value != expected[one.label]
    ]
    if not wrong and not {"部门编码", "年度"} <= {one.label for one in stated}:
        message = "文件没有写明属于哪个部门、哪个年度"
        fix = f"请在“{COVER}”或各工作表第一行保留“{owner.banner}”，或加“部门编码”“年度”两列。"
        wrong = [Problem("", 0, 0, "", "", message, "", fix)]
    return wrong
