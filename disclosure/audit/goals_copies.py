"""B12 and B13: promises copied from another project of the same document."""

from collections.abc import Iterator

from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome
from disclosure.audit.goals_owners import owners
from disclosure.audit.goals_reading import Measured, Promise, alike, bare, counted, promised, promises
from disclosure.document import Document

WHOLLY, NEARLY = "完全", "几乎"
ROWS, SHARED = 3, 8
"""From so many rows on a set of indicators can be called copied; from so many characters on, a goal."""


def target(one: Measured) -> tuple[str, str]:
    """Return what is measured and what is promised, as printed."""
    return bare(one.indicator.name), one.printed


@rule("B12", Family.GOALS, Severity.WARNING, applies=(counted,))
def indicators_are_the_projects_own(document: Document) -> Iterator[Outcome]:
    """绩效指标：各项目按自己的内容设置，不与其他项目整套相同，一个项目的指标值不全部相同。"""
    every = [(promise, list(promise.measured)) for promise in promises(document)]
    for promise, indicators in every:
        printed = {one.printed for one in indicators}
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


def _same(one: list[Measured], other: list[Measured]) -> str:
    here, there = [target(row) for row in one], [target(row) for row in other]
    if here == there:
        return WHOLLY
    rows = max(len(here), len(there))
    return NEARLY if rows > ROWS and _matched(one, other) * 5 >= rows * 4 else ""


def _matched(one: list[Measured], other: list[Measured]) -> int:
    """Count the rows that have their like in the other set: nearly the same name and the same number."""
    left, found = list(other), 0
    for row in one:
        like = next((two for two in left if _like(row, two)), None)
        if like:
            left.remove(like)
            found += 1
    return found


def _like(one: Measured, other: Measured) -> bool:
    here, there = one.value, other.value
    same = here.number == there.number if here.number is not None else here.rest == there.rest
    return same and here.operator == there.operator and alike(one.indicator.name, other.indicator.name, 4, 5)


@rule("B13", Family.GOALS, Severity.ERROR, applies=(promised,))
def goals_are_the_projects_own(document: Document) -> Iterator[Outcome]:
    """绩效目标：写的是本项目，不与其他项目的目标相同，也不写其他项目的对象。"""
    every = owners(promises(document))
    for at, owner in enumerate(every):
        promise = owner.promise
        alike_to = [other for other in every if other is not owner and _copied(other.promise, promise)]
        theirs = owner.writes_of([*alike_to, *every])
        copied = next((one for one in alike_to if one in every[:at]), None)
        if theirs:
            said = f"的绩效目标文字与项目名称不符，写的是{theirs.promise.named}的内容，疑似复制，请按本项目改写。"
            yield promise.problem(said, "绩效目标")
        elif copied and not copied.writes_of([owner]):
            shared = _copied(copied.promise, promise)
            said = f"的绩效目标与{copied.promise.named}相同（“{shared}”），疑似复制，请按本项目改写。"
            yield promise.problem(said, "绩效目标")
    yield Agreed()


def _copied(one: Promise, other: Promise) -> str:
    """Return the first goal two projects share, where the shared ones are most of what the second says."""
    theirs = {bare(text) for text in one.project.goals}
    shared = [text for text in other.project.goals if bare(text) in theirs and len(bare(text)) >= SHARED]
    whole = sum(len(bare(text)) for text in other.project.goals)
    return shared[0] if shared and 2 * sum(len(bare(text)) for text in shared) >= whole else ""
