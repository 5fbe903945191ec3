"""The chain of a disclosure as a list of steps: who signed each, when and how, and which signatures are void."""

from collections.abc import Sequence
from typing import NamedTuple

from disclosure.enums import Act, Status
from disclosure.models import Disclosure, Transition
from disclosure.moves import CHAINS, FORWARD, HOLDERS

RETURNS = (Act.SEND_BACK, Act.RECALL)
BESIDE = (Act.SCHEDULE, Act.CONFIRM_URGENT)
"""Acts that leave a disclosure where it is."""
RETURNED = "已退回或撤回，作废；重新提交后须重新办理。"
ALTERED = "办理之后内容有改动，这一步已经作废。"


class Stage(NamedTuple):
    """A step: whose it is, whether it is due now, how it was taken in this round, and why that is void."""

    status: Status
    holder: str
    current: bool
    taken: Transition | None
    void: str


def stages(disclosure: Disclosure, transitions: Sequence[Transition], sha256: str) -> list[Stage]:
    """Return the steps of the year's chain; ``sha256`` is the content that a signature must stand for."""
    chain = CHAINS[disclosure.budget.fiscal_year.reviews]
    taken = _taken(disclosure, transitions)
    returned = disclosure.status == Status.DRAFTING
    return [
        Stage(
            status,
            str(HOLDERS[status].label),
            status == disclosure.status,
            taken.get(status),
            _void(taken.get(status), sha256, returned=returned),
        )
        for status in (Status.DRAFTING, *chain, Status.READY, Status.PUBLISHED)
    ]


def _taken(disclosure: Disclosure, transitions: Sequence[Transition]) -> dict[str, Transition]:
    """Return the steps of this round by the state they led from; none where a new round has not begun."""
    moves = [row for row in transitions if row.act not in BESIDE]
    last = moves[-1] if moves else None
    if disclosure.status == Status.DRAFTING and (last is None or last.act not in RETURNS):
        return {}
    own = [row for row in moves if row.round == disclosure.round]
    return {row.before: row for row in own if row.act in FORWARD or row.act == Act.PUBLISH_URGENTLY}


def _void(taken: Transition | None, sha256: str, *, returned: bool) -> str:
    if taken is None:
        return ""
    if returned:
        return RETURNED
    return ALTERED if taken.content_sha256 != sha256 else ""
