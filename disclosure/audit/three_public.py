"""T7, in either of its two shapes: items as rows, or one row with items as columns."""

from collections.abc import Iterator

from budgets.enums import GENERAL_BUDGETS
from budgets.money import ZERO
from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Cited, Compared, Outcome, Problem, Skipped, added, stated
from disclosure.audit.reading import Sheet, filled
from disclosure.document import Document
from disclosure.tables.t07_three_public import PARTS, PRINTED

THREE_PUBLIC = (filled("three_public"),)
WHOLE = ("abroad", "vehicles", "reception")
VEHICLES = ("vehicle_purchase", "vehicle_running")
LABELS = {next(key for key, items in PARTS.items() if items == kept): label for label, _, kept in PRINTED}
YEARS = ("", "previous_")

Parts = dict[str, Cited]


def sets_of(document: Document) -> list[Parts]:
    """Return the figures that belong together by key: one set a column, or one a year."""
    sheet = Sheet.of(document, "three_public")
    if "abroad" in sheet.known:
        row = next(number for number, of in sheet.numbered if of.total)
        return [_side_by_side(sheet, row, year) for year in YEARS if f"{year}total" in sheet.known]
    rows = {sheet.text(number, "name"): number for number, _ in sheet.numbered}
    named = {key: rows[label] for key, label in LABELS.items() if label in rows}
    return [
        {"total": sheet.total(column), **{key: sheet.cite(number, column) for key, number in named.items()}}
        for column in ("total", *map(str, GENERAL_BUDGETS))
        if column in sheet.known
    ]


def _side_by_side(sheet: Sheet, row: int, year: str) -> Parts:
    return {part: sheet.cite(row, f"{year}{part}") for part in PARTS if f"{year}{part}" in sheet.known}


def this_year(document: Document) -> Parts:
    """Cite this year's items of “三公”经费; an empty table spends nothing."""
    if not document.table("three_public").rows:
        return {part: stated(ZERO, "“三公”经费（空表）", "three_public", part) for part in PARTS}
    return sets_of(document)[0]


def _summed(document: Document, whole: str, parts: tuple[str, ...]) -> Iterator[Outcome]:
    for figures in sets_of(document):
        if figures.keys() >= {whole, *parts}:
            yield Compared(figures[whole], added((figures[part] for part in parts), "各项之和"))
        else:
            yield Skipped("“三公”经费支出表没有列全各项")


@rule("T7.1", Family.FOOTING, Severity.ERROR, applies=THREE_PUBLIC)
def three_public_adds_up(document: Document) -> Iterator[Outcome]:
    """“三公”经费支出表：合计等于因公出国（境）费、公务用车购置及运行费、公务接待费之和。"""
    return _summed(document, "total", WHOLE)


@rule("T7.2", Family.FOOTING, Severity.ERROR, applies=THREE_PUBLIC)
def vehicles_add_up(document: Document) -> Iterator[Outcome]:
    """“三公”经费支出表：公务用车购置及运行费等于购置费与运行费之和。"""
    return _summed(document, "vehicles", VEHICLES)


@rule("T7.3", Family.FOOTING, Severity.ERROR, applies=THREE_PUBLIC)
def every_item_is_shown(document: Document) -> Iterator[Outcome]:
    """“三公”经费支出表：每一项都要列出，没有安排的填0。"""
    sheet, figures = Sheet.of(document, "three_public"), sets_of(document)[0]
    if "abroad" not in sheet.known and "name" not in sheet.known:
        yield Skipped("本版式的“三公”经费支出表不分项")
        return
    absent = [
        label for key, label in {"total": "合计", **LABELS}.items() if figures.get(key, stated(None, "")).value is None
    ]
    if absent:
        yield Problem(f"“三公”经费支出表没有列出或没有填写：{'、'.join(absent)}。没有安排的请填0。")


@rule("T7.4", Family.FOOTING, Severity.ERROR, applies=THREE_PUBLIC)
def budgets_add_up(document: Document) -> Iterator[Outcome]:
    """“三公”经费支出表：各行合计等于一般公共预算、政府性基金预算、国有资本经营预算之和。"""
    sheet = Sheet.of(document, "three_public")
    funds = [str(source) for source in GENERAL_BUDGETS]
    if not set(funds) <= sheet.known.keys():
        yield Skipped("本版式的“三公”经费支出表不分预算")
        return
    for number, _ in sheet.numbered:
        parts = added((sheet.cite(number, fund) for fund in funds), "三本预算之和")
        yield Compared(sheet.cite(number, "total"), parts)
