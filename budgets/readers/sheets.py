"""What a file holds: sheets of text cells, and how a cell is named to whoever has to mend it."""

from typing import NamedTuple


class Sheet(NamedTuple):
    """A sheet by its name (none for delimited text), every cell as trimmed text."""

    name: str
    rows: list[list[str]]

    def place(self, index: int) -> str:
        """Name a row as the spreadsheet counts: “工作表“一般公共预算”第3行”."""
        sheet = f"工作表“{self.name}”" if self.name else ""
        return f"{sheet}第{index + 1}行"
