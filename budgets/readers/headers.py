"""Finds codes and names in sheets by what the columns are headed, in whatever order they stand."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.core.exceptions import ValidationError

from budgets.readers.sheets import Sheet

ALIASES = {
    "code": ("科目编码", "编码", "代码", "科目代码", "分类编码", "品目编码", "品目代码", "科目编号"),
    "name": ("科目名称", "名称", "分类名称", "品目名称"),
    "budget": ("所属预算", "预算类型", "预算种类"),
    "class": ("类",),
    "group": ("款",),
    "item": ("项",),
}
LEVELS = ("class", "group", "item")
HEADER_ROWS = 20
"""How far down a header is looked for: titles and notes stand above it."""


class CodeRow(NamedTuple):
    """A line of an official list: where it stands, and what it says."""

    place: str
    code: str
    name: str
    budget: str


class Listing(NamedTuple):
    """All rows of a file, and the sheets that hold no list."""

    rows: list[CodeRow]
    passed_over: list[str]


def listing_of(sheets: list[Sheet]) -> Listing:
    """Gather the rows of every sheet that heads a code and a name; raise ValidationError where none does."""
    rows: list[CodeRow] = []
    passed_over = []
    for sheet in sheets:
        found = _header(sheet)
        if found is None:
            passed_over += [sheet.name] if any(map(any, sheet.rows)) else []
        else:
            rows += _rows(sheet, *found)
    if not rows:
        raise ValidationError(
            "没有找到目录：需要一行表头，其中有“科目编码”（或“类”“款”“项”）和“科目名称”，下面至少一行科目。"
        )
    return Listing(rows, passed_over)


def columns_of(header: list[str]) -> dict[str, int] | None:
    """Return where each known column stands, None where codes or names have none; refuse two columns for one thing."""
    columns: dict[str, int] = {}
    for index, cell in enumerate(header):
        words = re.sub(r"[\s*＊]", "", cell)
        meaning = next((key for key, aliases in ALIASES.items() if words in aliases), None)
        if meaning in columns:
            raise ValidationError(f"表头里有两列都是“{words}”的意思，请只留一列。")
        if meaning:
            columns[meaning] = index
    return columns if "name" in columns and {"code", "class"} & columns.keys() else None


def _header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    for index, row in enumerate(sheet.rows[:HEADER_ROWS]):
        columns = columns_of(row)
        if columns:
            return index, columns
    return None


def _rows(sheet: Sheet, header: int, columns: dict[str, int]) -> Iterator[CodeRow]:
    above: list[str] = []
    for index, row in enumerate(sheet.rows[header + 1 :], start=header + 1):
        if row == sheet.rows[header]:  # printed again on the next page
            continue
        cells = {key: row[at] if at < len(row) else "" for key, at in columns.items()}
        if "code" not in cells:
            above, cells["code"] = _joined(cells, above)
        if cells["code"] or cells["name"]:
            yield CodeRow(sheet.place(index), cells["code"], cells["name"], cells.get("budget", ""))


def _joined(cells: dict[str, str], above: list[str]) -> tuple[list[str], str]:
    """Join 类, 款 and 项; a row that fills only the lower ones continues the row above it."""
    given = [cells.get(level, "") for level in LEVELS]
    filled = [index for index, part in enumerate(given) if part]
    if not filled:
        return above, ""
    parts = [*above[: filled[0]], *given[filled[0] : filled[-1] + 1]]
    return parts, "".join(parts)
