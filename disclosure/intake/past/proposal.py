"""What was read from a past disclosure: plain frozen data, every value with the place it stands at."""

from decimal import Decimal
from typing import NamedTuple

from budgets.money import ZERO, MoneyUnit, shown


class Value(NamedTuple):
    """A text as printed, and where; an empty text with a place is a blank cell, without one nothing was found."""

    text: str = ""
    place: str = ""


class Amount(NamedTuple):
    """An amount in 元, its figure as printed, and where."""

    yuan: Decimal
    text: str
    place: str


class Remark(NamedTuple):
    """What a person must add or confirm, in their words."""

    place: str
    message: str


class Unit(NamedTuple):
    """A row of the table of units; the code is printed elsewhere, if at all."""

    code: Value
    name: Value
    nature: Value
    rank: Value
    funding: Value
    head: bool


class Figure(NamedTuple):
    """A named amount of the prose with its change from last year and the reason; ``key`` is what it means here."""

    key: str
    name: Value
    amount: Amount | None = None
    change: Amount | None = None
    reason: Value = Value()

    @property
    def previous(self) -> Decimal | None:
        """Return last year's amount, where this year's and the change are stated."""
        return self.amount.yuan - self.change.yuan if self.amount and self.change else None


class Split(NamedTuple):
    """A legacy 指标值 taken apart; ``doubts`` say what a person must confirm."""

    operator: str
    value: str
    measure: str
    remainder: str
    doubts: tuple[str, ...]


class Indicator(NamedTuple):
    """A row of an indicator table."""

    level1: Value
    level2: Value
    name: Value
    description: Value
    printed: Value
    basis: Value
    split: Split


class Goal(NamedTuple):
    """A project with its goal table."""

    code: Value = Value()
    name: Value = Value()
    unit: Value = Value()
    title: Value = Value()
    amount: Amount | None = None
    fiscal: Amount | None = None
    other: Amount | None = None
    purpose: Value = Value()
    plan: tuple[Value, ...] = ()
    statements: tuple[Value, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    measured: bool = True
    """Whether the table names its unit of money; 万元 is taken where it does not."""


class Asset(NamedTuple):
    """A row of the table of assets; ``key`` is its category, “total” for the first row."""

    key: str
    quantity: Value
    measure: Value
    value: Amount | None
    place: str


class Assets(NamedTuple):
    """Assets: the total the prose states, the table, and its date."""

    total: Amount | None = None
    rows: tuple[Asset, ...] = ()
    as_of: Value = Value()
    unit: Value = Value()
    measured: bool = True
    """As in a goal table."""


class DutyGoal(NamedTuple):
    """分项绩效目标 of one duty."""

    duty: Value = Value()
    responsibilities: Value = Value()
    objective: Value = Value()
    goal: Value = Value()
    indicators: Value = Value()
    standard: Value = Value()


class Term(NamedTuple):
    """A 名词解释."""

    term: Value
    explanation: Value


class Narrative(NamedTuple):
    """The texts, one value a paragraph."""

    duties: tuple[Value, ...]
    overall_goal: tuple[Value, ...]
    safeguards: tuple[Value, ...]
    asset_note: tuple[Value, ...]
    other_matters: tuple[Value, ...]
    duty_goals: tuple[DutyGoal, ...]
    glossary: tuple[Term, ...]


class Money(NamedTuple):
    """The amounts the prose states, department totals all."""

    revenue: tuple[Figure, ...]
    spending: tuple[Figure, ...]
    projects: tuple[Figure, ...]
    operating: tuple[Figure, ...]
    three_public: tuple[Figure, ...]

    def figure(self, key: str) -> Figure | None:
        """Return the first figure that means ``key``."""
        every = (*self.revenue, *self.spending, *self.operating, *self.three_public)
        return next((figure for figure in every if figure.key == key), None)


class Proposal(NamedTuple):
    """All that was read, what a person must still add, what needs confirming, and what was passed over."""

    year: Value
    department: Value
    units: tuple[Unit, ...]
    money: Money
    assets: Assets
    goals: tuple[Goal, ...]
    narrative: Narrative
    no_procurement: Value = Value()
    """The sentence below an empty table of procurement."""
    missing: tuple[Remark, ...] = ()
    doubtful: tuple[Remark, ...] = ()
    passed_over: tuple[Value, ...] = ()


def total(amounts: list[Amount | None]) -> Decimal:
    """Add up what is there."""
    return sum((amount.yuan for amount in amounts if amount), ZERO)


def in_wan(yuan: Decimal) -> str:
    """Write an amount of 元 in 万元, for remarks."""
    return f"{shown(yuan, MoneyUnit.WAN)}万元"
