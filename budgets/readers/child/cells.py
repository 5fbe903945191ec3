"""A cell's value as the text a person would see in it, and what its column makes suspicious about it."""

import math
import re
from collections import Counter
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from budgets.readers.child.finds import Finds
from budgets.readers.hazards import Hazard

EXACT = Decimal(10) ** 15
"""From here on a spreadsheet no longer keeps every digit."""
SCIENTIFIC = re.compile(r"[+-]?\d(\.\d+)?[Ee]\+?\d{1,3}")
CODE_HEADING = re.compile(r"(编码|代码|编号|区划|账号|统一码)$")
LONGEST_HEADING = 20


def text(value: Any) -> str:
    """Return a cell as trimmed text; a number with the at most 15 digits that are kept, a day as 2021-12-31."""
    if isinstance(value, str):
        return value.replace("\0", "").strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number(value)
    return str(value).removesuffix(" 00:00:00")


def number(value: Any) -> str:
    """Return a number's shortest decimal of at most 15 digits; one too long to be kept exactly stays “1.3E+17”.

    No amount and no code is read from the latter, so that a damaged one is never taken for a sound one.
    """
    if not math.isfinite(value):
        return "#NUM!"
    kept = Decimal(f"{value:.15g}")
    if abs(kept) >= EXACT:
        return f"{kept.normalize():E}"
    return f"{kept + 0:f}" if kept else "0"


class Watch:
    """Looks at the cells of one sheet as they pass, column by column."""

    def __init__(self, finds: Finds) -> None:
        self.finds = finds
        self.numbers: Counter[int] = Counter()
        self.dates: dict[int, list[tuple[int, str]]] = {}
        self.headings: dict[int, str] = {}
        self.number_codes: dict[int, int] = {}

    def look(self, row: int, column: int, value: Any, shown: str) -> None:
        """Take notice of one cell that is not blank."""
        if isinstance(value, str):
            self._words(row, column, shown)
        elif isinstance(value, date | time | timedelta):
            self.dates.setdefault(column, []).append((row, shown))
        elif not isinstance(value, bool):
            self.numbers[column] += 1
            if "E" in shown:
                self.finds.add(Hazard.DAMAGED, row, column, shown)
            elif column in self.headings:
                self.number_codes.setdefault(column, row)

    def _words(self, row: int, column: int, shown: str) -> None:
        if shown[0] in "+-0123456789":
            if SCIENTIFIC.fullmatch(shown):
                self.finds.add(Hazard.DAMAGED, row, column, shown)
        elif len(shown) <= LONGEST_HEADING and CODE_HEADING.search(re.sub(r"[\s*＊]|[（(].*[）)]", "", shown)):
            self.headings[column] = shown

    def close(self) -> None:
        """Say what only the whole column shows."""
        for column, row in self.number_codes.items():
            self.finds.add(Hazard.NUMBER_CODE, row, column, self.headings[column])
        for column, dates in self.dates.items():
            if self.numbers[column] > len(dates):
                for row, shown in dates:
                    self.finds.add(Hazard.DATE, row, column, shown)
