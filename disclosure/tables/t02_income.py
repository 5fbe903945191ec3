"""表二：部门收入总表."""

from collections.abc import Iterable
from typing import ClassVar

from disclosure.tables.base import CodeColumn, Line, MoneyColumn, StatutoryTable, TextColumn
from disclosure.tables.scope import Scope


class Income(StatutoryTable):
    """Income of each unit by source; 合计 is the sum of the source columns (T2.1)."""

    key: ClassVar[str] = "income"
    number: ClassVar[int | None] = 2

    code = CodeColumn("单位编码")
    name = TextColumn("单位名称")
    total = MoneyColumn("合计")
    carried = MoneyColumn("上年结转")
    general = MoneyColumn("一般公共预算拨款", "财政拨款")
    fund = MoneyColumn("政府性基金预算拨款", "财政拨款")
    capital = MoneyColumn("国有资本经营预算拨款", "财政拨款")
    special_account = MoneyColumn("财政专户管理资金")
    institution = MoneyColumn("事业收入", "单位资金")
    business = MoneyColumn("事业单位经营收入", "单位资金")
    superior = MoneyColumn("上级补助收入", "单位资金")
    subordinate = MoneyColumn("附属单位上缴收入", "单位资金")
    other = MoneyColumn("其他收入", "单位资金")
    surplus = MoneyColumn("使用非财政拨款结余")

    @classmethod
    def select(cls, scope: Scope) -> Iterable[Line]:
        """Yield the total, then one row a unit; a source without a line stays missing, not 0."""
        units = list(scope.revenues.by_unit())
        if units:
            yield Line({"name": "合计", **scope.revenues.source_totals()}, level=0, total=True)
        for row in units:
            yield Line(row)
