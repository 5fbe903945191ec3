"""What is wrong with a file: where, what stands there, what was expected, and how to mend it."""

from typing import NamedTuple

from openpyxl.utils import get_column_letter


class Problem(NamedTuple):
    """One thing to mend; row and column count from 1 as the spreadsheet does, 0 where it is about more than a cell."""

    sheet: str
    row: int
    column: int
    field: str
    value: str
    message: str
    expected: str = ""
    fix: str = ""

    @property
    def cell(self) -> str:
        """Name the cell: “C5”; the row alone where it is about a whole row."""
        if not self.row:
            return ""
        return f"{get_column_letter(self.column)}{self.row}" if self.column else f"第{self.row}行"

    @property
    def place(self) -> str:
        """Name the place: “支出明细!C5”."""
        return "!".join(filter(None, (self.sheet, self.cell))) or "文件"

    def __str__(self) -> str:
        parts = [f"{self.place}　{self.field}" if self.field else self.place]
        parts += [f"填的是“{self.value}”"] * bool(self.value) + [self.message]
        parts += [f"应为：{self.expected}"] * bool(self.expected) + [f"改法：{self.fix}"] * bool(self.fix)
        return "；".join(part.rstrip("。；") for part in parts) + "。"


def of_file(message: str, fix: str = "") -> Problem:
    """State a problem of the whole file."""
    return Problem("", 0, 0, "", "", message, "", fix)
