"""What an edition keeps beside its content: its figures as rows, for browsing, and its words, for search."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from budgets.lists import lock_lists
from budgets.models import Economic, Function
from budgets.money import NOT_APPLICABLE
from disclosure.content import Content, Section
from disclosure.facts import Figure, exact
from disclosure.models import Disclosure
from disclosure.tables.grid import Table

HEADLINE = "headline"
"""The ``table`` under which the document's main figures are kept, one row, one column each."""


class FrozenLine(NamedTuple):
    """A money cell: where it stands and what it says (元): an amount, nothing, or that none applies."""

    table: str
    row: int
    code: str
    name: str
    column: str
    amount: Decimal | None
    not_applicable: bool = False


class FrozenText(NamedTuple):
    """A section's words."""

    section: str
    title: str
    body: str


def lines_of(content: Content) -> Iterator[FrozenLine]:
    """Yield the headline figures, then every money cell of every table."""
    for column, figure in headline(content).items():
        yield _frozen(HEADLINE, 0, ("", "", column), figure)
    for table in content.tables:
        yield from _cells(table)


def headline(content: Content) -> dict[str, Figure]:
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
        "previous_total": exact(facts.expenditure.previous.total),
    }


def _frozen(table: str, row: int, place: tuple[str, str, str], value: object) -> FrozenLine:
    amount = value if isinstance(value, Decimal) else None
    return FrozenLine(table, row, *place, amount, not_applicable=value is NOT_APPLICABLE)


def _cells(table: Table) -> Iterator[FrozenLine]:
    money = [column.key for column in table.columns if column.kind == "money"]
    for number, row in enumerate(table.rows):
        code, name = row.cells.get("code") or "", row.cells.get("name") or ""
        for key in money:
            if key in row.cells:
                yield _frozen(table.key, number, (code, name, key), table.cell(row, key).value)


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
