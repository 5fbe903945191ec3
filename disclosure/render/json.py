"""The document as JSON: the canonical content, byte for byte, beside what the edition adds to it."""

from typing import Any

import msgspec

from disclosure.document import Document
from disclosure.tables.grid import Table


def render(document: Document) -> bytes:
    """Return ``{"content": …, "edition": …}``; the SHA-256 in ``edition`` is that of the text of ``content``."""
    imprint: Any = document.context.imprint
    edition = msgspec.json.encode(imprint, order="sorted")
    return b'{"content":' + document.canonical.encode() + b',"edition":' + edition + b"}"


def render_table(document: Document, table: Table) -> bytes:
    """Return one table letter for letter as ``content`` has it, with whose it is and of which edition."""
    content = document.content
    whose = {name: getattr(content, name) for name in ("government", "year", "phase", "department", "unit", "title")}
    parts = {"content": whose, "edition": document.context.imprint, "table": table}
    return msgspec.json.encode(parts, order="sorted")
