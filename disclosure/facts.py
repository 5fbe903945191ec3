"""The figures of a document by meaning rather than by table: what sentences, lists and data users ask for.

All amounts are exact Decimal 元; ``None`` is missing. A figure that may not apply is ``Stated``: its text in 元, or
“n/a”. The structure is the ``facts`` part of ``document.json``.
"""

from datetime import date
from decimal import Decimal

import msgspec

from budgets.money import NOT_APPLICABLE, NotApplicable

Figure = Decimal | NotApplicable | None
Stated = str | None


def stated(figure: Figure) -> Stated:
    """Put a figure into the text of the facts."""
    return NOT_APPLICABLE.value if isinstance(figure, NotApplicable) else None if figure is None else f"{figure:f}"


def exact(text: Stated) -> Figure:
    """Read a figure from the text of the facts."""
    if text == NOT_APPLICABLE.value:
        return NOT_APPLICABLE
    return None if text is None else Decimal(text)


class Named(msgspec.Struct, frozen=True):
    """A code with its name."""

    code: str
    name: str


class UnitFact(msgspec.Struct, frozen=True):
    """A unit and what it is this year."""

    code: str
    name: str
    nature: str
    rank: str
    funding: str


class RevenueItem(msgspec.Struct, frozen=True):
    """Income from one source; ``carried_over`` marks 上年结转."""

    key: str
    name: str
    carried_over: bool
    amount: Decimal


class Revenue(msgspec.Struct, frozen=True):
    """All income and its parts, with last year's total."""

    total: Decimal
    items: tuple[RevenueItem, ...]
    previous_total: Stated


class BasicFact(msgspec.Struct, frozen=True):
    """基本支出 and its two parts."""

    total: Decimal
    personnel: Decimal
    public: Decimal


class PreviousExpenditure(msgspec.Struct, frozen=True):
    """Last year's spending, as far as it is known."""

    total: Stated
    basic: Stated
    personnel: Stated
    public: Stated
    project: Stated


class Expenditure(msgspec.Struct, frozen=True):
    """All spending and its parts."""

    total: Decimal
    basic: BasicFact
    project: Decimal
    other: Decimal
    previous: PreviousExpenditure


class NamedAmount(msgspec.Struct, frozen=True):
    """An amount under its printed name."""

    name: str
    amount: Decimal


class OperatingCosts(msgspec.Struct, frozen=True):
    """机关运行经费: the 公用经费 of 行政 and 参公 units."""

    total: Decimal
    items: tuple[NamedAmount, ...]


class ThreePublicFact(msgspec.Struct, frozen=True):
    """One item of “三公”经费, with last year's figure and the reason for the change."""

    key: str
    name: str
    amount: Decimal
    previous: Stated
    reason: str


class ThreePublicFacts(msgspec.Struct, frozen=True):
    """“三公”经费 and its four items."""

    total: Decimal
    previous_total: Stated
    items: tuple[ThreePublicFact, ...]


class IndicatorFact(msgspec.Struct, frozen=True):
    """What is measured, and the value promised."""

    level1: str
    level2: str
    name: str
    description: str
    operator: str
    value: str
    measure: str
    basis: str


class ProjectFact(msgspec.Struct, frozen=True):
    """A project's money, plan, goals and indicators; ``plan`` is cumulative at the end of 3, 6, 10 and 12月."""

    code: str
    name: str
    unit: str
    amount: Decimal
    fiscal: Decimal
    other: Decimal
    purpose: str
    plan: tuple[str | None, str | None, str | None, str | None]
    goals: tuple[str, ...]
    indicators: tuple[IndicatorFact, ...]


class ProcurementFact(msgspec.Struct, frozen=True):
    """One thing to be bought."""

    project: str | None
    name: str
    catalogue: str
    type: str
    quantity: str | None
    measure: str
    unit_price: Stated
    amount: Decimal
    other_channels: Decimal = Decimal("0.00")


class Procurement(msgspec.Struct, frozen=True):
    """政府采购 and its things."""

    total: Decimal
    items: tuple[ProcurementFact, ...]
    goods: Decimal = Decimal("0.00")
    works: Decimal = Decimal("0.00")
    services: Decimal = Decimal("0.00")
    reserved: Decimal = Decimal("0.00")
    reserved_micro: Decimal = Decimal("0.00")


class AssetFact(msgspec.Struct, frozen=True):
    """Fixed assets of one category."""

    name: str
    quantity: str | None
    measure: str
    value: Stated


class Assets(msgspec.Struct, frozen=True):
    """Fixed assets and the day of the count."""

    total: Decimal
    as_of: date | None
    items: tuple[AssetFact, ...]


class YearFact(msgspec.Struct, frozen=True):
    """All spending of an earlier year, as published or as typed."""

    year: int
    total: Stated


class Facts(msgspec.Struct, frozen=True):
    """Every figure a reader may ask a document for."""

    units: tuple[UnitFact, ...]
    revenue: Revenue
    expenditure: Expenditure
    operating_costs: OperatingCosts
    three_public: ThreePublicFacts
    projects: tuple[ProjectFact, ...]
    procurement: Procurement
    assets: Assets
    years: tuple[YearFact, ...] = ()
    """The three years before this one, as far as they are known, oldest first."""


class Controlled(msgspec.Struct, frozen=True):
    """A 批复控制数 beside what the draft spends of it, both in 元."""

    name: str
    approved: Decimal
    drafted: Decimal
