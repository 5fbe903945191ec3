"""What a document calls itself: its title, its year, whose it is, and whether it is 决算."""

import re
from typing import NamedTuple

from budgets.readers.blocks import Block, Paragraph, Table

TITLED = re.compile(r"(.*?)(20\d{2})年度?(.*?)(?:预算|决算|公开)")
DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
SPELT = re.compile(r"二[〇○零][〇○零一二三四五六七八九]{2}(?=年)")
LONGEST = 60
SEARCHED = 60
"""How many lines down a title is looked for."""


class Heading(NamedTuple):
    """A title with what it tells; the year is 0 where none is named."""

    title: str
    year: int
    department: str
    final: bool


def heading_of(blocks: list[Block]) -> Heading:
    """Return the first title; a document without one is a budget of no year."""
    for text in _lines(blocks[:SEARCHED]):
        words = SPELT.sub(lambda found: found[0].translate(DIGITS), re.sub(r"\s", "", text))
        found = TITLED.match(words)
        if found and len(words) <= LONGEST and "。" not in words:
            final = "决算" in words and "预算" not in words
            return Heading(words, int(found[2]), found[1] or _between(found[3]), final)
    return Heading("", 0, "", final=False)


def _lines(blocks: list[Block]) -> list[str]:
    texts = []
    for block in blocks:
        if isinstance(block, Paragraph):
            texts.append(block.text)
        elif isinstance(block, Table):
            texts += [cell.text for row in block.rows[:3] for cell in row[:1]]
    return texts


def _between(text: str) -> str:
    return re.sub(r"(?:部门|单位)$", "", text)
