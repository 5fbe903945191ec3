"""The content of a document: a plain frozen tree, and the canonical JSON over which its SHA-256 is taken."""

import hashlib

import msgspec

from disclosure.facts import Facts, Named
from disclosure.tables.grid import Table

FORMAT = "department-budget-disclosure/1"


class Block(msgspec.Struct, frozen=True, omit_defaults=True):
    """One block of a section: a paragraph (or, by ``role``, a sub-heading), a table or a chart by key, or a list.

    A chart is drawn from the facts by ``disclosure.charts``; where they give none, nothing is printed.
    """

    paragraph: str | None = None
    role: str | None = None
    table: str | None = None
    list: tuple[str, ...] | None = None
    chart: str | None = None


class Section(msgspec.Struct, frozen=True):
    """A numbered section of the statutory document."""

    key: str
    number: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def heading(self) -> str:
        """Return number and title as printed."""
        return f"{self.number}、{self.title}" if self.number else self.title


class Content(msgspec.Struct, frozen=True, tag_field="format", tag=FORMAT):
    """Everything a disclosure says; amounts in 元 as text, missing as null, not applicable as “n/a”."""

    government: Named
    year: int
    phase: str
    department: Named
    unit: Named | None
    layout: str
    money_unit: str
    title: str
    preamble: str
    notice: str | None
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    facts: Facts


def canonical(content: Content) -> str:
    """Return the one text of ``content``: UTF-8, sorted keys, no spaces."""
    return msgspec.json.encode(content, order="sorted").decode()


def sha256(text: str) -> str:
    """Return the SHA-256 of a canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()


def parse(text: str) -> Content:
    """Read a canonical text back; raise msgspec.ValidationError when it is of another form."""
    return msgspec.json.decode(text, type=Content)
