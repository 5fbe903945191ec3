"""Reads a disclosure in any accepted form: .docx and .txt, workbooks, PDF with text."""

from pathlib import PurePath

from django.core.exceptions import ValidationError

from budgets.readers.blocks import Block, Cell, Paragraph, Table
from budgets.readers.documents import READERS, read_document
from budgets.readers.files import read_file
from budgets.readers.pdf import read_pdf
from budgets.readers.sheets import Sheet, address

WORKBOOKS = (".xlsx", ".xls", ".et", ".ods")
PDF = ".pdf"
ACCEPTED = (*READERS, *WORKBOOKS, PDF)


def read_any(name: str, data: bytes) -> list[Block]:
    """Return the blocks of a file; raise ValidationError in words that say what to do."""
    suffix = PurePath(name).suffix.lower()
    if suffix in WORKBOOKS:
        return [block for sheet in read_file(name, data) for block in blocks_of(sheet)]
    if suffix == PDF:
        return read_pdf(data)
    if suffix in READERS or suffix == ".doc":
        return read_document(name, data)
    raise ValidationError(f"只能检查 {'、'.join(ACCEPTED)} 文件，请另存为其中一种后重试。")


def blocks_of(sheet: Sheet) -> list[Block]:
    """Return a sheet's name as a paragraph, and its rows as tables parted by blank rows; lone texts are paragraphs."""
    blocks: list[Block] = [Paragraph(sheet.name, sheet.name)] if sheet.name else []
    rows = _cells(sheet)
    start = 0
    for end in range(len(rows) + 1):
        if end == len(rows) or not any(cell.text for cell in rows[end]):
            blocks += _part(rows[start:end])
            start = end + 1
    return blocks


def _part(rows: list[list[Cell]]) -> list[Block]:
    """Return rows as paragraphs down to the first row of a table, then the table."""
    blocks: list[Block] = []
    while rows and _texts(rows[0]) <= 1:
        blocks += [Paragraph(cell.place, cell.text) for cell in rows[0] if cell.text][:1]
        rows = rows[1:]
    return [*blocks, Table(rows[0][0].place, rows)] if rows else blocks


def _texts(row: list[Cell]) -> int:
    return len({cell.text for cell in row if cell.text})


def _cells(sheet: Sheet) -> list[list[Cell]]:
    """Return every cell with its place; what is merged is one cell across, and stands again in each row down."""
    width = max(map(len, sheet.rows), default=0)
    shown = [[*row, *[""] * (width - len(row))] for row in sheet.rows]
    spans: dict[tuple[int, int], int] = {}
    for merge in sheet.merged:
        right, bottom = min(merge.right, width - 1), min(merge.bottom, len(shown) - 1)
        for row in range(merge.top, bottom + 1):
            shown[row][merge.left : right + 1] = [sheet.cell(merge.top, merge.left)] * (right + 1 - merge.left)
            spans[row, merge.left] = right + 1 - merge.left
    prefix = f"{sheet.name}!" if sheet.name else ""
    return [_row(number, row, spans, prefix) for number, row in enumerate(shown)]


def _row(number: int, texts: list[str], spans: dict[tuple[int, int], int], prefix: str) -> list[Cell]:
    cells, column = [], 0
    while column < len(texts):
        span = max(spans.get((number, column), 1), 1)
        cells.append(Cell(f"{prefix}{address(number, column)}", texts[column], column, span))
        column += span
    return cells
