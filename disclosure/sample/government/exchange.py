"""上缴 and 补助: what passes between units of a department, and between them and others."""

from typing import NamedTuple

from budgets.enums import Kind, Source
from budgets.models import ExpenditureLine, Project
from disclosure.sample.government.book import Book, Spending, total
from disclosure.sample.government.dice import fen_of
from disclosure.sample.government.seats import Place
from disclosure.sample.government.works import begin


class Passage(NamedTuple):
    """Who pays whom, as which spending, with which money."""

    payer: Place
    kind: Kind
    money: Source


def exchange(book: Book) -> None:
    """Write 经营支出, transfers to and from others, and those within the department, equal on both sides."""
    for place in book.seat.places:
        if place.post.rich:
            _trade(book, place)
    if book.seat.pair:
        head, below = book.seat.pair
        _grant(book, below, Source.SUPERIOR, Passage(head, Kind.SUBSIDY, Source.OTHER))
        _grant(book, head, Source.SUBORDINATE, Passage(below, Kind.HANDED_UP, Source.BUSINESS))


def _trade(book: Book, place: Place) -> None:
    """Write what a rich unit has to do with others: they are not named, being outside the department."""
    function, dice = book.seat.character.institution, book.dice
    project = begin(book, place, "上下级协作")
    for source in (Source.SUPERIOR, Source.SUBORDINATE):
        _receive(book, place, project, source)
    for kind, source, economic in (
        (Kind.BUSINESS, Source.BUSINESS, "30218"),
        (Kind.BUSINESS, Source.BUSINESS, ""),
        (Kind.HANDED_UP, Source.INSTITUTION, ""),
        (Kind.SUBSIDY, Source.BUSINESS, ""),
    ):
        book.spend(place, Spending(kind, source, dice.fen(30000, 300000), function, economic))


def _receive(book: Book, place: Place, project: Project, source: Source) -> list[ExpenditureLine]:
    fen = book.dice.fen(20000, 200000)
    return book.spend(place, Spending(Kind.PROJECT, source, fen, book.next_function(), "30227", project=project))


def _grant(book: Book, receiver: Place, source: Source, passage: Passage) -> None:
    """Let one unit pay for a project of another: one line of spending for the money, one for its use."""
    lines = _receive(book, receiver, begin(book, receiver, "部门内部协作"), source)
    for line in lines:
        book.grant(line, passage.payer.unit)
    fen, function = fen_of(total(lines)), book.seat.character.institution
    said = Spending(passage.kind, passage.money, fen, function, counterpart=receiver.unit)
    book.spend(passage.payer, said)
