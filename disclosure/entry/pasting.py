"""Lays a copied block into a grid: rows are matched by their codes, never by position; nothing is stored yet."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from django.core.exceptions import ValidationError

from budgets.money import MoneyUnit
from budgets.readers.figures import read_figure
from disclosure.entry.blocks import MOST_ROWS, Block, block_of, cells_of, too_wide
from disclosure.entry.grid import Grid
from disclosure.entry.rows import Cells, Row, next_new
from disclosure.intake.lines import Line, Lines, lines_of
from disclosure.intake.owner import Owner
from disclosure.intake.recognition import owner_columns, unknown_columns
from disclosure.refusal import RefusalError

EMPTY = "没有粘贴任何内容。请在 Excel 或 WPS 中选中要填的区域（最好连同表头）复制，再粘贴到这个框里。"
LONG = f"一次最多粘贴{MOST_ROWS}行，请分几次粘贴，或用填报表导入。"
KEYLESS = "粘贴的内容里没有能认出是哪一行的列（{}），没有改动任何内容。请连同编码列一起复制。"
FOREIGN = "粘贴的第{}行写的{}是“{}”，不是本部门本年度的（{}），没有改动任何内容。"
SEVERAL = "粘贴的第{}行没有用上：表里有{}行都符合“{}”，请连同“{}”列一起复制。"
WIDE = "粘贴的内容比表格宽{}列，没有改动任何内容。请连同表头一起复制，或另选开始的列。"


class Pasted(NamedTuple):
    """The grid with the block laid in, and what is to be told of it."""

    rows: list[Row]
    notes: list[str]
    refused: list[str]
    """Rows of the block that were not used, each with its reason."""
    changed: int
    added: int


class Matcher:
    """Finds the row of a grid that a pasted row means."""

    def __init__(self, rows: Iterable[Row], keys: list[str], shared: list[str]) -> None:
        self.keys, self.shared, self._used = keys, shared, set[int]()
        self._rows: dict[tuple[str, ...], list[Row]] = {}
        for row in rows:
            if row.counts:
                self._rows.setdefault(self._told(row.cells), []).append(row)

    def candidates(self, cells: Cells) -> list[Row]:
        """Return the rows that state the same codes and have not been used yet; one of those that are alike."""
        found = [row for row in self._rows.get(self._told(cells), ()) if id(row) not in self._used]
        alike = len({tuple(row.cells.get(key, "") for key in self.keys) for row in found}) == 1
        return found[:1] if alike else found

    def use(self, row: Row) -> None:
        """Remember that a row has been found."""
        self._used.add(id(row))

    def _told(self, cells: Cells) -> tuple[str, ...]:
        return tuple(cells.get(key, "") for key in self.shared)


def paste(grid: Grid, rows: list[Row], text: str, start: str = "") -> Pasted:
    """Lay copied text into the rows of a grid and judge what it changed; raise RefusalError where it cannot be laid."""
    raw = cells_of(text)
    if not any(map(any, raw)):
        raise RefusalError(EMPTY)
    if len(raw) > MOST_ROWS:
        raise RefusalError(LONG)
    block = block_of(grid.kind, raw, start)
    keys = [column.header for column in grid.columns if column.key]
    shared = [key for key in keys if key in block.found.places]
    _refuse(grid, block, keys, shared)
    laid = _lay(grid, rows, block, Matcher(rows, keys, shared))
    for row in laid.rows:
        if row.pasted:
            grid.judge(row)
            row.wrong = {
                header: [f"{one}（粘贴的第{row.origin}行）" for one in said] for header, said in row.wrong.items()
            }
    return laid


def _refuse(grid: Grid, block: Block, keys: list[str], shared: list[str]) -> None:
    if wide := too_wide(block):
        raise RefusalError(WIDE.format(wide))
    if not shared:
        raise RefusalError(KEYLESS.format("、".join(keys)))
    owner = Owner.of(grid.disclosure).labelled
    for one in owner_columns(block.found, Owner.of(grid.disclosure)):
        if one.label in owner and one.value != owner[one.label] and one.label not in keys:
            raise RefusalError(FOREIGN.format(one.row - block.offset, one.label, one.value, owner[one.label]))


def _lay(grid: Grid, rows: list[Row], block: Block, matcher: Matcher) -> Pasted:
    lines, defaults = lines_of(block.found), grid.defaults()
    kept = [row for row in rows if row.counts or row.gone]
    spare = [row for row in rows if not (row.counts or row.gone)]
    added, changed, refused = list[Row](), 0, list[str]()
    for line in lines.lines:
        cells = _canonical(grid, block, line, defaults)
        found = matcher.candidates(cells)
        if len(found) > 1:
            refused.append(_several(line.number - block.offset, found, matcher, cells))
            continue
        row = found[0] if found else _new(defaults, next_new(rows) + len(added))
        matcher.use(row)
        changed += _write(row, cells, line.number - block.offset) and bool(found)
        added += [row] * (not found)
    return Pasted([*kept, *added, *spare], _notes(block, lines), refused, changed, len(added))


def _new(defaults: Cells, number: int) -> Row:
    return Row(f"n{number}", dict(defaults), dict(defaults))


def _canonical(grid: Grid, block: Block, line: Line, defaults: Cells) -> Cells:
    """Write the cells of a pasted row as they would be stored; what cannot be read stays as it was written."""
    cells = {header: line.cells.get(header, "") for header in grid.headers if header in block.found.places}
    for header in block.found.wan:
        cells[header] = _from_wan(block.found.sheet.cell(line.number - 1, block.found.places[header]))
    probe = Row("n0", {header: text or defaults[header] for header, text in cells.items()}, {})
    grid.read(probe)
    return {header: probe.cells[header] for header in cells}


def _from_wan(written: str) -> str:
    """Turn 万元 into 元; what is no amount stays, with its unit, to be complained of."""
    try:
        amount = read_figure(written, MoneyUnit.WAN).amount
    except ValidationError:
        return f"{written}{MoneyUnit.WAN.label}"
    return "" if amount is None else f"{amount}"


def _write(row: Row, cells: Cells, number: int) -> bool:
    """Take over what a pasted row states; a blank cell leaves what stands there."""
    told = {header: text for header, text in cells.items() if text and text != row.cells.get(header, "")}
    row.cells |= told
    row.pasted |= set(told)
    row.origin = number
    return bool(told)


def _several(number: int, found: list[Row], matcher: Matcher, cells: Cells) -> str:
    told = "、".join(filter(None, (cells.get(key, "") for key in matcher.shared)))
    apart = [key for key in matcher.keys if len({row.cells.get(key, "") for row in found}) > 1]
    return SEVERAL.format(number, len(found), told, "”“".join(apart))


def _notes(block: Block, lines: Lines) -> list[str]:
    """Say which rows and columns of a block were left out."""
    notes = []
    for one in lines.aside:
        number = int(re.findall(r"第(\d+)行", one.place)[-1]) - block.offset
        reason = one.reason.removesuffix("，已与各行核对")
        notes.append(f"粘贴的第{number}行没有用：{reason}。")
    strangers = unknown_columns(block.found) if block.headed else ()
    return [*notes, *(f"“{one.field}”这一列没有用：表里没有这一列。" for one in strangers)]
