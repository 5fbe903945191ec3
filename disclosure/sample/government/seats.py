"""Who is there in a year of a synthetic government, with what each remembers of the year before."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from budgets.models import Department, Project, Unit
from budgets.money import ZERO
from disclosure.sample.government.characters import Character, Post


class Spent(NamedTuple):
    """One line of last year's spending; an ``internal`` one went to another unit of the department."""

    kind: str
    source: str
    function: str
    internal: bool
    amount: Decimal


@dataclass
class Past:
    """Last year's figures in 元: spending, income with and without that from within, “三公” by item and source."""

    lines: list[Spent] = field(default_factory=list)
    received: Decimal = ZERO
    outside: Decimal = ZERO
    costs: dict[tuple[str, str], Decimal] = field(default_factory=dict)


def together(pasts: list[Past]) -> Past:
    """Add what several remember."""
    costs: dict[tuple[str, str], Decimal] = {}
    for past in pasts:
        for key, amount in past.costs.items():
            costs[key] = costs.get(key, ZERO) + amount
    return Past(
        [line for past in pasts for line in past.lines],
        sum((past.received for past in pasts), ZERO),
        sum((past.outside for past in pasts), ZERO),
        costs,
    )


@dataclass
class Place:
    """A unit with what it keeps from year to year: people, vehicles, habits and running projects."""

    slot: int
    unit: Unit
    post: Post
    staff: int
    vehicles: int
    receives: bool
    travels: bool
    projects: list[Project] = field(default_factory=list)
    past: Past | None = None


@dataclass
class Seat:
    """A department with its units; ``slot`` decides its character, and what happens to it."""

    slot: int
    character: Character
    department: Department
    places: list[Place]
    past: Past | None = None

    @property
    def head(self) -> Place:
        """本级."""
        return self.places[0]

    @property
    def rich(self) -> Place | None:
        """The unit with income of every sort, where there is one."""
        return next((place for place in self.places if place.post.rich), None)

    @property
    def pair(self) -> tuple[Place, Place] | None:
        """本级 and the rich unit below it, between which money passes."""
        below = next((place for place in self.places[1:] if place.post.rich), None)
        return (self.head, below) if below else None
