"""收入 of a synthetic department: exactly what its spending and 结转下年 need, source by source."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from budgets.enums import Source
from budgets.models import CarryForward, Function, RevenueLine, Unit
from budgets.money import ZERO
from disclosure.sample.government.book import Book
from disclosure.sample.government.dice import yuan


class Purse(NamedTuple):
    """What one line of income is for."""

    unit: Unit
    source: str
    carried: bool
    function: Function | None
    counterpart: Unit | None


def receive(book: Book) -> list[RevenueLine]:
    """Write the income, and 结转下年 of some units."""
    needed = _needed(book)
    for forward in _forward(book):
        book.rows.add(forward)
        purse = next(
            purse
            for purse in needed
            if (purse.unit, purse.source, purse.carried) == (forward.unit, forward.source, False)
        )
        needed[purse] += forward.amount
    revenues = [
        RevenueLine(
            budget=book.budget,
            unit=purse.unit,
            source=purse.source,
            carried_over=purse.carried,
            function=purse.function,
            counterpart=purse.counterpart,
            amount=amount,
        )
        for purse, amount in needed.items()
    ]
    book.rows.add(*revenues)
    return revenues


def _needed(book: Book) -> dict[Purse, Decimal]:
    """Add spending by what pays for it; every fourth department does not say for which function income is."""
    blank = book.seat.slot % 4 == 3  # noqa: PLR2004 (every fourth)
    needed: dict[Purse, Decimal] = {}
    for line in book.lines:
        function = None if blank else line.function
        purse = Purse(line.unit, line.source, line.carried_over, function, book.granted.get(id(line)))
        needed[purse] = needed.get(purse, ZERO) + line.amount
    return needed


def _forward(book: Book) -> Iterator[CarryForward]:
    if book.seat.slot % 3:
        return
    for place, source in ((book.seat.head, Source.GENERAL), (book.seat.rich, Source.INSTITUTION)):
        if place:
            amount = yuan(book.dice.fen(1000, 50000))
            yield CarryForward(budget=book.budget, unit=place.unit, source=source, amount=amount)
