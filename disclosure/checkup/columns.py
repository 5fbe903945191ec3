"""Which column of a coded table is which, by the words above it."""

import re
from typing import NamedTuple

from disclosure.tables.grid import Column

SUBTOTAL = re.compile(r"(?:小计|合计)(?:（.*）)?$")
YEARS_BEFORE = re.compile(r"上年|上一年|去年")
MONEY = "money"
ALWAYS = (("code", r"(?:编码|代码)(?:（.*）)?$"), ("name", r"名称|^科目$|功能分类科目$|经济分类科目$|^项目$"))
TOTAL = ("total", r"(?:合计|总计|小计|预算数|决算数|金额|本年支出|本年收入)(?:（.*）)?$")
SPENT = (
    ("personnel", r"人员(?:经费|支出)?"),
    ("public", r"公用(?:经费|支出)?"),
    ("basic", r"基本支出"),
    ("project", r"项目支出"),
    ("handed_up", r"上缴上级"),
    ("business", r"经营支出"),
    ("subsidy", r"附属单位"),
)
RECEIVED = (
    ("surplus", r"非财政拨款结余"),
    ("carried", r"结转|年初"),
    ("general", r"一般公共预算"),
    ("fund", r"政府性?基金"),
    ("capital", r"国有资本"),
    ("special_account", r"财政专户"),
    ("institution", r"事业收入"),
    ("business", r"经营收入"),
    ("superior", r"上级补助"),
    ("subordinate", r"附属单位"),
    ("other", r"其他收入"),
)
PROJECTS = (
    ("general_carried", r"结转.*一般公共"),
    ("fund_carried", r"结转.*基金"),
    ("capital_carried", r"结转.*国有资本"),
    *RECEIVED[2:6],
    ("own", r"单位资金|其他资金"),
)
BOUGHT = (
    ("project_amount", r"预算资金$"),
    ("project", r"来源.*项目名称|^项目名称"),
    ("name", r"采购(?:物品|品目|项目)?名称|采购品目|采购内容"),
    ("catalogue", r"目录"),
    ("measure", r"数量单位|计量单位"),
    ("unit_price", r"单价"),
    ("quantity", r"数量"),
    ("other_channels", r"其他渠道"),
    ("budgeted", r"当年部门预算.*合计"),
    ("general", r"一般公共预算"),
    ("fund", r"基金"),
    ("special_account", r"专户"),
    ("other", r"其他来源"),
    ("total", r"总计|合计|^金额|^采购金额|^预算金额"),
)
HELD = (("name", r"项目|资产|类别"), ("quantity", r"数量"), ("value", r"价值|金额"))
COMPARED = (
    ("change_rate", r"增减.*(?:%|％|率|幅度|百分比)"),
    ("change", r"增减"),
)
PATTERNS = {
    "income": (*ALWAYS, *RECEIVED, TOTAL),
    "spending": (*ALWAYS, *SPENT, TOTAL),
    "general_expenditure": (*ALWAYS, *COMPARED, *SPENT, TOTAL),
    "fund_expenditure": (*ALWAYS, *COMPARED, *SPENT, TOTAL),
    "capital_expenditure": (*ALWAYS, *COMPARED, *SPENT, TOTAL),
    "basic_expenditure": (*ALWAYS, *SPENT[:2], TOTAL),
    "projects": (("unit", r"单位(?:名称|编码)?$"), ("category", r"类别|类型"), *ALWAYS, *PROJECTS, TOTAL),
    "procurement": BOUGHT,
    "assets": HELD,
}
WORDS = {"name", "unit", "category", "project", "measure"}
KINDS = {"code": "code", "catalogue": "code", "quantity": "number", "change_rate": "rate"}
KINDS |= dict.fromkeys(WORDS, "text")
PARTS = ("类", "款", "项")


class Mapped(NamedTuple):
    """The columns of a table by grid column; ``parts`` are those that hold a code in pieces."""

    columns: dict[int, Column]
    parts: tuple[int, ...]
    extra: tuple[int, ...]
    """Money columns that are none of ours."""


def mapped(key: str, heads: dict[int, str], year: int) -> Mapped:
    """Give each column the key our table knows it by; a subtotal of others, or what is within another, is words."""
    parts = tuple(at for at, head in heads.items() if head.rpartition("|")[2] in PARTS)
    columns: dict[int, Column] = {}
    extra = []
    for at, head in heads.items():
        if at in parts or re.search(r"序号|行次", head):
            continue
        found = _meant(key, head, heads, year)
        taken = {column.key for column in columns.values()}
        named = found if found and found not in taken else ""
        if not named and key in {"income", "projects"} and not _within(at, heads) and found not in WORDS | {"code"}:
            extra.append(at)
        group, _, label = head.rpartition("|")
        kind = _kind(key, named) if named or at in extra else "text"
        columns[at] = Column(named or f"column-{at}", label, group.replace("|", "："), kind)
    return Mapped(columns, parts, tuple(extra))


def _kind(table: str, column: str) -> str:
    """Return the kind of a column; 项目 are words in 政府采购预算表, money elsewhere."""
    if column == "project" and table != "procurement":
        return MONEY
    return KINDS.get(column, MONEY)


def _meant(key: str, head: str, heads: dict[int, str], year: int) -> str | None:
    """Return what a head means; a head of last year's figures is 上年."""
    if _before(head, year) and key not in {"income", "projects", "assets", "procurement"}:
        return "previous" if "增减" not in head else "change_rate" if re.search(r"%|％|率|幅度", head) else "change"
    if re.search(r"其中|占", head.rpartition("|")[2]):
        return None
    if key in {"income", "projects"} and _is_subtotal(head, heads):
        return "carried" if key == "income" and "结转" in head else None
    if key == "income" and "结转" in head and "|" in head and not SUBTOTAL.search(head):
        return None
    return next((column for column, pattern in PATTERNS[key] if re.search(pattern, head)), None)


def _before(head: str, year: int) -> bool:
    return bool(YEARS_BEFORE.search(head) or f"{year - 1}年" in head or "执行数" in head)


def _is_subtotal(head: str, heads: dict[int, str]) -> bool:
    group = head.rpartition("|")[0]
    return bool(group and SUBTOTAL.search(head) and sum(other.startswith(f"{group}|") for other in heads.values()) > 1)


def _within(at: int, heads: dict[int, str]) -> bool:
    """Tell whether a column's money is counted in another column as well."""
    head = heads[at]
    group = head.rpartition("|")[0]
    carried = [other for other in heads.values() if other.startswith(f"{group}|") and SUBTOTAL.search(other)]
    return "其中" in head or _is_subtotal(head, heads) or ("结转" in group and bool(carried))
