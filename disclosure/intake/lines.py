"""The rows of a sheet as text under our own headers, and the rows that are set aside with their reason."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError

from budgets.money import ZERO, MoneyUnit, number, parse, says_not_applicable
from budgets.readers.figures import says_nothing
from budgets.readers.hazards import Hazard
from budgets.readers.sheets import Note
from disclosure.intake.columns import Column, columns_of
from disclosure.intake.problems import Problem
from disclosure.intake.recognition import Found

PART = "小计"
TOTALS = ("合计", "总计", "总合计", "本页合计", PART, "本页小计")
UNREADABLE = frozenset({Hazard.UNCALCULATED, Hazard.ERROR, Hazard.DAMAGED, Hazard.MERGED})
"""Hazards of cells that must not be read for what seems to stand there."""
EXPLAINED = UNREADABLE | {Hazard.DATE}
"""Hazards that say better than anything else why a cell cannot be read."""


class Line(NamedTuple):
    """A row of the file: its number as the spreadsheet counts, and its cells by header."""

    number: int
    cells: dict[str, str]
    title: str = ""
    """What a row of totals calls itself: 合计, 小计."""


class Aside(NamedTuple):
    """A row that is no fact: where, and why."""

    place: str
    reason: str


class Lines(NamedTuple):
    """Everything below the header of a sheet, each row a line or set aside."""

    lines: list[Line]
    aside: list[Aside]
    stated: list[Line]
    """The rows of totals among those set aside."""


def lines_of(found: Found) -> Lines:
    """Sort the rows below the header; blank rows end nothing and count for nothing."""
    result, keys = Lines([], [], []), [column.header for column in columns_of(found.kind) if column.key]
    money = [column.header for column in columns_of(found.kind) if column.money]
    for number_, row in enumerate(found.sheet.rows[found.header + 1 :], start=found.header + 2):
        cells = {header: row[at] if at < len(row) else "" for header, at in found.places.items()}
        if not any(cells.values()):
            continue
        title, repeated = _total(cells, keys), row == found.sheet.rows[found.header]
        unfilled = {header: "" for header in money if says_nothing(cells.get(header, ""))}
        line = Line(number_, {**cells, **_in_yuan(found, cells), **unfilled} if found.wan or unfilled else cells, title)
        if title or repeated:
            reason = "重复的表头" if repeated else f"{title}行，由系统加总，已与各行核对"
            result.aside.append(Aside(found.place(number_), reason))
        if title:
            result.stated.append(line)
        elif not repeated:
            result.lines.append(line)
    return result


def doubts_of(found: Found) -> dict[tuple[int, int], Note]:
    """Return the hazards that make cells unreadable, by row and column from 1."""
    return {(note.row + 1, note.column + 1): note for note in found.sheet.notes if note.hazard in EXPLAINED}


def name_of(found: Found) -> str:
    """Name the sheet as the file does; delimited text has no name of its own."""
    return found.sheet.name or found.kind.title


def _total(cells: dict[str, str], keys: list[str]) -> str:
    """Return what a row of totals calls itself, blank for any other row; ``keys``: headers of the natural key."""
    filled = [cells[key] for key in keys if cells.get(key)]
    title = re.sub(r"[\s:：]", "", filled[0]) if len(filled) == 1 else ""
    return title if title in TOTALS else ""


def _in_yuan(found: Found, cells: dict[str, str]) -> dict[str, str]:
    """Turn what is written in 万元 into 元, exactly; what is no number stays to be complained about."""
    figures = {header: number(cells[header]) for header in found.wan}
    return {header: f"{value * MoneyUnit.WAN.in_yuan:f}" for header, value in figures.items() if value is not None}


def money_in(column: Column, lines: list[Line]) -> Decimal:
    """Add up a money column straight from the text of the file."""
    return sum((_amount(line.cells.get(column.header, "")) for line in lines), ZERO)


def _amount(text: str) -> Decimal:
    if not text or says_not_applicable(text):
        return ZERO
    try:
        return parse(text)
    except ValidationError:
        return ZERO


def complaints(found: Found, line: Line, column: Column | None, error: ValidationError) -> Iterator[Problem]:
    """State what is wrong with a cell, or with a row where no column is to blame."""
    at = found.places.get(column.header, -1) + 1 if column else 0
    field, value = (column.header, line.cells.get(column.header, "") or _dash(found, line, at)) if column else ("", "")
    expected, fix = (column.rule, column.fix) if column else ("", "请核对这一行。")
    doubt = doubts_of(found).get((line.number, at))
    for message in [doubt.sentence] if doubt else error.messages:
        said = message.removeprefix(f"{field}：")
        where = (found.place(line.number), 0, 0) if line.number in found.origins else (name_of(found), line.number, at)
        yield Problem(*where, field, value, said, expected, fix)


def _dash(found: Found, line: Line, at: int) -> str:
    """Return “—” where it was read as not filled in: the clerk looks for what stands there."""
    text = found.sheet.cell(line.number - 1, at - 1) if at else ""
    return text if says_nothing(text) else ""
