"""The vocabulary in which statutory tables are written."""

from decimal import Decimal
from typing import Self

from django.db.models import Min, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, Length, NullIf

from budgets.enums import BASIC, FUNCTION_KINDS, OPERATING_NATURES, OWN_SPENDING, Kind, Source
from budgets.money import ZERO
from budgets.parcels import Parcel, Parcels
from budgets.sums import FUNDING_SUMS, added


class YearEffectiveQuerySet(QuerySet):
    """Sentences about codes and organisations that are valid for some years."""

    def validity(self, year: int) -> Q:
        """Say what is valid in ``year``; an open end means no known limit."""
        begun = Q(valid_from__isnull=True) | Q(valid_from__lte=year)
        lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=year)
        return begun & lasting

    def valid_in(self, year: int) -> Self:
        """Keep what is valid in ``year``."""
        return self.filter(self.validity(year))


class UnitProfileQuerySet(QuerySet):
    """Sentences about what a unit is in one year."""

    def counting_operating_costs(self) -> Self:
        """Keep 行政 and 参公 units, the only ones whose 公用经费 is 机关运行经费."""
        return self.filter(nature__in=OPERATING_NATURES)


class MoneyLineQuerySet(QuerySet):
    """Sentences that revenue and expenditure lines share."""

    def outside(self, department: object) -> Self:
        """Keep lines of units that are not the department's."""
        return self.exclude(unit__department=department)

    def from_general_budget(self) -> Self:
        """Keep what 一般公共预算 pays for."""
        return self.filter(source=Source.GENERAL)

    def from_outside(self) -> Self:
        """Leave out what passes between two units of the department: it is nobody's income but theirs."""
        return self.filter(counterpart__isnull=True)

    def total(self) -> Decimal:
        """Total all lines in 元."""
        return self.aggregate(total=Sum("amount", default=ZERO))["total"]

    def above_item(self) -> Self:
        """Keep lines whose function is given, but is not a 项 (预算法实施条例 §6)."""
        return self.exclude(function=None).alias(digits=Length("function__code")).exclude(digits=7)

    def by_transfer(self) -> dict[tuple[int, int], Decimal]:
        """Total in 元 what passes inside the department, by the line's unit and the other one."""
        inside = self.filter(counterpart__isnull=False).values_list("unit", "counterpart")
        return {(unit, other): total for unit, other, total in inside.annotate(total=added()).order_by("unit")}

    def totals_by_source(self) -> dict[Source, Decimal]:
        """Total each source in 元."""
        return {
            Source(source): total
            for source, total in self.values_list("source").annotate(total=added()).order_by("source")
        }


class RevenueQuerySet(MoneyLineQuerySet):
    """Sentences about income: ``lines.parcels()``."""

    def parcels(self) -> Parcels:
        """Add up in 元 what is alike in unit, functional code, source and 上年结转."""
        alike = self.order_by().values_list("source", "carried_over", "function__code", "unit__code", "unit__name")
        return Parcels(
            Parcel(total, source, carried, function, unit=unit, unit_name=name)
            for source, carried, function, unit, name, total in alike.annotate(total=added())
        )


class ExpenditureQuerySet(MoneyLineQuerySet):
    """Sentences about spending: ``lines.from_general_budget().public()``."""

    def parcels(self) -> Parcels:
        """Add up in 元 what is alike in both codes, source, 上年结转 and what it is for."""
        alike = self.order_by().values_list("source", "carried_over", "function__code", "kind", "economic__code")
        return Parcels(Parcel(total, *of) for *of, total in alike.annotate(total=added()))

    def basic(self) -> Self:
        """Keep 基本支出."""
        return self.filter(kind__in=BASIC)

    def public(self) -> Self:
        """Keep 公用经费."""
        return self.filter(kind=Kind.PUBLIC)

    def projects(self) -> Self:
        """Keep 项目支出."""
        return self.filter(kind=Kind.PROJECT)

    def neither_basic_nor_project(self) -> Self:
        """Keep 上缴上级, 经营 and 对附属单位补助."""
        return self.filter(kind__in=OWN_SPENDING)

    def of_operating_units(self, profiles: UnitProfileQuerySet) -> Self:
        """Keep the lines of units whose 公用经费 is 机关运行经费."""
        return self.filter(unit__in=profiles.counting_operating_costs().values("unit"))

    def of_another_budget(self) -> Self:
        """Keep lines whose functional code belongs to another budget than the one that pays."""
        wrong = Q(pk__in=())
        for source, kind in FUNCTION_KINDS.items():
            wrong |= Q(source=source) & ~Q(function__kind=kind)
        return self.filter(wrong)

    def by_label(self) -> Self:
        """Total each 明细 in 元 under its printed name, the 款's own name where there is none, as first entered."""
        named = Coalesce(NullIf("label", Value("")), "economic__name")
        sums = self.values(item=named).annotate(total=Sum("amount"), first=Min("id"), code=Min("economic__code"))
        return sums.order_by("first")

    def by_project(self) -> Self:
        """Total each project in 元, what 财政拨款 pays and what other money."""
        sums = {key: FUNDING_SUMS[key] for key in ("total", "fiscal", "other")}
        return self.projects().values("project").annotate(**sums).order_by("project")

    def funding_totals(self, *parts: str) -> dict[str, Decimal]:
        """Total all lines in 元 by what pays for them, or only some ``parts`` of that."""
        return self.aggregate(**{key: FUNDING_SUMS[key] for key in parts or FUNDING_SUMS})
