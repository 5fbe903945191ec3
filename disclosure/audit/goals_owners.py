"""Whose goals a text speaks of: the pairs of characters that set a project apart from the others of its document."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from disclosure.audit.goals_reading import Promise, bare, pairs

TELLING, CLEAR, RATIO = 2, 3, 2
"""So many pairs of another project's name, or clearly so many of all its words and twice as many as of one's own."""
SHARE, LONG = 4, 6
"""Words of more than a fourth of the projects (and of more than two) set none apart; one pair of six may be chance."""
COMMON = frozenset(
    re.split(
        r"\s+",
        """年度 项目 经费 资金 补助 补贴 专项 工作 中央 财政 省级 市级 区级 县级 关于 下达 通知 提前 结算 费用 支出 安排
    预算 示例 相关 用于 保障 发放 组织 开展 完成 提高 提升 加强 建设 管理 服务 活动 落实 推进 确保 实施""",
    )
)
"""What names of projects have in common everywhere."""


class Owner(NamedTuple):
    """A project that has goals: the pairs of characters in them, in its name, and in all that describes it."""

    promise: Promise
    said: frozenset[str]
    named: frozenset[str]
    known: frozenset[str]
    """Without what many projects have in common."""
    goals: tuple[str, ...]
    """Without punctuation."""

    def writes_of(self, every: "Iterable[Owner]") -> "Owner | None":
        """Return the project whose goals these seem to be, None where they may be its own."""
        return next((other for other in every if other is not self and self._names(other)), None) or next(
            (other for other in every if other is not self and self._describes(other)), None
        )

    def _names(self, other: "Owner") -> bool:
        """Tell whether the goals say next to nothing of what only the own name has, and most of the other's."""
        found = (other.named & self.said) - self.named
        if len(found) < TELLING or 2 * len(found) < len(other.named - self.named):
            return False
        mine = self.named - other.named
        return len(mine & self.said) <= len(mine) // LONG

    def _describes(self, other: "Owner") -> bool:
        """Tell whether the goals use the other's words and hardly any of the project's own."""
        theirs = (self.said & other.known) - self.known
        if len(theirs) < CLEAR or len(theirs) < RATIO * len(self.said & self.known):
            return False
        return not (self.named - other.named) & self.said


def owners(promises: Iterable[Promise]) -> list[Owner]:
    """Return the projects that have goals."""
    stating = [promise for promise in promises if promise.project.goals]
    described = [_described(promise) for promise in stating]
    often = Counter(pair for found in described for pair in found)
    limit = max(TELLING, len(stating) // SHARE)
    return [
        Owner(
            promise,
            pairs("，".join(promise.project.goals)),
            _marks(promise.project.name),
            frozenset(pair for pair in found if often[pair] <= limit),
            tuple(map(bare, promise.project.goals)),
        )
        for promise, found in zip(stating, described, strict=True)
    ]


def _described(promise: Promise) -> frozenset[str]:
    project = promise.project
    indicators = [f"{one.name}，{one.description}" for one in project.indicators]
    return _marks("，".join((project.name, project.purpose, *indicators)))


def _marks(text: str) -> frozenset[str]:
    return frozenset(pair for pair in pairs(text) - COMMON if not pair.isdecimal())
