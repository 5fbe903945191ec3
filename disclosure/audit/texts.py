"""Every text of a document as rules about words read it: paragraphs, tables and their notes, a foreign file's goals."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from disclosure.audit.citing import Cited, Place, Problem
from disclosure.audit.kept import once
from disclosure.audit.text import lines
from disclosure.document import Document
from disclosure.facts import IndicatorFact, ProjectFact
from disclosure.tables.grid import Table

VALUE = re.compile(r"^[≥≤＝=><＞＜]*\d+(?:\.\d+)?%?")
LONGEST_QUOTE = 24
"""How many characters of a text a finding repeats."""


class Text(NamedTuple):
    """A text and where it stands; ``section`` is the key of its section, nothing for what stands in tables."""

    place: Place
    text: str
    section: str = ""

    def problem(self, message: str) -> Problem:
        """Find something wrong with it; the message names the place."""
        return Problem(f"{self.place.words}{message}", (Cited(None, self.place, measure=""),))


@once
def texts(document: Document) -> tuple[Text, ...]:
    """Return every text once where it stands: the title, sections, tables, and the goals of a foreign document."""
    return tuple(_texts(document))


def having(document: Document, *marks: str) -> list[Text]:
    """Return the texts that contain one of these strings; a pattern that needs one is tried nowhere else."""
    every, there = texts(document), [mark for mark in marks if mark in whole(document)]
    found = {at for mark in there for at, text in enumerate(every) if mark in text.text}
    return [every[at] for at in sorted(found)]


@once
def distinct(document: Document) -> tuple[Text, ...]:
    """Return the texts, each wording at its first place only; a value before it is no other wording."""
    return tuple({_wording(text.text): text for text in reversed(texts(document))}.values())[::-1]


def _wording(text: str) -> str:
    value = VALUE.match(text)
    return text[value.end() :] if value else text


@once
def whole(document: Document) -> str:
    """Return all texts, each on its own line."""
    return "\n".join(text.text for text in texts(document))


def _texts(document: Document) -> Iterator[Text]:
    content = document.content
    for name, text in (("标题", content.title), ("开头", content.preamble), ("公告", content.notice or "")):
        if text:
            yield Text(Place(name, "", None, name), text)
    yield from (Text(line.place, line.text, line.key) for line in lines(document))
    for table in content.tables:
        yield from _of_table(table)
    for project in content.facts.projects if document.context.foreign else ():
        yield from _of_project(project, {table.key for table in content.tables})


def _of_table(table: Table) -> Iterator[Text]:
    parts = [("名称", table.title), ("空表说明", table.empty_reason or "")]
    parts += [(f"的“{field.label}”", field.value or "") for field in table.fields if field.kind != "money"]
    parts += [(f"的目标{number}", note) for number, note in enumerate(table.notes, 1)]
    yield from (Text(Place(table.key, "", None, f"{table.title}{name}"), text) for name, text in parts if text)
    written = [column for column in table.columns if column.kind == "text"]
    for number, row in enumerate(table.rows):
        for column in written:
            words = f"{table.title}第{number + 1}行的{column.label}"
            if text := row.cells.get(column.key):
                yield Text(Place(table.key, column.key, number, words), text)


def _of_project(project: ProjectFact, tables: set[str]) -> Iterator[Text]:
    """Yield what a project's goal table says, where it was not read as a table."""
    if f"goal-{project.code}" in tables:
        return
    parts = [("名称", project.name), ("资金用途", project.purpose)]
    parts += [(f"绩效目标{number}", goal) for number, goal in enumerate(project.goals, 1)]
    for number, indicator in enumerate(project.indicators, 1):
        parts += [(f"第{number}个指标", text) for text in _of_indicator(indicator)]
    for name, text in parts:
        if text:
            yield Text(Place("projects", name, None, f"项目“{project.name}”的{name}"), text)


def _of_indicator(indicator: IndicatorFact) -> tuple[str, ...]:
    return tuple(dict.fromkeys((indicator.name, indicator.description, indicator.basis)))


def quoted(text: str) -> str:
    """Return the beginning of a text for a finding."""
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"
