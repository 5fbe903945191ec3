"""Whose figures a table shows: a whole department's, or one unit's."""

from typing import Any, NamedTuple, TypeVar

from django.db.models import QuerySet

from budgets.enums import Source
from budgets.models import (
    AssetHolding,
    Budget,
    ExpenditureLine,
    PreviousFigure,
    ProcurementItem,
    RevenueLine,
    ThreePublicCost,
    Unit,
    UnitProfile,
)
from budgets.querysets import (
    AssetQuerySet,
    ExpenditureQuerySet,
    MoneyLineQuerySet,
    ProcurementQuerySet,
    RevenueQuerySet,
    ThreePublicQuerySet,
    UnitProfileQuerySet,
)
from disclosure.models import Disclosure
from performance.models import ProjectGoal

Facts = TypeVar("Facts", bound=QuerySet[Any])


class IncomeRow(NamedTuple):
    """A printed row of income in 收支总表, and the sources a layout gathers in it."""

    label: str
    sources: tuple[Source, ...]


class Scope:
    """The facts a disclosure covers, each as a queryset from which tables start."""

    def __init__(self, disclosure: Disclosure, income_rows: tuple[IncomeRow, ...]) -> None:
        self.income_rows = income_rows
        self.disclosure = disclosure
        self.budget: Budget = disclosure.budget
        self.unit: Unit | None = disclosure.unit
        self.year: int = disclosure.budget.fiscal_year.year
        self._empty = {row.table: row.reason for row in disclosure.empty_tables.all()}

    def _own(self, facts: Facts, path: str = "unit") -> Facts:
        kept = facts.filter(budget=self.budget)
        return kept.filter(**{path: self.unit}) if self.unit else kept

    @property
    def revenues(self) -> RevenueQuerySet:
        """Income lines."""
        return self._own(RevenueLine.objects.all())

    @property
    def expenditures(self) -> ExpenditureQuerySet:
        """Spending lines."""
        return self._own(ExpenditureLine.objects.all())

    @property
    def carry_forwards(self) -> MoneyLineQuerySet:
        """结转下年."""
        return self._own(self.budget.carryforwards.all())

    @property
    def profiles(self) -> UnitProfileQuerySet:
        """What the covered units are this year."""
        profiles = UnitProfile.objects.filter(year=self.year, unit__department=self.budget.department)
        return profiles.filter(unit=self.unit) if self.unit else profiles

    @property
    def three_public(self) -> ThreePublicQuerySet:
        """“三公” rows."""
        return self._own(ThreePublicCost.objects.all())

    @property
    def procurement(self) -> ProcurementQuerySet:
        """Things to be bought."""
        return self._own(ProcurementItem.objects.all())

    @property
    def assets(self) -> AssetQuerySet:
        """Fixed assets."""
        return self._own(AssetHolding.objects.all())

    @property
    def project_goals(self) -> QuerySet[ProjectGoal]:
        """Goal tables in printed order, with their statements and indicators."""
        goals = self._own(ProjectGoal.objects.all(), "project__unit").select_related("project__unit")
        return goals.prefetch_related("statements", "indicators__classified").order_by("position")

    @property
    def previous(self) -> QuerySet[PreviousFigure]:
        """Last year's figures of this scope."""
        return PreviousFigure.objects.filter(budget=self.budget, unit=self.unit)

    def empty_reason(self, table: str) -> str | None:
        """Return why a table is published empty, None where nobody declared it."""
        return self._empty.get(table)

    @property
    def declared_empty(self) -> frozenset[str]:
        """Name the tables declared empty."""
        return frozenset(self._empty)
