"""X16: what this year's document says of last year is what last year's document said."""

from collections.abc import Iterator

from budgets.money import ZERO
from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Cited, Compared, Outcome, Skipped, stated
from disclosure.audit.conditions import own
from disclosure.audit.three_public import sets_of
from disclosure.document import Document
from disclosure.facts import Facts, Stated, exact
from disclosure.tables.t07_three_public import PARTS


def last_year_is_here(document: Document) -> str | None:
    """Apply where last year's published document is at hand."""
    return None if document.context.last_year else "没有上年公开的文件"


@rule("X16", Family.AGREEMENT, Severity.ERROR, applies=(own, last_year_is_here))
def last_year_is_as_published(document: Document) -> Iterator[Outcome]:
    """文件中的上年数等于上年公开文件的本年数。"""
    before = document.context.last_year
    if before is None:
        yield Skipped("没有上年公开的文件")
        return
    for words, then, published in _pairs(document.content.facts, before):
        yield Compared(stated(exact(then), f"上年{words}"), stated(exact(published), f"上年公开的{words}"))
    yield from _three_public(document, before)


def _pairs(now: Facts, before: Facts) -> list[tuple[str, Stated, Stated]]:
    """Pair the figures that a document keeps of last year with those of last year's document."""
    known, spent = now.expenditure.previous, before.expenditure
    items = {item.key: item.amount for item in before.three_public.items}
    return [
        ("收入合计", now.revenue.previous_total, f"{before.revenue.total:f}"),
        ("支出合计", known.total, f"{spent.total:f}"),
        ("基本支出", known.basic, f"{spent.basic.total:f}"),
        ("人员经费", known.personnel, f"{spent.basic.personnel:f}"),
        ("公用经费", known.public, f"{spent.basic.public:f}"),
        ("项目支出", known.project, f"{spent.project:f}"),
        ("“三公”经费", now.three_public.previous_total, f"{before.three_public.total:f}"),
        *(
            (item.name, item.previous, f"{items[item.key]:f}" if item.key in items else None)
            for item in now.three_public.items
        ),
    ]


def _three_public(document: Document, before: Facts) -> Iterator[Outcome]:
    """Compare 上年预算数 in T7 where the layout prints it."""
    published = {item.key: item.amount for item in before.three_public.items}
    for part, cited in _printed_before(document).items():
        items = [published[key] for key in PARTS[part] if key in published]
        yield Compared(cited, stated(sum(items, ZERO), f"上年公开的{cited.place.words}"))


def _printed_before(document: Document) -> dict[str, Cited]:
    three_public = next((table for table in document.content.tables if table.key == "three_public"), None)
    if three_public is None or not three_public.rows:
        return {}
    sets = [figures for figures in sets_of(document) if figures["total"].place.column == "previous_total"]
    return sets[0] if sets else {}
