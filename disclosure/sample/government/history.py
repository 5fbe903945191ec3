"""What a synthetic year is compared with: last year's figures, and the bureau's control figures."""

from decimal import Decimal

from budgets.enums import BASIC, Kind, PreviousMeasure, PreviousRow, PreviousTable, Source
from budgets.models import ControlFigure, ExpenditureLine, PreviousFigure, RevenueLine, ThreePublicCost, Unit
from budgets.money import ZERO
from disclosure.sample.government.book import Book
from disclosure.sample.government.dice import fen_of, yuan
from disclosure.sample.government.schedules import costs_of
from disclosure.sample.government.seats import Past, Place, Spent, together

TABLES = {
    Source.GENERAL: PreviousTable.GENERAL_EXPENDITURE,
    Source.FUND: PreviousTable.FUND_EXPENDITURE,
    Source.CAPITAL: PreviousTable.CAPITAL_EXPENDITURE,
}
ENDED = (("2013899", False), ("2019999", True))
"""Functions spent on only the year before the first; with nothing of one executed."""


def control(book: Book) -> None:
    """Write the totals by source and kind as approved: what passes within the department is no spending of it."""
    sums: dict[tuple[str, str], Decimal] = {}
    for line in book.lines:
        if not line.counterpart:
            sums[line.source, line.kind] = sums.get((line.source, line.kind), ZERO) + line.amount
    for (source, kind), amount in sums.items():
        book.rows.add(ControlFigure(budget=book.budget, source=source, kind=kind, amount=amount))


def compare(book: Book, costs: list[ThreePublicCost]) -> None:
    """Write last year's figures of the department and of each unit, guessed where there was no such year."""
    guessed = book.seat.past is None
    if guessed:
        for place in book.seat.places:
            place.past = _guess(book, place, costs)
        book.seat.past = together([place.past for place in book.seat.places if place.past])
    if book.seat.past:
        _figures(book, None, book.seat.past, guessed=guessed)
    for place in book.seat.places:
        if place.past:
            _figures(book, place.unit, place.past, guessed=guessed)


def remember(book: Book, revenues: list[RevenueLine]) -> None:
    """Let the units and the department remember this year for the next."""
    for place in book.seat.places:
        received = [row for row in revenues if row.unit == place.unit]
        place.past = _past(book.of(place), received)
    book.seat.past = together([place.past for place in book.seat.places if place.past])


def _past(lines: list[ExpenditureLine], revenues: list[RevenueLine]) -> Past:
    spent = [
        Spent(line.kind, line.source, line.function.code, line.counterpart is not None, line.amount) for line in lines
    ]
    outside = sum((row.amount for row in revenues if not row.counterpart), ZERO)
    return Past(spent, sum((row.amount for row in revenues), ZERO), outside, costs_of(lines))


def _guess(book: Book, place: Place, costs: list[ThreePublicCost]) -> Past:
    """Guess the year before the first: 90 to 108 percent of each line, and functions that have ended since."""
    dice, past = book.dice, _past(book.of(place), [])
    past.lines = [line._replace(amount=yuan(dice.near(fen_of(line.amount), 90, 108))) for line in past.lines]
    if place is book.seat.head:
        past.lines += [
            Spent(Kind.PROJECT, Source.GENERAL, code, internal=False, amount=yuan(dice.fen(10000, 90000)))
            for code, _ in ENDED
        ]
    past.received = sum((line.amount for line in past.lines), ZERO)
    past.outside = sum((line.amount for line in past.lines if not line.internal), ZERO)
    own = [row for row in costs if row.unit == place.unit and row.previous is not None]
    past.costs = {(row.item, row.source): row.previous for row in own}
    return past


def _figures(book: Book, unit: Unit | None, past: Past, *, guessed: bool) -> None:
    lines = past.lines if unit else [line for line in past.lines if not line.internal]
    by_kind = {kind: sum((line.amount for line in lines if line.kind == kind), ZERO) for kind in Kind}
    summary = {
        PreviousRow.REVENUE_TOTAL: past.received if unit else past.outside,
        PreviousRow.TOTAL: sum(by_kind.values(), ZERO),
        PreviousRow.BASIC: sum((by_kind[kind] for kind in BASIC), ZERO),
        PreviousRow.PERSONNEL: by_kind[Kind.PERSONNEL],
        PreviousRow.PUBLIC: by_kind[Kind.PUBLIC],
        PreviousRow.PROJECT: by_kind[Kind.PROJECT],
        PreviousRow.THREE_PUBLIC: sum(past.costs.values(), ZERO),
    }
    stated = {"budget": book.budget, "unit": unit}
    for row, amount in summary.items():
        budgeted = {"measure": PreviousMeasure.BUDGET, "table": PreviousTable.SUMMARY}
        book.rows.add(PreviousFigure(**stated, **budgeted, code=row, amount=amount))
    for source, table in TABLES.items():
        executed = {**stated, "measure": PreviousMeasure.EXECUTION, "table": table}
        for code, amount in _by_function(lines, source).items():
            book.rows.add(_executed(book, PreviousFigure(**executed, code=code, amount=amount), guessed=guessed))


def _by_function(lines: list[Spent], source: Source) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for line in lines:
        if line.source == source:
            sums[line.function] = sums.get(line.function, ZERO) + line.amount
    return sums


def _executed(book: Book, row: PreviousFigure, *, guessed: bool) -> PreviousFigure:
    """Let execution be near the budget, nothing for some, and not applicable for a few of the year before the first."""
    if (row.code, True) in ENDED:
        row.amount = ZERO
    elif guessed and book.dice.chance(4):
        row.amount, row.amount_not_applicable = None, True
    elif row.amount:
        share = book.dice.between(94, 103) if book.dice.chance(96) else 0
        row.amount = yuan(fen_of(row.amount) * share // 100)
    return row
