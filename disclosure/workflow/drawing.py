"""The files of a document, each for itself: one that cannot be drawn, for whatever reason, stops no other."""

from collections.abc import Iterable
from typing import NamedTuple

from disclosure import signing
from disclosure.document import Document
from disclosure.enums import FileFormat
from disclosure.models import EditionFile
from disclosure.refusal import RefusalError
from disclosure.render import RENDERERS
from disclosure.render.failing import reason_of

ALWAYS = (FileFormat.HTML, FileFormat.JSON)
"""What no edition is without: the page shows it, and the data."""


class Drawn(NamedTuple):
    """The files that were drawn, not yet saved, and why the others were not."""

    files: list[EditionFile]
    failures: dict[FileFormat, str]


def draw(document: Document, formats: Iterable[FileFormat]) -> Drawn:
    """Draw a document and put the bytes into storage; raise RefusalError where a configured signature fails."""
    drawn = Drawn([], {})
    for form in formats:
        try:
            drawn.files.append(EditionFile.keep(form, signing.finished(form, RENDERERS[form](document))))
        except RefusalError:
            raise
        except Exception as error:  # noqa: BLE001 whatever it is, it is noted and the others go on
            drawn.failures[form] = reason_of(error)
    return drawn
