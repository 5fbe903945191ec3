"""Puts together what the parts of the package read."""

import re
from collections.abc import Iterable, Mapping, Sequence

from budgets.readers.blocks import Block, Table
from disclosure.intake.past.assets import assets_of, is_asset_table
from disclosure.intake.past.cells import Captioned, Row, captioned
from disclosure.intake.past.doubts import doubts_of
from disclosure.intake.past.gaps import gaps_of
from disclosure.intake.past.goals import goals_of, is_goal_table
from disclosure.intake.past.money import money_of
from disclosure.intake.past.narrative import ABOUT_YEAR, narrative_of
from disclosure.intake.past.proposal import Proposal, Remark, Unit, Value
from disclosure.intake.past.prose import mentions
from disclosure.intake.past.sections import Meaning, Section, captions, sections_of, texts
from disclosure.intake.past.units import is_unit_table, units_of

UNREAD = frozenset(
    {
        Meaning.FRONT,
        Meaning.UNKNOWN,
        Meaning.ORGANISATION,
        Meaning.PERFORMANCE,
        Meaning.PROJECT_GOALS,
        Meaning.PROCUREMENT,
    }
)
FIGURES = frozenset(
    {
        Meaning.TOTALS,
        Meaning.INCOME,
        Meaning.SPENDING,
        Meaning.CHANGE,
        Meaning.OPERATING,
        Meaning.THREE_PUBLIC,
        Meaning.ASSETS,
    }
)
"""Sections whose sentences are read for their figures alone."""
TITLE = re.compile(r"(.*?)\s*(20\d{2})\s*年.*(?:预算|公开)")


NO_DATA = re.compile(r"空表|无此项|(?:没有|未|无).{0,12}采购")


def read_past(blocks: Iterable[Block], codes: Mapping[str, str] | None = None) -> Proposal:
    """Return all that a past disclosure says, what is missing, what is doubtful, and what was passed over.

    ``codes`` are the register's unit codes by full name, for units printed without one.
    """
    blocks = list(blocks)
    tables, sections = captioned(blocks), sections_of(blocks)
    goals, assets = goals_of(tables), assets_of(tables, sections)
    year, department = _title(sections)
    proposal = Proposal(
        year=year,
        department=department,
        units=_coded(units_of(tables, [*(goal.unit for goal in goals), assets.unit]), codes or {}),
        money=money_of(sections),
        assets=assets,
        goals=goals,
        narrative=narrative_of(sections),
        no_procurement=_no_procurement(tables, sections),
    )
    passed_over = (text for text in _passed_over(tables, sections) if text != proposal.no_procurement)
    proposal = proposal._replace(passed_over=tuple(passed_over))
    missing = (*gaps_of(proposal), *_procurement(tables, sections))
    return proposal._replace(missing=missing, doubtful=tuple(doubts_of(proposal)))


def _coded(units: tuple[Unit, ...], codes: Mapping[str, str]) -> tuple[Unit, ...]:
    found = ((unit, codes.get(unit.name.text, "")) for unit in units)
    return tuple(
        unit._replace(code=Value(code, unit.name.place)) if code and not unit.code.text else unit
        for unit, code in found
    )


def _title(sections: list[Section]) -> tuple[Value, Value]:
    for paragraph in (paragraph for section in sections for paragraph in section.paragraphs):
        if title := TITLE.match(paragraph.text):
            return Value(title[2], paragraph.place), Value(title[1], paragraph.place)
    return Value(), Value()


def _passed_over(tables: Iterable[Captioned], sections: list[Section]) -> tuple[Value, ...]:
    """Return what nothing was made of: paragraphs not read or without a figure, captions, unknown tables."""
    unread = [paragraph for section in sections for paragraph in _unread(section)]
    read = (is_unit_table, is_goal_table, is_asset_table)
    others = [table for table in tables if not any(known(table) for known in read)]
    kept = [section for section in sections if section.meaning not in {*UNREAD, *FIGURES}]
    first = [Value(f"表格：{'｜'.join(filter(None, _texts(table)))}", table.place) for _, table in others]
    return (*unread, *captions(kept), *first)


def _unread(section: Section) -> tuple[Value, ...]:
    if section.meaning in FIGURES:
        return tuple(text for text in section.paragraphs if not mentions([text]) and not ABOUT_YEAR.search(text.text))
    return section.paragraphs if section.meaning in UNREAD else ()


def _texts(table: Table) -> list[str]:
    return [cell.text for cell in table.rows[0]]


def _procurement(tables: Sequence[Captioned], sections: list[Section]) -> tuple[Remark, ...]:
    """Say what the table of procurement, which is not read, asks of a person."""
    known = any(section.meaning is Meaning.PROCUREMENT for section in sections)
    table = _procurement_table(tables)
    if table is None:
        return () if known else (Remark("", "没有找到政府采购预算：请填写政府采购，或声明空表并说明原因。"),)
    filled = _filled(table)
    message = (
        f"政府采购表有{len(filled)}行数据，没有读入，请用工作簿填写。"
        if filled
        else "政府采购表为空表，请声明空表并填写原因。"
    )
    return (Remark(table.place, message),)


def _procurement_table(tables: Sequence[Captioned]) -> Table | None:
    return next((table for _, table in tables if any("采购" in cell.text for row in table.rows for cell in row)), None)


def _filled(table: Table) -> list[Row]:
    return [row for row in table.rows if row[0].text and any(re.search(r"\d", cell.text) for cell in row[1:])]


def _no_procurement(tables: Sequence[Captioned], sections: list[Section]) -> Value:
    """Return the sentence that declares an empty table of procurement empty."""
    table = _procurement_table(tables)
    said = (text for text in texts(sections, Meaning.PROCUREMENT) if NO_DATA.search(text.text))
    return next(said, Value()) if table and not _filled(table) else Value()
