"""Remarks on a draft: made by whoever reviews, answered by whoever works on it; open ones stop every step."""

from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from budgets.enums import Role
from budgets.models import AuditTrail
from disclosure.models import Comment, Disclosure
from disclosure.moves import HOLDERS
from disclosure.refusal import RefusalError
from disclosure.workflow.people import holds
from disclosure.workflow.recording import subject_of, words

WORKING = tuple(dict.fromkeys((*HOLDERS.values(), Role.BUREAU_REVIEWER)))
"""The roles that work on a draft."""


class Anchor(NamedTuple):
    """What a remark points at: a grid, a text, a section or a table; its row now; its codes; one of its fields."""

    kind: str
    row: int | None
    key: str
    field: str = ""


NOWHERE = Anchor("", None, "")


@transaction.atomic
def remark(disclosure: Disclosure, *, by: Any, text: str, place: str = "", anchor: Anchor | None = None) -> Comment:
    """Make a remark on a place of a draft, or on all of it."""
    _works_on(disclosure, by)
    kind, row, key, field = anchor or NOWHERE
    comment = Comment.objects.create(
        disclosure=disclosure,
        place=place.strip()[:120],
        anchor=kind,
        anchor_row=row,
        anchor_key=key,
        anchor_field=field,
        text=words(text, "意见"),
        by=by,
        at=timezone.now(),
    )
    said = {"place": comment.place, "text": comment.text, **({"anchor": list(anchor)} if anchor else {})}
    AuditTrail.append("remark", str(disclosure), by=by, subject=subject_of(disclosure), **said)
    return comment


@transaction.atomic
def answer(comment: Comment, *, by: Any, text: str) -> Comment:
    """Say how a remark was dealt with; it is closed."""
    row = Comment.objects.select_for_update().get(pk=comment.pk)
    _works_on(row.disclosure, by)
    if row.resolved_by == by and row.answer == text.strip():
        return row
    if row.resolved_at:
        message = f"这条意见已由{row.resolved_by}处理。"
        raise RefusalError(message)
    row.answer, row.resolved_by, row.resolved_at = words(text, "处理情况"), by, timezone.now()
    row.save()
    AuditTrail.append(
        "answer", str(row.disclosure), by=by, subject=subject_of(row.disclosure), remark=row.text, text=row.answer
    )
    return row


def answered(disclosure: Disclosure) -> None:
    """Raise RefusalError while a remark is open."""
    open_ones = Comment.objects.filter(disclosure=disclosure, resolved_at=None)
    if first := open_ones.first():
        message = f"还有{open_ones.count()}条审核意见没有处理，例如“{first}”。请先写明处理情况。"
        raise RefusalError(message)


def _works_on(disclosure: Disclosure, by: Any) -> None:
    if not holds(by, disclosure, WORKING):
        message = f"用户“{by}”不办理{disclosure}，不能提出或处理意见。"
        raise RefusalError(message)
