"""Rolling lines up a code tree: the database adds up each code, and 项 make 款, 款 make 类."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Generic, NamedTuple, TypeVar

from budgets.enums import WithheldScheme
from budgets.models import Economic, Function
from budgets.money import ZERO
from budgets.querysets import MoneyLineQuerySet
from disclosure.tables.base import Line
from disclosure.tables.scope import Scope

Lines = TypeVar("Lines", bound=MoneyLineQuerySet)


class Tree(NamedTuple):
    """A code tree: the lines' field, its list, how many digits each level has, and what secrecy calls it."""

    field: str
    model: Any
    digits: tuple[int, ...]
    scheme: WithheldScheme


class Sums(NamedTuple, Generic[Lines]):
    """What is added up (元): ``split`` annotates a group with its sums, ``totals`` are the same over all lines."""

    split: Callable[[Lines], Lines]
    totals: Mapping[str, Any]


FUNCTION = Tree("function", Function, (3, 5, 7), WithheldScheme.FUNCTION)
ECONOMIC = Tree("economic", Economic, (3, 5), WithheldScheme.ECONOMIC)


def rolled(
    lines: Lines,
    tree: Tree,
    scope: Scope,
    sums: Sums[Lines],
    also: Iterable[str] = (),
) -> Iterator[Line]:
    """Yield the total row, then every code of ``tree`` that has lines, parents before children.

    The codes ``also`` stand there with zeros where they have no line. Takes one query for the sums and one for names
    that no table before has asked for, whatever the number of lines. What would reveal a secret is left to the level
    above.
    """
    nothing = dict.fromkeys(sums.totals, ZERO)
    groups: dict[str, dict[str, Decimal]] = {code: dict(nothing) for code in also if len(code) in tree.digits}
    for row in sums.split(lines.to_code(tree.field)):
        for code in (row["code"][:width] for width in tree.digits if width <= len(row["code"])):
            group = groups.setdefault(code, dict(nothing))
            group.update({key: group[key] + row[key] for key in nothing})
    printed = sorted(code for code in groups if not is_withheld(code, tree, scope))
    if not printed:
        return
    names = scope.names(tree.model, printed)
    yield Line({"name": "合计", **sums.totals}, level=0, total=True)
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
