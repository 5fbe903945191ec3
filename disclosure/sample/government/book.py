"""One department's year while it is being written: who, when, by which codes, and the lines so far."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import models

from budgets.enums import FUNCTION_KINDS, FunctionKind, Kind, Source
from budgets.models import Budget, ExpenditureLine, Project, Unit
from budgets.money import ZERO
from disclosure.sample.government.codes import Codes
from disclosure.sample.government.dice import Dice, yuan
from disclosure.sample.government.plan import Plan
from disclosure.sample.government.seats import Place, Seat

BATCH = 500


class Rows:
    """Rows waiting to be stored, one kind after the other, in the order in which each kind first came."""

    def __init__(self) -> None:
        self._waiting: dict[type[models.Model], list[Any]] = {}

    def add(self, *rows: models.Model) -> None:
        """Let rows wait."""
        for row in rows:
            self._waiting.setdefault(type(row), []).append(row)

    def store(self) -> None:
        """Store what waits; rows that others point at must have been added first."""
        for model, rows in self._waiting.items():
            model._default_manager.bulk_create(rows, batch_size=BATCH)
        self._waiting.clear()


class Spending(NamedTuple):
    """What one line says, its amount in 分."""

    kind: Kind
    source: Source
    fen: int
    function: str
    economic: str = ""
    carried: bool = False
    label: str = ""
    project: Project | None = None
    counterpart: Unit | None = None


@dataclass
class Book:
    """A department's year in the making."""

    plan: Plan
    seat: Seat
    budget: Budget
    codes: Codes
    dice: Dice
    rows: Rows
    lines: list[ExpenditureLine] = field(default_factory=list)
    granted: dict[int, Unit] = field(default_factory=dict)
    named: dict[str, int] = field(default_factory=dict)
    turn: int = 0

    @property
    def year(self) -> int:
        """The budget year."""
        return self.codes.year

    @property
    def is_first(self) -> bool:
        """Say whether the year before is not in the portal."""
        return self.year == self.plan.first_year

    def next_function(self) -> str:
        """Return the department's project functions one after the other."""
        self.turn += 1
        return self.seat.character.functions[self.turn % len(self.seat.character.functions)]

    def spend(self, place: Place, said: Spending) -> list[ExpenditureLine]:
        """Write a line of a unit, several where its code has been split."""
        shares = self.codes.shares(said.function, FUNCTION_KINDS.get(said.source, FunctionKind.GENERAL))
        left, made = said.fen, []
        for number, (function, share) in enumerate(shares, start=1):
            part = left if number == len(shares) else said.fen * share // 100
            left -= part
            economic = self.codes.economic(said.economic) if said.economic else None
            line = ExpenditureLine(
                budget=self.budget,
                unit=place.unit,
                kind=said.kind,
                project=said.project,
                function=function,
                economic=economic,
                government_economic=self.codes.government_economic(said.economic, place.post.nature),
                source=said.source,
                carried_over=said.carried,
                label=said.label,
                counterpart=said.counterpart,
                amount=yuan(part),
            )
            made.append(line)
        self.lines += made
        return made

    def grant(self, line: ExpenditureLine, by: Unit) -> None:
        """Note that another unit of the department pays for a line."""
        self.granted[id(line)] = by

    def of(self, place: Place) -> list[ExpenditureLine]:
        """Return a unit's lines."""
        return [line for line in self.lines if line.unit == place.unit]

    def projects(self) -> list[Project]:
        """Return the projects with lines, each once, in the order of writing."""
        return list({line.project.code: line.project for line in self.lines if line.project}.values())


def total(lines: list[ExpenditureLine]) -> Decimal:
    """Add lines in 元."""
    return sum((line.amount for line in lines), ZERO)
