"""Makes a Document of what a foreign file says: sections by meaning, tables by title, facts as far as read."""

from collections.abc import Iterable
from typing import NamedTuple

from msgspec.structs import replace

from budgets.enums import Source
from budgets.readers.blocks import Block as Read
from budgets.readers.blocks import Cell
from budgets.readers.blocks import Table as Printed
from disclosure.audit.balance import FiscalBalance
from disclosure.audit.conditions import FINAL
from disclosure.audit.reading import Sheet, number
from disclosure.checkup.cells import Read as ReadTable
from disclosure.checkup.facts import facts_of
from disclosure.checkup.forms import with_forms
from disclosure.checkup.goals import goal_table
from disclosure.checkup.heading import Heading, heading_of
from disclosure.checkup.tables import Period, tables_of
from disclosure.content import Block, Content, Section
from disclosure.document import Context, Document
from disclosure.facts import Named
from disclosure.intake.past import Proposal, read_past
from disclosure.intake.past import sections as past
from disclosure.intake.past.assets import is_asset_table
from disclosure.intake.past.cells import captioned
from disclosure.intake.past.goals import is_goal_table
from disclosure.intake.past.sections import Meaning
from disclosure.intake.past.units import is_unit_table
from disclosure.layouts import READ_ONLY
from disclosure.layouts.foreign import FOREIGN as LAYOUT
from disclosure.layouts.foreign import FOREIGN_FRESH

FOREIGN = LAYOUT.key
"""The layout of a document that follows none of ours."""
TABLES = "tables"
KEYS = {
    Meaning.DUTIES: "duties",
    Meaning.ORGANISATION: "duties",
    Meaning.TOTALS: "overview",
    Meaning.INCOME: "overview",
    Meaning.SPENDING: "overview",
    Meaning.CHANGE: "overview",
    Meaning.OPERATING: "operating_costs",
    Meaning.THREE_PUBLIC: "three_public",
    Meaning.PERFORMANCE: "performance",
    Meaning.OVERALL_GOAL: "performance",
    Meaning.DUTY_GOALS: "performance",
    Meaning.SAFEGUARDS: "performance",
    Meaning.PROJECT_GOALS: "performance",
    Meaning.PROCUREMENT: "procurement",
    Meaning.ASSETS: "assets",
    Meaning.GLOSSARY: "glossary",
    Meaning.OTHER: "others",
    Meaning.FRONT: "front",
    Meaning.UNKNOWN: "unknown",
}
"""The sections of a document by what theirs mean."""
Places = dict[tuple[int, int], str]


class Foreign(NamedTuple):
    """A document that was read, with the places of its texts and of its tables' cells.

    ``places``: by section and block, both counted from 0 (block -1 is the heading). ``cells``: by table, row, column.
    """

    document: Document
    places: Places
    proposal: Proposal
    cells: dict[tuple[str, int, str], str]


def document_of(blocks: Iterable[Read]) -> Foreign:
    """Return the document; a section for every heading, in the order of the file."""
    blocks = with_forms(list(blocks))
    proposal, heading = _of_projects(read_past(blocks)), heading_of(blocks)
    sections, places = _sections(past.sections_of(blocks))
    others = _others(blocks)
    if others:
        places |= {(len(sections), at): place for at, (place, _) in enumerate(others)}
        texts = tuple(Block(paragraph=text) for _, text in others)
        sections = (*sections, Section(TABLES, "", "其他表格", texts))
    year = heading.year or int(proposal.year.text or 0)
    read = [*tables_of(blocks, Period(year, heading.final)), *_goals(proposal)]
    document = _document(heading._replace(year=year), proposal, sections, read)
    cells = {(one.table.key, row, column): place for one in read for (row, column), place in one.places.items()}
    return Foreign(document, places, proposal, cells)


def _of_projects(proposal: Proposal) -> Proposal:
    """Leave out goal tables of no project: those of the whole department."""
    return proposal._replace(goals=tuple(g for g in proposal.goals if g.code.text or g.name.text or g.amount))


def _goals(proposal: Proposal) -> list[ReadTable]:
    return [goal_table(number, goal) for number, goal in enumerate(proposal.goals, start=1)]


def _document(heading: Heading, proposal: Proposal, sections: tuple[Section, ...], read: list[ReadTable]) -> Document:
    department = proposal.department.text or heading.department
    content = Content(
        government=Named("", ""),
        year=heading.year,
        phase=FINAL if heading.final else "initial",
        department=Named("", department),
        unit=None,
        layout=LAYOUT.key,
        money_unit="万元",
        title=heading.title or f"{department}{heading.year}年部门预算",
        preamble="",
        notice=None,
        sections=sections,
        tables=tuple(one.table for one in read),
        facts=facts_of(proposal),
    )
    document = Document(content, Context(foreign=True))
    return _in_layout(document, FOREIGN_FRESH.key) if _spends_fresh_money(document) else document


def _in_layout(document: Document, key: str) -> Document:
    return Document(replace(document.content, layout=READ_ONLY[key].key), document.context)


def _spends_fresh_money(document: Document) -> bool:
    """Tell whether 一般公共预算支出表 visibly leaves out what 上年结转 pays."""
    if not {"fiscal_totals", "general_expenditure"} <= {table.key for table in document.content.tables}:
        return False
    fiscal, spent = FiscalBalance(document), number(Sheet.of(document, "general_expenditure").total("total"))
    fresh, carried = (number(fiscal.received(Source.GENERAL, head)) for head in ("fresh_fiscal", "carried_fiscal"))
    return bool(carried) and abs(spent - fresh) < abs(spent - fresh - carried)


def _sections(found: list[past.Section]) -> tuple[tuple[Section, ...], Places]:
    places: Places = {}
    sections = []
    for number_, section in enumerate(found):
        texts = [*([section.heading] if section.meaning is Meaning.UNKNOWN else []), *section.paragraphs]
        places |= {(number_, at): value.place for at, value in enumerate(texts)}
        places[number_, -1] = section.heading.place
        blocks = tuple(Block(paragraph=value.text) for value in texts)
        sections.append(Section(KEYS[section.meaning], "", section.heading.text, blocks))
    return tuple(sections), places


def _others(blocks: list[Read]) -> list[tuple[str, str]]:
    """Return the words of the tables that are none of ours, with their places."""
    known = (is_goal_table, is_asset_table, is_unit_table)
    tables = [table for caption, table in captioned(blocks) if not any(one((caption, table)) for one in known)]
    return [(cell.place, cell.text) for table in tables if not _statutory(table) for cell in _words(table)]


def _words(table: Printed) -> list[Cell]:
    cells = (cell for row in table.rows for cell in row)
    return [cell for cell in cells if any("一" <= character <= "鿿" for character in cell.text)]


def _statutory(table: Printed) -> bool:
    """Tell whether a table lists codes or both sides of a balance, whose words are names."""
    texts = "".join(cell.text for row in table.rows[:8] for cell in row)
    return any(
        word in texts for word in ("科目编码", "科目名称", "功能分类", "经济分类", "收入总计", "预算数", "决算数")
    )
