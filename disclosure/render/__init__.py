"""The forms of an edition and of its tables: one module per format, each a function from a document to bytes.

The same edition gives the same bytes in every format, so that a file can be drawn again and compared.
"""

from collections.abc import Callable

from disclosure.document import Document
from disclosure.enums import FileFormat, TableFormat
from disclosure.render import apart, csv, html, json, pdf, spreadsheet, word
from disclosure.render.pdf import EngineMissingError
from disclosure.tables.grid import Table

RENDERERS: dict[FileFormat, Callable[[Document], bytes]] = {
    FileFormat.HTML: html.render,
    FileFormat.PDF: apart.render,
    FileFormat.JSON: json.render,
    FileFormat.DOCX: word.render,
    FileFormat.XLSX: spreadsheet.render,
}
TABLE_RENDERERS: dict[TableFormat, Callable[[Document, Table], bytes]] = {
    TableFormat.CSV: csv.render,
    TableFormat.XLSX: spreadsheet.render_table,
    TableFormat.JSON: json.render_table,
}


def draw_here() -> None:
    """Draw PDFs in this process from now on: it is one that may be killed without harm."""
    RENDERERS[FileFormat.PDF] = pdf.render


__all__ = ["RENDERERS", "TABLE_RENDERERS", "EngineMissingError", "draw_here"]
