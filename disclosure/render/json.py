"""The document as JSON: the canonical content, byte for byte, beside what the edition adds to it."""

from typing import Any

import msgspec

from disclosure.document import Document


def render(document: Document) -> bytes:
    """Return ``{"content": …, "edition": …}``; the SHA-256 in ``edition`` is that of the text of ``content``."""
    imprint: Any = document.context.imprint
    edition = msgspec.json.encode(imprint, order="sorted")
    return b'{"content":' + document.canonical.encode() + b',"edition":' + edition + b"}"
