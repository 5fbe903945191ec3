"""What is next on a disclosure for whoever looks: one sentence, one button."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from disclosure.checklist.sheet import Item
from disclosure.checklist.states import State
from disclosure.enums import Status

if TYPE_CHECKING:
    from disclosure.desk.home import Home

UNDER_WAY = (State.NOT_STARTED, State.UNDERWAY)


class Next(NamedTuple):
    """A sentence, what its button says, and where it leads."""

    said: str
    button: str
    address: str


def next_step(home: "Home") -> Next:
    """Return the first thing that is to be done."""
    return next(found for look in ORDER if (found := look(home)) is not None)


def _elsewhere(home: "Home") -> Next | None:
    """What lies with somebody else, or needs no filling in, is taken further on the page of its steps."""
    if home.works and not home.checklist.needless:
        return None
    state = Status(home.disclosure.status)
    if home.checklist.needless:
        said = f"{home.checklist.needless}，不需要填写和提交"
    elif state is Status.PUBLISHED:
        said = "已经公开；有要改的，先发起更正"
    elif state is Status.DRAFTING and home.locked:
        said = home.locked.rstrip("。")
    elif state is not Status.DRAFTING and home.mine:
        return Next(f"轮到您办理：{state.label}，请核对后办理或退回", "去办理", home.address("disclosure_steps"))
    else:
        said = f"现在是“{state.label}”，由{home.standing.holder}办理"
    return Next(said, "办理", home.address("disclosure_steps"))


def _start(home: "Home") -> Next | None:
    begun = any(item.evidence.started for item in home.checklist.items)
    if not home.start or begun:
        return None
    return Next(f"还没有开始填写，可以从{home.start}带入不变的内容", "从上年带入", home.address("carry_over"))


def _fill(home: "Home") -> Next | None:
    """The first part in printed order that is not begun or lacks something; what waits for tables comes last."""
    wanting = [item for item in home.checklist.items if lacking(item)]
    item = min(wanting, key=_follows, default=None)
    if item is None:
        return None
    said = f"“{item.heading}”{'，'.join(item.evidence.lacks) if _begun(item) else '还没有开始填写'}"
    if item.piece.may_be_empty and not _begun(item):
        said = f"{said}；没有这项内容的，写空表说明"
    work = [one for one in home.line(item).work if one.address]
    return Next(said, "去填写", work[0].address if work else home.address("workbook"))


def lacking(item: Item) -> bool:
    """Tell whether something is still to be entered for a part."""
    if item.piece.gathers or item.state not in UNDER_WAY:
        return False
    return bool(item.evidence.lacks) or not _begun(item)


def _begun(item: Item) -> bool:
    """Tell whether something was entered, or why nothing is."""
    return item.evidence.started or bool(item.evidence.declared)


def _follows(item: Item) -> bool:
    """Tell whether a part is a chapter that only waits for the tables it speaks of."""
    return bool(item.piece.tables) and not item.piece.written


def _review(home: "Home") -> Next | None:
    if not home.checklist.unreviewed:
        return None
    said = f"有{home.checklist.unreviewed}处上年带入的内容还没有复核"
    return Next(said, "复核上年带入的内容", home.address("carried"))


def _check(home: "Home") -> Next | None:
    if home.checklist.fresh:
        return None
    said = "上次检查之后数据有变化，请重新检查" if home.checklist.checked_at else "各部分已填写，请检查一遍"
    return Next(said, "检查", home.address("disclosure_findings"))


def _mend(home: "Home") -> Next | None:
    troubled = next((item for item in home.checklist.items if _asks(item)), None)
    if troubled:
        count = troubled.evidence.errors + troubled.evidence.warnings
        said = f"“{troubled.heading}”有{count}处问题要改正或说明原因"
        return Next(said, "查看问题", home.findings_of(troubled.piece.name))
    if home.checklist.elsewhere:
        said = f"整份文件有{home.checklist.elsewhere}处问题要改正或说明原因"
        return Next(said, "查看问题", home.elsewhere)
    return None


def _asks(item: Item) -> bool:
    return item.evidence.errors + item.evidence.warnings > 0


def _answer(home: "Home") -> Next | None:
    if not home.standing.open_comments:
        return None
    said = f"还有{len(home.standing.open_comments)}条审核意见没有处理"
    return Next(said, "处理审核意见", f"{home.address('disclosure_steps')}#remarks")


def _submit(home: "Home") -> Next:
    """What stands in the way now is no part's, such as that nothing differs from what is published."""
    obstacle = home.standing.obstacle.partition("\n")[0].rstrip("。：")
    said, button = (obstacle, "办理") if obstacle else ("各部分都已完成，可以提交审核", "去提交审核")
    return Next(said, button, home.address("disclosure_steps"))


ORDER: tuple[Callable[["Home"], Next | None], ...] = (
    _elsewhere,
    _start,
    _fill,
    _review,
    _check,
    _mend,
    _answer,
    _submit,
)
"""What comes before what."""
