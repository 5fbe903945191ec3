"""表三：部门支出总表."""

from collections.abc import Iterable
from typing import ClassVar

from budgets.parcels import BY_KIND
from disclosure.tables.base import CodeColumn, Line, MoneyColumn, StatutoryTable, TextColumn
from disclosure.tables.hierarchy import FUNCTION, rolled
from disclosure.tables.scope import Scope


class Spending(StatutoryTable):
    """All spending by function to 项 (预算法实施条例 §6), split by what it is for."""

    key: ClassVar[str] = "spending"
    number: ClassVar[int | None] = 3
    folds: ClassVar[bool] = True

    code = CodeColumn("科目编码")
    name = TextColumn("科目名称")
    total = MoneyColumn("合计")
    basic = MoneyColumn("基本支出")
    personnel = MoneyColumn("人员经费", "基本支出", extra=True)
    public = MoneyColumn("公用经费", "基本支出", extra=True)
    project = MoneyColumn("项目支出")
    handed_up = MoneyColumn("上缴上级支出")
    business = MoneyColumn("事业单位经营支出")
    subsidy = MoneyColumn("对附属单位补助支出")

    @classmethod
    def select(cls, scope: Scope) -> Iterable[Line]:
        """Yield 类, 款 and 项 with their total."""
        return rolled(scope.spending, FUNCTION, scope, BY_KIND)
