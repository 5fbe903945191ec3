"""表二：部门收入总表."""

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import ClassVar

from budgets.parcels import BY_SOURCE
from disclosure.tables.base import CodeColumn, Line, MoneyColumn, StatutoryTable, TextColumn
from disclosure.tables.hierarchy import FUNCTION, rolled
from disclosure.tables.scope import Scope


class Income(StatutoryTable):
    """Income by source, of each unit or functional code; 合计 is the sum of the source columns (T2.1)."""

    key: ClassVar[str] = "income"
    number: ClassVar[int | None] = 2
    folds: ClassVar[bool] = True

    code = CodeColumn("单位编码")
    name = TextColumn("单位名称")
    total = MoneyColumn("合计")
    carried = MoneyColumn("上年结转")
    general = MoneyColumn("一般公共预算拨款", "财政拨款")
    fund = MoneyColumn("政府性基金预算拨款", "财政拨款")
    capital = MoneyColumn("国有资本经营预算拨款", "财政拨款")
    special_account = MoneyColumn("财政专户管理资金")
    with_fees = MoneyColumn("事业收入（含教育收费）", extra=True)
    institution = MoneyColumn("事业收入", "单位资金")
    business = MoneyColumn("事业单位经营收入", "单位资金")
    superior = MoneyColumn("上级补助收入", "单位资金")
    subordinate = MoneyColumn("附属单位上缴收入", "单位资金")
    other = MoneyColumn("其他收入", "单位资金")
    surplus = MoneyColumn("使用非财政拨款结余")

    @classmethod
    def select(cls, scope: Scope) -> Iterable[Line]:
        """Yield the total, then one row a unit or one a code; income that names no code has a row of its own."""
        if scope.plan.income_by == "function":
            yield from _by_function(scope)
            return
        units = scope.income.grouped(attrgetter("unit", "unit_name"))
        if units:
            yield Line({"name": "合计", **scope.income.sums(BY_SOURCE)}, level=0, total=True)
        for (code, name), parcels in units.items():
            yield Line({"code": code, "name": name, **parcels.sums(BY_SOURCE)})


def _by_function(scope: Scope) -> Iterator[Line]:
    totals, unnamed = scope.income.sums(BY_SOURCE), scope.income.without_function().sums(BY_SOURCE)
    coded = list(rolled(scope.income, FUNCTION, scope, BY_SOURCE))
    if not coded and totals["total"]:
        yield Line({"name": "合计", **totals}, level=0, total=True)
    yield from coded
    if unnamed["total"]:
        yield Line({"name": "未列科目的收入", **unnamed})
