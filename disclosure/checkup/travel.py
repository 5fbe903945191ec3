"""T7 of other people's documents, in either of its shapes: items as rows, or one row with items as columns."""

import re

from budgets.money import MoneyUnit
from budgets.readers.blocks import Cell
from disclosure.checkup.cells import NOTHING, Entry, wire
from disclosure.checkup.columns import YEARS_BEFORE
from disclosure.checkup.grids import Grid, squeezed
from disclosure.tables.grid import Column, Wire
from disclosure.tables.t07_three_public import PRINTED

LABELS = [label for label, _, _ in PRINTED]
TOTAL = "合计"
ROWS = (
    ("合计", r".*三公.*(?:合计|小计|总计)|(?:合计|总计|小计)|.*三公.{0,3}经费(?:支出)?"),
    (LABELS[0], r".*出国.*"),
    (LABELS[1], r".*(?:购置及运|用车购置和运|用车费(?:小计)?$).*"),
    (LABELS[2], r".*(?:购置).*"),
    (LABELS[3], r".*(?:运行|运维|维护).*费.*"),
    (LABELS[4], r".*接待.*"),
)
ITEMS = (
    ("abroad", r"出国"),
    ("vehicles", r"购置(?:及|和)运.*(?:小计|合计)$|购置(?:及|和)运[^|]*$"),
    ("vehicle_purchase", r"购置费?$"),
    ("vehicle_running", r"(?:运行|运维)[^|]*$"),
    ("reception", r"接待"),
    ("operating_costs", r"机关运行"),
    ("total", r"(?:合计|小计|总计)$|三公.{0,3}经费$"),
)
VALUES = (
    ("general", r"一般公共预算(?:拨款|财政拨款|资金)?$"),
    ("fund", r"基金"),
    ("capital", r"国有资本"),
    ("total", r"合计|小计|预算数|决算数|金额|本年|\d年"),
)
Read = tuple[tuple[Column, ...], list[Entry]]


def read_three_public(grid: Grid, unit: MoneyUnit, year: int, *, final: bool) -> Read | None:
    """Return columns and rows; None where no row states the total."""
    heads = {at: head for at, head in grid.heads.items() if not re.search(r"序号|行次|栏次|编码", head)}
    aside = any(re.search("出国", head) for head in heads.values())
    columns = {at: _column(head, year, final=final, patterns=ITEMS if aside else VALUES) for at, head in heads.items()}
    kept: dict[int, Column] = {}
    for at, column in columns.items():
        if column.key and column.key not in {other.key for other in kept.values()}:
            kept[at] = column
    entries = _one_row(grid, kept, unit) if aside else _rows(grid, kept, unit)
    if not entries or not any(entry.total for entry in entries) or "total" not in {c.key for c in kept.values()}:
        return None
    return tuple(kept.values()), entries


def _column(head: str, year: int, *, final: bool, patterns: tuple[tuple[str, str], ...]) -> Column:
    before = bool(YEARS_BEFORE.search(head) or f"{year - 1}年" in head or (final and "预算数" in head))
    key = next((key for key, pattern in patterns if re.search(pattern, head)), "")
    if not key:
        return Column("name" if re.search(r"项目|名称|单位|经费", head) and "增减" not in head else "", head)
    return Column(f"previous_{key}" if before else key, head.replace("|", "："), "", "money")


def _cells(row: dict[int, Cell], columns: dict[int, Column], unit: MoneyUnit) -> tuple[dict[str, Wire], dict[str, str]]:
    found = {column: row.get(at, NOTHING) for at, column in columns.items()}
    cells = {column.key: wire(column, squeezed(cell.text), unit) for column, cell in found.items()}
    return cells, {column.key: cell.place for column, cell in found.items()}


def _one_row(grid: Grid, columns: dict[int, Column], unit: MoneyUnit) -> list[Entry]:
    rows = [_cells(row, columns, unit) for row in grid.rows if len(row) > 1]
    totals = [n for n, (cells, _) in enumerate(rows) if re.search(r"合计|总计", cells.get("name") or "")]
    last = totals[0] if totals else 0 if len(rows) == 1 else None
    return [Entry(0 if n == last else 1, n == last, *row) for n, row in enumerate(rows)]


def _rows(grid: Grid, columns: dict[int, Column], unit: MoneyUnit) -> list[Entry]:
    entries: list[Entry] = []
    meant: set[str] = set()
    words = [_cells(row, columns, unit) for row in grid.rows if len(row) > 1]
    for cells, places in words:
        bare = re.sub(r"^(?:[一二三四五六七八九十\d]+[、.．]|（.{1,2}）|其中[：:])*", "", cells.get("name") or "")
        label = next((label for label, pattern in ROWS if re.fullmatch(pattern, bare)), bare)
        if label in meant:
            label = bare
        meant.add(label)
        total = label == TOTAL
        entries.append(Entry(0 if total else 1, total, {**cells, "name": label}, places))
    wider = any(re.search(r"会议|培训", entry.cells["name"] or "") for entry in entries)
    return [] if wider and not any("三公" in (cells.get("name") or "") for cells, _ in words) else entries
