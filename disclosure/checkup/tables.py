"""Recognises the statutory tables among a document's tables; what is not recognised stays text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from budgets.money import MoneyUnit
from budgets.readers.blocks import Block, Paragraph
from disclosure.checkup.balances import read_fiscal, read_totals
from disclosure.checkup.cells import Entry, Read, frozen
from disclosure.checkup.coded import read_coded
from disclosure.checkup.grids import Grid, grid_of, squeezed
from disclosure.checkup.titles import table_meant
from disclosure.checkup.travel import read_three_public
from disclosure.enums import TableKey
from disclosure.intake.past.cells import UNIT_NOTE
from disclosure.tables import TABLES
from disclosure.tables.grid import Column, Table

CLASSES = {of.key: of for of in TABLES}
ABOVE = 4
"""How many paragraphs above a table may hold its title and its unit."""
SHEETS = (*(key for key in CLASSES if key != "totals"), "totals")
"""收支总表 is read last: its 类 are named as 支出总表 names them."""

LONGEST = 40
"""Characters that a title has at most; a longer one is a sentence."""
EMPTY = re.compile(r"空表|没有|无此项|未安排|不涉及|^无")


class Titled(NamedTuple):
    """A table with its key, its printed title and its unit."""

    key: str
    title: str
    unit: MoneyUnit
    grid: Grid


class Period(NamedTuple):
    """The year of a document, and whether it is 决算."""

    year: int
    final: bool


def tables_of(blocks: list[Block], period: Period) -> list[Read]:
    """Return the statutory tables, the first readable one of each."""
    found: dict[str, Read] = {}
    titled = list(_titled(blocks))
    for key in SHEETS:
        for one in (one for one in titled if one.key == key):
            names = _class_names(found.get("spending"))
            if key not in found and (read := _read(one, period, names)):
                found[key] = read
    return [found[key] for key in CLASSES if key in found]


def _titled(blocks: list[Block]) -> Iterator[Titled]:
    above: list[str] = []
    unit = MoneyUnit.WAN
    for block in blocks:
        if isinstance(block, Paragraph):
            above = [*above, block.text][-ABOVE:]
            continue
        grid = grid_of(block)
        unit = grid.unit or _noted(above) or unit
        title = next(filter(table_meant, (*grid.titles, *reversed(above))), None)
        if title and grid.heads:
            yield Titled(table_meant(title) or "", squeezed(title), unit, grid)
        above = []


def _noted(above: list[str]) -> MoneyUnit | None:
    notes = [note[1] for text in above if (note := UNIT_NOTE.search(text))]
    return None if not notes else MoneyUnit.WAN if notes[-1] == "万元" else MoneyUnit.YUAN


def _class_names(spending: Read | None) -> list[str]:
    rows = spending.table.rows if spending else ()
    return [name for row in rows if row.level == 1 and (name := row.cells.get("name"))]


def _read(of: Titled, period: Period, names: list[str]) -> Read | None:
    known, reason = CLASSES[of.key], _empty(of)
    form = (known.standard, list[Entry]()) if reason is not None else _form(of, period, names)
    if form is None or not (form[1] or reason is not None):
        return None
    columns, entries = form
    rows, places = frozen(entries)
    title = of.title if len(of.title) <= LONGEST else str(TableKey(of.key).label)
    table = Table(of.key, known.number, "", title, of.unit.label, columns, rows, reason or None)
    return Read(table, places)


def _empty(of: Titled) -> str | None:
    """Return what an empty table says of itself, None for a table with data; only T8 and T9 may say nothing."""
    texts = {cell.text for row in of.grid.rows for cell in row.values() if cell.text}
    if len(texts) == 1 and EMPTY.search(text := next(iter(texts))):
        return text
    return "" if not texts and of.key in {"fund_expenditure", "capital_expenditure"} else None


def _form(of: Titled, period: Period, names: list[str]) -> tuple[tuple[Column, ...], list[Entry]] | None:
    standard = CLASSES[of.key].standard
    if of.key in {"totals", "fiscal_totals"}:
        entries = read_totals(of.grid, of.unit, names) if of.key == "totals" else read_fiscal(of.grid, of.unit)
        return (standard, entries) if entries else None
    if of.key == "three_public":
        return read_three_public(of.grid, of.unit, period.year, final=period.final)
    return read_coded(of.key, of.grid, of.unit, period.year)
