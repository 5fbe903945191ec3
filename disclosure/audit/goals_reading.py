"""What a document promises as the rules on goals read it: projects and indicators with the cell where each stands."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from operator import add
from typing import NamedTuple

from budgets.money import FULL_WIDTH
from disclosure.audit.citing import Cited, Place, Problem
from disclosure.audit.kept import once
from disclosure.audit.reading import Sheet, sheets
from disclosure.document import Document
from disclosure.facts import IndicatorFact, ProjectFact
from performance.enums import Operator
from performance.measures import MEASURES

GOALS = "goal-"
LONGEST = 5
"""A longer unit runs on into other words."""
SIGNS = {sign.translate(FULL_WIDTH): sign.value for sign in Operator if sign != Operator.QUALITATIVE}
SIGN = "|".join(map(re.escape, SIGNS))
UNIT = "|".join(re.escape(unit.translate(FULL_WIDTH)) for unit in sorted(MEASURES, key=len, reverse=True))
COMPOUND = r"[^\W\d]{1,3}/[^\W\d]{1,4}(?:/[^\W\d]{1,4})?"
NUMBER = re.compile(
    rf"(?P<sign>{SIGN})?\s*(?P<number>-?\d[\d,]*(?:\.\d+)?)\s*(?P<unit>(?:{COMPOUND}|{UNIT})(?=$|[，。；、,.;(（\s])|%)?(?P<rest>.*)",
    re.DOTALL,
)
DATE = re.compile(r"\d{4}\s*年|\d{1,2}\s*月\s*(\d{1,2}\s*日|底|前|初|中|份|末)|\d{4}[-/.]\d{1,2}")
RANGE = re.compile(r"\d\s*%?\s*(-|~|—|–|至|到|/|:)\s*\d")
NOISE = re.compile(r"[\W_]+")
NOT_PROMISED = "没有项目绩效目标"


class Value(NamedTuple):
    """An 指标值 taken apart; ``number`` is None where it is no number, then ``rest`` is all it says."""

    operator: str
    number: Decimal | None
    measure: str
    rest: str


@lru_cache(maxsize=4096)
def value_of(indicator: IndicatorFact) -> Value:
    """Take apart what an indicator promises, wherever its parts were written."""
    measure = indicator.measure if len(indicator.measure) <= LONGEST or "/" in indicator.measure else ""
    stated = f"{indicator.value.strip()}{'' if measure else indicator.measure}"
    text = stated.translate(FULL_WIDTH)
    found = None if DATE.search(text) or RANGE.search(text) else NUMBER.fullmatch(text)
    if not found or (indicator.operator == Operator.QUALITATIVE and found["rest"]):
        return Value(indicator.operator, None, measure, stated)
    operator = indicator.operator or SIGNS.get(found["sign"] or "", "")
    rest = stated[len(stated) - len(found["rest"]) :].strip("，。；、,.; ()（）")
    number = Decimal(found["number"].replace(",", ""))
    return Value(operator, number, measure or found["unit"] or "", rest)


class Promise(NamedTuple):
    """A project with its goal table, if the document prints it."""

    project: ProjectFact
    sheet: Sheet | None

    @property
    def named(self) -> str:
        """Name the project with its code."""
        return f"项目“{self.project.name}”（{self.project.code}）"

    def problem(self, message: str, column: str = "") -> Problem:
        """Find something wrong with the project's promise; ``column`` names the part of it."""
        key = self.sheet.table.key if self.sheet else "facts"
        words = f"{self.sheet.title if self.sheet else self.named}{column and f'的{column}'}"
        return Problem(f"{self.named}{message}", (Cited(None, Place(key, column, None, words), measure=""),))

    @property
    def measured(self) -> "Iterator[Measured]":
        """Yield its indicators, each with the row of the goal table that prints it."""
        rows = _rows(self.sheet) if self.sheet else []
        for at, indicator in enumerate(self.project.indicators):
            same = [number for number, name in rows if name == indicator.name]
            number = same[0] if same else rows[at][0] if at < len(rows) else None
            rows = [pair for pair in rows if not same or pair[0] != number]
            yield Measured(self, indicator, number, value_of(indicator))


def _rows(sheet: Sheet) -> list[tuple[int, str]]:
    return [(number, sheet.text(number, "name")) for number, _ in sheet.numbered]


class Measured(NamedTuple):
    """An indicator of a project, with the number of its row, if it is printed, and its value taken apart."""

    promise: Promise
    indicator: IndicatorFact
    row: int | None
    value: Value

    @property
    def printed(self) -> str:
        """Return its value as printed."""
        of = self.indicator
        return f"{'' if of.operator == Operator.QUALITATIVE else of.operator}{of.value}{of.measure}"

    @property
    def kind(self) -> str:
        """Return its 二级指标 without the word “指标”."""
        return self.indicator.level2.removesuffix("指标")

    @property
    def named(self) -> str:
        """Name it with its project."""
        return f"{self.promise.named}的指标“{self.indicator.name}”"

    def problem(self, message: str, column: str = "target") -> Problem:
        """Find something wrong with the indicator, in its cell of ``column`` where there is one."""
        sheet = self.promise.sheet
        if sheet is None or self.row is None:
            place = Place("facts", column, None, self.named)
            return Problem(f"{self.named}{message}", (Cited(None, place, measure=""),))
        there = next(key for key in (column, "name") if key in sheet.known)
        return Problem(f"{self.named}{message}", (sheet.cite(self.row, there, self.indicator.name),))


@once
def promises(document: Document) -> tuple[Promise, ...]:
    """Return every project that promises something; what is withheld promises nothing in public."""
    tables = {sheet.table.key: sheet for sheet in sheets(document)}
    return tuple(
        Promise(project, tables.get(f"{GOALS}{project.code}"))
        for project in document.content.facts.projects
        if project.goals or project.indicators or any(project.plan)
    )


@once
def measured(document: Document) -> tuple[Measured, ...]:
    """Return every indicator of every project."""
    return tuple(one for promise in promises(document) for one in promise.measured)


def promised(document: Document) -> str | None:
    """Apply where projects promise something."""
    return None if promises(document) else NOT_PROMISED


def counted(document: Document) -> str | None:
    """Apply where projects have indicators."""
    return None if measured(document) else "没有项目绩效指标"


def bare(text: str) -> str:
    """Leave out punctuation and spaces."""
    return NOISE.sub("", text)


@lru_cache(maxsize=4096)
def pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters."""
    plain = bare(text)
    return frozenset(map(add, plain, plain[1:]))


def alike(one: str, other: str, parts: int, whole: int) -> bool:
    """Tell whether two texts share at least ``parts`` of ``whole`` of all their pairs of characters."""
    here, there = pairs(one), pairs(other)
    return 2 * len(here & there) * whole >= parts * (len(here) + len(there)) > 0
