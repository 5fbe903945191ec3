"""表四：部门财政拨款收支总表."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import zip_longest
from typing import Any, ClassVar

from budgets.enums import GENERAL_BUDGETS
from budgets.models import Function
from budgets.money import ZERO
from budgets.parcels import BY_BUDGET, function_class
from disclosure.tables.base import Line, MoneyColumn, StatutoryTable, TextColumn
from disclosure.tables.scope import Scope


class FiscalTotals(StatutoryTable):
    """What the three budgets give beside what is spent of it by 类; both totals are equal (T4.2)."""

    key: ClassVar[str] = "fiscal_totals"
    number: ClassVar[int | None] = 4
    folds: ClassVar[bool] = True

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
        spending = scope.spending.from_source(*GENERAL_BUDGETS)
        classes = spending.grouped(function_class)
        names = scope.names(Function, list(classes))
        spent: list[dict[str, Any]] = [
            {"spending": names[code] or code, **classes[code].sums(BY_BUDGET)} for code in classes
        ]
        for left, right in zip_longest(income, spent):
            yield Line({**(left or {}), **(right or {})})
        yield from _closing(scope, income, spending.sums(BY_BUDGET))


def _income(scope: Scope) -> Iterator[dict[str, Any]]:
    rows = {row["source"]: row for row in scope.received}
    parts: dict[str, tuple[str, ...]] = {"fresh_fiscal": ("fresh",), "carried_fiscal": ("carried",)}
    if not scope.plan.carry_rows:
        parts = {"fresh_fiscal": ("fresh", "carried")}
    for label, counted in parts.items():
        amounts = [sum((rows[s][part] for part in counted), ZERO) if s in rows else ZERO for s in GENERAL_BUDGETS]
        yield {"income": scope.plan.labels[label], "income_amount": sum(amounts, ZERO)}
        for source, amount in zip(GENERAL_BUDGETS, amounts, strict=True):
            yield {"income": f"　{source.label}", "income_amount": amount}


def _closing(scope: Scope, income: list[dict[str, Any]], spent: dict[str, Decimal]) -> Iterator[Line]:
    labels = scope.plan.labels
    received = sum((row["income_amount"] for row in income if not row["income"].startswith("　")), ZERO)
    forward = {str(source): scope.carried_forward.get(source, ZERO) for source in GENERAL_BUDGETS}
    carried = {"total": sum(forward.values(), ZERO), **forward}
    if scope.plan.carry_rows or carried["total"]:
        yield Line({"spending": labels["forward_fiscal"], **carried})
    totals = {key: spent[key] + carried[key] for key in ("total", *forward)}
    closing = {"income": labels["income_total"], "spending": labels["spending_total"], "income_amount": received}
    yield Line({**closing, **totals}, 0, total=True)
