"""Which facts fill which statutory table: while one of them is there, the table cannot be declared empty.

Declared once; the form's check, the database's triggers and their tests all derive from it. A fact of 0 fills nothing.
"""

from collections.abc import Mapping
from enum import Enum, auto
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db.models import Model, Q, QuerySet

from budgets.enums import BASIC, GENERAL_BUDGETS, Kind, Source
from budgets.models import AssetHolding, CarryForward, ExpenditureLine, ProcurementItem, RevenueLine, ThreePublicCost
from disclosure.enums import TableKey
from performance.models import AnnualTask, OverallIndicator, ProjectGoal

ANY: Mapping[str, tuple[str, ...]] = MappingProxyType({})
MONEY = ("amount",)


class Reach(Enum):
    """Whose tables a fact stands in."""

    UP = auto()
    """Its unit's, and the whole department's."""
    SAME = auto()
    """Its unit's alone; where it names none, the whole department's alone."""
    WHOLE = auto()
    """The whole department's alone: it belongs to no unit."""


class Filling(NamedTuple):
    """The rows of one model that fill a table."""

    model: type[Model]
    only: Mapping[str, tuple[str, ...]] = ANY
    """The values a row must have."""
    counted: tuple[str, ...] = MONEY
    """The figures of which one at least is not 0; none: the row itself fills the table."""
    owner: str = "unit"
    """The lookup of the row's unit."""
    reach: Reach = Reach.UP

    def rows(self, budget: int, unit: int | None) -> QuerySet[Any]:
        """Return the rows that fill the table of a department (``unit`` None) or of one unit."""
        rows = self.model._default_manager.filter(
            budget=budget, **{f"{name}__in": of for name, of in self.only.items()}
        )
        if self.counted:
            rows = rows.filter(_one_is_not_zero(self.counted))
        if self.reach is Reach.WHOLE:
            return rows if unit is None else rows.none()
        if self.reach is Reach.UP and unit is None:
            return rows
        return rows.filter(**{self.owner: unit})


def _one_is_not_zero(figures: tuple[str, ...]) -> Q:
    found = Q()
    for figure in figures:
        found |= Q(**{f"{figure}__gt": 0}) | Q(**{f"{figure}__lt": 0})
    return found


def _spent(**only: tuple[str, ...]) -> Filling:
    return Filling(ExpenditureLine, only)


FISCAL = {"source": GENERAL_BUDGETS}
FILLINGS: Mapping[TableKey, tuple[Filling, ...]] = MappingProxyType(
    {
        TableKey.TOTALS: (Filling(RevenueLine), Filling(ExpenditureLine), Filling(CarryForward)),
        TableKey.INCOME: (Filling(RevenueLine),),
        TableKey.SPENDING: (Filling(ExpenditureLine),),
        TableKey.FISCAL_TOTALS: tuple(Filling(model, FISCAL) for model in (RevenueLine, ExpenditureLine, CarryForward)),
        TableKey.GENERAL_EXPENDITURE: (_spent(source=(Source.GENERAL,)),),
        TableKey.BASIC_EXPENDITURE: (_spent(source=(Source.GENERAL,), kind=BASIC),),
        TableKey.FUND_EXPENDITURE: (_spent(source=(Source.FUND,)),),
        TableKey.CAPITAL_EXPENDITURE: (_spent(source=(Source.CAPITAL,)),),
        TableKey.THREE_PUBLIC: (Filling(ThreePublicCost),),
        TableKey.PROJECTS: (_spent(kind=(Kind.PROJECT,)),),
        TableKey.GOALS: (Filling(ProjectGoal, counted=(), owner="project__unit"),),
        TableKey.OVERALL_GOALS: (
            Filling(AnnualTask, counted=(), reach=Reach.WHOLE),
            Filling(OverallIndicator, counted=(), reach=Reach.SAME),
        ),
        TableKey.PROCUREMENT: (Filling(ProcurementItem, counted=("amount", "other_channels")),),
        TableKey.ASSETS: (Filling(AssetHolding, counted=("value", "quantity")),),
    }
)


def has_facts(table: str, budget: int, unit: int | None) -> bool:
    """Tell whether a table of a department (``unit`` None) or of one unit has anything to show."""
    return any(filling.rows(budget, unit).exists() for filling in FILLINGS[TableKey(table)])
