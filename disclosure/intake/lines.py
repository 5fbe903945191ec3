"""The rows of a sheet as text under our own headers, and the rows that are set aside with their reason."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError

from budgets.money import ZERO, MoneyUnit, number, parse, says_not_applicable
from disclosure.intake.columns import Column, columns_of
from disclosure.intake.problems import Problem
from disclosure.intake.recognition import Found

TOTALS = ("合计", "总计", "小计", "合 计", "总 计")


class Line(NamedTuple):
    """A row of the file: its number as the spreadsheet counts, and its cells by header."""

    number: int
    cells: dict[str, str]


class Aside(NamedTuple):
    """A row that is no fact: where, and why."""

    place: str
    reason: str


class Lines(NamedTuple):
    """Everything below the header of a sheet, each row in one of the two."""

    lines: list[Line]
    aside: list[Aside]


def lines_of(found: Found) -> Lines:
    """Sort the rows below the header; blank rows end nothing and count for nothing."""
    result = Lines([], [])
    for number_, row in enumerate(found.sheet.rows[found.header + 1 :], start=found.header + 2):
        cells = {header: row[at] if at < len(row) else "" for header, at in found.places.items()}
        if not any(cells.values()):
            continue
        reason = _reason(found, row, cells)
        if reason:
            result.aside.append(Aside(found.place(number_), reason))
        else:
            result.lines.append(Line(number_, {**cells, **_in_yuan(found, cells)}))
    return result


def name_of(found: Found) -> str:
    """Name the sheet as the file does; delimited text has no name of its own."""
    return found.sheet.name or found.kind.title


def _reason(found: Found, row: list[str], cells: dict[str, str]) -> str:
    if row == found.sheet.rows[found.header]:
        return "重复的表头"
    keys = [column.header for column in columns_of(found.kind) if column.key]
    filled = [cells[key] for key in keys if cells.get(key)]
    return "合计行，由系统加总" if filled[:1] and filled[0] in TOTALS and len(filled) == 1 else ""


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
    field, value = (column.header, line.cells.get(column.header, "")) if column else ("", "")
    expected, fix = (column.rule, column.fix) if column else ("", "请核对这一行。")
    for message in error.messages:
        said = message.removeprefix(f"{field}：")
        where = (found.place(line.number), 0, 0) if line.number in found.origins else (name_of(found), line.number, at)
        yield Problem(*where, field, value, said, expected, fix)
