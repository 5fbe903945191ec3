"""表五：一般公共预算支出表."""

from collections.abc import Iterable
from decimal import Decimal
from typing import ClassVar

from budgets.enums import Source
from budgets.money import ZERO, percentage
from disclosure.tables.base import CodeColumn, Line, MoneyColumn, RateColumn, StatutoryTable, TextColumn
from disclosure.tables.hierarchy import FUNCTION, executed_by_code, rolled
from disclosure.tables.scope import Scope


class GeneralExpenditure(StatutoryTable):
    """What 一般公共预算 pays for, by functional item (预算法实施条例 §6: to 项), beside last year's 执行数."""

    key: ClassVar[str] = "general_expenditure"
    number: ClassVar[int | None] = 5
    source: ClassVar[Source] = Source.GENERAL
    folds: ClassVar[bool] = True

    code = CodeColumn("科目编码")
    name = TextColumn("科目名称")
    previous = MoneyColumn("上年执行数", extra=True)
    total = MoneyColumn("合计")
    basic = MoneyColumn("基本支出")
    project = MoneyColumn("项目支出")
    change = MoneyColumn("增减额", extra=True)
    change_rate = RateColumn("增减%", extra=True)

    @classmethod
    def select(cls, scope: Scope) -> Iterable[Line]:
        """Yield 类, 款 and 项 with their total; a code that only last year used stands there with zeros."""
        before = executed_by_code(scope, cls.key) if scope.plan.compares else {}
        rows = rolled(scope.spending.from_source(cls.source), FUNCTION, scope, scope.detailed, before)
        return [_compared(row, before) for row in rows]

    @classmethod
    def reason(cls, scope: Scope, lines: list[Line]) -> str | None:
        """Say why all is zero, also where the layout leaves out the 上年结转 that is all there is."""
        declared = scope.empty_reason(cls.key)
        if declared or not lines or lines[0].values["total"]:
            return declared
        carried = scope.spending.from_source(cls.source).carried_over().total()
        return scope.plan.labels["only_carried"] if carried else None


def _compared(line: Line, before: dict[str, Decimal | None]) -> Line:
    """Set last year's figure beside this year's; in a list that was given, a code it lacks spent nothing."""
    if not before:
        return Line({**line.values, "previous": None, "change": None, "change_rate": None}, line.level, line.total)
    previous = before.get(line.values.get("code", ""), ZERO)
    change = None if previous is None else line.values["total"] - previous
    rate = None if change is None else percentage(change, previous)
    values = {**line.values, "previous": previous, "change": change, "change_rate": rate}
    return Line(values, line.level, line.total)
