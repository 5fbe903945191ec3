"""The figures of a document by meaning rather than by table: what sentences, lists and data users ask for.

All amounts are exact Decimal 元; ``None`` is missing. The structure is the ``facts`` part of ``document.json``.
"""

from datetime import date
from decimal import Decimal

import msgspec


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
    previous_total: Decimal | None


class BasicFact(msgspec.Struct, frozen=True):
    """基本支出 and its two parts."""

    total: Decimal
    personnel: Decimal
    public: Decimal


class PreviousExpenditure(msgspec.Struct, frozen=True):
    """Last year's spending, as far as it is known."""

    total: Decimal | None
    basic: Decimal | None
    personnel: Decimal | None
    public: Decimal | None
    project: Decimal | None


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
    previous: Decimal | None
    reason: str


class ThreePublicFacts(msgspec.Struct, frozen=True):
    """“三公”经费 and its four items."""

    total: Decimal
    previous_total: Decimal | None
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
    unit_price: Decimal | None
    amount: Decimal


class Procurement(msgspec.Struct, frozen=True):
    """政府采购 and its things."""

    total: Decimal
    items: tuple[ProcurementFact, ...]


class AssetFact(msgspec.Struct, frozen=True):
    """Fixed assets of one category."""

    name: str
    quantity: str | None
    measure: str
    value: Decimal | None


class Assets(msgspec.Struct, frozen=True):
    """Fixed assets and the day of the count."""

    total: Decimal
    as_of: date | None
    items: tuple[AssetFact, ...]


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
