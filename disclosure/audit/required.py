"""What a disclosure must say at all (K03, K07); tables are X19's, reasons A07's and A09's."""

import re
from collections.abc import Iterator

from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Cited, Outcome, Place, Problem
from disclosure.audit.text import bodies, lines
from disclosure.content import Section
from disclosure.document import Document
from disclosure.layouts import LAYOUTS

NEEDED = {
    "duties": "部门职责及机构设置",
    "overview": "预算安排的总体情况",
    "operating_costs": "机关运行经费",
    "three_public": "“三公”经费",
    "performance": "绩效预算信息",
    "procurement": "政府采购",
    "assets": "国有资产",
    "glossary": "名词解释",
}
"""What every region asks for (财预〔2016〕143号), by the key of a foreign document's section."""
AMOUNT = re.compile(r"\d(?:[\d,]*\d)?(?:\.\d+)?\s*(?:万?元)")
STATED = {
    "operating_costs": ("机关运行经费", "机关运行", "不安排机关运行经费"),
    "assets": ("国有资产", "资产", "没有固定资产"),
}
"""What must be said with an amount: its name, the word of its sentence, and what may be said instead."""


@rule("K03", Family.COMPLETENESS, Severity.ERROR)
def sections_are_there(document: Document) -> Iterator[Outcome]:
    """规定公开的各部分齐全，每一部分都有内容。"""
    if document.context.foreign:
        yield from _absent(document)
        return
    for number, section in enumerate(document.content.sections):
        places = list(hollow(section))
        cited = (Cited(None, Place("", "", None, f"“{section.heading}”", number), measure=""),)
        yield from (Problem(f"“{place}”没有内容。请填写后再公开。", cited) for place in places)
        if not places:
            yield Agreed()


def _absent(document: Document) -> Iterator[Outcome]:
    """Name what no section is about; another section may hold it under a heading or in a sentence."""
    keys = {section.key for section in document.content.sections}
    texts = "".join(line.text for line in lines(document))
    for key, name in NEEDED.items():
        word = re.sub(r"及.*|预算安排的总体|预算信息|部门", "", name)
        if key in keys or word in texts:
            yield Agreed()
        else:
            yield Problem(f"文件没有“{name}”部分。请补充这一部分。")


def hollow(section: Section) -> Iterator[str]:
    """Name the section, or its sub-headings, under which nothing stands."""
    if not section.blocks:
        yield section.heading
    for at, block in enumerate(section.blocks):
        after = section.blocks[at + 1] if at + 1 < len(section.blocks) else None
        if block.role == "heading" and (after is None or after.role == "heading"):
            yield f"{section.heading}·{block.paragraph}"


@rule("K07", Family.COMPLETENESS, Severity.ERROR)
def important_matters_have_amounts(document: Document) -> Iterator[Outcome]:
    """机关运行经费、国有资产都写明金额；没有安排的，说明没有安排。"""
    texts = [line.text for line in bodies(document)]
    for key in _asked_for(document):
        name, word, instead = STATED[key]
        about = [text for text in texts if word in text]
        if any(AMOUNT.search(text) or instead in text for text in about):
            yield Agreed()
        else:
            yield Problem(f"没有写明{name}的金额。请补充；没有安排的，请说明没有安排。")


def _asked_for(document: Document) -> list[str]:
    """Return what the layout speaks of; a foreign document speaks of all."""
    if document.context.foreign:
        return list(STATED)
    parts = {part.key for section in LAYOUTS[document.content.layout].sections for part in section.parts}
    return [key for key in STATED if key in parts]
