"""What the child finds in a sheet besides its cells."""

from collections import Counter
from typing import Any, NamedTuple

from budgets.readers.hazards import Hazard

MOST_OF_A_SORT = 100
MOST_REPLACED = 50_000


class RefusedError(Exception):
    """The file will not be read; the arguments are the reason's name and what it concerns."""


class Finds:
    """Hazards of a sheet, each with its cell; no more than a hundred of a sort are written down, the rest counted."""

    def __init__(self) -> None:
        self.notes: list[tuple[str, int, int, str]] = []
        self.counts: Counter[Hazard] = Counter()

    def add(self, hazard: Hazard, row: int, column: int, detail: str) -> None:
        """Write one down."""
        self.counts[hazard] += 1
        if self.counts[hazard] <= MOST_OF_A_SORT:
            self.notes.append((hazard.value, row, column, detail[:60]))

    def all(self) -> list[tuple[str, int, int, str]]:
        """Return them, and how many more there were."""
        more = {hazard: count - MOST_OF_A_SORT for hazard, count in self.counts.items() if count > MOST_OF_A_SORT}
        last = {hazard: note for note in self.notes for hazard in more if note[0] == hazard.value}
        return self.notes + [(Hazard.MORE.value, *last[hazard][1:3], str(count)) for hazard, count in more.items()]


class Seen(NamedTuple):
    """What the XML of a sheet tells that its values do not; ``instead`` is what a cell reads as."""

    finds: Finds
    hidden_rows: set[int]
    hidden_columns: list[tuple[int, int]]
    merged: list[tuple[int, int, int, int]]
    instead: dict[int, dict[int, str]]

    @classmethod
    def nothing(cls) -> "Seen":
        """Return a place to write down what is seen."""
        return cls(Finds(), set(), [], [], {})

    def replace(self, hazard: Hazard, row: int, column: int, text: str) -> None:
        """Let a cell read as its error or its formula: nothing may take it for blank or for a figure."""
        self.finds.add(hazard, row, column, text)
        if self.finds.counts[hazard] > MOST_REPLACED:
            raise RefusedError("formulas")
        self.instead.setdefault(row, {})[column] = text


def attribute(attributes: dict[str, Any], name: str, default: str = "") -> str:
    """Return an XML attribute by its local name, whatever the prefix."""
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), default)
