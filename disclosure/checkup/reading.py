"""Makes a Document of what a foreign file says: sections by meaning, facts as far as they were read."""

from collections.abc import Iterable
from typing import NamedTuple

from budgets.readers.blocks import Block as Read
from disclosure.checkup.facts import facts_of
from disclosure.content import Block, Content, Section
from disclosure.document import Context, Document
from disclosure.facts import Named
from disclosure.intake.past import Proposal, read_past
from disclosure.intake.past import sections as past
from disclosure.intake.past.sections import Meaning

FOREIGN = "foreign"
"""The layout of a document that follows none of ours."""
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


class Foreign(NamedTuple):
    """A document that was read, with the places of its texts: by section and block, both counted from 0."""

    document: Document
    places: dict[tuple[int, int], str]
    proposal: Proposal


def document_of(blocks: Iterable[Read]) -> Foreign:
    """Return the document; a section for every heading, in the order of the file."""
    blocks = list(blocks)
    proposal = read_past(blocks)
    sections, places = _sections(past.sections_of(blocks))
    year = int(proposal.year.text or 0)
    content = Content(
        government=Named("", ""),
        year=year,
        phase="initial",
        department=Named("", proposal.department.text),
        unit=None,
        layout=FOREIGN,
        money_unit="万元",
        title=f"{proposal.department.text}{year}年部门预算",
        preamble="",
        notice=None,
        sections=sections,
        tables=(),
        facts=facts_of(proposal),
    )
    return Foreign(Document(content, Context(foreign=True)), places, proposal)


def _sections(found: list[past.Section]) -> tuple[tuple[Section, ...], dict[tuple[int, int], str]]:
    places: dict[tuple[int, int], str] = {}
    sections = []
    for number, section in enumerate(found):
        texts = [*([section.heading] if section.meaning is Meaning.UNKNOWN else []), *section.paragraphs]
        places |= {(number, at): value.place for at, value in enumerate(texts)}
        places[number, -1] = section.heading.place
        blocks = tuple(Block(paragraph=value.text) for value in texts)
        sections.append(Section(KEYS[section.meaning], "", section.heading.text, blocks))
    return tuple(sections), places
