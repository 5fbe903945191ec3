"""基本支出 of a synthetic unit: 人员经费 from 301 and 303, 公用经费 from 302 and 310."""

from typing import NamedTuple

from budgets.enums import OPERATING_NATURES, Kind, Source
from disclosure.sample.government.book import Book, Spending
from disclosure.sample.government.seats import Place

PENSION, ANNUITY, MEDICAL, SUBSIDY_MEDICAL, HOUSING = "2080505", "2080506", "21011", "2101103", "2210201"
INSURANCE, RETIRED = "2089999", "20805"
RUNNING = ""
OFFICE, INSTITUTION = True, False


class Item(NamedTuple):
    """A 款 with what one person costs a year in 元; ``only`` offices or other units where it is not for all."""

    economic: str
    low: int
    high: int
    function: str = RUNNING
    only: bool | None = None
    label: str = ""


PERSONNEL = (
    Item("30101", 36000, 48000),
    Item("30102", 20000, 40000, only=OFFICE),
    Item("30103", 3000, 5000),
    Item("30107", 22000, 38000, only=INSTITUTION),
    Item("30108", 12000, 17000, PENSION),
    Item("30109", 6000, 8500, ANNUITY),
    Item("30110", 5500, 7800, MEDICAL),
    Item("30111", 1800, 2600, SUBSIDY_MEDICAL, only=OFFICE),
    Item("30112", 400, 900, INSURANCE),
    Item("30113", 9000, 13000, HOUSING),
    Item("30302", 3000, 9000, RETIRED),
    Item("30305", 200, 600),
)
PUBLIC = (
    Item("30201", 1500, 3200),
    Item("30202", 200, 700),
    Item("30205", 100, 300),
    Item("30206", 400, 1200),
    Item("30207", 300, 900),
    Item("30208", 500, 1400),
    Item("30211", 600, 1800),
    Item("30213", 200, 900),
    Item("30216", 200, 700),
    Item("30228", 700, 1200, label="工会经费（代扣）"),
    Item("30229", 400, 900, label="福利费（按规定提取）"),
    Item("30239", 5000, 8000, only=OFFICE, label="公务交通补贴"),
    Item("30299", 300, 900),
    Item("31002", 300, 1100),
)


def spend_basics(book: Book, place: Place) -> None:
    """Write a unit's 基本支出; a rich one pays part of it with its own money."""
    office = place.post.nature in OPERATING_NATURES
    for kind, items in ((Kind.PERSONNEL, PERSONNEL), (Kind.PUBLIC, PUBLIC)):
        for item in items:
            if item.only is None or item.only == office:
                _spend(book, place, kind, item)
    _spend_three_public(book, place)
    if place.post.rich:
        _spend_own(book, place)


def _spend(book: Book, place: Place, kind: Kind, item: Item) -> None:
    office = place.post.nature in OPERATING_NATURES
    fen = book.dice.fen(place.staff * item.low, place.staff * item.high)
    function = _function(book, item.function, office=office)
    label = item.label if office and book.seat.slot % 2 == 0 else ""
    book.spend(place, Spending(kind, Source.GENERAL, fen, function, item.economic, label=label))


def _function(book: Book, function: str, *, office: bool) -> str:
    """Complete a function that differs between offices and institutions."""
    if function == RUNNING:
        return book.seat.character.running if office else book.seat.character.institution
    if function in (MEDICAL, RETIRED):
        return f"{function}{'01' if office else '02'}"
    return function


def _spend_three_public(book: Book, place: Place) -> None:
    """Write the “三公” part of 公用经费: only what the unit has vehicles, guests or journeys for."""
    office = place.post.nature in OPERATING_NATURES
    parts = {
        "30231": place.vehicles and book.dice.fen(place.vehicles * 18000, place.vehicles * 32000),
        "30217": place.receives and book.dice.fen(4000, 30000),
        "30212": place.travels and book.dice.fen(20000, 90000),
    }
    function = _function(book, RUNNING, office=office)
    for economic, fen in parts.items():
        if fen:
            book.spend(place, Spending(Kind.PUBLIC, Source.GENERAL, fen, function, economic))


def _spend_own(book: Book, place: Place) -> None:
    own = ((Source.SPECIAL_ACCOUNT, "30107"), (Source.INSTITUTION, "30107"), (Source.INSTITUTION, "30226"))
    for source, economic in own:
        kind = Kind.PERSONNEL if economic.startswith("301") else Kind.PUBLIC
        fen = book.dice.fen(place.staff * 3000, place.staff * 9000)
        book.spend(place, Spending(kind, source, fen, book.seat.character.institution, economic))
