"""The readable document as HTML: an article without page chrome, stored with the edition and shown in the page."""

from typing import Any, NamedTuple

from django.template.loader import render_to_string

from disclosure.content import Block, Section
from disclosure.document import Document, reviews_of
from disclosure.tables.grid import Table


class Chapter(NamedTuple):
    """A section with its blocks, each beside the table it stands for."""

    section: Section
    blocks: list[tuple[Block, Table | None]]

    @property
    def tables(self) -> list[Table]:
        """Return the chapter's tables in printed order."""
        return [table for _, table in self.blocks if table]


def template_context(document: Document) -> dict[str, Any]:
    """Return what the document's templates take."""
    tables = {table.key: table for table in document.content.tables}
    chapters = [
        Chapter(section, [(block, tables[block.table] if block.table else None) for block in section.blocks])
        for section in document.content.sections
    ]
    content, imprint = document.content, document.context.imprint
    return {"content": content, "chapters": chapters, "imprint": imprint, "reviews": reviews_of(content, imprint)}


def render(document: Document) -> bytes:
    """Return the article as UTF-8 HTML."""
    return render_to_string("disclosure/article.html", template_context(document)).encode()
