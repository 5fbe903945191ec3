"""One fault for each rule: the smallest change of a right document that breaks it."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec

from disclosure.content import Content
from disclosure.document import Document

Edit = Callable[[Content], Content]
ONE = Decimal(1)


class Fault(NamedTuple):
    """In which document, what is changed, which other rules speak of the same figure, and what of the context."""

    base: str
    edits: tuple[Edit, ...]
    also: tuple[str, ...] = ()
    around: Mapping[str, Any] = MappingProxyType({})


def spoiled(document: Document, *edits: Edit, **around: Any) -> Document:
    """Return the document with every edit made, in the same context but for what is given."""
    content = document.content
    for edit in edits:
        content = edit(content)
    return Document(content, msgspec.structs.replace(document.context, **around))


def cell(table: str, row: str | int, column: str, by: Decimal = ONE) -> Edit:
    """Add ``by`` to a cell; a row is found by its code or by words of its own, or is counted from the end."""
    return put(table, row, column, lambda wire: f"{Decimal(wire) + by:.2f}")


def put(table: str, row: str | int, column: str, change: Callable[[str], str | None] | str | None) -> Edit:
    """Put something else into a cell."""

    def edit(content: Content) -> Content:
        return _with_table(content, table, lambda found: _put(found, row, column, change))

    return edit


def _put(table, row, column, change):
    number = row % len(table.rows) if isinstance(row, int) else _number(table, row)
    old = table.rows[number]
    value = change(old.cells[column]) if callable(change) else change
    new = msgspec.structs.replace(old, cells={**old.cells, column: value})
    return msgspec.structs.replace(table, rows=(*table.rows[:number], new, *table.rows[number + 1 :]))


def _number(table, words) -> int:
    return next(n for n, row in enumerate(table.rows) if words in row.cells.values())


def table(key: str, **changes) -> Edit:
    """Replace attributes of a table."""
    return lambda content: _with_table(content, key, lambda found: msgspec.structs.replace(found, **changes))


def _with_table(content: Content, key: str, change) -> Content:
    tables = tuple(change(one) if one.key.startswith(key) else one for one in content.tables)
    return msgspec.structs.replace(content, tables=tables)


def rows_without(key: str, words: str) -> Edit:
    """Leave out the first row with these words."""

    def change(found):
        number = _number(found, words)
        return msgspec.structs.replace(found, rows=found.rows[:number] + found.rows[number + 1 :])

    return lambda content: _with_table(content, key, change)


def field(key: str, label: str, by: Decimal = ONE) -> Edit:
    """Add to a labelled value above the columns of every table whose key begins so."""

    def change(found):
        fields = tuple(
            msgspec.structs.replace(one, value=f"{Decimal(one.value) + by:.2f}") if one.label == label else one
            for one in found.fields
        )
        return msgspec.structs.replace(found, fields=fields)

    return lambda content: _with_table(content, key, change)


def fact(path: str, change: Callable | object) -> Edit:
    """Change one of the facts, by its dotted path."""

    def edit(content: Content) -> Content:
        return msgspec.structs.replace(content, facts=_changed(content.facts, path.split("."), change))

    return edit


def _changed(of, names, change):
    value = of[int(names[0])] if isinstance(of, tuple) else getattr(of, names[0])
    new = _changed(value, names[1:], change) if names[1:] else change(value) if callable(change) else change
    if isinstance(of, tuple):
        return (*of[: int(names[0])], new, *of[int(names[0]) + 1 :])
    return msgspec.structs.replace(of, **{names[0]: new})


def plus(value):
    """Add one 元 to a fact."""
    return f"{Decimal(value) + ONE:.2f}" if isinstance(value, str) else value + ONE


def words(section: str, old: str, new: str) -> Edit:
    """Put other words into every paragraph of a section."""

    def edit(content: Content) -> Content:
        sections = tuple(
            msgspec.structs.replace(
                one,
                blocks=tuple(
                    msgspec.structs.replace(block, paragraph=block.paragraph and block.paragraph.replace(old, new))
                    for block in one.blocks
                ),
            )
            if one.key == section
            else one
            for one in content.sections
        )
        assert sections != content.sections
        return msgspec.structs.replace(content, sections=sections)

    return edit


def up(table: str, codes: tuple[str | int, ...], *columns: str, by: Decimal = ONE) -> tuple[Edit, ...]:
    """Add to the same columns of several rows, so that levels still add up."""
    return tuple(cell(table, code, column, by) for code in codes for column in columns)


def moved(table: str, row: str | int, column: str, to: str) -> tuple[Edit, ...]:
    """Move one 元 from a column to another, so that the row still adds up."""
    return cell(table, row, column, -ONE), cell(table, row, to)


HOUSING = ("221", "22102", "2210201")
RUNNING = ("212", "21201", "2120101")
PAID = ("total", "budgeted", "general")
MILLION = Decimal(1000000)
FAULTS: dict[str, Fault] = {
    "T1.1": Fault(
        "hebei",
        (cell("totals", "本年收入合计", "income_amount"), cell("totals", "上年结转结余", "income_amount", -ONE)),
    ),
    "T1.2": Fault("hebei", (cell("totals", "上年结转结余", "income_amount"),)),
    "T1.3": Fault("hebei", (cell("totals", "本年支出合计", "spending_amount"),), ("T1.4",)),
    "T1.4": Fault("hebei", (cell("totals", "年终结转结余", "spending_amount"),), ("X2",)),
    "T1.5": Fault(
        "hebei", (cell("totals", "支出总计", "spending_amount"), cell("totals", "年终结转结余", "spending_amount"))
    ),
    "T2.1": Fault("national", up("income", (0, *HOUSING), "other")),
    "T2.2": Fault("national", up("income", (0, "221", "22102"), "total", "general"), ("X1", "X7", "X17")),
    "T2.3": Fault("hebei", moved("income", 1, "business", "other")),
    "T3.1": Fault("hebei", up("spending", (0, *HOUSING), "business")),
    "T3.2": Fault("hebei", moved("spending", "22102", "subsidy", "handed_up")),
    "T3.3": Fault("hebei", moved("spending", 0, "subsidy", "handed_up")),
    "T4.1": Fault(
        "hebei", (cell("fiscal_totals", "结转下年", "total"), cell("fiscal_totals", "住房保障支出", "total", -ONE))
    ),
    "T4.2": Fault("hebei", (cell("fiscal_totals", -1, "income_amount"),), ("T4.4",)),
    "T4.3": Fault("hebei", moved("fiscal_totals", "住房保障支出", "fund", "general"), ("T4.5",)),
    "T4.4": Fault("hebei", (cell("fiscal_totals", "一、本年收入", "income_amount"),)),
    "T4.5": Fault("hebei", moved("fiscal_totals", -1, "capital", "general")),
    "T5.1": Fault("hebei", up("general_expenditure", (0, *HOUSING), "project"), ("X12",)),
    "T5.2": Fault("hebei", moved("general_expenditure", "22102", "project", "basic")),
    "T5.3": Fault("national", moved("general_expenditure", "221", "project", "basic"), ("T5.2",)),
    "T5.4": Fault("national", (cell("general_expenditure", "221", "change"),)),
    "T6.1": Fault("hebei", up("basic_expenditure", (0, "302", "30201"), "personnel")),
    "T6.2": Fault("hebei", up("basic_expenditure", ("30201",), "total", "public")),
    "T6.3": Fault("hebei", moved("basic_expenditure", 0, "public", "personnel")),
    "T6.4": Fault(
        "hebei",
        (
            *up("basic_expenditure", (0, "302", "30201"), "personnel"),
            *up("basic_expenditure", (0, "302", "30201"), "public", by=-ONE),
        ),
    ),
    "T6.5": Fault(
        "hebei", (put("basic_expenditure", "310", "code", "312"), put("basic_expenditure", "31002", "code", "31299"))
    ),
    "T7.1": Fault("hebei", (cell("three_public", 0, "total"), cell("three_public", 0, "general")), ("X17",)),
    "T7.2": Fault("national", (cell("three_public", 0, "previous_vehicle_purchase"),)),
    "T7.3": Fault("hebei", (rows_without("three_public", "三、公务接待费"),)),
    "T7.4": Fault("hebei", up("three_public", (0, "三、公务接待费"), "fund")),
    "T8.1": Fault("hebei", up("fund_expenditure", (0, "212", "21214", "2121401"), "basic")),
    "T8.2": Fault("hebei", moved("fund_expenditure", "2121401", "project", "basic")),
    "T8.3": Fault("hebei", moved("fund_expenditure", "212", "project", "basic"), ("T8.2",)),
    "T8.4": Fault("national", (cell("fund_expenditure", 0, "change"),)),
    "T8.5": Fault(
        "hebei",
        (put("fund_expenditure", "2121401", "code", "2120501"), put("fund_expenditure", "21214", "code", "21205")),
        ("X8",),
    ),
    "T9.1": Fault("hebei", up("capital_expenditure", (0, 1, 2, 3), "basic")),
    "T9.2": Fault("hebei", moved("capital_expenditure", 2, "project", "basic")),
    "T9.3": Fault("hebei", moved("capital_expenditure", "223", "project", "basic"), ("T9.2",)),
    "T9.4": Fault("national", (cell("capital_expenditure", 0, "change"),)),
    "T9.5": Fault("hebei", (put("capital_expenditure", "2230202", "code", "2240202"),), ("T9.2", "X8")),
    "T10.1": Fault("hebei", up("projects", (0, 1), "own")),
    "T10.2": Fault("hebei", moved("projects", 1, "special_account", "own")),
    "T11.1": Fault("hebei", (field("goal-", "其他资金"),)),
    "T12.1": Fault("hebei", up("overall_goals", (0, 1), "other")),
    "T12.2": Fault("hebei", moved("overall_goals", 1, "fiscal", "other")),
    "T12.3": Fault("hebei", up("overall_goals", (0, 1), "total", "other")),
    "T13.1": Fault("hebei", up("procurement", (0, 2), "other_channels")),
    "T13.2": Fault("hebei", up("procurement", (0, 2), "general")),
    "T13.3": Fault("hebei", (put("procurement", 1, "unit_price", "21485.00"),)),
    "T13.4": Fault("hebei", (fact("procurement.works", plus),)),
    "T13.5": Fault("hebei", (fact("procurement.reserved_micro", Decimal(10) ** 9),)),
    "T13.6": Fault("hebei", moved("procurement", 0, "other", "general")),
    "T14.1": Fault("hebei", (cell("assets", "2、车辆（台、辆）", "value"),)),
    "T14.2": Fault("hebei", (fact("assets.as_of", date(2018, 12, 31)),)),
    "T14.3": Fault("hebei", (put("assets", "2、车辆（台、辆）", "quantity", "0"),)),
    "T14.4": Fault("hebei", up("assets", (0, "2、车辆（台、辆）"), "value")),
    "X1": Fault("hebei", up("income", (0, 1), "total", "other"), ("X17",)),
    "X2": Fault(
        "hebei",
        (cell("totals", "年终结转结余", "spending_amount"), cell("totals", "本年支出合计", "spending_amount", -ONE)),
        ("T1.3",),
    ),
    "X3": Fault(
        "hebei",
        (cell("totals", "外交支出", "spending_amount"), cell("totals", "住房保障支出", "spending_amount", -ONE)),
    ),
    "X4": Fault("hebei", up("general_expenditure", (0, *HOUSING), "total", "basic", by=-ONE), ("X6",)),
    "X5": Fault("hebei", up("fund_expenditure", (0, "212", "21214", "2121401"), "total", "basic", by=-ONE)),
    "X6": Fault("hebei", (*up("basic_expenditure", (0, "302", "30201"), "total", "public"),)),
    "X7": Fault("hebei", (*up("income", (0, 1), "general"), *up("income", (0, 1), "other", by=-ONE))),
    "X8": Fault(
        "hebei",
        (
            *up("general_expenditure", RUNNING, "total", "basic"),
            *up("general_expenditure", HOUSING, "total", "basic", by=-ONE),
        ),
    ),
    "X9": Fault(
        "sample",
        (
            cell("totals", "上年结转结余", "income_amount"),
            cell("totals", "年终结转结余", "spending_amount"),
            *up("totals", (-1,), "income_amount", "spending_amount"),
            *up("income", (0, 1), "total", "carried"),
        ),
        ("X17",),
    ),
    "X10": Fault(
        "hebei",
        (
            *up("basic_expenditure", ("30217",), "total", "public", by=MILLION),
            *up("basic_expenditure", ("30201",), "total", "public", by=-MILLION),
        ),
    ),
    "X11": Fault("sample", (fact("operating_costs.total", plus),), ("X18",)),
    "X12": Fault("hebei", (*up("projects", (0, 1), "total", "own"),)),
    "X13": Fault("hebei", (field("goal-", "预算数"), field("goal-", "其他资金"))),
    "X14": Fault("hebei", (*up("procurement", (2,), *PAID, by=MILLION), *up("procurement", (3,), *PAID, by=-MILLION))),
    "X16": Fault("successor", (fact("revenue.previous_total", plus),)),
    "X17": Fault("hebei", (fact("expenditure.basic.personnel", plus),)),
    "X18": Fault("hebei", (fact("projects.0.amount", plus),)),
    "X19": Fault("hebei", (table("projects", empty_reason="没有安排"),)),
    "X20": Fault("hebei", (fact("assets.items.1.quantity", "0"),)),
}
