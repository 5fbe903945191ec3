"""The vocabulary in which statutory tables are written."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Self

from django.db.models import Case, Count, F, IntegerField, Min, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, Length, NullIf, Substr
from django.db.models.lookups import GreaterThan

from budgets.enums import BASIC, FUNCTION_KINDS, GENERAL_BUDGETS, OPERATING_NATURES, Kind, Source
from budgets.money import ZERO

FISCAL = Q(source__in=GENERAL_BUDGETS)

KIND_SUMS = {
    "total": Sum("amount", default=ZERO),
    "basic": Sum("amount", filter=Q(kind__in=BASIC), default=ZERO),
    "personnel": Sum("amount", filter=Q(kind=Kind.PERSONNEL), default=ZERO),
    "public": Sum("amount", filter=Q(kind=Kind.PUBLIC), default=ZERO),
    "project": Sum("amount", filter=Q(kind=Kind.PROJECT), default=ZERO),
    "handed_up": Sum("amount", filter=Q(kind=Kind.HANDED_UP), default=ZERO),
    "business": Sum("amount", filter=Q(kind=Kind.BUSINESS), default=ZERO),
    "subsidy": Sum("amount", filter=Q(kind=Kind.SUBSIDY), default=ZERO),
}


def whole(field: str) -> Case:
    """Sum a field of which no row lacks it; a sum that lacks a part is missing, not smaller."""
    lacking = Count("pk", filter=Q(**{f"{field}__isnull": True}))
    return Case(When(GreaterThan(lacking, 0), then=None), default=Sum(field))


SOURCE_SUMS = {
    "total": Sum("amount", default=ZERO),
    "carried": Sum("amount", filter=Q(carried_over=True), default=ZERO),
    **{str(source): Sum("amount", filter=Q(source=source, carried_over=False), default=ZERO) for source in Source},
}

FISCAL_SUMS = {
    "total": Sum("amount", filter=FISCAL, default=ZERO),
    "general": Sum("amount", filter=Q(source=Source.GENERAL), default=ZERO),
    "fund": Sum("amount", filter=Q(source=Source.FUND), default=ZERO),
    "capital": Sum("amount", filter=Q(source=Source.CAPITAL), default=ZERO),
}


class YearEffectiveQuerySet(QuerySet):
    """Sentences about codes and organisations that are valid for some years."""

    def valid_in(self, year: int) -> Self:
        """Keep what is valid in ``year``; an open end means no known limit."""
        begun = Q(valid_from__isnull=True) | Q(valid_from__lte=year)
        lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=year)
        return self.filter(begun & lasting)


class CodeQuerySet(YearEffectiveQuerySet):
    """Sentences about the codes of a classification."""

    def worst_first(self, year: int) -> Self:
        """Order so that the list that fits ``year`` comes last: the newest not after it, else the next one."""
        before, after = Value(year) - F("vintage"), F("vintage") + Value(1000)
        distance = Case(When(vintage__lte=year, then=before), default=after, output_field=IntegerField())
        return self.valid_in(year).alias(distance=distance).order_by("-distance")

    def names_in(self, year: int, codes: Iterable[str]) -> dict[str, str]:
        """Name each code as the list that fits ``year`` does."""
        return dict(self.worst_first(year).filter(code__in=codes).values_list("code", "name"))


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

    def from_source(self, *sources: Source) -> Self:
        """Keep what these sources pay."""
        return self.filter(source__in=sources)

    def from_general_budget(self) -> Self:
        """Keep what 一般公共预算 pays for."""
        return self.filter(source=Source.GENERAL)

    def carried_over(self) -> Self:
        """Keep 上年结转."""
        return self.filter(carried_over=True)

    def of_this_year(self) -> Self:
        """Keep what is not 上年结转."""
        return self.filter(carried_over=False)

    def total(self) -> Decimal:
        """Total all lines in 元."""
        return self.aggregate(total=Sum("amount", default=ZERO))["total"]

    def by_source(self) -> Self:
        """Total each source in 元, this year's money apart from 上年结转."""
        return (
            self.values("source")
            .annotate(
                fresh=Sum("amount", filter=Q(carried_over=False), default=ZERO),
                carried=Sum("amount", filter=Q(carried_over=True), default=ZERO),
            )
            .order_by("source")
        )


class RevenueQuerySet(MoneyLineQuerySet):
    """Sentences about income: ``lines.by_unit()``."""

    def by_unit(self) -> Self:
        """Total each unit's income in 元, by source and with 上年结转 apart."""
        return self.values(code=F("unit__code"), name=F("unit__name")).annotate(**SOURCE_SUMS).order_by("code")

    def source_totals(self) -> dict[str, Decimal]:
        """Total all income in 元, split as :meth:`by_unit` does."""
        return self.aggregate(**SOURCE_SUMS)


