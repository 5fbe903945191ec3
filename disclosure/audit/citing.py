"""Figures with the place where they stand, and what a rule says of them: equal, at least, or cannot be judged."""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

import msgspec

from budgets.money import ZERO, MoneyUnit, shown
from disclosure.facts import Figure
from disclosure.tables.lastyear import together

YUAN = "元"
SHOWN_EXACTLY = Decimal(100)
"""An amount of whole hundreds of 元 is printed exactly in 万元 with two places."""


class Place(msgspec.Struct, frozen=True):
    """Where a figure stands: the table's (or section's) key, row and column; ``words`` say it to the clerk.

    ``row`` counts the table's rows from 0; it is None for a sum of cells and for figures outside tables. What stands in
    a text says the ``section`` (counted from 0 in the document) and its ``block``; both are -1 elsewhere.
    """

    table: str
    column: str
    row: int | None
    words: str
    section: int = -1
    block: int = -1


class Cited(msgspec.Struct, frozen=True):
    """A figure and where it stands; ``addends`` are the printed figures it was added up from."""

    value: Figure
    place: Place
    addends: int = 1
    measure: str = YUAN

    @property
    def spoken(self) -> str:
        """Say place and figure."""
        return f"{self.place.words}{said(self.value, self.measure)}"


class Relation(StrEnum):
    """How the left figure should stand to the right one."""

    EQUAL = "应等于"
    AT_LEAST = "不应小于"


class Compared(NamedTuple):
    """What a rule compares; ``slack`` is what the figures' own rounding explains (T13.3), beside any tolerance."""

    left: Cited
    right: Cited
    relation: Relation = Relation.EQUAL
    slack: Decimal = ZERO

    @property
    def unjudged(self) -> str | None:
        """Say which figure is missing or does not apply, None where both are numbers."""
        for cited in (self.left, self.right):
            if not isinstance(cited.value, Decimal):
                return f"{cited.place.words}{'缺数' if cited.value is None else '不适用'}"
        return None

    @property
    def excess(self) -> Decimal:
        """Return by how much the relation is broken, 0 or less where it holds; only where it can be judged."""
        left, right = (cited.value for cited in (self.left, self.right))
        if not isinstance(left, Decimal) or not isinstance(right, Decimal):
            return ZERO
        return abs(left - right) if self.relation is Relation.EQUAL else right - left


class Problem(NamedTuple):
    """What a rule finds that is no comparison of two figures; ``cited`` are the figures it speaks of."""

    message: str
    cited: tuple[Cited, ...] = ()


class Skipped(NamedTuple):
    """Why a rule, or one of its comparisons, cannot be judged."""

    reason: str


class Agreed(NamedTuple):
    """What a rule judged, without comparing two figures, and found right."""


Outcome = Compared | Problem | Skipped | Agreed


def said(value: Figure, measure: str = YUAN) -> str:
    """Say a figure exactly: amounts in 万元 where two places suffice, else in 元."""
    if not isinstance(value, Decimal):
        return "（缺数）" if value is None else "（不适用）"
    if measure != YUAN:
        return f"{value}{measure}"
    if value % SHOWN_EXACTLY:
        return f"{shown(value, MoneyUnit.YUAN)}元"
    return f"{shown(value, MoneyUnit.WAN)}万元"


def added(parts: Iterable[Cited], words: str) -> Cited:
    """Add figures up under ``words``: one missing makes the sum missing; what does not apply adds nothing."""
    listed = list(parts)
    value = together([cited.value for cited in listed]) if listed else ZERO
    first = listed[0].place if listed else Place("", "", None, "")
    return Cited(value, Place(first.table, first.column, None, words), sum(cited.addends for cited in listed) or 1)


def stated(value: Figure, words: str, table: str = "facts", column: str = "", measure: str = YUAN) -> Cited:
    """Cite a figure that stands in no cell."""
    return Cited(value, Place(table, column, None, words), measure=measure)
