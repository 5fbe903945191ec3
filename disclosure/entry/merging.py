"""Two people at one grid: what each changed is kept; where both changed one cell, somebody must choose."""

from collections.abc import Iterable

from disclosure.entry.grid import Grid
from disclosure.entry.rows import Row, next_new

BOTH = "别人刚才改成了“{}”，请选择保留哪一个"
UNCHOSEN = "请选择保留哪一个"
DELETED = "别人刚才删除了这一行。要保留的再点一次“保存”，会重新添加；不要的请勾选“删除”"
CHANGED = "别人刚才改了这一行，改后的内容已经显示在这里。仍要删除的，请再点一次“保存”"


def merge(rows: list[Row], grid: Grid) -> list[Row]:
    """Return the rows with what others stored meanwhile taken in; what contradicts is complained of, never dropped."""
    merged = [row for row in rows if not _vanished(row, grid)]
    number = next_new(rows)
    for row in merged:
        now = grid.stored.get(row.key)
        if row.new:
            continue
        if now is None:
            row.key, row.seen, number = f"n{number}", dict.fromkeys(row.seen, ""), number + 1
            row.complain("", [DELETED])
        else:
            _merge_cells(row, grid.cells(now))
    return merged


def _vanished(row: Row, grid: Grid) -> bool:
    """Tell whether somebody deleted a row in which nothing was typed here, or which was to be deleted here too."""
    return not row.new and row.key not in grid.stored and (row.gone or not row.touched)


def _merge_cells(row: Row, now: dict[str, str]) -> None:
    was, row.seen = row.seen, now
    if row.gone:
        if was != now:
            row.cells = dict(now)
            row.complain("", [CHANGED])
        return
    for header, stored in now.items():
        _merge_cell(row, header, was.get(header, ""), stored)


def _merge_cell(row: Row, header: str, before: str, stored: str) -> None:
    mine = row.cells.get(header, "")
    if header in row.undecided:
        row.theirs[header] = stored
        row.complain(header, [UNCHOSEN])
    elif mine == before:
        row.cells[header] = stored
    elif stored not in (before, mine):
        row.theirs[header] = stored
        row.undecided.add(header)
        row.complain(header, [BOTH.format(stored or "（空）")])


def latecomers(rows: Iterable[Row], grid: Grid) -> list[Row]:
    """Return the stored rows that were not on the page: others have added them."""
    shown = {row.key for row in rows}
    return [row for row in grid.rows() if row.key not in shown]