class ExpenditureQuerySet(MoneyLineQuerySet):
    """Sentences about spending: ``lines.from_general_budget().by_function()``."""

    def basic(self) -> Self:
        """Keep 基本支出."""
        return self.filter(kind__in=BASIC)

    def public(self) -> Self:
        """Keep 公用经费."""
        return self.filter(kind=Kind.PUBLIC)

    def projects(self) -> Self:
        """Keep 项目支出."""
        return self.filter(kind=Kind.PROJECT)

    def of_operating_units(self, profiles: UnitProfileQuerySet) -> Self:
        """Keep the lines of units whose 公用经费 is 机关运行经费."""
        return self.filter(unit__in=profiles.counting_operating_costs().values("unit"))

    def to_digits(self, field: str, digits: int) -> Self:
        """Group by the first ``digits`` digits of ``field``'s code (类 3, 款 5, 项 7); shorter codes stay above."""
        deep = self.alias(digits=Length(f"{field}__code")).filter(digits__gte=digits)
        return deep.values(code=Substr(f"{field}__code", 1, digits)).order_by("code")

    def above_item(self) -> Self:
        """Keep lines whose function is not a 项 (预算法实施条例 §6)."""
        return self.alias(digits=Length("function__code")).exclude(digits=7)

    def of_another_budget(self) -> Self:
        """Keep lines whose functional code belongs to another budget than the one that pays."""
        wrong = Q(pk__in=())
        for source, kind in FUNCTION_KINDS.items():
            wrong |= Q(source=source) & ~Q(function__kind=kind)
        return self.filter(wrong)

    def split_by_kind(self) -> Self:
        """Total each group in 元, splitting 基本支出 (and its 人员 and 公用 parts) from 项目支出."""
        return self.annotate(**KIND_SUMS)

    def kind_totals(self) -> dict[str, Decimal]:
        """Total all lines in 元, split as :meth:`split_by_kind` does."""
        return self.aggregate(**KIND_SUMS)

    def split_by_fiscal_source(self) -> Self:
        """Total each group in 元, splitting the three budgets that make up 财政拨款."""
        return self.annotate(**FISCAL_SUMS)

    def fiscal_totals(self) -> dict[str, Decimal]:
        """Total all lines in 元, split as :meth:`split_by_fiscal_source` does."""
        return self.aggregate(**FISCAL_SUMS)

    def by_label(self) -> Self:
        """Total each 明细 in 元 under its printed name, the 款's own name where there is none, as first entered."""
        named = Coalesce(NullIf("label", Value("")), "economic__name")
        return self.values(item=named).annotate(total=Sum("amount"), first=Min("id")).order_by("first")

    def by_project(self) -> Self:
        """Total each project in 元, splitting 财政拨款 from other money."""
        return (
            self.projects()
            .values("project")
            .annotate(
                total=Sum("amount", default=ZERO),
                fiscal=Sum("amount", filter=FISCAL, default=ZERO),
                other=Sum("amount", filter=~FISCAL, default=ZERO),
            )
            .order_by("project")
        )


class ThreePublicQuerySet(QuerySet):
    """Sentences about “三公”经费."""

    def by_item_and_source(self) -> dict[tuple[str, str], Decimal]:
        """Total each item and source in 元."""
        rows = self.values_list("item", "source").annotate(total=Sum("amount", default=ZERO)).order_by("item")
        return {(item, source): total for item, source, total in rows}

    def by_item(self) -> Self:
        """Total each item in 元, this year's and last year's; last year's stays missing where one row lacks it."""
        return (
            self.values("item").annotate(total=Sum("amount", default=ZERO), before=whole("previous")).order_by("item")
        )


class AssetQuerySet(QuerySet):
    """Sentences about fixed assets."""

    def by_category(self) -> dict[str, dict]:
        """Total quantity and value (元) of each category; a sum that lacks a part is missing."""
        rows = self.values("category").annotate(quantity=whole("quantity"), value=whole("value")).order_by("category")
        return {row["category"]: row for row in rows}

    def total_value(self) -> Decimal:
        """Total the value of all categories in 元."""
        return self.aggregate(total=Sum("value", default=ZERO))["total"]


class ProcurementQuerySet(QuerySet):
    """Sentences about 政府采购."""

    def total(self) -> Decimal:
        """Total all things in 元."""
        return self.aggregate(total=Sum("amount", default=ZERO))["total"]

    def totals_by(self, paid_by: dict[str, tuple[Source, ...]]) -> dict[str, Decimal]:
        """Total in 元 what each group of sources pays, and everything."""
        parts = {key: Sum("amount", filter=Q(source__in=sources), default=ZERO) for key, sources in paid_by.items()}
        return self.aggregate(total=Sum("amount", default=ZERO), **parts)
