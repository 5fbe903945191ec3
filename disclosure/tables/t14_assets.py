"""部门固定资产占用情况表."""

from collections.abc import Iterable
from typing import ClassVar

from budgets.enums import AssetCategory
from budgets.models import AssetHolding
from disclosure.tables.base import Line, MoneyColumn, NumberColumn, StatutoryTable, TextColumn
from disclosure.tables.grid import Field
from disclosure.tables.scope import Scope

PRINTED = (
    (AssetCategory.BUILDINGS, "1、房屋（平方米）"),
    (AssetCategory.VEHICLES, "2、车辆（台、辆）"),
    (AssetCategory.EQUIPMENT, "3、单价在20万元以上设备"),
    (AssetCategory.OTHER, "4、其他固定资产"),
)


class Assets(StatutoryTable):
    """Fixed assets at the end of the year before; 资产总额 is the sum of the rows (T14.1)."""

    key: ClassVar[str] = "assets"
    number: ClassVar[int | None] = 14

    name = TextColumn("项目")
    quantity = NumberColumn("数量")
    value = MoneyColumn("价值")

    @classmethod
    def select(cls, scope: Scope) -> Iterable[Line]:
        """Yield 资产总额, then the printed categories; one nobody filled in stays missing."""
        held = scope.assets.by_category()
        if not held:
            return
        yield Line({"name": "资产总额", "value": scope.assets.total_value()}, level=0, total=True)
        for category, label in PRINTED:
            row = held.get(category, {})
            yield Line({"name": label, "quantity": row.get("quantity"), "value": row.get("value")})

    @classmethod
    def fields(cls, scope: Scope) -> tuple[Field, ...]:
        """State the date of the count."""
        latest: AssetHolding | None = scope.assets.order_by("-as_of").first()
        return (Field("截至时间", "text", f"{latest.as_of:%Y年%-m月%-d日}"),) if latest else ()
