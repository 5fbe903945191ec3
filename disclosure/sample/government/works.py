"""项目支出 of a synthetic unit: new and running projects from every source the unit has."""

from typing import NamedTuple

from budgets.enums import Affiliation, Kind, ProjectCategory, Source
from budgets.models import Project
from disclosure.sample.government.book import Book, Spending
from disclosure.sample.government.seats import Place

ECONOMICS = ("30201", "30202", "30213", "30216", "30226", "30227", "30299", "31002", "31003", "31007")
BUILDING = ("31005", "31006", "31099")
OWN = (Source.SPECIAL_ACCOUNT, Source.INSTITUTION, Source.OTHER, Source.SURPLUS)
LINES_A_PROJECT = 40


class Work(NamedTuple):
    """A project's line in the making: which money, for which codes, carried over or not."""

    source: Source
    function: str
    economic: str = ""
    carried: bool = False


def spend_works(book: Book, place: Place) -> None:
    """Write a unit's projects, running ones first."""
    head = place is book.seat.head
    running = [project for project in place.projects if book.dice.chance(50)]
    if book.is_first and (head or book.dice.chance(30)):
        running.append(begin(book, place, _subject(book), book.year - book.dice.between(1, 2)))
    place.projects = running
    for project in running:
        _spend_general(book, place, project, carried=True)
    for _ in range(book.dice.between(2, 3) if head or place.post.rich else book.dice.between(0, 2)):
        _spend_general(book, place, begin(book, place, _subject(book)), carried=False)
    if head:
        _spend_budgets(book, place)
    _spend_three_public(book, place)
    if place.post.rich:
        _spend_own(book, place)


def begin(book: Book, place: Place, subject: str, first_year: int | None = None) -> Project:
    """Begin a project; one of an earlier year keeps that year's code and name."""
    year = first_year or book.year
    name = f"示例{year}年{subject}"
    book.named[name] = book.named.get(name, 0) + 1
    project = Project(
        code=f"{book.plan.code}{year % 100:02d}P{book.dice.serial(12)}",
        name=name if book.named[name] == 1 else f"{name}（{book.named[name]}）",
        unit=place.unit,
        category=book.dice.pick((ProjectCategory.OPERATING, ProjectCategory.SPECIFIC)),
        first_year=year,
    )
    place.projects.append(project)
    book.rows.add(project)
    return project


def _subject(book: Book) -> str:
    return book.dice.pick(book.seat.character.subjects)


def _spend(book: Book, place: Place, project: Project, work: Work) -> None:
    fen = book.dice.fen(20000, 600000)
    book.spend(
        place,
        Spending(
            Kind.PROJECT,
            work.source,
            fen,
            work.function,
            work.economic,
            carried=work.carried,
            project=project,
        ),
    )


def _spend_general(book: Book, place: Place, project: Project, *, carried: bool) -> None:
    """Write one to three lines of 一般公共预算, with economic codes or, for some projects, without."""
    coded = book.dice.chance(60)
    for number in range(book.dice.between(1, 3)):
        economic = book.dice.pick(ECONOMICS) if coded else ""
        work = Work(Source.GENERAL, book.next_function(), economic, carried=carried and number == 0)
        _spend(book, place, project, work)


def _spend_budgets(book: Book, place: Place) -> None:
    """Write what 政府性基金 and 国有资本经营 pay for, this year's money and carried over."""
    character = book.seat.character
    for source, functions, word in (
        (Source.FUND, character.funds, "基金安排的建设"),
        (Source.CAPITAL, character.capitals, "国有资本经营预算安排的改革"),
    ):
        if functions:
            project = begin(book, place, f"{character.name.removesuffix('局')}{word}")
            for function in functions:
                _spend(book, place, project, Work(source, function, book.dice.pick(BUILDING)))
            _spend(book, place, project, Work(source, functions[0], carried=True))


def _spend_three_public(book: Book, place: Place) -> None:
    """Write the part of “三公” that is not 公用经费: a new vehicle, guests and journeys of a project."""
    if place.unit.affiliation != Affiliation.HEAD or place.slot % 4:
        return
    project = begin(book, place, "公务保障和对外交流")
    function = book.next_function()
    parts = {"31013": place.vehicles, "30212": place.travels, "30217": place.receives}
    for economic in (economic for economic, there in parts.items() if there):
        _spend(book, place, project, Work(Source.GENERAL, function, economic))
    if book.seat.character.funds and place.receives:
        _spend(book, place, project, Work(Source.FUND, book.seat.character.funds[-1], "30217"))
    if not any(parts.values()):
        _spend(book, place, project, Work(Source.GENERAL, function, "30299"))


def _spend_own(book: Book, place: Place) -> None:
    """Write what a rich unit pays for with its own money."""
    project = begin(book, place, "事业发展")
    for source in OWN:
        _spend(book, place, project, Work(source, book.next_function(), book.dice.pick(ECONOMICS)))
    for source in (Source.SPECIAL_ACCOUNT, Source.INSTITUTION):
        _spend(book, place, project, Work(source, book.next_function(), carried=True))


def pad(book: Book) -> None:
    """Write further lines, spread over the units, until there are as many as the plan wants."""
    places, turn = book.seat.places, 0
    while book.plan.lines and len(book.lines) < book.plan.lines:
        place = places[turn % len(places)]
        project = begin(book, place, _subject(book))
        for _ in range(min(LINES_A_PROJECT, book.plan.lines - len(book.lines))):
            _spend(book, place, project, Work(Source.GENERAL, book.next_function(), book.dice.pick(ECONOMICS)))
        turn += 1
