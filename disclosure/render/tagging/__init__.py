"""Finishes the PDF before it is written: WeasyPrint alone is PDF/A-3a, these passes make it PDF/UA-1 as well.

They work on the plain objects of ``pydyf``, so nothing is read back; see docs/decisions/0017-pdf.md.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from disclosure.render.tagging import headings, identity, lists, sealing, tables
from disclosure.render.tagging.tree import Tree

VARIANT = "pdf/a-3a"
ATTEMPTS = 20
"""One file in a hundred needs a second; twenty in a row never fail (one in 10 to the 40th)."""


def write(drawn: Any, attach: Callable[[], list[Any]] = list) -> bytes:
    """Write a laid out document (``weasyprint.Document``) as PDF/A-3a and PDF/UA-1 in one file.

    ``attach`` makes the files that lie inside it, anew for each attempt: WeasyPrint reads one once and closes it.
    """
    for attempt in range(ATTEMPTS):
        data: bytes = drawn.write_pdf(pdf_variant=VARIANT, finisher=partial(_finish, attempt), attachments=attach())
        if sealing.is_sealed(data):
            break
    return data


def _finish(attempt: int, _document: Any, pdf: Any) -> None:
    """Mend the structure tree and the metadata of a PDF (``pydyf.PDF``) that is about to be written."""
    tree = Tree(pdf)
    lists.mend(tree)
    headings.mend(tree)
    tables.mend(tree)
    tree.prune()
    identity.declare(pdf)
    identity.associate_once(pdf)
    sealing.salt(pdf, attempt)
    sealing.seal(pdf)


__all__ = ["write"]
