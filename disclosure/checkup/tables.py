"""Recognises the statutory tables among a document's tables; what is not recognised stays text."""

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
        if title and grid.rows:
            yield Titled(table_meant(title) or "", squeezed(title), unit, grid)
        above = []


def _noted(above: list[str]) -> MoneyUnit | None:
    notes = [note[1] for text in above if (note := UNIT_NOTE.search(text))]
    return None if not notes else MoneyUnit.WAN if notes[-1] == "万元" else MoneyUnit.YUAN


def _class_names(spending: Read | None) -> list[str]:
    rows = spending.table.rows if spending else ()
    return [name for row in rows if row.level == 1 and (name := row.cells.get("name"))]


def _read(of: Titled, period: Period, names: list[str]) -> Read | None:
    form = _form(of, period, names)
    if form is None or not form[1]:
        return None
    columns, entries = form
    rows, places = frozen(entries)
    known = CLASSES[of.key]
    title = of.title if len(of.title) <= len(str(TableKey(of.key).label)) * 2 else str(TableKey(of.key).label)
    table = Table(of.key, known.number, "", title, of.unit.label, columns, rows)
    return Read(table, places)


def _form(of: Titled, period: Period, names: list[str]) -> tuple[tuple[Column, ...], list[Entry]] | None:
    standard = CLASSES[of.key].standard
    if of.key in {"totals", "fiscal_totals"}:
        entries = read_totals(of.grid, of.unit, names) if of.key == "totals" else read_fiscal(of.grid, of.unit)
        return (standard, entries) if entries else None
    if of.key == "three_public":
        return read_three_public(of.grid, of.unit, period.year, final=period.final)
    return read_coded(of.key, of.grid, of.unit, period.year)
