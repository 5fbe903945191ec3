"""B12 and B13: promises copied from another project of the same document."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome
from disclosure.audit.goals_owners import Owner, owners
from disclosure.audit.goals_reading import Measured, alike, bare, counted, promised, promises
from disclosure.document import Document

WHOLLY, NEARLY = "完全", "几乎"
ROWS, SHARED = 3, 8
"""From so many rows on a set of indicators can be called copied; from so many characters on, a goal."""


class Row(NamedTuple):
    """An indicator as it is compared with those of other projects."""

    target: tuple[str, str]
    """What is measured and what is promised, as printed."""
    name: str
    asked: tuple[str, Decimal | str]
    """Its sign and number, or what it says without a number."""
    offered: frozenset[tuple[str, Decimal | str | None]]
    """By which of these another finds it the same."""

    @classmethod
    def of(cls, one: Measured) -> "Row":
        """Take an indicator apart."""
        value, name = one.value, one.indicator.name
        asked = value.rest if value.number is None else value.number
        offered = frozenset({(value.operator, value.number), (value.operator, value.rest)})
        return cls((bare(name), one.printed), name, (value.operator, asked), offered)


@rule("B12", Family.GOALS, Severity.WARNING, applies=(counted,))
def indicators_are_the_projects_own(document: Document) -> Iterator[Outcome]:
    """绩效指标：各项目按自己的内容设置，不与其他项目整套相同，一个项目的指标值不全部相同。"""
    every = [(promise, [Row.of(one) for one in promise.measured]) for promise in promises(document)]
    for promise, indicators in every:
        printed = {one.target[1] for one in indicators}
        if len(indicators) >= ROWS and len(printed) == 1:
            said = f"的{len(indicators)}个指标值都是“{printed.pop()}”，请按指标分别填写。"
            yield promise.problem(said, "指标值")
    long = [pair for pair in every if len(pair[1]) >= ROWS]
    for at, (promise, indicators) in enumerate(long):
        found = {_same(other, indicators): before for before, other in reversed(long[:at])}
        degree = next((degree for degree in (WHOLLY, NEARLY) if degree in found), None)
        if degree:
            said = f"与{found[degree].named}的绩效指标{degree}相同，请按项目填写。"
            yield promise.problem(said, "绩效指标")
    yield Agreed()


def _same(one: list[Row], other: list[Row]) -> str:
    if [row.target for row in one] == [row.target for row in other]:
        return WHOLLY
    rows, offered = max(len(one), len(other)), frozenset[Any]().union(*(row.offered for row in other))
    enough = rows > ROWS and sum(row.asked in offered for row in one) * 5 >= rows * 4
    return NEARLY if enough and _matched(one, other) * 5 >= rows * 4 else ""


def _matched(one: list[Row], other: list[Row]) -> int:
    """Count the rows that have their like in the other set: nearly the same name and the same number."""
    left, found = list(other), 0
    for row in one:
        like = next((two for two in left if row.asked in two.offered and alike(row.name, two.name, 4, 5)), None)
        if like:
            left.remove(like)
            found += 1
    return found


@rule("B13", Family.GOALS, Severity.ERROR, applies=(promised,))
def goals_are_the_projects_own(document: Document) -> Iterator[Outcome]:
    """绩效目标：写的是本项目，不与其他项目的目标相同，也不写其他项目的对象。"""
    every = owners(promises(document))
    for at, owner in enumerate(every):
        promise = owner.promise
        alike_to = [other for other in every if other is not owner and _copied(other, owner)]
        theirs = owner.writes_of([*alike_to, *every])
        copied = next((one for one in alike_to if one in every[:at]), None)
        if theirs:
            said = f"的绩效目标文字与项目名称不符，写的是{theirs.promise.named}的内容，疑似复制，请按本项目改写。"
            yield promise.problem(said, "绩效目标")
        elif copied and not copied.writes_of([owner]):
            shared = _copied(copied, owner)
            said = f"的绩效目标与{copied.promise.named}相同（“{shared}”），疑似复制，请按本项目改写。"
            yield promise.problem(said, "绩效目标")
    yield Agreed()


def _copied(one: Owner, other: Owner) -> str:
    """Return the first goal two projects share, where the shared ones are most of what the second says."""
    shared = [at for at, goal in enumerate(other.goals) if len(goal) >= SHARED and goal in one.goals]
    most = 2 * sum(len(other.goals[at]) for at in shared) >= sum(map(len, other.goals))
    return other.promise.project.goals[shared[0]] if shared and most else ""
