"""Tables whose rows have codes or names: T2, T3, T5, T6, T8 to T10, T13 and T14."""

import re
from collections import Counter

from budgets.money import MoneyUnit
from budgets.readers.blocks import Cell
from disclosure.audit.reading import COMPARING
from disclosure.checkup.cells import BLANK, NOTHING, Entry, amount_of, wire
from disclosure.checkup.columns import Mapped, mapped
from disclosure.checkup.grids import Grid, squeezed
from disclosure.tables.grid import Column, Wire

TOTAL = re.compile(r"(?:本年)?(?:收入|支出|固定资产|资产)?(?:合计|总计|总额)(?:（.*）)?|.{0,12}合计")
CODE = re.compile(r"[\d-]+")
NOTE = re.compile(r"注[：:]|说明[：:]|备注")
LISTED = {"projects", "procurement", "assets"}
OPTIONAL = {"project_amount", "unit_price", "general", "fund", "special_account", "other"}
NEEDED = {"income": {"total"}, "assets": {"name", "quantity", "value"}, "basic_expenditure": {"code", "total"}}
Row = dict[int, Cell]


def read_coded(key: str, grid: Grid, unit: MoneyUnit, year: int) -> tuple[tuple[Column, ...], list[Entry]] | None:
    """Return columns and rows; None where the table is in a form that cannot be read safely."""
    found = mapped(key, grid.heads, year)
    keys = {column.key for column in found.columns.values()}
    if not NEEDED.get(key, {"name", "total"}) <= keys | ({"code"} if found.parts else set()):
        return None
    entries = [entry for row in grid.rows if (entry := _entry(key, row, found, unit))]
    if key == "projects" and any(amount_of(e.cells.get(f"column-{at}")) for e in entries for at in found.extra):
        return None
    columns = tuple(found.columns.values())
    coded = (Column("code", "科目编码", "", "code"),) if found.parts and "code" not in keys else ()
    return (*coded, *columns), _levelled(key, _one_total(entries))


def _entry(key: str, row: Row, found: Mapped, unit: MoneyUnit) -> Entry | None:
    cells, places = _cells(key, row, found, unit)
    words = [cells[of.key] for of in found.columns.values() if of.kind in {"text", "code"} and cells.get(of.key)]
    if not (words or cells.get("code")) or NOTE.match(words[0] or "" if words else ""):
        return None
    total = any(TOTAL.fullmatch(squeezed(word or "")) for word in words[:2])
    if total and key == "procurement":
        cells |= {of.key: cells[of.key] or "0.00" for of in found.columns.values() if of.kind == "money"}
    if total and key == "assets" and not row.get(_at(found, "value"), NOTHING).text:
        cells["value"] = None
    return Entry(0 if total else 1, total, cells, places)


def _cells(key: str, row: Row, found: Mapped, unit: MoneyUnit) -> tuple[dict[str, Wire], dict[str, str]]:
    """Return a row's cells and their places; a code in pieces is put together, words in its place are a name."""
    cells, places = {}, {}
    for at, column in found.columns.items():
        cell = row.get(at, NOTHING)
        text = squeezed(cell.text) if column.kind != "text" or column.key == "name" else cell.text
        cells[column.key] = None if _is_missing(key, column, text) else wire(column, text, unit)
        places[column.key] = cell.place
    if found.parts:
        cells["code"] = "".join(squeezed(row.get(at, NOTHING).text) for at in found.parts) or None
        places["code"] = row.get(found.parts[0], NOTHING).place
    if not CODE.fullmatch(cells.get("code") or "0"):
        cells["name"], cells["code"] = cells.get("name") or cells["code"], None
    return cells, places


def _is_missing(key: str, column: Column, text: str) -> bool:
    """Tell whether a blank is no 0: what a comparison has none of, what a purchase is not paid from."""
    optional = column.key.startswith(COMPARING) or (key == "procurement" and column.key in OPTIONAL)
    return optional and bool(BLANK.fullmatch(text))


def _at(found: Mapped, key: str) -> int:
    return next(at for at, column in found.columns.items() if column.key == key)


def _one_total(entries: list[Entry]) -> list[Entry]:
    """Keep the first total of all."""
    first = next((n for n, entry in enumerate(entries) if entry.total), None)
    return [entry._replace(total=entry.total and n == first) for n, entry in enumerate(entries)]


def _levelled(key: str, entries: list[Entry]) -> list[Entry]:
    """Give each row its depth: how many rows stand above it by code; 0 where that cannot be told."""
    if key in LISTED:
        return [entry if entry.total or _listed(key, entry) else entry._replace(level=0) for entry in entries]
    codes = [entry.cells.get("code") or "" for entry in entries if not entry.total]
    if not any(codes):
        return entries if key == "income" else [entry._replace(level=0) for entry in entries]
    doubled = any(count > 1 for code, count in Counter(codes).items() if code)
    uncoded = 1 if key == "income" else 0
    depths = [_depth(entry.cells.get("code"), codes) or uncoded for entry in entries]
    pairs = zip(entries, depths, strict=True)
    return [e if e.total else e._replace(level=0 if doubled else depth) for e, depth in pairs]


def _listed(key: str, entry: Entry) -> bool:
    """Tell whether a row of a list is one of its things, not a group."""
    return entry.level == 1 and bool(entry.cells.get("name") or entry.cells.get("project") or key == "assets")


def _depth(code: str | None, codes: list[str]) -> int:
    return 1 + sum(bool(other) and other != code and code.startswith(other) for other in set(codes)) if code else 0
