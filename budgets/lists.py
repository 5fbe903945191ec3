"""Which list of codes a year goes by, in words: “正式目录” or “暂用2024年目录”."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count

from budgets.enums import CodeScheme
from budgets.models import CodeList, Economic, Function, GovernmentEconomic, ProcurementCatalogue
from budgets.models.classification import Code

MODELS: dict[str, type[Code]] = {
    scheme: model
    for model in (Function, Economic, GovernmentEconomic, ProcurementCatalogue)
    for scheme in model.schemes
}
"""The classification that holds each list."""


class ListInForce(NamedTuple):
    """The list that ``year`` goes by; ``vintage`` is None where there is none at all."""

    scheme: str
    year: int
    vintage: int | None
    official: bool
    used: bool = False

    @property
    def own(self) -> bool:
        """Whether it is the year's own official list."""
        return self.official and self.vintage == self.year

    def __str__(self) -> str:
        if self.vintage is None:
            return "尚无目录"
        sort = "正式目录" if self.official else "目录"
        return f"{self.vintage}年{sort}" if self.own else f"暂用{self.vintage}年{sort}"


def lists_in_force(year: int) -> dict[str, ListInForce]:
    """Say for every scheme which list ``year`` goes by."""
    return {found.scheme: found for found in lists_of([year], CodeScheme.values)}


def lists_of(years: Iterable[int], schemes: Iterable[str]) -> list[ListInForce]:
    """Say it for several years and some schemes, in as many queries as for one year."""
    schemes = list(schemes)
    rows = list(CodeList.objects.filter(scheme__in=schemes))
    shipped = {scheme: _shipped(scheme) for scheme in schemes}
    return [_found(scheme, year, rows, shipped[scheme]) for year in years for scheme in schemes]


def _found(scheme: str, year: int, rows: list[CodeList], shipped: int | None) -> ListInForce:
    """Choose as :meth:`budgets.code_querysets.CodeListQuerySet.lending_to` does."""
    mine = [row for row in rows if row.scheme == scheme]
    own = next((row for row in mine if row.year == year), None)
    used = own is not None and own.used
    lending = [row for row in mine if (row.official and row.year <= year) or (row.used and row.year == year)]
    lender = max(lending, key=lambda row: row.year).vintage if lending else None
    return ListInForce(scheme, year, shipped if lender is None else lender, lender is not None, used)


def _shipped(scheme: str) -> int | None:
    """Return the vintage of most codes that came with the portal; a few of another year change nothing."""
    codes = MODELS[scheme].objects.filter(official=False).of_scheme(scheme)
    most = codes.order_by().values("vintage").annotate(count=Count("pk")).order_by("count", "vintage").last()
    return most["vintage"] if most else None


def lock_lists(year: int) -> None:
    """Mark every list of ``year`` as used by an edition, and keep the year to the list it goes by now."""
    for found in lists_in_force(year).values():
        vintage = found.vintage if found.official else None
        own, _ = CodeList.objects.get_or_create(scheme=found.scheme, year=year)
        if not own.used:
            CodeList.objects.filter(pk=own.pk).update(used=True, vintage=vintage)
