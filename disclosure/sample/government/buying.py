"""政府采购 of a synthetic department: parts of its projects and of 公用经费, never more than they have."""

from decimal import Decimal
from typing import NamedTuple

from budgets.enums import Kind, ProcurementMode, ProcurementType
from budgets.models import ExpenditureLine, ProcurementItem, Project
from disclosure.sample.government.book import Book
from disclosure.sample.government.dice import fen_of, yuan
from disclosure.sample.government.seats import Place

MEASURES = {ProcurementType.GOODS: "台", ProcurementType.WORKS: "项", ProcurementType.SERVICES: "项"}
SMALLEST = 1000000  # 分：一万元以下的不单列采购


class Purchase(NamedTuple):
    """What pays: a project's or 公用经费's line, of which at most so many percent."""

    line: ExpenditureLine
    project: Project | None
    percent: int


def buy(book: Book, place: Place) -> list[ProcurementItem]:
    """Write what a unit buys: for four in ten of its projects, from one line of each, and office equipment."""
    bought: dict[str, Purchase] = {}
    for line in book.of(place):
        if line.project and line.project.code not in bought and book.dice.chance(40):
            bought[line.project.code] = Purchase(line, line.project, book.dice.between(20, 90))
        if line.kind == Kind.PUBLIC and line.economic and line.economic.code == "31002":
            bought["public"] = Purchase(line, None, book.dice.between(30, 100))
    items = [_item(book, place, purchase) for purchase in bought.values() if fen_of(purchase.line.amount) >= SMALLEST]
    book.rows.add(*items)
    return items


def _item(book: Book, place: Place, purchase: Purchase) -> ProcurementItem:
    dice, of = book.dice, book.dice.pick(tuple(ProcurementType)) if purchase.project else ProcurementType.GOODS
    catalogue = dice.pick(book.codes.things(of))
    item = ProcurementItem(
        budget=book.budget,
        unit=place.unit,
        project=purchase.project,
        name=f"示例{catalogue.name}",
        catalogue=catalogue,
        type=of,
        mode=dice.pick(tuple(ProcurementMode)),
        measure=MEASURES[of],
        source=purchase.line.source,
    )
    limit = fen_of(purchase.line.amount) * purchase.percent // 100
    (_priced if of == ProcurementType.GOODS else _lump)(book, item, limit)
    item.reserved = yuan(fen_of(item.amount) * dice.pick((0, 30, 60, 100)) // 100)
    item.reserved_micro = yuan(fen_of(item.reserved) * dice.pick((0, 50, 100)) // 100)
    return item


def _priced(book: Book, item: ProcurementItem, limit: int) -> None:
    """Buy a number of things: 数量 × 单价 = 金额 + 其他渠道资金."""
    count = book.dice.between(1, 10)
    price = limit // count // 100 * 100
    item.quantity, item.unit_price = Decimal(count), yuan(price)
    others = price * count // 400 * 100 if book.dice.chance(20) else 0
    item.other_channels, item.amount = yuan(others), yuan(price * count - others)


def _lump(book: Book, item: ProcurementItem, limit: int) -> None:
    """Buy works or services for a sum: 数量 and 单价 do not apply, or nobody gave them yet."""
    item.amount = yuan(limit)
    if book.dice.chance(80):
        item.quantity_not_applicable = item.unit_price_not_applicable = True
        item.measure = ""
