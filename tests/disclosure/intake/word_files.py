"""Word files for tests, made from the blocks of a text."""

import io

from docx import Document

from budgets.readers.blocks import Paragraph


def as_word(blocks):
    """Write the same blocks with Word's own means; the two levels of indicators are merged downwards."""
    document = Document()
    for block in blocks:
        if isinstance(block, Paragraph):
            document.add_paragraph(block.text)
        else:
            add_table(document, block.rows)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def add_table(document, rows):
    table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
    indicators = False
    for number, row in enumerate(rows):
        for cell in row:
            if cell.text:
                table.cell(number, cell.column).text = cell.text
        indicators = indicators or row[0].text == "一级指标"
        if indicators and not row[0].text:
            table.cell(number - 1, 0).merge(table.cell(number, 0))
