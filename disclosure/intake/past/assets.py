"""固定资产占用情况表, and the total the prose states beside it."""

import re
from collections.abc import Iterable
from decimal import Decimal

from budgets.enums import AssetCategory
from budgets.money import MoneyUnit
from disclosure.intake.past.cells import CODED, Captioned, Row, amount, at, columns, unit_note, value, words
from disclosure.intake.past.money import key_of
from disclosure.intake.past.proposal import Amount, Asset, Assets, Value
from disclosure.intake.past.prose import mentions
from disclosure.intake.past.sections import Meaning, Section, texts

TOTAL = "total"
HEADERS = {
    "name": ("项目", "资产类别", "资产名称", "类别"),
    "quantity": ("数量",),
    "value": ("价值", "金额", "账面价值"),
}
CATEGORIES = {
    TOTAL: r"^(?:固定)?资产(?:总额|总计|合计)|^合计|^总计",
    AssetCategory.BUILDINGS: r"房屋|建筑物",
    AssetCategory.VEHICLES: r"车辆",
    AssetCategory.EQUIPMENT: r"单价.*万元以上.*设备|大型设备",
    AssetCategory.OTHER: r"其他",
}
DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")


def is_asset_table(captioned: Captioned) -> bool:
    """Tell whether a table lists assets: it heads quantities and values, and names buildings or vehicles."""
    rows = captioned[1].rows
    named = any(re.search(r"房屋|车辆", cell.text) for row in rows for cell in row)
    return named and any(HEADERS.keys() <= columns(row, HEADERS).keys() for row in rows)


def assets_of(tables: Iterable[Captioned], sections: list[Section]) -> Assets:
    """Return the first such table and the total of the prose."""
    total = next((found.amount for found in mentions(texts(sections, Meaning.ASSETS)) if _is_total(found.name)), None)
    table = next((table for table in tables if is_asset_table(table)), None)
    return _table(table[1].rows, total) if table else Assets(total)


def _is_total(name: Value) -> bool:
    return re.search(r"资产.*(?:总额|总计|合计)?$", name.text) is not None


def _table(rows: list[Row], total: Amount | None) -> Assets:
    index = next(i for i, row in enumerate(rows) if HEADERS.keys() <= columns(row, HEADERS).keys())
    head = columns(rows[index], HEADERS)
    note = unit_note(rows)
    factor = (note or MoneyUnit.WAN).in_yuan
    found = [_asset(row, head, factor) for row in rows[index + 1 :]]
    cells = [cell for row in rows[:index] for cell in row]
    as_of = (Value(match[0], cell.place) for cell in cells if (match := DATE.search(cell.text)))
    unit = (value(cell) for cell in cells if CODED.fullmatch(cell.text))
    return Assets(
        total, tuple(asset for asset in found if asset), next(as_of, Value()), next(unit, Value()), note is not None
    )


def _asset(row: Row, head: dict[str, int], factor: Decimal) -> Asset | None:
    name = at(row, head["name"])
    bare = re.sub(r"^\d+\s*[、.．]", "", words(name.text))
    key = key_of(bare, CATEGORIES)
    if key is None:
        return None
    measure = re.search(r"[（(](.+)[)）]", bare)
    return Asset(
        key,
        at(row, head["quantity"]),
        Value(measure[1], name.place) if measure else Value(),
        amount(at(row, head["value"]), factor),
        name.place,
    )
