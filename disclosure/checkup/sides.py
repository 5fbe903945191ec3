"""The two sides of 收支总表 and 财政拨款收支总表: which columns they are, and their labels in our words."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from budgets.money import MoneyUnit
from budgets.readers.blocks import Cell
from disclosure.checkup.cells import NOTHING, money
from disclosure.checkup.grids import Grid, squeezed
from disclosure.layouts.foreign import LABELS
from disclosure.tables.grid import Wire

ORDINAL = re.compile(r"(?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[)）]|\d+[、.．]|其中[：:])")
AMOUNT = re.compile(r"预算数|决算数|金额|合计|总计|小计|一般公共预算|政府性?基金|国有资本|年度?$")
LABEL = re.compile(r"项目|科目|功能分类|收入|支出|来源|内容")
CLOSING = {
    "income": (
        ("surplus", r"(?:使用|用)?(?:以前年度)?非财政拨款结余.*|.*事业基金弥补.*"),
        ("carried", r"(?:上年|年初)(?:财政拨款)?(?:结转|结余).*|上年结转.*"),
        ("income", r"本年(?:收入|财政拨款收入)?(?:合计|小计)|本年收入"),
        ("income_total", r"收入(?:总计|合计)|总计|合计|收入"),
    ),
    "spending": (
        ("distributed", r"结余分配"),
        ("forward", r"(?:结转|结余)(?:结余|结转)?(?:到|至)?下年.*|(?:年终|年末)(?:财政拨款)?(?:结转|结余).*"),
        ("spending", r"本年(?:支出|财政拨款支出)?(?:合计|小计)|本年支出"),
        ("spending_total", r"支出(?:总计|合计)|总计|合计|支出"),
    ),
}
INCOME = (
    ("一般公共预算拨款收入", r"一般公共预算.*"),
    ("政府性基金预算拨款收入", r"政府性?基金.*"),
    ("国有资本经营预算拨款收入", r"国有资本经营.*"),
    ("财政专户管理资金收入", r".*财政专户.*"),
)


class Sided(NamedTuple):
    """An entry of a side: its label as printed and in our words, its amounts (元) by column, the places."""

    printed: str
    label: str
    ordinal: str
    amounts: dict[str, Wire]
    places: dict[str, str]


class Columns(NamedTuple):
    """Where a side stands: the column of its words, and of each amount."""

    words: int
    amounts: dict[str, int]


def sides_of(grid: Grid, names: dict[str, str]) -> tuple[Columns, Columns] | None:
    """Find both sides; ``names`` give the keys of the right side's amounts by pattern, the first is the default."""
    used = {at: head for at, head in grid.heads.items() if not re.search(r"序号|行次|栏次", head)}
    words = [at for at, head in used.items() if _is_label(head)]
    if len(words) < 2:  # noqa: PLR2004 two sides
        return None
    left = next((at for at in used if words[0] < at < words[1]), None)
    ends = words[2] if len(words) > 2 else max(used) + 1  # noqa: PLR2004 a third side repeats the second
    right = {at: head for at, head in used.items() if words[1] < at < ends}
    if left is None or not right:
        return None
    return Columns(words[0], {"income_amount": left}), Columns(words[1], _named(right, names))


def _is_label(head: str) -> bool:
    leaf = head.rpartition("|")[2]
    return bool(LABEL.search(leaf)) and not AMOUNT.search(leaf)


def _named(heads: dict[int, str], names: dict[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, head in heads.items():
        key = next((key for key, pattern in names.items() if re.search(pattern, head.rpartition("|")[2])), None)
        if key and key not in found:
            found[key] = at
    first = next(iter(names))
    return found if first in found else {first: next(iter(heads)), **found} if len(heads) == 1 else found


def entries_of(grid: Grid, side: str, columns: Columns, unit: MoneyUnit) -> list[Sided]:
    """Return the entries of a side in our words; “合计” closes the year where a “总计” stands below it."""
    found = [
        entry for row in grid.rows if (entry := _entry(row, side, columns, unit)) and not entry.printed.startswith("注")
    ]
    return _closed(found, side)


def _entry(row: dict[int, Cell], side: str, columns: Columns, unit: MoneyUnit) -> Sided | None:
    cell = row.get(columns.words, NOTHING)
    printed = squeezed(cell.text)
    if not printed:
        return None
    ordinal = match[0] if (match := ORDINAL.match(printed)) else ""
    bare = printed[len(ordinal) :]
    label = next((LABELS[key] for key, pattern in CLOSING[side] if re.fullmatch(pattern, bare)), bare)
    cells = {key: row.get(at, NOTHING) for key, at in columns.amounts.items()}
    amounts = {key: money(squeezed(of.text), unit) for key, of in cells.items()}
    places = {side: cell.place, **{key: of.place or cell.place for key, of in cells.items()}}
    return Sided(printed, label, ordinal, amounts, places)


def _closed(entries: list[Sided], side: str) -> list[Sided]:
    total, year = LABELS[f"{side}_total"], LABELS[side]
    totals = [n for n, entry in enumerate(entries) if entry.label == total]
    return [
        entry._replace(label=year) if n in totals[:-1] and entry.printed.endswith("合计") else entry
        for n, entry in enumerate(entries)
    ]


def is_within(entry: Sided) -> bool:
    """Tell whether an entry details the one above: “其中：”, “1.”, “（一）”."""
    return bool(entry.ordinal) and not re.match(r"[一二三四五六七八九十]+[、.．]", entry.ordinal)


def income_label(bare: str) -> str:
    """Say an item of income as 收支总表 says it now."""
    return next((label for label, pattern in INCOME if re.fullmatch(pattern, bare)), bare)


def closing_labels() -> Iterable[str]:
    """Return the words of closing rows."""
    return LABELS.values()
