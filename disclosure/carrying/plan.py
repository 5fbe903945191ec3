"""What would be carried over: the rows to be, each beside last year's, and what is left out with the reason."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import CharField, Model, TextField

from budgets.models import Budget, Unit
from disclosure.carrying.sources import former_units
from disclosure.carrying.words import advanced, blanked
from disclosure.models import Disclosure, EmptyTable, GlossaryTerm, Narrative
from performance.models import DutyGoal, OverallGoal

LIVE = (DutyGoal, EmptyTable, GlossaryTerm, Narrative, OverallGoal)
"""Whose texts know tokens."""


class Pair(NamedTuple):
    """A row to be and the one it is made after; ``unit`` and ``alone`` say in which documents it is printed."""

    now: Any
    before: Any
    unit: Unit | None = None
    alone: bool = False


class Part(NamedTuple):
    """One sort of content: what is carried by name, and what is not, with the reason."""

    title: str
    pairs: tuple[Pair, ...]
    names: tuple[str, ...]
    skipped: tuple[str, ...]

    @property
    def skipped_once(self) -> tuple[str, ...]:
        """Each reason once."""
        return tuple(dict.fromkeys(self.skipped))


class Carried(NamedTuple):
    """What is carried from which document into which."""

    source: Disclosure
    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        """How many rows are carried."""
        return sum(len(part.pairs) for part in self.parts)


class Way:
    """From which document to which, and how units are called on either side."""

    def __init__(self, to: Disclosure, source: Disclosure) -> None:
        self.to, self.source = to, source
        self.budget: Budget = to.budget
        self.year: int = to.budget.fiscal_year.year

    @cached_property
    def units(self) -> dict[int, Unit]:
        """This year's units by the key of last year's."""
        return former_units(self.to)

    @property
    def last_year(self) -> dict[str, Any]:
        """The lookups of a row of last year's budgets, whichever department had it."""
        year = self.source.budget.fiscal_year_id
        return {"budget__fiscal_year": year, "budget__phase": self.source.budget.phase}

    def copied(self, row: Any, **values: Any) -> Any:
        """Make a row after last year's: its texts without typed amounts, ``values`` in place of what differs."""
        made = type(row)()
        for field in row._meta.concrete_fields:
            if not field.primary_key and field.name not in values:
                value = getattr(row, field.attname)
                if isinstance(field, CharField | TextField) and not field.choices and value:
                    value = self._text(row, value)[: field.max_length]
                setattr(made, field.attname, value)
        for name, value in values.items():
            setattr(made, name, value)
        return made

    def _text(self, row: Model, text: str) -> str:
        return advanced(text, self.year - 1) if isinstance(row, LIVE) else blanked(text)


Taker = Callable[[Way], Iterator[Pair | str]]
"""Yields what is carried of one sort, and sentences on what is not."""


def part(title: str, way: Way, take: Taker, named: Callable[[Any], str]) -> Part:
    """Collect what a taker yields; ``named`` says what a row is called, nothing for one that goes with another."""
    found = list(take(way))
    pairs = tuple(one for one in found if isinstance(one, Pair))
    names = tuple(name for pair in pairs if (name := named(pair.now)))
    return Part(title, pairs, names, tuple(one for one in found if isinstance(one, str)))
