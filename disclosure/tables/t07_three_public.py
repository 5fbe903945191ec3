"""表七：财政拨款“三公”经费支出表."""

from collections.abc import Iterable
from typing import ClassVar

from budgets.enums import GENERAL_BUDGETS, ThreePublicItem
from budgets.money import ZERO
from disclosure.tables.base import Line, MoneyColumn, StatutoryTable, TextColumn
from disclosure.tables.scope import Scope

VEHICLES = (ThreePublicItem.VEHICLE_PURCHASE, ThreePublicItem.VEHICLE_RUNNING)
PRINTED: tuple[tuple[str, int, tuple[ThreePublicItem, ...]], ...] = (
    ("一、因公出国（境）费", 1, (ThreePublicItem.ABROAD,)),
    ("二、公务用车购置及运行费", 1, VEHICLES),
    ("其中：公务用车购置费", 2, (ThreePublicItem.VEHICLE_PURCHASE,)),
    ("公务用车运行费", 2, (ThreePublicItem.VEHICLE_RUNNING,)),
    ("三、公务接待费", 1, (ThreePublicItem.RECEPTION,)),
)


class ThreePublic(StatutoryTable):
    """“三公”经费 by item and budget; every item is shown, even at 0 (财预〔2016〕143号)."""

    key: ClassVar[str] = "three_public"
    number: ClassVar[int | None] = 7

    name = TextColumn("项目")
    total = MoneyColumn("合计")
    general = MoneyColumn("一般公共预算")
    fund = MoneyColumn("政府性基金预算")
    capital = MoneyColumn("国有资本经营预算")

    @classmethod
    def select(cls, scope: Scope) -> Iterable[Line]:
        """Yield the total, then the printed items."""
        paid = scope.three_public.by_item_and_source()
        if not paid:
            return
        printed = (("合计", 0, tuple(ThreePublicItem)), *PRINTED)
        for name, level, items in printed:
            amounts = {
                str(source): sum((paid.get((item, source), ZERO) for item in items), ZERO) for source in GENERAL_BUDGETS
            }
            yield Line({"name": name, "total": sum(amounts.values(), ZERO), **amounts}, level, total=level == 0)
