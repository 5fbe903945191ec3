"""After publication: corrected by a new edition, or withdrawn with a reason; what was published is never edited."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from budgets.models import AuditTrail
from disclosure.document import Document
from disclosure.enums import Act, CorrectionKind, Status
from disclosure.models import Disclosure, Edition, Transition, Withdrawal
from disclosure.refusal import RefusalError
from disclosure.verification import fingerprint
from disclosure.workflow.people import permit
from disclosure.workflow.publishing import UNCORRECTED
from disclosure.workflow.recording import Step, locked, record, repeated, subject_of, words
from disclosure.workflow.storing import destroy


@transaction.atomic
def correct(disclosure: Disclosure, *, by: Any, kind: CorrectionKind, reason: str) -> Transition:
    """Open a published disclosure for its next edition; the edition stays current meanwhile. ``reason`` is public."""
    draft = locked(disclosure)
    if done := repeated(draft, Act.CORRECT, by):
        return done
    permit(draft, Act.CORRECT, by)
    if kind not in CorrectionKind.values:
        raise RefusalError("请选择更正的类型。")
    said: dict[str, Any] = {
        "correction_kind": kind,
        "correction_reason": _fits(words(reason, "更正的理由"), "更正理由"),
    }
    step = Step(Act.CORRECT, by, f"{CorrectionKind(kind).label}：{said['correction_reason']}")
    return record(draft, step, Status.DRAFTING, said)


@transaction.atomic
def abandon(disclosure: Disclosure, *, by: Any) -> Transition:
    """Give a correction up; refused while the draft differs from what is published."""
    draft = locked(disclosure)
    if done := repeated(draft, Act.ABANDON, by):
        return done
    permit(draft, Act.ABANDON, by)
    current = draft.editions.current().filter(withdrawal=None).first()
    if current is None:
        raise RefusalError("没有正在公开的版次，不是更正，不能放弃更正。")
    if Document.of(draft).sha256 != current.content_sha256:
        message = f"内容与公开的第{current.number}版不同，不能放弃更正。请改回原样，或提交审核，公开更正。"
        raise RefusalError(message)
    return record(draft, Step(Act.ABANDON, by), Status.PUBLISHED, UNCORRECTED)


@transaction.atomic
def withdraw(edition: Edition, *, by: Any, reason: str, also_earlier: bool = False) -> Withdrawal:
    """Take an edition off the site: content, files, figures and words are gone; number, hash and reason stay.

    ``also_earlier`` withdraws the editions before it too. Taking off the current one opens the draft for the next.
    """
    draft = locked(edition.disclosure)
    done: Withdrawal | None = Withdrawal.objects.filter(edition=edition).first()
    if done:
        return done
    permit(draft, Act.WITHDRAW, by)
    reason = _fits(words(reason, "撤下的理由"), "撤下理由")
    earlier = draft.editions.filter(number__lt=edition.number, withdrawal=None) if also_earlier else ()
    withdrawn = [_take_off(one, by, reason) for one in (edition, *earlier)]
    current = draft.editions.current().get() == edition
    step = Step(Act.WITHDRAW, by, f"第{edition.number}版：{reason}", edition.content_sha256)
    reopened = current and draft.status == Status.PUBLISHED
    again: dict[str, Any] = {
        "correction_kind": CorrectionKind.OTHER,
        "correction_reason": f"第{edition.number}版撤下后重新公开",
    }
    after = Status.DRAFTING if reopened else Status(draft.status)
    said = {"edition": edition.pk, "withdrawal_sha256": fingerprint(withdrawn[0])}
    for one in withdrawn[1:]:
        also = {"edition": one.edition_id, "withdrawal_sha256": fingerprint(one)}
        AuditTrail.append(Act.WITHDRAW, str(one.edition), by=by, subject=subject_of(draft), **also)
    record(draft, step, after, again, said)
    return withdrawn[0]


def _take_off(edition: Edition, by: Any, reason: str) -> Withdrawal:
    row = Withdrawal.objects.create(edition=edition, withdrawn_at=timezone.now(), withdrawn_by=by, reason=reason)
    destroy(edition)
    return row


def _fits(text: str, name: str) -> str:
    longest = Withdrawal._meta.get_field("reason").max_length or 0
    if len(text) > longest:
        message = f"{name}不能超过{longest}个字，现有{len(text)}个字。"
        raise RefusalError(message)
    return text
