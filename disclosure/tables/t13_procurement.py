"""部门政府采购预算表."""

from collections.abc import Iterable
from decimal import Decimal
from typing import ClassVar

from budgets.enums import OWN_INCOME, Source
from budgets.models import ProcurementItem
from disclosure.tables.base import CodeColumn, Line, MoneyColumn, NumberColumn, StatutoryTable, TextColumn
from disclosure.tables.scope import Scope

PAID_BY = {
    "general": (Source.GENERAL,),
    "fund": (Source.FUND,),
    "special_account": (Source.SPECIAL_ACCOUNT,),
    "other": (*OWN_INCOME, Source.CAPITAL, Source.SURPLUS),
}


class Procurement(StatutoryTable):
    """What is to be bought, and which money pays for it; 总计 is the sum of the source columns (T13.2)."""

    key: ClassVar[str] = "procurement"
    number: ClassVar[int | None] = 13

    project = TextColumn("项目名称")
    name = TextColumn("采购物品名称")
    catalogue = CodeColumn("政府采购目录序号")
    measure = TextColumn("数量单位")
    quantity = NumberColumn("数量")
    unit_price = MoneyColumn("单价")
    total = MoneyColumn("总计", "政府采购金额")
    general = MoneyColumn("一般公共预算拨款", "政府采购金额")
    fund = MoneyColumn("政府性基金预算拨款", "政府采购金额")
    special_account = MoneyColumn("财政专户管理资金", "政府采购金额")
    other = MoneyColumn("其他来源收入", "政府采购金额")

    @classmethod
    def select(cls, scope: Scope) -> Iterable[Line]:
        """Yield the total, then one row a thing."""
        items = list(scope.procurement.select_related("project", "catalogue").order_by("unit__code", "id"))
        rows = [_values(item) for item in items]
        if rows:
            yield Line({"project": "合计", **scope.procurement.totals_by(PAID_BY)}, level=0, total=True)
        for row in rows:
            yield Line(row)


def _values(item: ProcurementItem) -> dict[str, str | Decimal | None]:
    paid = {key: item.amount if item.source in sources else None for key, sources in PAID_BY.items()}
    return {
        "project": item.project.name if item.project else "公用经费",
        "name": item.name,
        "catalogue": item.catalogue.code,
        "measure": item.measure,
        "quantity": item.quantity,
        "unit_price": item.unit_price,
        "total": item.amount,
        **paid,
    }
