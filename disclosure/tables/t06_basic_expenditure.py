"""表六：一般公共预算基本支出表."""

from collections.abc import Iterable
from typing import ClassVar

from budgets.enums import Source
from disclosure.tables.base import CodeColumn, Line, MoneyColumn, StatutoryTable, TextColumn
from disclosure.tables.hierarchy import ECONOMIC, rolled
from disclosure.tables.scope import Scope


class BasicExpenditure(StatutoryTable):
    """基本支出 paid by 一般公共预算, by economic nature (预算法实施条例 §6: to 款)."""

    key: ClassVar[str] = "basic_expenditure"
    number: ClassVar[int | None] = 6
    folds: ClassVar[bool] = True

    code = CodeColumn("科目编码")
    name = TextColumn("科目名称")
    total = MoneyColumn("合计")
    personnel = MoneyColumn("人员经费")
    public = MoneyColumn("公用经费")

    @classmethod
    def select(cls, scope: Scope) -> Iterable[Line]:
        """Yield 类 and 款 with their total."""
        return rolled(scope.spending.from_source(Source.GENERAL).basic(), ECONOMIC, scope, scope.detailed)
