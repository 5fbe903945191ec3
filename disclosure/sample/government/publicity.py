"""The disclosures of a synthetic department's year: who publishes, who is merged or exempt, what is withheld."""

from datetime import date
from typing import NamedTuple, TypeVar

from budgets.enums import BASIC, Kind, Source, WithheldScheme
from budgets.models import AssetHolding, ExpenditureLine, ProcurementItem, ThreePublicCost, Unit, Withholding
from disclosure.enums import ExemptionKind, TableKey
from disclosure.models import Disclosure, Exemption
from disclosure.sample.government.book import Book
from disclosure.sample.government.register import approval
from disclosure.sample.government.words import write

Owned = TypeVar("Owned", ExpenditureLine, ThreePublicCost, ProcurementItem, AssetHolding)
EXEMPT_SLOT, EXEMPT_UNIT, FEW = 2, 4, 3
MERGED_AFTER = 3
WITHHOLDING_EVERY = 7
GROUND = "示例：经保密审查，公开后会泄露国家秘密"
SPENDING = {
    TableKey.GENERAL_EXPENDITURE: Source.GENERAL,
    TableKey.FUND_EXPENDITURE: Source.FUND,
    TableKey.CAPITAL_EXPENDITURE: Source.CAPITAL,
}


class Schedules(NamedTuple):
    """What a department's tables beside income and spending are filled from."""

    costs: list[ThreePublicCost]
    bought: list[ProcurementItem]
    held: list[AssetHolding]


def publicize(book: Book, schedules: Schedules) -> None:
    """Write the disclosures of the department and of each unit, and what no document may print by itself."""
    withhold(book)
    _disclose(book, None, schedules)
    for position in range(len(book.seat.places)):
        _disclose(book, position, schedules)


def withhold(book: Book) -> None:
    """Withhold a function and a project of some departments."""
    if book.seat.slot % WITHHOLDING_EVERY:
        return
    paid = ((line.function, line.project) for line in book.lines if line.source == Source.GENERAL)
    function, project = next((function, project) for function, project in paid if project)
    withheld = ((WithheldScheme.FUNCTION, function.code), (WithheldScheme.PROJECT, project.code))
    for scheme, code in withheld:
        book.rows.add(Withholding(budget=book.budget, scheme=scheme, code=code, ground=GROUND))


def exempted(book: Book, position: int | None) -> tuple[ExemptionKind, str] | None:
    """Say why a department (no position) or unit does not publish by itself; None where it does."""
    exempt = book.seat.slot == EXEMPT_SLOT and book.plan.departments >= FEW
    if exempt or (book.seat.slot == 0 and position == EXEMPT_UNIT):
        return ExemptionKind.EXEMPT, "示例：依照保密规定不予公开"
    if (
        position
        and position == min(MERGED_AFTER, len(book.seat.places) - 1)
        and not book.seat.places[position].post.rich
    ):
        return ExemptionKind.MERGED, "示例：规模较小，并入本级公开"
    return None


def _disclose(book: Book, position: int | None, schedules: Schedules) -> None:
    unit = None if position is None else book.seat.places[position].unit
    approved = approval(book.year, 10 if unit is None else 20)
    disclosure = Disclosure(
        budget=book.budget,
        unit=unit,
        approved_on=approved,
        document_number=_number(book, position),
        publisher=unit.name if unit else book.seat.department.full_name,
        composed_on=_composed(approved),
    )
    book.rows.add(disclosure)
    if exemption := exempted(book, position):
        kind, reason = exemption
        of = {"fiscal_year": book.budget.fiscal_year, "department": book.seat.department, "unit": unit}
        book.rows.add(Exemption(**of, kind=kind, reason=reason))
    write(book, disclosure, filled(book, unit, schedules))


def _number(book: Book, position: int | None) -> str:
    serial = int(book.seat.department.code) if position is None else int(book.seat.places[position].unit.code)
    return f"示例财预〔{book.year}〕{serial}号"


def _composed(approved: date) -> date:
    return approved.replace(day=approved.day + 3) if approved.day < 26 else approved  # noqa: PLR2004 (within a month)


def filled(book: Book, unit: Unit | None, schedules: Schedules) -> set[TableKey]:
    """Name the tables that have figures other than zero in a scope."""
    lines = _within(book.lines, unit)
    by_source = {table for table, source in SPENDING.items() if any(line.source == source for line in lines)}
    basic = any(line.source == Source.GENERAL and line.kind in BASIC for line in lines)
    project = any(line.kind == Kind.PROJECT for line in lines)
    there = {
        TableKey.BASIC_EXPENDITURE: basic,
        TableKey.PROJECTS: project,
        TableKey.GOALS: project,
        TableKey.THREE_PUBLIC: any(row.amount for row in _within(schedules.costs, unit)),
        TableKey.PROCUREMENT: any(row.amount for row in _within(schedules.bought, unit)),
        TableKey.ASSETS: any(row.value for row in _within(schedules.held, unit)),
        TableKey.OVERALL_GOALS: True,
    }
    return by_source | {table for table, is_there in there.items() if is_there}


def _within(rows: list[Owned], unit: Unit | None) -> list[Owned]:
    """Keep the rows of one unit, all for the whole department."""
    return [row for row in rows if unit is None or row.unit == unit]
