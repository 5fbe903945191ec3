"""Makes the government of a plan, year by year, department by department."""

from django.db import transaction

from budgets.models import Budget, FiscalYear, Government
from disclosure.sample.crew import store_crew
from disclosure.sample.government.basics import spend_basics
from disclosure.sample.government.book import Book, Rows
from disclosure.sample.government.buying import buy
from disclosure.sample.government.codes import Codes, ensure_codes, store_changes
from disclosure.sample.government.dice import Dice
from disclosure.sample.government.exchange import exchange
from disclosure.sample.government.history import compare, control, remember
from disclosure.sample.government.income import receive
from disclosure.sample.government.plan import Plan
from disclosure.sample.government.promises import promise
from disclosure.sample.government.publicity import Schedules, publicize
from disclosure.sample.government.reforms import Reform
from disclosure.sample.government.register import Register, profile, store_government, store_years
from disclosure.sample.government.schedules import assets, three_public
from disclosure.sample.government.seats import Seat
from disclosure.sample.government.works import pad, spend_works


@transaction.atomic
def make_government(plan: Plan) -> Government:
    """Store the government of ``plan`` and return it; raise PlanError in Chinese where that cannot be done."""
    plan.check()
    government = store_government(plan)
    ensure_codes(plan.first_year)
    store_crew(government, f"sample-{government.code}")
    register, seats = Register(government, plan), list[Seat]()
    first = Codes(plan.first_year, plan.first_year)
    for year in store_years(government, plan):
        codes = first if year.year == plan.first_year else Codes(year.year, plan.first_year)
        if year.year == plan.first_year:
            seats = [register.seat(slot) for slot in range(plan.departments)]
        elif year.year == plan.first_year + 1:
            seats = Reform(register, year.year).apply(seats)
            store_changes(first, codes)
        for seat in seats:
            _write(plan, seat, year, codes)
    return government


def _write(plan: Plan, seat: Seat, year: FiscalYear, codes: Codes) -> None:
    """Write one department's year: spending first, income from it, then all that is derived or compared."""
    budget = Budget.objects.create(fiscal_year=year, department=seat.department)
    book = Book(plan, seat, budget, codes, Dice(f"{plan.seed}-{year.year}-{seat.department.code}"), Rows())
    for place in seat.places:
        book.rows.add(profile(place, year.year))
        spend_basics(book, place)
        spend_works(book, place)
    exchange(book)
    pad(book)
    book.rows.add(*book.lines)
    revenues = receive(book)
    schedules = _schedules(book)
    control(book)
    compare(book, schedules.costs)
    promise(book)
    publicize(book, schedules)
    book.rows.store()
    remember(book, revenues)


def _schedules(book: Book) -> Schedules:
    """Write “三公”, procurement and assets of each unit."""
    made = Schedules([], [], [])
    for place in book.seat.places:
        made.costs.extend(three_public(book, place))
        made.bought.extend(buy(book, place))
        made.held.extend(assets(book, place))
    return made
