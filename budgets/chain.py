"""Whether the trail is still what was written: followed from its first row to where its head says it ends."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from budgets.models import AuditTrail, TrailHead
from budgets.models.trail import FIRST_FORM, GENESIS

CHUNK = 500
END = "审计轨迹末端"


class Finding(NamedTuple):
    """Something that is not as it was; a ``note`` is no proof of tampering, but worth knowing."""

    place: str
    message: str
    note: bool = False


def follow(read: Callable[[AuditTrail], None], known: tuple[str, ...] = ()) -> Iterator[Finding]:
    """Yield every break of the chain, showing each row to ``read`` on the way; ``known``: hashes noted elsewhere.

    Rows that are written meanwhile are no break: the head is read before the first row and after the last.
    """
    head = _head()
    count, last, number, missed = 0, GENESIS, 0, set(known)
    for row in AuditTrail.objects.order_by("pk").iterator(CHUNK):
        yield from _link(row, last, number)
        count, last, number = count + 1, row.hash, row.pk
        if count == head.rows and last != head.last_hash:
            yield Finding(_place(row), "不是末端记录所说的末条，末端或末条被改过。")
        missed.discard(row.hash)
        read(row)
    yield from _end(head, count)
    for one in sorted(missed):
        yield Finding("审计轨迹", f"以前抄录的校验值 {one} 已不在轨迹中，轨迹被改写或截断。")


def _head() -> TrailHead:
    return TrailHead.objects.filter(pk=1).first() or TrailHead()


def _end(head: TrailHead, count: int) -> Iterator[Finding]:
    """Compare how many rows there are with how many the head counted."""
    if count < head.rows:
        yield Finding(END, f"应有{head.rows}条，只有{count}条：有记录被删除，或末端被改过。")
    if count > (rows := _head().rows):
        yield Finding(END, f"应有{rows}条，却有{count}条：有记录被插入，或末端被改过。")
    if not head.rows and head.last_hash != GENESIS:
        yield Finding(END, "条数为0，却有校验值：记录被删除，或末端被改过。")
    if others := TrailHead.objects.exclude(pk=1).count():
        yield Finding(END, f"多出{others}行：末端只能有一行。")


def _link(row: AuditTrail, last: str, number: int) -> Iterator[Finding]:
    if row.previous_hash != last:
        yield Finding(_place(row), "与前一条接不上：此处有记录被删除、插入、调换或改过。")
    if row.digest() != row.hash:
        yield Finding(_place(row), "内容与校验值不符：这一条被改过。")
    if row.form == FIRST_FORM and row.subject:
        yield Finding(_place(row), "旧记录没有“所属事项”，这一条却有：被改过。")
    if row.pk <= number:
        yield Finding(_place(row), "序号没有增加。")


def _place(row: AuditTrail) -> str:
    return f"审计轨迹第{row.pk}条（{row.action_name} {row.target}）"
