"""表四：部门财政拨款收支总表."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import zip_longest
from typing import Any, ClassVar

from budgets.enums import GENERAL_BUDGETS
from budgets.models import Function
from budgets.money import ZERO
from disclosure.tables.base import Line, MoneyColumn, StatutoryTable, TextColumn
from disclosure.tables.scope import Scope


class FiscalTotals(StatutoryTable):
    """What the three budgets give beside what is spent of it by 类; both totals are equal (T4.2)."""

    key: ClassVar[str] = "fiscal_totals"
    number: ClassVar[int | None] = 4

    income = TextColumn("项目", "收入")
    income_amount = MoneyColumn("预算数", "收入")
    spending = TextColumn("项目", "支出")
    total = MoneyColumn("合计", "支出")
    general = MoneyColumn("一般公共预算", "支出")
    fund = MoneyColumn("政府性基金预算", "支出")
    capital = MoneyColumn("国有资本经营预算", "支出")

    @classmethod
    def select(cls, scope: Scope) -> Iterable[Line]:
        """Yield income by budget (this year's, then 上年结转) beside spending by 类, then the totals."""
        income = list(_income(scope))
        lines = scope.expenditures.from_source(*GENERAL_BUDGETS)
        classes = list(lines.to_digits("function", 3).split_by_fiscal_source())
        names = Function.objects.names_in(scope.year, {row["code"] for row in classes})
        for left, right in zip_longest(income, classes):
            spent = {**right, "spending": names.get(right["code"], right["code"])} if right else {}
            yield Line({**(left or {}), **spent})
        yield from _closing(scope, income, lines.fiscal_totals())


def _income(scope: Scope) -> Iterator[dict[str, Any]]:
    rows = {row["source"]: row for row in scope.revenues.from_source(*GENERAL_BUDGETS).by_source()}
    for title, part in (("一、本年收入", "fresh"), ("二、上年结转", "carried")):
        amounts = [rows[source][part] if source in rows else ZERO for source in GENERAL_BUDGETS]
        yield {"income": title, "income_amount": sum(amounts, ZERO)}
        for source, amount in zip(GENERAL_BUDGETS, amounts, strict=True):
            yield {"income": f"　{source.label}", "income_amount": amount}


def _closing(scope: Scope, income: list[dict[str, Any]], spent: dict[str, Decimal]) -> Iterator[Line]:
    received = sum((row["income_amount"] for row in income if not row["income"].startswith("　")), ZERO)
    forward = {source: scope.carry_forwards.from_source(source).total() for source in GENERAL_BUDGETS}
    carried = {"total": sum(forward.values(), ZERO)} | {str(source): amount for source, amount in forward.items()}
    yield Line({"spending": "结转下年", **carried})
    totals = {key: spent[key] + carried[key] for key in ("total", "general", "fund", "capital")}
    yield Line({"income": "收入总计", "income_amount": received, "spending": "支出总计", **totals}, 0, total=True)
