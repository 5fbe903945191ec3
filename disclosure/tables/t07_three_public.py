"""表七：财政拨款“三公”经费支出表."""

from collections.abc import Iterable
from typing import ClassVar

from budgets.enums import GENERAL_BUDGETS, ThreePublicItem
from budgets.money import ZERO
from disclosure.facts import Figure
from disclosure.tables.base import Line, MoneyColumn, StatutoryTable, TextColumn
from disclosure.tables.lastyear import three_public_before, together
from disclosure.tables.scope import Scope

VEHICLES = (ThreePublicItem.VEHICLE_PURCHASE, ThreePublicItem.VEHICLE_RUNNING)
PRINTED: tuple[tuple[str, int, tuple[ThreePublicItem, ...]], ...] = (
    ("一、因公出国（境）费", 1, (ThreePublicItem.ABROAD,)),
    ("二、公务用车购置及运行费", 1, VEHICLES),
    ("其中：公务用车购置费", 2, (ThreePublicItem.VEHICLE_PURCHASE,)),
    ("公务用车运行费", 2, (ThreePublicItem.VEHICLE_RUNNING,)),
    ("三、公务接待费", 1, (ThreePublicItem.RECEPTION,)),
)
PARTS = {
    "total": tuple(ThreePublicItem),
    "abroad": (ThreePublicItem.ABROAD,),
    "vehicles": VEHICLES,
    "vehicle_purchase": (ThreePublicItem.VEHICLE_PURCHASE,),
    "vehicle_running": (ThreePublicItem.VEHICLE_RUNNING,),
    "reception": (ThreePublicItem.RECEPTION,),
}


class ThreePublic(StatutoryTable):
    """“三公”经费 by item and budget; every item is shown, even at 0 (财预〔2016〕143号).

    The total row holds the items of both years side by side as well, for layouts that print one row (level 0).
    """

    key: ClassVar[str] = "three_public"
    number: ClassVar[int | None] = 7

    name = TextColumn("项目")
    total = MoneyColumn("合计")
    general = MoneyColumn("一般公共预算")
    fund = MoneyColumn("政府性基金预算")
    capital = MoneyColumn("国有资本经营预算")
    previous_total = MoneyColumn("合计", over="上年预算数", extra=True)
    previous_abroad = MoneyColumn("因公出国（境）费", over="上年预算数", extra=True)
    previous_vehicles = MoneyColumn("小计", "公务用车购置及运行费", "上年预算数", extra=True)
    previous_vehicle_purchase = MoneyColumn("公务用车购置费", "公务用车购置及运行费", "上年预算数", extra=True)
    previous_vehicle_running = MoneyColumn("公务用车运行费", "公务用车购置及运行费", "上年预算数", extra=True)
    previous_reception = MoneyColumn("公务接待费", over="上年预算数", extra=True)
    abroad = MoneyColumn("因公出国（境）费", over="本年预算数", extra=True)
    vehicles = MoneyColumn("小计", "公务用车购置及运行费", "本年预算数", extra=True)
    vehicle_purchase = MoneyColumn("公务用车购置费", "公务用车购置及运行费", "本年预算数", extra=True)
    vehicle_running = MoneyColumn("公务用车运行费", "公务用车购置及运行费", "本年预算数", extra=True)
    reception = MoneyColumn("公务接待费", over="本年预算数", extra=True)
    operating_costs = MoneyColumn("机关运行经费", extra=True)

    @classmethod
    def select(cls, scope: Scope) -> Iterable[Line]:
        """Yield the total, then the printed items."""
        paid = scope.three_public.by_item_and_source()
        if not paid:
            return
        for name, level, items in (("合计", 0, tuple(ThreePublicItem)), *PRINTED):
            amounts = {
                str(source): sum((paid.get((item, source), ZERO) for item in items), ZERO) for source in GENERAL_BUDGETS
            }
            values = {"name": name, "total": sum(amounts.values(), ZERO), **amounts}
            yield Line({**(_side_by_side(scope) if level == 0 else {}), **values}, level, total=level == 0)


def _side_by_side(scope: Scope) -> dict[str, Figure]:
    rows = scope.three_public_items
    before = three_public_before(scope, rows)
    now = {key: sum((rows[item]["total"] for item in items if item in rows), ZERO) for key, items in PARTS.items()}
    then = {f"previous_{key}": together([before[item] for item in items]) for key, items in PARTS.items()}
    return {**now, **then, "operating_costs": scope.operating_costs.total()}
