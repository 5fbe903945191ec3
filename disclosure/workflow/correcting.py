"""After publication: corrected by a new edition, or withdrawn with a reason; what was published is never edited."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from budgets.models import AuditTrail
from disclosure.document import Document
from disclosure.enums import Act, CorrectionKind, Status
from disclosure.models import Disclosure, Edition, Transition, Withdrawal
from disclosure.refusal import RefusalError
from disclosure.verification import fingerprint, fingerprints
from disclosure.workflow.people import permit
from disclosure.workflow.publishing import UNCORRECTED
from disclosure.workflow.recording import Step, fitting, locked, record, repeated, subject_of, words
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
    reason = fitting(words(reason, "更正的理由"), "更正理由", Disclosure.correction_reason)
    step = Step(Act.CORRECT, by, f"{CorrectionKind(kind).label}：{reason}")
    return record(draft, step, Status.DRAFTING, {"correction_kind": kind, "correction_reason": reason})


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
    wanted = {"number__lte": edition.number} if also_earlier else {"pk": edition.pk}
    there = list(draft.editions.filter(withdrawal=None, **wanted).order_by("-number"))
    if not there:
        return Withdrawal.objects.get(edition=edition)
    permit(draft, Act.WITHDRAW, by)
    reason = fitting(words(reason, "撤下的理由"), "撤下理由", Withdrawal.reason)
    for one in there:
        _take_off(one, by, reason)
    numbers = "、".join(str(one.number) for one in there)
    step = Step(Act.WITHDRAW, by, f"第{numbers}版：{reason}", there[0].content_sha256)
    reopened = draft.editions.current().get() in there and draft.status == Status.PUBLISHED
    again: dict[str, Any] = {
        "correction_kind": CorrectionKind.OTHER,
        "correction_reason": f"第{edition.number}版撤下后重新公开",
    }
    after = Status.DRAFTING if reopened else Status(draft.status)
    record(draft, step, after, again if reopened else {}, _recorded(draft, there, by))
    return Withdrawal.objects.get(edition=edition)


def _recorded(draft: Disclosure, there: list[Edition], by: Any) -> dict[str, Any]:
    """Write a line of the trail for each edition but the first; return what the step's own line keeps of that one."""
    first, *others = (
        {
            "edition": one.pk,
            "withdrawal_sha256": fingerprint(Withdrawal.objects.get(edition=one)),
            "rows": fingerprints(*one.withdrawn_files.all()),
        }
        for one in there
    )
    for one, said in zip(there[1:], others, strict=True):
        AuditTrail.append(Act.WITHDRAW, str(one), by=by, subject=subject_of(draft), **said)
    return first


def _take_off(edition: Edition, by: Any, reason: str) -> None:
    Withdrawal.objects.create(edition=edition, withdrawn_at=timezone.now(), withdrawn_by=by, reason=reason)
    destroy(edition)
