"""Rolling lines up a code tree: 类 → 款 → 项, each level added up by the database."""

from collections.abc import Callable, Iterator
from typing import Any

from budgets.models import Economic, Function
from budgets.querysets import ExpenditureQuerySet
from disclosure.tables.base import Line

FUNCTION = ("function", Function, (3, 5, 7))
ECONOMIC = ("economic", Economic, (3, 5))

Split = Callable[[ExpenditureQuerySet], ExpenditureQuerySet]


def rolled(
    lines: ExpenditureQuerySet,
    tree: tuple[str, Any, tuple[int, ...]],
    split: Split,
    totals: dict[str, Any],
    year: int,
) -> Iterator[Line]:
    """Yield the total row, then every code of ``tree`` that has lines, parents before children.

    ``split`` annotates the sums of a group, ``totals`` are the same sums over all lines (元).
    Takes one query per level and one for the names, whatever the number of lines.
    """
    field, model, digits = tree
    groups = [
        (str(row["code"]), level, row)
        for level, width in enumerate(digits, start=1)
        for row in split(lines.to_digits(field, width))
    ]
    if not groups:
        return
    names = model.objects.names_in(year, {code for code, _, _ in groups})
    yield Line({"name": "合计", **totals}, level=0, total=True)
    for code, level, row in sorted(groups, key=lambda group: group[0]):
        yield Line({**row, "code": code, "name": names.get(code, "")}, level=level)
