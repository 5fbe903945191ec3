"""What an edition keeps beside its content: its figures as rows, for browsing, and its words, for search."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from budgets.lists import lock_lists
from budgets.models import Economic, Function
from disclosure.content import Content, Section
from disclosure.facts import Stated, exact
from disclosure.models import Disclosure
from disclosure.tables.grid import Table

HEADLINE = "headline"
"""The ``table`` under which the document's main figures are kept, one row, one column each."""


class FrozenLine(NamedTuple):
    """A money cell: where it stands and what it says (元)."""

    table: str
    row: int
    code: str
    name: str
    column: str
    amount: Decimal | None


class FrozenText(NamedTuple):
    """A section's words."""

    section: str
    title: str
    body: str


def lines_of(content: Content) -> Iterator[FrozenLine]:
    """Yield the headline figures, then every money cell of every table."""
    for column, amount in headline(content).items():
        yield FrozenLine(HEADLINE, 0, "", "", column, amount)
    for table in content.tables:
        yield from _cells(table)


def headline(content: Content) -> dict[str, Decimal | None]:
    """Return the main figures in 元; last year's total is missing where it is not known."""
    facts = content.facts
    return {
        "total": facts.expenditure.total,
        "revenue": facts.revenue.total,
        "basic": facts.expenditure.basic.total,
        "project": facts.expenditure.project,
        "three_public": facts.three_public.total,
        "operating_costs": facts.operating_costs.total,
        "assets": facts.assets.total,
        "previous_total": _number(facts.expenditure.previous.total),
    }


def _number(stated: Stated) -> Decimal | None:
    figure = exact(stated)
    return figure if isinstance(figure, Decimal) else None


def _cells(table: Table) -> Iterator[FrozenLine]:
    money = [column.key for column in table.columns if column.kind == "money"]
    for number, row in enumerate(table.rows):
        code, name = row.cells.get("code") or "", row.cells.get("name") or ""
        for key in money:
            if key in row.cells:
                value = table.cell(row, key).value
                yield FrozenLine(table.key, number, code, name, key, value if isinstance(value, Decimal) else None)


def texts_of(content: Content) -> Iterator[FrozenText]:
    """Yield each section's words, one paragraph a line, with those of its tables."""
    tables = {table.key: table for table in content.tables}
    for section in content.sections:
        yield FrozenText(section.key, section.heading, "\n".join(_words(section, tables)))


def _words(section: Section, tables: dict[str, Table]) -> Iterator[str]:
    for block in section.blocks:
        if block.paragraph:
            yield block.paragraph
        yield from block.list or ()
        if block.table:
            table = tables[block.table]
            yield table.heading
            yield from table.notes
            for _, cells, _ in table.body:
                yield " ".join(cell.render for cell in cells if cell.kind == "text" and cell.render)


def lock_codes(disclosure: Disclosure) -> None:
    """Mark what an edition goes by, so that nobody changes it any more: the codes it prints, and its year's lists."""
    lines = disclosure.budget.expenditurelines
    year = disclosure.budget.fiscal_year.year
    for field, model, widths in (("function", Function, (3, 5, 7)), ("economic", Economic, (3, 5))):
        used = lines.exclude(**{field: None}).values_list(f"{field}__code", flat=True).distinct()
        codes = {code[:width] for code in used for width in widths}
        printed = dict(model.objects.worst_first(year).filter(code__in=codes).values_list("code", "pk"))
        model.objects.filter(pk__in=printed.values()).update(published=True)
    lock_lists(year)
