"""The lists behind the drop-downs, each a column of a sheet of its own."""

from typing import Any

from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from disclosure.intake.cells import write
from disclosure.intake.columns import Column
from disclosure.intake.recognition import CODES
from disclosure.intake.sheets import SheetKind
from disclosure.intake.wordlists import WordLists
from disclosure.models import Disclosure


class Vocabulary:
    """The columns of 代码表, written when a sheet first asks for them."""

    def __init__(self, disclosure: Disclosure, sheet: Worksheet) -> None:
        self.disclosure, self.sheet = disclosure, sheet
        self.ranges: dict[str, str] = {}
        self._lists = WordLists(disclosure)

    def offer(self, kind: SheetKind, column: Column) -> str:
        """Return the range of a column's drop-down, blank where it has none."""
        title, words = self._lists.title(kind, column), self._lists.words(kind, column)
        if title and title not in self.ranges and words:
            self.ranges[title] = self._write(title, words)
        return self.ranges.get(title, "")

    def named(self, kind: SheetKind, column: Column, code: Any) -> Any:
        """Return “编码 名称” where the code is on a list."""
        name = self._lists.codes(kind, column).get(code) if isinstance(code, str) else None
        return f"{code} {name}" if name else code

    def finish(self) -> None:
        """Lock the sheet."""
        self.sheet.protection.sheet = True
        self.sheet.freeze_panes = "A2"

    def _write(self, title: str, words: list[str]) -> str:
        at = len(self.ranges) + 1
        write(self.sheet.cell(1, at), title[:60]).font = Font(bold=True)
        for row, word in enumerate(words, start=2):
            write(self.sheet.cell(row, at), word)
        letter = get_column_letter(at)
        self.sheet.column_dimensions[letter].width = 30
        return f"'{CODES}'!${letter}$2:${letter}${len(words) + 1}"
