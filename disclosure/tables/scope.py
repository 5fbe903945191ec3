"""Whose figures a table shows: a whole department's, or one unit's."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from budgets.code_querysets import Known
from budgets.enums import PreviousMeasure, Source, WithheldScheme
from budgets.models import (
    AssetHolding,
    Budget,
    Economic,
    ExpenditureLine,
    Function,
    PreviousFigure,
    ProcurementItem,
    RevenueLine,
    ThreePublicCost,
    Unit,
    UnitProfile,
)
from budgets.parcels import BY_KIND, FRESH_AND_CARRIED, FRESH_BY_KIND, Parcels, Split
from budgets.querysets import ExpenditureQuerySet, MoneyLineQuerySet, RevenueQuerySet, UnitProfileQuerySet
from budgets.schedulesets import AssetQuerySet, PreviousQuerySet, ProcurementQuerySet, ThreePublicQuerySet
from budgets.sums import FRESH
from disclosure.facts import Facts
from disclosure.models import Disclosure
from disclosure.tables.lastyear import facts_in, text_before
from disclosure.tables.plan import RowPlan
from performance.models import ProjectGoal
from performance.stated import Stated, indicators_by_goal, statements_by_goal

UNKNOWN = Known("", in_force=False)
Rows = TypeVar("Rows", bound=QuerySet[Any])


class Scope:
    """The facts a disclosure covers, each as a queryset from which tables start."""

    def __init__(self, disclosure: Disclosure, plan: RowPlan) -> None:
        self.plan = plan
        self.disclosure = disclosure
        self.budget: Budget = disclosure.budget
        self.unit: Unit | None = disclosure.unit
        self.year: int = disclosure.budget.fiscal_year.year
        self._known: dict[type[Model], dict[str, Known]] = {}
        self._empty = {row.table: row.reason for row in disclosure.empty_tables.all()}

    @property
    def body(self) -> str:
        """Say whose document it is: 部门 or 单位."""
        return "单位" if self.unit else "部门"

    def named(self, text: str) -> str:
        """Fill in 部门 or 单位, the year and the year before."""
        known = {"{body}": self.body, "{year}": str(self.year), "{last_year}": str(self.year - 1)}
        for mark, words in known.items():
            text = text.replace(mark, words)
        return text

    def names(self, listed: type[Function | Economic], codes: Collection[str]) -> dict[str, str]:
        """Name these codes of one list, “” what no list holds; takes a query where not all were asked for before."""
        return {code: known.name for code, known in self._asked(listed, codes).items()}

    def names_in_force(self, listed: type[Function | Economic], codes: Collection[str]) -> dict[str, str]:
        """Name those of these codes that the list of the year holds."""
        return {code: known.name for code, known in self._asked(listed, codes).items() if known.in_force}

    def _asked(self, listed: type[Function | Economic], codes: Collection[str]) -> dict[str, Known]:
        known = self._known.setdefault(listed, {})
        if unasked := [code for code in codes if code not in known]:
            found = listed.objects.known_in(self.year, unasked)
            known |= {code: found.get(code, UNKNOWN) for code in unasked}
        return {code: known[code] for code in codes}

    def _own(self, rows: Rows, path: str = "unit") -> Rows:
        kept = rows.filter(budget=self.budget)
        return kept.filter(**{path: self.unit}) if self.unit else kept

    @property
    def revenues(self) -> RevenueQuerySet:
        """Income lines; of a department without what its units pay each other (预算法实施条例 §5)."""
        lines: RevenueQuerySet = self._own(RevenueLine.objects.all())
        return lines if self.unit else lines.from_outside()

    @property
    def expenditures(self) -> ExpenditureQuerySet:
        """Spending lines; of a department without what its units pay each other."""
        lines: ExpenditureQuerySet = self._own(ExpenditureLine.objects.all())
        return lines if self.unit else lines.from_outside()

    @cached_property
    def income(self) -> Parcels:
        """The income lines, added up once for all tables."""
        return self.revenues.parcels()

    @cached_property
    def spending(self) -> Parcels:
        """The spending lines, added up once for all tables."""
        return self.expenditures.parcels()

    @cached_property
    def received(self) -> list[dict[str, Any]]:
        """Total income in 元 by source, this year's apart from 上年结转."""
        sources = self.income.grouped(attrgetter("source"))
        return [{"source": source, **parcels.sums(FRESH_AND_CARRIED)} for source, parcels in sources.items()]

    @cached_property
    def spent(self) -> dict[str, Decimal]:
        """Total spending in 元 by what it is for."""
        return self.spending.sums(BY_KIND)

    @cached_property
    def spent_by_project(self) -> dict[int, dict[str, Decimal]]:
        """Total each project in 元 by what pays for it."""
        return {row["project"]: row for row in self.expenditures.by_project()}

    @property
    def detailed(self) -> Split:
        """What 表五, 表六, 表八 and 表九 count, as the layout has it, by what it is for."""
        return BY_KIND if self.plan.details_carried else FRESH_BY_KIND

    @property
    def carry_forwards(self) -> MoneyLineQuerySet:
        """结转下年."""
        return self._own(self.budget.carryforwards.all())

    @cached_property
    def carried_forward(self) -> dict[Source, Decimal]:
        """Total 结转下年 in 元 by source."""
        return self.carry_forwards.totals_by_source()

    @property
    def profiles(self) -> UnitProfileQuerySet:
        """What the covered units are this year."""
        profiles = UnitProfile.objects.filter(year=self.year, unit__department=self.budget.department)
        return profiles.filter(unit=self.unit) if self.unit else profiles

    @cached_property
    def units(self) -> list[UnitProfile]:
        """The same with their names, in the order of codes."""
        return list(self.profiles.select_related("unit").order_by("unit__code"))

    @property
    def three_public(self) -> ThreePublicQuerySet:
        """“三公” rows."""
        return self._own(ThreePublicCost.objects.all())

    @cached_property
    def three_public_items(self) -> dict[str, dict[str, Any]]:
        """Total “三公”经费 in 元 by item, this year's and what was typed of last year."""
        return {row["item"]: row for row in self.three_public.by_item()}

    @property
    def procurement(self) -> ProcurementQuerySet:
        """Things to be bought."""
        return self._own(ProcurementItem.objects.all())

    @property
    def assets(self) -> AssetQuerySet:
        """Fixed assets."""
        return self._own(AssetHolding.objects.all())

    @cached_property
    def held(self) -> dict[str, dict[str, Any]]:
        """Total quantity and value (元) of fixed assets by category."""
        return self.assets.by_category()

    @cached_property
    def worth(self) -> Decimal:
        """Total value of fixed assets in 元."""
        return self.assets.total_value()

    @cached_property
    def counted_on(self) -> date | None:
        """Say when fixed assets were counted last, None where nobody stated any."""
        latest: AssetHolding | None = self.assets.order_by("-as_of").first()
        return latest.as_of if latest else None

    @property
    def operating_costs(self) -> ExpenditureQuerySet:
        """机关运行经费: the 公用经费 of 行政 and 参公 units, as far as 表六 counts it (X11)."""
        lines = self.expenditures.from_general_budget().public().of_operating_units(self.profiles)
        return lines if self.plan.details_carried else lines.filter(FRESH)

    @cached_property
    def project_goals(self) -> list[ProjectGoal]:
        """Goal tables in printed order; secret projects have none."""
        goals = self._own(ProjectGoal.objects.all(), "project__unit").select_related("project__unit")
        open_to_all = goals.exclude(project__code__in=self.withheld[WithheldScheme.PROJECT])
        return list(open_to_all.order_by("position", "id"))

    @cached_property
    def indicators(self) -> dict[int, list[Stated]]:
        """The indicators of those goal tables, by their primary key."""
        return indicators_by_goal([goal.pk for goal in self.project_goals])

    @cached_property
    def statements(self) -> dict[int, list[tuple[int, str]]]:
        """The numbered goals of those goal tables, by their primary key."""
        return statements_by_goal([goal.pk for goal in self.project_goals])

    @property
    def previous(self) -> PreviousQuerySet:
        """Last year's figures of this scope; of a department without its own, those of its units together."""
        figures: PreviousQuerySet = PreviousFigure.objects.filter(budget=self.budget)
        if self.unit:
            return figures.filter(unit=self.unit)
        return figures.filter(unit__isnull=self._states_previous)

    @cached_property
    def _states_previous(self) -> bool:
        return PreviousFigure.objects.filter(budget=self.budget, unit=None).exists()

    def executed(self, table: str) -> PreviousQuerySet:
        """Last year's 执行数 by functional code, of one table."""
        return self.previous.filter(table=table, measure=PreviousMeasure.EXECUTION)

    @cached_property
    def published_before(self) -> Facts | None:
        """Last year's facts as published here, None where last year's edition is not in the portal."""
        return facts_in(self.text_before) if self.text_before else None

    @cached_property
    def text_before(self) -> str | None:
        """Last year's edition as its canonical text, None where it is not in the portal."""
        return text_before(self.disclosure)

    @cached_property
    def withheld(self) -> dict[str, frozenset[str]]:
        """Codes that may not be printed by themselves, by scheme (财预〔2016〕143号: publish the level above)."""
        rows = list(self.budget.withholdings.values_list("scheme", "code"))
        return {scheme: frozenset(code for of, code in rows if of == scheme) for scheme in WithheldScheme}

    def empty_reason(self, table: str) -> str | None:
        """Return why a table is published empty, None where nobody declared it."""
        return self._empty.get(table)

    @property
    def declared_empty(self) -> frozenset[str]:
        """Name the tables declared empty."""
        return frozenset(self._empty)
