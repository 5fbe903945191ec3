"""The forms of an edition: one module per format, each a function from a document to bytes."""

from collections.abc import Callable

from disclosure.document import Document
from disclosure.enums import FileFormat
from disclosure.render import html, json, pdf
from disclosure.render.pdf import EngineMissingError

RENDERERS: dict[FileFormat, Callable[[Document], bytes]] = {
    FileFormat.HTML: html.render,
    FileFormat.PDF: pdf.render,
    FileFormat.JSON: json.render,
}

__all__ = ["RENDERERS", "EngineMissingError"]
