"""“三公”经费 and fixed assets of a synthetic unit: the first added up from its spending."""

from datetime import date
from decimal import Decimal

from budgets.enums import GENERAL_BUDGETS, AssetCategory, Source, ThreePublicItem
from budgets.models import AssetHolding, ExpenditureLine, ThreePublicCost
from budgets.money import ZERO
from disclosure.sample.government.book import Book
from disclosure.sample.government.dice import Dice, fen_of, yuan
from disclosure.sample.government.seats import Place

ITEMS = {
    "30212": ThreePublicItem.ABROAD,
    "31013": ThreePublicItem.VEHICLE_PURCHASE,
    "30913": ThreePublicItem.VEHICLE_PURCHASE,
    "30231": ThreePublicItem.VEHICLE_RUNNING,
    "30217": ThreePublicItem.RECEPTION,
}
REASONS: dict[str, str] = {
    ThreePublicItem.ABROAD: "根据因公出访计划安排的团组和人数有变化",
    ThreePublicItem.VEHICLE_PURCHASE: "根据车辆编制和报废更新计划安排",
    ThreePublicItem.VEHICLE_RUNNING: "车辆保有量和行驶里程有变化",
    ThreePublicItem.RECEPTION: "按照厉行节约要求，根据接待任务据实核定",
}
UNKNOWN = 6


def costs_of(lines: list[ExpenditureLine]) -> dict[tuple[str, str], Decimal]:
    """Add what lines spend on “三公” from the three budgets, by item and source."""
    costs: dict[tuple[str, str], Decimal] = {}
    for line in lines:
        item = ITEMS.get(line.economic.code) if line.economic else None
        if item and line.source in GENERAL_BUDGETS:
            costs[item, line.source] = costs.get((item, line.source), ZERO) + line.amount
    return costs


def three_public(book: Book, place: Place) -> list[ThreePublicCost]:
    """Write every item of a unit that has any: zero is zero, last year's may be missing or not apply."""
    costs = costs_of(book.of(place))
    before = place.past.costs if place.past else None
    keys: list[tuple[str, str]] = [(item, Source.GENERAL) for item in ThreePublicItem] if costs else []
    keys += [key for key in sorted({*costs, *(before or {})}) if key[1] != Source.GENERAL and costs]
    rows = [_cost(book, place, key, costs.get(key, ZERO)) for key in keys]
    for row in rows:
        _before(book, place, row)
    book.rows.add(*rows)
    return rows


def _before(book: Book, place: Place, row: ThreePublicCost) -> None:
    """State last year's figure of a row; guessed, missing or not applicable where there was no such year."""
    if place.past:
        row.previous = place.past.costs.get((row.item, row.source), ZERO)
    elif row.item == ThreePublicItem.ABROAD and not place.travels and book.dice.chance(50):
        row.previous_not_applicable = True
    elif book.seat.slot % UNKNOWN != UNKNOWN - 1:
        row.previous = yuan(book.dice.near(fen_of(row.amount), 90, 118))
    if row.previous is not None and row.previous != row.amount:
        row.reason = REASONS[row.item]


def _cost(book: Book, place: Place, key: tuple[str, str], amount: Decimal) -> ThreePublicCost:
    item, source = key
    row = ThreePublicCost(budget=book.budget, unit=place.unit, item=item, source=source, amount=amount)
    if amount and item in (ThreePublicItem.ABROAD, ThreePublicItem.RECEPTION):
        row.occasions = book.dice.between(1, 20)
        row.persons = row.occasions * book.dice.between(2, 9)
    if amount and item == ThreePublicItem.VEHICLE_PURCHASE:
        row.vehicles = 1
    if amount and item == ThreePublicItem.VEHICLE_RUNNING:
        row.vehicles = place.vehicles
    return row


def assets(book: Book, place: Place) -> list[AssetHolding]:
    """Write what a unit holds on 31 December of the year before; vehicles where it has running costs for them."""
    dice, as_of = book.dice, date(book.year - 1, 12, 31)
    owner = {"budget": book.budget, "unit": place.unit, "as_of": as_of}
    rows = [
        _buildings(dice, AssetHolding(**owner, category=AssetCategory.BUILDINGS, measure="平方米"), place),
        AssetHolding(
            **owner,
            category=AssetCategory.VEHICLES,
            measure="辆",
            quantity=Decimal(place.vehicles),
            value=yuan(dice.fen(120000, 200000) * place.vehicles),
        ),
        _equipment(dice, AssetHolding(**owner, category=AssetCategory.EQUIPMENT, measure="台"), place),
        AssetHolding(
            **owner,
            category=AssetCategory.OTHER,
            quantity_not_applicable=True,
            value=yuan(dice.fen(place.staff * 2000, place.staff * 9000)),
        ),
    ]
    book.rows.add(*rows)
    return rows


def _buildings(dice: Dice, row: AssetHolding, place: Place) -> AssetHolding:
    """Let 所属 offices sit in rooms that others account for: there the figure does not apply."""
    if place.slot % 2 == 0 and place.post.name and not place.post.rich:
        row.quantity_not_applicable = row.value_not_applicable = True
        return row
    size = place.staff * dice.between(9, 60)
    row.quantity, row.value = Decimal(size), yuan(size * dice.fen(1200, 3600))
    return row


def _equipment(dice: Dice, row: AssetHolding, place: Place) -> AssetHolding:
    """Leave some units' figure out: missing, not zero."""
    if not place.post.rich and dice.chance(20):
        return row
    count = dice.between(1, 9) if place.post.rich or dice.chance(40) else 0
    row.quantity, row.value = Decimal(count), yuan(count * dice.fen(210000, 900000))
    return row
