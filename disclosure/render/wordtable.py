"""A statutory table in Word: caption, what stands above it, merged heads that repeat, figures on the right."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from disclosure.render.laying import placed, width_of
from disclosure.render.wordparts import el, paragraph, text_width
from disclosure.tables.grid import FIGURES, Cell, Row, Table

SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
MANY = 10
"""From so many columns on the letters are smaller."""
SMALL = 15


def blocks(table: Table) -> Iterator[Any]:
    """Yield what follows the caption: fields, notes, unit, the table itself, and the line that closes it."""
    for cell in table.field_cells:
        yield paragraph(f"{cell.column.label}：{cell.render or '—'}", "Remark")
    if table.notes:
        yield paragraph(table.notes_title, "Remark")
    for note in table.notes:
        yield paragraph(note, "Remark")
    if table.unit:
        yield paragraph(f"单位：{table.unit}", "Unit")
    yield _grid(table)
    yield paragraph("", "Remark")


def is_landscape(table: Table) -> bool:
    """Tell whether a table stands on a page laid across: a wide one that is not empty."""
    return table.wide and bool(table.rows)


def _grid(table: Table) -> Any:
    widths = _widths(table)
    border = {"val": "single", "sz": 4, "space": 0, "color": "000000"}
    grid = el(
        "tbl",
        el(
            "tblPr",
            el("tblW", w=sum(widths), type="dxa"),
            el("tblBorders", *(el(side, **border) for side in SIDES)),
            el("tblLayout", type="fixed"),
            el("tblCellMar", *(el(side, w=70, type="dxa") for side in ("left", "right"))),
            el("tblCaption", val=table.heading),
        ),
        el("tblGrid", *(el("gridCol", w=width) for width in widths)),
    )
    grid.extend(_heads(table, widths))
    grid.extend(_row(row, cells, widths) for row, cells, _ in table.body)
    if table.empty_reason or not table.rows:
        words = table.empty_reason or "此表没有数据，尚未说明原因。"
        whole = _cell(
            paragraph(words, "CellText", el("jc", val="center")), sum(widths), el("gridSpan", val=len(widths))
        )
        grid.append(el("tr", whole))
    return grid


def _widths(table: Table) -> list[int]:
    """Share the width of the page out as the columns need it, in twips."""
    needed = [width_of(column, table) for column in table.columns]
    whole = text_width(landscape=is_landscape(table))
    widths = [whole * one // sum(needed) for one in needed]
    return [*widths[:-1], whole - sum(widths[:-1])]


def _heads(table: Table, widths: list[int]) -> Iterator[Any]:
    """Yield the head's rows; a cell that spans rows goes on as an empty one in each of them."""
    rows: list[dict[int, Any]] = [{} for _ in table.headers]
    for down, along, head in placed(table):
        width = sum(widths[along : along + head.colspan])
        for number in range(head.rowspan):
            spans = [el("gridSpan", val=head.colspan)] if head.colspan > 1 else []
            if head.rowspan > 1:
                spans.append(el("vMerge", **({} if number else {"val": "restart"})))
            words = paragraph("" if number else head.label, "CellHead")
            rows[down + number][along] = _cell(_smaller(words, len(widths)), width, *spans, el("shd", **SHADE))
    for row in rows:
        yield el("tr", el("trPr", el("cantSplit"), el("tblHeader")), *(row[along] for along in sorted(row)))


SHADE = {"val": "clear", "color": "auto", "fill": "F0F0F0"}


def _row(row: Row, cells: list[Cell], widths: list[int]) -> Any:
    line = el("tr", el("trPr", el("cantSplit")))
    for cell, width in zip(cells, widths, strict=True):
        deep = max(row.level - 1, 0) if cell.kind == "text" else 0
        indent = [el("ind", left=200 * deep, firstLineChars=0, firstLine=0)] if deep else []
        words = paragraph(cell.render, "CellFigure" if cell.kind in FIGURES else "CellText", *indent)
        line.append(_cell(_smaller(words, len(widths), bold=row.total), width))
    return line


def _cell(words: Any, width: int, *properties: Any) -> Any:
    return el("tc", el("tcPr", el("tcW", w=width, type="dxa"), *properties, el("vAlign", val="center")), words)


def _smaller(words: Any, columns: int, *, bold: bool = False) -> Any:
    """Make the letters smaller where there are many columns, and bold in a row of totals."""
    for letters in words.findall(qn("w:r")):
        marks = [el("b")] if bold else []
        marks += [el("sz", val=SMALL), el("szCs", val=SMALL)] if columns >= MANY else []
        if marks:
            letters.insert(0, el("rPr", *marks))
    return words
