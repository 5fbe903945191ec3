"""Reads computed paragraphs against the layout's own wording: which figure stands where a token stood."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from disclosure.audit.kept import once
from disclosure.content import Section
from disclosure.document import Document
from disclosure.layouts import layout_of
from disclosure.layouts.base import Layout, PartKind
from disclosure.narrative import TOKENS, Voice, resolve, said
from disclosure.narrative.amounts import AMOUNTS, FEET
from disclosure.narrative.comparisons import PAIRS
from disclosure.narrative.lists import TOKENS as LISTS
from disclosure.narrative.tokens import TOKEN

AMOUNT = r"(-?[\d,]+(?:\.\d+)?万元)"
MOVE = r"((?:增加|减少)[\d,]+(?:\.\d+)?万元|基本持平|持平)"
RATE = r"(-?[\d.]+%|上年为零，不可比)"
COUNT = r"(\d+)"
FORMS = {
    **dict.fromkeys((*AMOUNTS, *FEET, *(f"上年{name}" for name in PAIRS)), AMOUNT),
    **{f"{name}增减": MOVE for name in PAIRS},
    **{f"{name}增减幅度": RATE for name in PAIRS},
    **dict.fromkeys(("项目个数", "指标个数"), COUNT),
}
"""What stands where a token stood; a list may be anything, and so may other tokens, which nobody compares."""
LISTED = (*LISTS, "三公经费增减明细")


class Spoken(NamedTuple):
    """What a paragraph says where tokens stood, beside what the facts give; ``names`` are adjacent lists' tokens."""

    section: Section
    names: tuple[str, ...]
    text: str
    expected: str


class Unread(NamedTuple):
    """A sentence that people put into words of their own: there is no template to read it by."""

    section: Section


def voice_of(document: Document, layout: Layout) -> Voice:
    """Return who speaks in the document, from its frozen facts and tables, in the layout's own words."""
    content = document.content
    return Voice(
        year=content.year,
        department=(content.unit or content.department).name,
        region="",
        body="单位" if content.unit else "部门",
        facts=content.facts,
        texts={},
        wording={**layout.wording, **(layout.unit_wording if content.unit else {})},
        plan=layout.plan,
        tables={table.key: table for table in content.tables},
    )


@once
def read(document: Document) -> tuple[Spoken | Unread, ...]:
    """Return what each computed paragraph says, sentence by sentence in the layout's order."""
    return tuple(_sentences(document))


def _sentences(document: Document) -> Iterator[Spoken | Unread]:
    layout = layout_of(document.content.layout)
    voice = voice_of(document, layout)
    for plan in layout.sections:
        section = document.section(plan.key)
        paragraphs = [block.paragraph for block in section.blocks if block.paragraph and not block.role]
        for part in plan.parts:
            if part.kind is PartKind.COMPUTED:
                for words in said(part.key, voice):
                    yield from _read(section, words, paragraphs, voice)


def _read(section: Section, words: str, paragraphs: list[str], voice: Voice) -> Iterator[Spoken | Unread]:
    pattern, names = compiled(words)
    found = next(filter(None, map(pattern.fullmatch, paragraphs)), None)
    if found is None:
        yield Unread(section)
        return
    for of, text in zip(names, found.groups(), strict=True):
        values = [TOKENS[name](voice) or "" for name in of]
        yield Spoken(section, of, text, resolve("".join(values), voice))


@lru_cache(maxsize=2048)
def compiled(words: str) -> tuple[re.Pattern[str], tuple[tuple[str, ...], ...]]:
    """Make a pattern of a sentence with tokens; return it with the names of the tokens in its groups."""
    pattern, names, open_run, end = "", list[tuple[str, ...]](), list[str](), 0
    for found in TOKEN.finditer(words):
        name, between = found[1].strip(), words[end : found.start()]
        end = found.end()
        if between or name in FORMS:
            pattern, open_run = pattern + _closed(open_run, names) + re.escape(between), []
        if name in FORMS:
            pattern += FORMS[name]
            names.append((name,))
        else:
            open_run.append(name)
    pattern += _closed(open_run, names) + re.escape(words[end:])
    return re.compile(pattern, re.DOTALL), tuple(names)


def _closed(run: list[str], names: list[tuple[str, ...]]) -> str:
    """Return the pattern of adjacent tokens whose words are open; captured where all are lists."""
    if not run:
        return ""
    if not set(run) <= set(LISTED):
        return ".*?"
    names.append(tuple(run))
    return "(.*?)"
