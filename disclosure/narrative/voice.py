"""Who speaks, of which year, from which facts, in which words."""

from collections.abc import Mapping
from decimal import Decimal

import msgspec

from budgets.money import ZERO, MoneyUnit, shown
from disclosure.facts import Facts
from disclosure.tables.grid import Table
from disclosure.tables.plan import RowPlan


class Voice(msgspec.Struct, frozen=True):
    """What sentences are made from.

    ``texts`` are what people wrote, by key, ``tables`` the document's, by key; ``code_lists`` says from which lists
    the names of codes are taken.
    """

    year: int
    department: str
    region: str
    body: str
    facts: Facts
    texts: Mapping[str, str]
    wording: Mapping[str, str]
    plan: RowPlan
    tables: Mapping[str, Table]
    code_lists: str = ""

    def words(self, key: str) -> str:
        """Return what people wrote instead of the layout's sentence ``key``, else the layout's; tokens unresolved."""
        return self.texts.get(f"wording_{key}", "").strip() or self.wording[key]

    def part(self, key: str, **values: str) -> str:
        """Fill one of the layout's turns of phrase; ``{body}`` is 部门 or 单位."""
        return self.wording[key].format(body=self.body, **values)

    def reason(self, key: str, wording: str) -> str:
        """Return the written reason ``key`` in its wording, nothing where nobody gave one."""
        text = self.texts.get(key, "").strip().rstrip("。")
        return self.part(wording, reason=text) if text else ""


def wan(amount: Decimal) -> str:
    """Print an amount (元) in 万元 with its unit."""
    return f"{shown(amount, MoneyUnit.WAN)}万元"


def direction(now: Decimal, before: Decimal) -> str:
    """Say 增加, 减少 or 持平 by the sign of the difference (元); one too small to print is 基本持平."""
    if now == before:
        return "持平"
    if shown(now - before, MoneyUnit.WAN) == shown(ZERO, MoneyUnit.WAN):
        return "基本持平"
    return f"增加{wan(now - before)}" if now > before else f"减少{wan(before - now)}"
