"""部门固定资产占用情况表."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, ClassVar

from budgets.enums import AssetCategory
from budgets.money import NOT_APPLICABLE
from disclosure.facts import Figure
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
        if not scope.held:
            return
        yield Line({"name": "资产总额", "value": scope.worth}, level=0, total=True)
        for category, label in PRINTED:
            row = scope.held.get(category, {})
            yield Line({"name": label, **{field: held_figure(row, field) for field in ("quantity", "value")}})

    @classmethod
    def fields(cls, scope: Scope) -> tuple[Field, ...]:
        """State whose assets they are, and the date of the count."""
        holder = Field(f"编制{scope.body}", "text", (scope.unit or scope.budget.department).name)
        return (holder, Field("截至时间", "text", f"{scope.counted_on:%Y年%-m月%-d日}")) if scope.counted_on else ()


def held_figure(row: Mapping[str, Any], field: str) -> Figure:
    """Return a summed figure of a category: missing where a row lacks it, not applicable where it applies in none."""
    figure: Decimal | None = row.get(field)
    return NOT_APPLICABLE if row.get(f"{field}_not_applicable") else figure
