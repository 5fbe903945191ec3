"""Plain text of a document: one line a paragraph; table cells are lines that open with a tab, blank lines part rows.

That is how word processors write tables when a document is saved as text. Lines with tabs inside are rows as well.
Bookmarks that such conversions leave behind (“[bookmark: _Toc…]”) are no text of the document and are dropped.
"""

import codecs
import re
from collections.abc import Iterator

from django.core.exceptions import ValidationError

from budgets.formats import LARGEST_FILE, decode
from budgets.readers.blocks import Block, Cell, Paragraph, Table

BOOKMARK = re.compile(r"\[bookmark: [^\]\n]*\]")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
MOST_LINES = 200_000

Row = list[Cell]


def read_text(data: bytes) -> list[Block]:
    """Return the blocks; raise ValidationError for what is too large or no text."""
    if len(data) > LARGEST_FILE:
        raise ValidationError("文件超过20MB，请拆分后导入。")
    lines = _decoded(data).splitlines()
    if len(lines) > MOST_LINES:
        raise ValidationError(f"文件超过{MOST_LINES}行，请拆分后导入。")
    return list(_blocks(lines))


def _decoded(data: bytes) -> str:
    refusal = "文件不是 UTF-8 或 GB18030 编码的文本，请在记事本中另存为 UTF-8 编码后重试。"
    try:
        text = data.decode("utf-16") if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else decode(data)
    except (UnicodeDecodeError, ValidationError) as error:
        raise ValidationError(refusal) from error
    if CONTROL.search(text):
        raise ValidationError(refusal)
    return BOOKMARK.sub("", text)


def _blocks(lines: list[str]) -> Iterator[Block]:
    rows: list[Row] = []
    row: Row = []
    for number, line in enumerate([*lines, ""], start=1):
        place = f"第{number}行"
        if "\t" in line.strip(" "):
            rows, row = _with_cells(rows, row, line, place)
        elif row and line.strip():
            row[-1] = row[-1]._replace(text=f"{row[-1].text}\n{line.strip()}".strip())
        elif row:
            rows, row = [*rows, row], []
        elif line.strip():
            yield from _table(rows)
            rows = []
            yield Paragraph(place, line.strip())
    yield from _table(rows)


def _with_cells(rows: list[Row], row: Row, line: str, place: str) -> tuple[list[Row], Row]:
    """Add a line's cells: one to the row that is open, or a whole row where tabs stand inside the line."""
    first, *others = line.strip(" ").split("\t")
    if first.strip() or len(others) > 1:
        indented = not first.strip() and rows and len(rows[-1]) == len(others)
        texts = others if indented else [first, *others]
        whole = [Cell(place, text.strip(), column) for column, text in enumerate(texts)]
        return [*rows, *([row] if row else []), whole], []
    return rows, [*row, Cell(place, others[0].strip(), len(row))]


def _table(rows: list[Row]) -> Iterator[Block]:
    """Yield rows as a table, or as paragraphs where a tab only indents them."""
    if any(len(row) > 1 for row in rows):
        yield Table(rows[0][0].place, rows)
        return
    for cell in (row[0] for row in rows):
        if cell.text:
            yield Paragraph(cell.place, cell.text)
