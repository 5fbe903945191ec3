"""A table as it is printed: title rows, the unit's note, heads by column, and rows of cells by grid column."""

import re
from typing import NamedTuple

from budgets.money import MoneyUnit, number
from budgets.readers.blocks import Cell, Table
from disclosure.intake.past.cells import UNIT_NOTE

HEAD = re.compile(
    r"编码|代码|名称|科目|项目|类别|预算数|决算数|执行数|金额|合计|总计|小计|支出|收入|经费|费$|费用|资金|结转|结余|拨款|预算"
    r"|采购|专户|核拨|渠道|来源|比上年|其中|数量|单价|价值|单位|类|款|项|增减|行次|栏次|序号|人员|公用|目录|一般公共|政府性基金|国有资本"
)
COUNTING = re.compile(r"栏次|行次|\d{1,2}|[\d=+\-()（）]+|[-—]+")
TITLE_ROWS = 12
DASHES = re.compile(r"[-—–－/]*")

Row = list[Cell]


class Grid(NamedTuple):
    """A table taken apart; ``heads`` are, by grid column, the words above it joined by “|”."""

    titles: tuple[str, ...]
    unit: MoneyUnit | None
    heads: dict[int, str]
    rows: list[dict[int, Cell]]
    place: str


def squeezed(text: str) -> str:
    """Return a text without blanks and with half-width brackets made full."""
    return re.sub(r"\s|　", "", text).replace("(", "（").replace(")", "）")


def grid_of(table: Table) -> Grid:
    """Take a table apart."""
    rows = [row for row in table.rows if any(cell.text for cell in row)]
    top = 0
    while top < min(len(rows), TITLE_ROWS) and _is_title(rows[top]):
        top += 1
    bottom = top
    while bottom < len(rows) and _is_head(rows[bottom]):
        bottom += 1
    titles = tuple(dict.fromkeys(squeezed(cell.text) for row in rows[:top] for cell in row if cell.text))
    body = [_by_column(row) for row in rows[bottom:] if not _is_counting(row)]
    return Grid(titles, _unit(rows[:bottom]), _heads(rows[top:bottom]), body, table.place)


def _is_title(row: Row) -> bool:
    """Tell whether a row has one text only, or notes beside it (单位：万元, 部门：…)."""
    texts = {squeezed(cell.text) for cell in row if cell.text}
    noted = {text for text in texts if re.search(r"[：:]", text)}
    return len(texts - noted) <= (0 if len(row) > 1 and len(texts) > 1 else 1) and not any(map(_figure, texts))


def _figure(text: str) -> bool:
    return number(text) is not None


def _is_head(row: Row) -> bool:
    texts = [squeezed(cell.text) for cell in row if cell.text]
    if len(set(texts)) < 2:  # noqa: PLR2004 a single word heads nothing
        return False
    if _is_counting(row):
        return True
    return not any(map(_figure, texts)) and not re.match(r"一、", texts[0]) and all(map(_heads_something, texts))


def _heads_something(text: str) -> bool:
    return bool(HEAD.search(text)) or bool(re.fullmatch(r"20\d\d年度?|本年|上年|其中：?", text))


def _is_counting(row: Row) -> bool:
    texts = [squeezed(cell.text) for cell in row if cell.text]
    counted = [text for text in texts if re.fullmatch(r"\d{1,2}", text)]
    if not all(COUNTING.fullmatch(text) or HEAD.fullmatch(text) for text in texts) or not counted:
        return False
    numbers = list(map(int, counted))
    return len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 1


def _heads(rows: list[Row]) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    for row in (row for row in rows if not _is_counting(row)):
        for cell in row:
            for column in range(cell.column, cell.column + cell.span):
                words = found.setdefault(column, [])
                text = squeezed(cell.text)
                words += [text] if text and text not in words[-1:] else []
    return {column: "|".join(words) for column, words in sorted(found.items())}


def _by_column(row: Row) -> dict[int, Cell]:
    return {cell.column: cell for cell in reversed(row)}


def _unit(rows: list[Row]) -> MoneyUnit | None:
    notes = (UNIT_NOTE.search(cell.text) for row in rows for cell in row)
    found = next((note[1] for note in notes if note), None) or _in_heads(rows)
    return None if found is None else MoneyUnit.WAN if found == "万元" else MoneyUnit.YUAN


def _in_heads(rows: list[Row]) -> str | None:
    marks = (re.search(r"[（(](万元|元)[)）]", cell.text) for row in rows for cell in row)
    return next((mark[1] for mark in marks if mark), None)
