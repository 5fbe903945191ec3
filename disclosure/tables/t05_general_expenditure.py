"""表五：一般公共预算支出表."""

from collections.abc import Iterable
from typing import ClassVar

from budgets.enums import Source
from disclosure.tables.base import CodeColumn, Line, MoneyColumn, StatutoryTable, TextColumn
from disclosure.tables.hierarchy import FUNCTION, rolled
from disclosure.tables.scope import Scope


class GeneralExpenditure(StatutoryTable):
    """What 一般公共预算 pays for, by functional item (预算法实施条例 §6: to 项)."""

    key: ClassVar[str] = "general_expenditure"
    number: ClassVar[int | None] = 5
    source: ClassVar[Source] = Source.GENERAL

    code = CodeColumn("科目编码")
    name = TextColumn("科目名称")
    total = MoneyColumn("合计")
    basic = MoneyColumn("基本支出")
    project = MoneyColumn("项目支出")

    @classmethod
    def select(cls, scope: Scope) -> Iterable[Line]:
        """Yield 类, 款 and 项 with their total."""
        lines = scope.expenditures.from_source(cls.source)
        return rolled(lines, FUNCTION, lambda kept: kept.split_by_kind(), lines.kind_totals(), scope.year)
