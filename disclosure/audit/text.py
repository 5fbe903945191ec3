"""The words of a document as rules read them: every paragraph with the place where it stands."""

from collections.abc import Iterator
from typing import NamedTuple

from disclosure.audit.citing import Cited, Place, Problem
from disclosure.audit.kept import once
from disclosure.document import Document


class Line(NamedTuple):
    """A paragraph or an item of a list; ``section`` counts the document's sections, ``block`` those of the section."""

    section: int
    block: int
    key: str
    """The section's key."""
    heading: str
    """The section's printed heading."""
    role: str
    """“heading” for a sub-heading, else nothing."""
    text: str

    @property
    def place(self) -> Place:
        """Say where it stands."""
        return Place("", "", None, f"“{self.heading}”第{self.block + 1}段", self.section, self.block)

    def problem(self, message: str) -> Problem:
        """Find something wrong with it."""
        return Problem(message, (Cited(None, self.place, measure=""),))


def lines(document: Document, *keys: str) -> Iterator[Line]:
    """Yield every text of the document in its order, or of the sections with these keys; sub-headings are included."""
    return (line for line in _lines(document) if not keys or line.key in keys)


def bodies(document: Document, *keys: str) -> Iterator[Line]:
    """Yield the texts without the sub-headings."""
    return (line for line in lines(document, *keys) if not line.role)


@once
def _lines(document: Document) -> tuple[Line, ...]:
    return tuple(
        Line(number, at, section.key, section.heading, block.role or "", text)
        for number, section in enumerate(document.content.sections)
        for at, block in enumerate(section.blocks)
        for text in (block.paragraph, *(block.list or ()))
        if text
    )
