"""表一：部门收支总表."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import zip_longest
from typing import ClassVar

from budgets.enums import Source
from budgets.models import Function
from budgets.money import ZERO
from budgets.parcels import function_class
from disclosure.tables.base import Line, MoneyColumn, NumberColumn, StatutoryTable, TextColumn
from disclosure.tables.ordinals import ordinal
from disclosure.tables.scope import Scope

Entry = tuple[str, Decimal | None]
NOTHING: Entry = ("", None)


class Totals(StatutoryTable):
    """All income beside all spending by 类; both totals are equal (T1.5)."""

    key: ClassVar[str] = "totals"
    number: ClassVar[int | None] = 1
    folds: ClassVar[bool] = True

    ordinal = NumberColumn("序号", extra=True)
    income = TextColumn("项目", "收入")
    income_amount = MoneyColumn("预算数", "收入")
    spending = TextColumn("项目", "支出")
    spending_amount = MoneyColumn("预算数", "支出")

    @classmethod
    def select(cls, scope: Scope) -> Iterable[Line]:
        """Yield both sides row by row, then their totals and 结转; rows are numbered through."""
        received = _received(scope)
        income = [
            (f"{ordinal(number)}、{row.label}", sum((received.get(source, ZERO) for source in row.sources), ZERO))
            for number, row in enumerate(scope.plan.income_rows, start=1)
        ]
        sides = [(left, right, False) for left, right in zip_longest(income, _spending(scope), fillvalue=NOTHING)]
        sides += _closing(scope, sum((amount for _, amount in income), ZERO), received)
        for number, (left, right, total) in enumerate(sides, start=1):
            yield _line(number, left, right, total=total)


CARRIED = "carried"


def _received(scope: Scope) -> dict[str, Decimal]:
    """Return this year's income by source, 上年结转 under its own key or, without a row of its own, in its source."""
    rows = scope.received
    if not scope.plan.carry_rows:
        return {row["source"]: row["fresh"] + row["carried"] for row in rows}
    return {CARRIED: sum((row["carried"] for row in rows), ZERO), **{row["source"]: row["fresh"] for row in rows}}


def _spending(scope: Scope) -> list[Entry]:
    """Return the 类 of the form, or those with spending, each with its total in 元."""
    spent = {code: parcels.total() for code, parcels in scope.spending.grouped(function_class).items()}
    form = scope.plan.class_rows
    listed = [(row.label, spent.get(row.code, ZERO)) for row in form]
    others = sorted(spent.keys() - {row.code for row in form})
    names = scope.names(Function, others)
    return [*listed, *((names[code] or code, spent[code]) for code in others)]


def _closing(scope: Scope, income: Decimal, received: dict[str, Decimal]) -> Iterator[tuple[Entry, Entry, bool]]:
    labels, spent = scope.plan.labels, scope.spent["total"]
    forward = sum(scope.carried_forward.values(), ZERO)
    surplus, carried = received.get(Source.SURPLUS, ZERO), received.get(CARRIED, ZERO)
    apart = "surplus" in labels
    if scope.plan.carry_rows:
        yield (labels["income"], income), (labels["spending"], spent), True
        if apart:
            yield (labels["surplus"], surplus), NOTHING, False
        yield (labels["carried"], carried if apart else carried + surplus), (labels["forward"], forward), False
    elif forward or surplus:
        yield (labels["surplus"], surplus), (labels["forward"], forward), False
    yield (labels["income_total"], income + surplus + carried), (labels["spending_total"], spent + forward), True


def _line(number: int, left: Entry, right: Entry, *, total: bool) -> Line:
    sides = {"income": left, "spending": right}
    values: dict[str, str | int | Decimal | None] = {"ordinal": number}
    for side, (label, amount) in sides.items():
        if label:
            values |= {side: label, f"{side}_amount": amount}
    return Line(values, level=0 if total else 1, total=total)
