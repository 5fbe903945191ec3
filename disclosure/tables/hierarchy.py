"""Rolling money up a code tree: 项 make 款, 款 make 类."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple

from budgets.enums import WithheldScheme
from budgets.models import Economic, Function
from budgets.money import ZERO
from budgets.parcels import Parcels, Split
from disclosure.tables.base import Line
from disclosure.tables.scope import Scope


class Tree(NamedTuple):
    """A code tree: the parcels' field, its list, how many digits each level has, and what secrecy calls it."""

    field: str
    model: Any
    digits: tuple[int, ...]
    scheme: WithheldScheme


FUNCTION = Tree("function", Function, (3, 5, 7), WithheldScheme.FUNCTION)
ECONOMIC = Tree("economic", Economic, (3, 5), WithheldScheme.ECONOMIC)


def rolled(
    money: Parcels,
    tree: Tree,
    scope: Scope,
    split: Split,
    also: Iterable[str] = (),
) -> Iterator[Line]:
    """Yield the total row, then every code of ``tree`` that has money, parents before children.

    The codes ``also`` stand there with zeros where they have none. Takes one query, for names that no table before has
    asked for. What would reveal a secret is left to the level above.
    """
    nothing = dict.fromkeys(split.parts, ZERO)
    groups: dict[str, dict[str, Decimal]] = {code: dict(nothing) for code in also if len(code) in tree.digits}
    for whole, parcels in money.grouped(attrgetter(tree.field)).items():
        sums = parcels.sums(split)
        for code in (whole[:width] for width in tree.digits if width <= len(whole)):
            group = groups.setdefault(code, dict(nothing))
            group.update({part: group[part] + sums[part] for part in nothing})
    printed = sorted(code for code in groups if not is_withheld(code, tree, scope))
    if not printed:
        return
    names = scope.names(tree.model, printed)
    yield Line({"name": "合计", **money.sums(split)}, level=0, total=True)
    for code in printed:
        values = {**groups[code], "code": code, "name": names[code]}
        yield Line(values, level=tree.digits.index(len(code)) + 1)


def is_withheld(code: str, tree: Tree, scope: Scope) -> bool:
    """Tell whether ``code`` lies in a group of which some member is secret: one missing row would tell its amount."""
    for secret in scope.withheld[tree.scheme]:
        parent = secret[: tree.digits[tree.digits.index(len(secret)) - 1]]
        if code.startswith(parent) and code != parent:
            return True
    return False


def executed_by_code(scope: Scope, table: str) -> dict[str, Decimal | None]:
    """Return last year's 执行数 (元) of ``table`` at every level, the total under “”; empty where none is known."""
    figures = scope.executed(table)
    if not (whole := list(figures.rolled_up(0))):
        return {}
    rolled_up = [row for width in FUNCTION.digits for row in figures.rolled_up(width)]
    return {"": whole[0]["total"], **{row["head"]: row["total"] for row in rolled_up}}
