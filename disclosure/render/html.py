"""The readable document as HTML: an article without page chrome, stored with the edition and shown in the page."""

from typing import Any, NamedTuple

from django.template.loader import render_to_string

from disclosure.charts import Chart, chart_of
from disclosure.content import Block, Content, Section
from disclosure.document import Document, reviews_of
from disclosure.tables.grid import Table


class Chapter(NamedTuple):
    """A section with its blocks, each beside the table or the chart it stands for."""

    section: Section
    blocks: list[tuple[Block, Table | None, Chart | None]]

    @property
    def tables(self) -> list[Table]:
        """Return the chapter's tables in printed order."""
        return [table for _, table, _ in self.blocks if table]


def chapters_of(content: Content) -> list[Chapter]:
    """Return the sections in their order, every block beside its table or its chart."""
    tables = {table.key: table for table in content.tables}

    def drawn(block: Block) -> Chart | None:
        return chart_of(block.chart, content) if block.chart else None

    return [
        Chapter(section, [(block, tables.get(block.table or ""), drawn(block)) for block in section.blocks])
        for section in content.sections
    ]


def template_context(document: Document) -> dict[str, Any]:
    """Return what the document's templates take."""
    content, imprint = document.content, document.context.imprint
    reviews = reviews_of(content, imprint)
    return {"content": content, "chapters": chapters_of(content), "imprint": imprint, "reviews": reviews}


def render(document: Document) -> bytes:
    """Return the article as UTF-8 HTML."""
    return render_to_string("disclosure/article.html", template_context(document)).encode()
