"""表十三：部门政府采购预算表."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import Q

from budgets.enums import OWN_INCOME, Source, WithheldScheme
from budgets.models import ProcurementItem
from budgets.models.figures import stated
from budgets.money import ZERO
from disclosure.tables.base import CodeColumn, Line, MoneyColumn, NumberColumn, StatutoryTable, TextColumn
from disclosure.tables.scope import Scope

PAID_BY = {
    "general": (Source.GENERAL,),
    "fund": (Source.FUND,),
    "special_account": (Source.SPECIAL_ACCOUNT,),
    "other": (*OWN_INCOME, Source.CAPITAL, Source.SURPLUS),
}
WHOLE = "政府采购金额"
BUDGETED = "当年部门预算安排资金"
WITHHELD = "涉密采购（依法不细化）"


class Procurement(StatutoryTable):
    """What is to be bought, and which money pays for it (T13.1: 总计 is this year's budget and other channels)."""

    key: ClassVar[str] = "procurement"
    number: ClassVar[int | None] = 13

    project = TextColumn("项目名称", "政府采购项目来源")
    project_amount = MoneyColumn("预算资金", "政府采购项目来源")
    name = TextColumn("采购物品名称")
    catalogue = CodeColumn("政府采购目录序号")
    measure = TextColumn("数量单位")
    quantity = NumberColumn("数量")
    unit_price = MoneyColumn("单价")
    total = MoneyColumn("总计", over=WHOLE)
    budgeted = MoneyColumn("合计", BUDGETED, WHOLE)
    general = MoneyColumn("一般公共预算拨款", BUDGETED, WHOLE)
    fund = MoneyColumn("基金预算拨款", BUDGETED, WHOLE)
    special_account = MoneyColumn("财政专户核拨", BUDGETED, WHOLE)
    other = MoneyColumn("其他来源收入", BUDGETED, WHOLE)
    other_channels = MoneyColumn("其他渠道资金", over=WHOLE)

    @classmethod
    def select(cls, scope: Scope) -> Iterable[Line]:
        """Yield the total, then one row a thing; what secret projects buy is one row together."""
        secret = Q(project__code__in=scope.withheld[WithheldScheme.PROJECT])
        items = scope.procurement.exclude(secret).select_related("project", "catalogue").order_by("unit__code", "id")
        rows = [_values(item, scope.spent_by_project) for item in items]
        withheld = _with_total(scope.procurement.filter(secret).totals_by(PAID_BY))
        if not rows and not withheld["total"]:
            return
        yield Line({"project": "合计", **_with_total(scope.procurement.totals_by(PAID_BY))}, level=0, total=True)
        yield from (Line(row) for row in rows)
        if withheld["total"]:
            yield Line({"project": WITHHELD, **withheld})


def _with_total(sums: dict[str, Decimal]) -> dict[str, Decimal]:
    return {"total": sums["budgeted"] + sums["other_channels"], **sums}


def _values(item: ProcurementItem, spent: Mapping[int, Mapping[str, Decimal]]) -> dict[str, Any]:
    paid = {key: item.amount if item.source in sources else None for key, sources in PAID_BY.items()}
    bought = {"name": item.name, "catalogue": item.catalogue.code, "measure": item.measure}
    source: dict[str, Any] = {"project": "公用经费"}
    if item.project:
        source = {"project": item.project.name, "project_amount": spent.get(item.project.pk, {}).get("total", ZERO)}
    counted = {"quantity": stated(item, "quantity"), "unit_price": stated(item, "unit_price")}
    money = {"total": item.amount + item.other_channels, "budgeted": item.amount}
    return {**source, **bought, **counted, **money, **paid, "other_channels": item.other_channels}
