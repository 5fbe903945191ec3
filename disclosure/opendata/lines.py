"""Rows of open data that are read from the frozen figures and words of editions, in few statements for all of them."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from disclosure.freezing import HEADLINE
from disclosure.models import Edition, EditionLine, EditionText
from disclosure.opendata.fields import Value, whose
from disclosure.opendata.keys import key_of
from disclosure.tables.t02_income import Income
from disclosure.tables.t03_spending import Spending
from disclosure.tables.t06_basic_expenditure import BasicExpenditure

HEADLINES = {
    "total": "预算支出合计",
    "revenue": "预算收入合计",
    "basic": "基本支出",
    "project": "项目支出",
    "three_public": "“三公”经费合计",
    "operating_costs": "机关运行经费",
    "assets": "固定资产金额",
    "previous_total": "上年预算支出合计",
}


def _money(table: type[Spending | BasicExpenditure | Income]) -> dict[str, str]:
    return {
        column.key: f"{column.group}：{column.label}" if column.group else column.label
        for column in table.columns
        if column.kind == "money"
    }


SPENDING, BASIC = _money(Spending), _money(BasicExpenditure)
INCOME = {key: label for key, label in _money(Income).items() if key != "total"}
LEVELS = {3: 1, 5: 2, 7: 3}
"""The depth of a code by its digits."""
AT_ONCE = 2000


class _Line(NamedTuple):
    edition: int
    table: str
    row: int
    code: str
    name: str
    column: str
    amount: Decimal | None
    not_applicable: bool


def headlines(editions: list[Edition]) -> Iterator[tuple[Value, ...]]:
    """Yield the main figures of each edition."""
    for who, line in _lines(editions, HEADLINE):
        yield *who, line.column, HEADLINES[line.column], line.amount


def functions(editions: list[Edition]) -> Iterator[tuple[Value, ...]]:
    """Yield spending by 支出功能分类, a row each code of an edition."""
    return _by_code(editions, Spending.key, SPENDING)


def economics(editions: list[Edition]) -> Iterator[tuple[Value, ...]]:
    """Yield 基本支出 by 部门预算支出经济分类, a row each code of an edition."""
    return _by_code(editions, BasicExpenditure.key, BASIC)


def sources(editions: list[Edition]) -> Iterator[tuple[Value, ...]]:
    """Yield income by source from the table's total row."""
    for who, line in _lines(editions, Income.key, row=0):
        if line.column in INCOME:
            yield *who, line.column, INCOME[line.column], "revenue", line.amount


def cells(editions: list[Edition]) -> Iterator[tuple[Value, ...]]:
    """Yield every money cell of every table."""
    for who, line in _lines(editions):
        if line.table != HEADLINE:
            place = (line.table, line.row, line.code, line.name, line.column)
            yield *who, *place, line.amount, line.not_applicable


def texts(editions: list[Edition]) -> Iterator[tuple[Value, ...]]:
    """Yield the words of each section."""
    owners = _owners(editions)
    found = EditionText.objects.filter(edition__in=list(owners)).order_by("edition_id", "id")
    for edition, *said in found.values_list("edition_id", "section", "title", "body").iterator(chunk_size=AT_ONCE):
        yield *owners[edition], *said


def _by_code(editions: list[Edition], table: str, columns: dict[str, str]) -> Iterator[tuple[Value, ...]]:
    coded = ((who, line) for who, line in _lines(editions, table) if len(line.code) in LEVELS)
    for who, group in groupby(coded, itemgetter(0)):
        for (_, code, name), row in groupby((line for _, line in group), lambda line: (line.row, line.code, line.name)):
            amounts = {line.column: line.amount for line in row}
            yield *who, code, name, LEVELS[len(code)], "expenditure", *(amounts.get(column) for column in columns)


def _lines(editions: Iterable[Edition], table: str = "", **wanted: int) -> Iterator[tuple[tuple[Value, ...], _Line]]:
    """Yield whose each figure is, and the figure, in the order of editions and of their tables."""
    owners = _owners(editions)
    found = EditionLine.objects.filter(edition__in=list(owners), **wanted)
    ordered = (found.filter(table=table) if table else found).order_by("edition_id", "table", "row", "id")
    fields = ("edition_id", "table", "row", "code", "name", "column", "amount", "not_applicable")
    for line in map(_Line._make, ordered.values_list(*fields).iterator(chunk_size=AT_ONCE)):
        yield owners[line.edition], line


def _owners(editions: Iterable[Edition]) -> dict[int, tuple[Value, ...]]:
    return {edition.pk: whose(edition, key_of(edition)) for edition in editions}
