"""B12 and B13: promises copied from another project of the same document."""

import re
from collections.abc import Iterator

from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome
from disclosure.audit.goals_reading import Measured, Promise, alike, bare, counted, pairs, promised, promises
from disclosure.document import Document

WHOLLY, NEARLY = "完全", "几乎"
ROWS, SHARED, TELLING = 3, 8, 2
"""From so many rows on a set of indicators can be called copied; from so many characters on, a goal;
so many pairs of characters tell whose goal it is."""
COMMON = re.split(
    r"\s+",
    """年度 项目 经费 资金 补助 补贴 专项 工作 中央 财政 省级 市级 区级 县级 关于 下达 通知 提前 结算 费用 支出 安排 预算 示例
    相关 用于 保障 发放 组织 开展 完成 提高 提升 加强 建设 管理 服务 活动 落实 推进 确保 实施""",
)
"""What names of projects have in common everywhere."""


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
    every = [promise for promise in promises(document) if promise.project.goals]
    for promise in every:
        others = [other for other in every if other is not promise]
        theirs = next((other for other in others if _alien(promise, other)), None)
        copied = next((other for other in every[: every.index(promise)] if _copied(other, promise)), None)
        if theirs:
            said = f"的绩效目标文字与项目名称不符，写的是{theirs.named}的内容，疑似复制，请按本项目改写。"
            yield promise.problem(said, "绩效目标")
        elif copied and not _alien(copied, promise):
            said = f"的绩效目标与{copied.named}相同（“{_copied(copied, promise)}”），疑似复制，请按本项目改写。"
            yield promise.problem(said, "绩效目标")
    yield Agreed()


def _copied(one: Promise, other: Promise) -> str:
    """Return the first goal two projects share, where the shared ones are most of what the second says."""
    theirs = {bare(text) for text in one.project.goals}
    shared = [text for text in other.project.goals if bare(text) in theirs and len(bare(text)) >= SHARED]
    whole = sum(len(bare(text)) for text in other.project.goals)
    return shared[0] if shared and 2 * sum(len(bare(text)) for text in shared) >= whole else ""


def _alien(mine: Promise, theirs: Promise) -> bool:
    """Tell whether a project's goals have nothing of what sets it apart, and most of what sets the other apart."""
    said = pairs("，".join(mine.project.goals))
    own, other = _marks(mine), _marks(theirs)
    named = pairs(theirs.project.name) & other - own
    found = named & said
    return not (own - other) & said and len(found) >= TELLING and 2 * len(found) >= len(named)


def _marks(promise: Promise) -> set[str]:
    """Return the pairs of characters of a project's name and purpose that are no common words."""
    return {
        pair for pair in pairs(f"{promise.project.name}，{promise.project.purpose}") - {*COMMON} if not pair.isdecimal()
    }
