"""Drilling into a year: what one item of a scheme amounts to, who has it, what is under it, and how it was before."""

from decimal import Decimal
from typing import Any, NamedTuple, Self

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.db.models.functions import Length

from budgets.money import ZERO, percentage
from disclosure.models import Edition, EditionLine
from portal.lineage import Break
from portal.recoding import Recoding, Traced
from portal.schemes import SOURCES, Scheme


class Item(NamedTuple):
    """A code or a source: its amount over all departments (元), its share of what it is compared with, who has it."""

    code: str
    name: str
    total: Decimal
    share: Decimal | None
    departments: int


class Holder(NamedTuple):
    """A department's amount of one item (元), and its share of all departments' together."""

    edition: Edition
    amount: Decimal
    share: Decimal | None


class YearOf(NamedTuple):
    """An item in one year: ``published`` counts the departments with figures; ``total`` is None where none has it.

    ``code`` is what it was called by that year; ``breaks`` say what changed from the year before.
    """

    year: int
    published: int
    total: Decimal | None
    share: Decimal | None
    name: str
    code: str
    breaks: list[Break]


class Overview(NamedTuple):
    """The widest items of a year, and how many departments they are added up from."""

    items: list[Item]
    total: Decimal
    counted: int

    @property
    def meaning(self) -> str:
        """Say what the total is."""
        return f"{self.counted}个部门公开的合计逐个相加，没有公开的部门不计；点开各项，看每个部门是多少、出自哪份文件。"

    @classmethod
    def of(cls, scheme: Scheme, government: str, year: int) -> Self:
        """List them in the order of codes, leaving out sources nobody has, in two queries."""
        lines = scheme.amounts(government).filter(edition__year=year)
        total, counted = _whole(scheme, lines)
        return cls(_below(scheme, lines, "", total), total, counted)


class Drilled(NamedTuple):
    """Everything the page of one item says."""

    item: Item
    above: list[Item]
    below: list[Item]
    holders: list[Holder]
    counted: int
    history: list[YearOf]

    @classmethod
    def of(cls, scheme: Scheme, government: str, code: str, years: list[int]) -> Self | None:
        """Read it for the first of ``years`` in seven queries; None where no year has the item."""
        lines = scheme.amounts(government)
        now = lines.filter(edition__year=years[0])
        history = _history(scheme, lines, Recoding.of(scheme.key).trace(code, years[0], years))
        known = [one for one in history if one.total is not None]
        if not known:
            return None
        total, counted = _whole(scheme, now)
        holders = _holders(now.filter(item=code))
        amount = sum((holder.amount for holder in holders), ZERO)
        named = next((one.name for one in known if one.year == years[0]), known[0].name)
        name = SOURCES.get(code) or named
        item = Item(code, name, amount, percentage(amount, total), len(holders))
        return cls(item, _above(scheme, now, code), _below(scheme, now, code, amount), holders, counted, history)

    @property
    def meaning(self) -> str:
        """Say what the total is."""
        return f"各部门公开的“{self.item.name}”逐个相加，没有公开的部门不计。"

    @property
    def parts(self) -> list[tuple[Edition, Decimal]]:
        """Return what it is added up from (元)."""
        return [(one.edition, one.amount) for one in self.holders]

    @property
    def without(self) -> int:
        """Count the departments that published and have nothing of it."""
        return self.counted - len(self.holders)

    @property
    def undivided(self) -> Decimal:
        """What no item below says (元): a level that is lawfully not published, or nothing."""
        return self.item.total - sum((one.total for one in self.below), ZERO) if self.below else ZERO


def _whole(scheme: Scheme, lines: QuerySet[EditionLine]) -> tuple[Decimal, int]:
    found = lines.filter(item=scheme.whole, row=0).aggregate(total=Sum("amount", default=ZERO), counted=Count("pk"))
    return found["total"], found["counted"]


def _holders(lines: QuerySet[EditionLine]) -> list[Holder]:
    """Return who has money there, in the order of departments."""
    found = list(lines.exclude(amount=0).exclude(amount=None).select_related("edition"))
    found.sort(key=lambda line: line.edition.department_code)
    amounts = [(line.edition, line.amount or ZERO) for line in found]
    total = sum((amount for _, amount in amounts), ZERO)
    return [Holder(edition, amount, percentage(amount, total)) for edition, amount in amounts]


def _grouped(lines: QuerySet[EditionLine]) -> list[dict[str, Any]]:
    with_money = Count("edition", filter=Q(amount__gt=0) | Q(amount__lt=0), distinct=True)
    found = lines.values("item").annotate(total=Sum("amount", default=ZERO), named=Max("name"), departments=with_money)
    return list(found.order_by("item"))


def _items(rows: list[dict[str, Any]], total: Decimal) -> list[Item]:
    return [
        Item(row["item"], row["named"], row["total"], percentage(row["total"], total), row["departments"])
        for row in rows
    ]


def _below(scheme: Scheme, lines: QuerySet[EditionLine], code: str, total: Decimal) -> list[Item]:
    if not scheme.digits:
        rows = {row["item"]: row for row in _grouped(lines)} if not code else {}
        there = [rows[key] | {"named": name} for key, name in SOURCES.items() if key in rows]
        return _items([row for row in there if row["departments"]], total)
    width = scheme.width_below(code)
    if width is None:
        return []
    under = lines.annotate(digits=Length("code")).filter(code__startswith=code, digits=width)
    return _items(_grouped(under), total)


def _above(scheme: Scheme, lines: QuerySet[EditionLine], code: str) -> list[Item]:
    wanted = scheme.above(code)
    return _items(_grouped(lines.filter(item__in=wanted)), ZERO) if wanted else []


def _history(scheme: Scheme, lines: QuerySet[EditionLine], traced: Traced) -> list[YearOf]:
    """Return every year, those without the item or without any publication included, newest first."""
    sums = {"total": Sum("amount", default=ZERO), "named": Max("name"), "published": Count("pk")}

    def by_year(wanted: Q) -> dict[tuple[int, str], dict[str, Any]]:
        rows = lines.filter(wanted).values("edition__year", "item").annotate(**sums).order_by()
        return {(row["edition__year"], row["item"]): row for row in rows}

    wholes = by_year(Q(row=0, item=scheme.whole))
    own = by_year(Q(item__in=sorted(set(traced.codes.values()))))
    nothing: dict[str, Any] = {"total": None, "named": "", "published": 0}
    found = []
    for year, code in sorted(traced.codes.items(), reverse=True):
        row, whole = own.get((year, code), nothing), wholes.get((year, scheme.whole), nothing)
        share = percentage(row["total"], whole["total"]) if row["total"] is not None else None
        breaks = traced.breaks_in(year)
        found.append(YearOf(year, whole["published"], row["total"], share, row["named"], code, breaks))
    return found
