"""T1 and T4 of other people's documents, brought to the rows that rules read."""

import re
from collections.abc import Iterable
from itertools import zip_longest

from budgets.enums import GENERAL_BUDGETS
from budgets.money import MoneyUnit
from disclosure.checkup.cells import Entry, amount_of
from disclosure.checkup.grids import Grid, squeezed
from disclosure.checkup.sides import Sided, closing_labels, entries_of, income_label, is_within, sides_of
from disclosure.layouts.foreign import LABELS
from disclosure.tables.grid import Wire

TOTALS = {"spending_amount": r"合计|总计|预算数|决算数|金额|年度?$"}
FISCAL = {
    "total": r"合计|总计|小计|预算数|决算数|金额",
    "general": r"一般公共预算",
    "fund": r"政府性?基金",
    "capital": r"国有资本",
}
SUFFIX = "支出"
BUDGETS = {"一般公共预算": 0, "政府性": 1, "国有资本": 2}


def read_totals(grid: Grid, unit: MoneyUnit, names: Iterable[str]) -> list[Entry] | None:
    """Return the rows of 收支总表; ``names`` are the 类 as 支出总表 prints them."""
    sides = sides_of(grid, TOTALS)
    if sides is None:
        return None
    income = _items(entries_of(grid, "income", sides[0], unit))
    income = [entry._replace(label=_ordered(entry, income_label(entry.label))) for entry in income]
    known = {name.removesuffix(SUFFIX): name for name in map(squeezed, names)}
    spending = _items(entries_of(grid, "spending", sides[1], unit))
    spending = [e._replace(label=_ordered(e, known.get(e.label.removesuffix(SUFFIX), e.label))) for e in spending]
    labels = {entry.label for entry in (*income, *spending)}
    if not labels.intersection((LABELS["income_total"], LABELS["spending_total"])):
        return None
    return _side_by_side(income, spending, {LABELS["income_total"]})


def _ordered(entry: Sided, label: str) -> str:
    """Keep a printed ordinal before an item; a label with “、” inside needs one."""
    if label in closing_labels():
        return label
    ordinal = entry.ordinal if entry.ordinal.endswith("、") else "·、" if "、" in label else ""
    return f"{ordinal}{label}"


def _items(entries: list[Sided]) -> list[Sided]:
    """Drop what only details another row; of 财政拨款收入 keep the three budgets instead of their sum."""
    kept: list[Sided] = []
    for entry in entries:
        budget = any(entry.label.startswith(name) for name in BUDGETS)
        closing = entry.label in closing_labels()
        parent = kept[-1] if kept else None
        if is_within(entry) and not closing and not (budget and parent and _of_budgets(parent)):
            continue
        kept.append(entry)
    return [entry for n, entry in enumerate(kept) if not (_is_fiscal(entry) and _detailed(kept[n + 1 :]))]


def _is_fiscal(entry: Sided) -> bool:
    return bool(re.fullmatch(r"财政拨款(?:收入|资金)?", entry.label))


def _of_budgets(entry: Sided) -> bool:
    return _is_fiscal(entry) or any(entry.label.startswith(name) for name in BUDGETS)


def _detailed(following: list[Sided]) -> bool:
    return bool(following) and any(following[0].label.startswith(name) for name in BUDGETS) and is_within(following[0])


def read_fiscal(grid: Grid, unit: MoneyUnit) -> list[Entry] | None:
    """Return the rows of 财政拨款收支总表: heads with the three budgets under each, beside spending by 类."""
    sides = sides_of(grid, FISCAL)
    if sides is None or "total" not in sides[1].amounts:
        return None
    income = list(_received(entries_of(grid, "income", sides[0], unit)))
    spending = [e for e in entries_of(grid, "spending", sides[1], unit) if e.label != LABELS["spending"]]
    spending = [e for e in spending if not (is_within(e) and re.match(r"其中|\d", e.ordinal))]
    found = {entry.label for entry in (*income, *spending)}
    if not {LABELS["income_total"], LABELS["spending_total"]} <= found:
        return None
    return _side_by_side(income, spending, {LABELS["income_total"]})


def _received(entries: list[Sided]) -> Iterable[Sided]:
    """Yield income under our heads; a form without heads gets one that states no amount."""
    head = ""
    for entry in entries:
        budget = next((n for word, n in BUDGETS.items() if entry.label.startswith(word)), None)
        if entry.label == LABELS["income_total"]:
            yield entry
        elif entry.label in (LABELS["income"], LABELS["carried"]) or _is_fiscal(entry):
            head = LABELS["carried_fiscal" if entry.label == LABELS["carried"] else "fresh_fiscal"]
            yield entry._replace(label=head)
            yield from _unknown(entry, entries)
        elif budget is not None:
            if not head:
                head = LABELS["fresh_fiscal"]
                yield Sided("", head, "", {}, {})
            yield entry._replace(label=f"　{GENERAL_BUDGETS[budget].label}")


def _unknown(head: Sided, entries: list[Sided]) -> Iterable[Sided]:
    """Yield the three budgets without a figure where a head has an amount and does not say whose it is."""
    at = entries.index(head)
    below = entries[at + 1].label if at + 1 < len(entries) else ""
    if amount_of(head.amounts.get("income_amount")) and not any(below.startswith(word) for word in BUDGETS):
        for source in GENERAL_BUDGETS:
            yield Sided("", f"　{source.label}", "", {"income_amount": None}, dict(head.places))


def _side_by_side(income: list[Sided], spending: list[Sided], last: set[str]) -> list[Entry]:
    """Pair the entries of both sides, the totals in one last row."""
    closing = {*last, LABELS["spending_total"]}
    pairs = list(
        zip_longest([e for e in income if e.label not in closing], [e for e in spending if e.label not in closing])
    )
    ends = [next((e for e in side if e.label in closing), None) for side in (income, spending)]
    rows = [_row(left, right, total=False) for left, right in pairs]
    return [*rows, _row(ends[0], ends[1], total=True)]


def _row(left: Sided | None, right: Sided | None, *, total: bool) -> Entry:
    cells: dict[str, Wire] = {}
    places: dict[str, str] = {}
    for side, entry in (("income", left), ("spending", right)):
        if entry:
            cells |= {side: entry.label, **entry.amounts}
            places |= entry.places
    return Entry(0 if total else 1, total, cells, places)
