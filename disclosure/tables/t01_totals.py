"""表一：部门收支总表."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import zip_longest
from typing import ClassVar

from budgets.enums import Source
from budgets.models import Function
from budgets.money import ZERO
from disclosure.tables.base import Line, MoneyColumn, StatutoryTable, TextColumn
from disclosure.tables.ordinals import ordinal
from disclosure.tables.scope import Scope

Side = list[tuple[str, Decimal]]


class Totals(StatutoryTable):
    """All income beside all spending by 类; both totals are equal (T1.5)."""

    key: ClassVar[str] = "totals"
    number: ClassVar[int | None] = 1

    income = TextColumn("项目", "收入")
    income_amount = MoneyColumn("预算数", "收入")
    spending = TextColumn("项目", "支出")
    spending_amount = MoneyColumn("预算数", "支出")

    @classmethod
    def select(cls, scope: Scope) -> Iterable[Line]:
        """Yield both sides row by row, then their totals and 结转."""
        fresh, carried = {}, ZERO
        for row in scope.revenues.by_source():
            fresh[row["source"]] = row["fresh"]
            carried += row["carried"]
        income: Side = [
            (
                f"{ordinal(number)}、{row.label}",
                sum((fresh.get(source, ZERO) for source in row.sources), ZERO),
            )
            for number, row in enumerate(scope.income_rows, start=1)
        ]
        spending = spending_by_class(scope)
        for left, right in zip_longest(income, spending, fillvalue=("", None)):
            yield _line(left, right)
        yield from _closing(scope, sum((a for _, a in income), ZERO), fresh.get(Source.SURPLUS, ZERO), carried)


def _line(left: tuple[str, Decimal | None], right: tuple[str, Decimal | None], *, total: bool = False) -> Line:
    sides = {"income": left, "spending": right}
    values: dict[str, str | Decimal | None] = {side: item[0] for side, item in sides.items() if item[0]}
    values |= {f"{side}_amount": item[1] for side, item in sides.items() if item[0]}
    return Line(values, level=0 if total else 1, total=total)


def spending_by_class(scope: Scope) -> Side:
    """Return each 类 that has spending, with its total in 元."""
    rows = list(scope.expenditures.to_digits("function", 3).split_by_kind())
    names = Function.objects.names_in(scope.year, {row["code"] for row in rows})
    return [(names.get(row["code"], row["code"]), row["total"]) for row in rows]


def _closing(scope: Scope, income: Decimal, surplus: Decimal, carried: Decimal) -> Iterator[Line]:
    spent = scope.expenditures.kind_totals()["total"]
    forward = scope.carry_forwards.total()
    yield _line(("本年收入合计", income), ("本年支出合计", spent), total=True)
    if surplus:
        yield _line(("使用非财政拨款结余", surplus), ("", None))
    yield _line(("上年结转结余", carried), ("年终结转结余", forward))
    yield _line(("收入总计", income + surplus + carried), ("支出总计", spent + forward), total=True)
