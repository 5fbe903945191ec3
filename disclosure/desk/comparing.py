"""What a reviewer reads first: how the draft differs from what is published, or from last year's headline figures."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from budgets.money import MoneyUnit, rate, shown
from disclosure.changes import Changes
from disclosure.content import parse
from disclosure.document import Document
from disclosure.facts import Facts, Figure, exact
from disclosure.models import Edition

WAN = MoneyUnit.WAN


class Headline(NamedTuple):
    """A figure of this year beside last year's, in 万元."""

    label: str
    before: str
    now: str
    change: str


class Comparison(NamedTuple):
    """The difference from an edition, where there is one, and the headline figures beside last year's."""

    edition: Edition | None
    changes: Changes | None
    headlines: tuple[Headline, ...]

    @classmethod
    def of(cls, document: Document, edition: Edition | None) -> "Comparison":
        """Compare a draft with an edition that the public reads now; None: it is the first."""
        headlines = tuple(_headlines(document.content.facts))
        changes = Changes.between(parse(edition.content.text), document.content) if edition else None
        return cls(edition, changes, headlines)


def _headlines(facts: Facts) -> Iterator[Headline]:
    spent, before = facts.expenditure, facts.expenditure.previous
    pairs: tuple[tuple[str, Decimal, Figure], ...] = (
        ("收入总计", facts.revenue.total, exact(facts.revenue.previous_total)),
        ("支出总计", spent.total, exact(before.total)),
        ("基本支出", spent.basic.total, exact(before.basic)),
        ("项目支出", spent.project, exact(before.project)),
        ("“三公”经费", facts.three_public.total, exact(facts.three_public.previous_total)),
    )
    for label, now, then in pairs:
        yield Headline(label, shown(then, WAN), shown(now, WAN), _change(now, then))


def _change(now: Decimal, then: Figure) -> str:
    if not isinstance(then, Decimal):
        return shown(None, WAN)
    moved = now - then
    return f"{'+' if moved > 0 else ''}{shown(moved, WAN)}（{rate(moved, then)}）"
