"""Running totals of a grid, and whether income and spending agree; exact 元."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Sum

from budgets.models import CarryForward, ExpenditureLine, RevenueLine
from budgets.money import ZERO, MoneyUnit, parse, shown
from disclosure.entry.rows import Row
from disclosure.intake.columns import columns_of
from disclosure.intake.sheets import SHEETS, SheetKind
from disclosure.models import Disclosure

SIGNS: dict[Any, int] = {RevenueLine: 1, ExpenditureLine: -1, CarryForward: -1}
"""What stands on which side of the balance."""


def sums_of(kind: SheetKind, rows: Iterable[Row]) -> dict[str, Decimal]:
    """Add up every column of amounts as it is typed; what cannot be read counts for nothing."""
    counted = [row for row in rows if row.counts]
    return {
        column.header: sum((_amount(row.cells.get(column.header, "")) for row in counted), ZERO)
        for column in columns_of(kind)
        if column.money
    }


def _amount(text: str) -> Decimal:
    try:
        return parse(text) if text else ZERO
    except ValidationError:
        return ZERO


class Balance(NamedTuple):
    """Income less spending and 结转下年: what this grid adds (``sign``) to what the others hold (``rest``)."""

    header: str
    sign: int
    rest: Decimal
    total: Decimal

    @property
    def difference(self) -> Decimal:
        """Return by how much income exceeds spending."""
        return self.rest + self.sign * self.total

    def __str__(self) -> str:
        if not (self.rest or self.total):
            return "收入和支出都还没有填写。"
        if not self.difference:
            return "收入合计与支出合计（含结转下年）相等。"
        more = "多" if self.difference > 0 else "少"
        return (
            f"收入合计比支出合计（含结转下年）{more} {shown(abs(self.difference), MoneyUnit.WAN, grouped=True)} 万元。"
        )


def balance_of(disclosure: Disclosure, kind: SheetKind, sums: dict[str, Decimal]) -> Balance | None:
    """Compare the sides, this grid's as it is typed and the others as they are stored; None for other tables."""
    if kind.model not in SIGNS:
        return None
    rest = ZERO
    for other in SHEETS:
        if other.model in SIGNS and other is not kind:
            stored = other.rows(disclosure).order_by().aggregate(sum=Sum("amount", default=ZERO))["sum"]
            rest += SIGNS[other.model] * stored
    [(header, total)] = sums.items()
    return Balance(header, SIGNS[kind.model], rest, total)
