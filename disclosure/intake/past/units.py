"""The table of units (机构设置), and the codes that other tables print beside their names."""

import re
from collections.abc import Iterable

from disclosure.intake.past.cells import CODED, Captioned, Row, at, columns, words
from disclosure.intake.past.proposal import Unit, Value

ALIASES = {
    "code": ("单位编码", "单位代码", "预算单位编码"),
    "name": ("单位名称", "预算单位名称", "机构名称"),
    "nature": ("单位性质", "性质", "单位类型"),
    "rank": ("单位规格", "规格", "机构规格", "级别"),
    "funding": ("经费保障形式", "经费形式", "经费来源", "经费保障方式", "预算管理形式"),
}
DESCRIBED = {"nature", "rank", "funding"}


def is_unit_table(captioned: Captioned) -> bool:
    """Tell whether a table lists units: it heads their name and something about them."""
    return any("name" in found and found.keys() & DESCRIBED for found in _headers(captioned))


def units_of(tables: Iterable[Captioned], printed: Iterable[Value]) -> tuple[Unit, ...]:
    """Return the units of every such table, with the code of each whose name stands in ``printed`` (“203001…本级”)."""
    codes = list(dict.fromkeys(printed))
    found = [_unit(row, head) for table in tables if is_unit_table(table) for head, row in _rows(table)]
    return tuple(_coded(unit, codes, [other.name.text for other in found]) for unit in found if unit.name.text)


def _headers(captioned: Captioned) -> list[dict[str, int]]:
    return [columns(row, ALIASES) for row in captioned[1].rows]


def _rows(captioned: Captioned) -> list[tuple[dict[str, int], Row]]:
    headers = _headers(captioned)
    index = next(i for i, found in enumerate(headers) if "name" in found and found.keys() & DESCRIBED)
    return [(headers[index], row) for row in captioned[1].rows[index + 1 :] if words(row[0].text) != "合计"]


def _unit(row: Row, head: dict[str, int]) -> Unit:
    cells = {key: at(row, head.get(key)) for key in ALIASES}
    return Unit(head=False, **cells)


def _coded(unit: Unit, printed: list[Value], names: list[str]) -> Unit:
    for text in printed:
        coded = CODED.fullmatch(text.text)
        named = [name for name in names if coded and name and name in coded[2]]
        if coded and named and max(named, key=len) == unit.name.text:
            code = unit.code if unit.code.text else Value(coded[1], text.place)
            return unit._replace(code=code, head=bool(re.search(r"本级\s*$", coded[2])))
    return unit
