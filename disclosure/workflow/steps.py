"""From 填报中 to 待公开: submitted, reviewed step by step, recalled or returned."""

from typing import Any

from django.db import transaction

from disclosure.document import Document
from disclosure.enums import Act, Status
from disclosure.models import Disclosure, EditionSignOff, Transition
from disclosure.moves import CHAINS, CONCLUSIONS, next_step
from disclosure.readiness import check_submission
from disclosure.refusal import RefusalError
from disclosure.signatures import name_of, signatures
from disclosure.workflow.people import alone, permit
from disclosure.workflow.recording import Step, fitting, locked, record, repeated, words
from disclosure.workflow.remarks import answered


@transaction.atomic
def submit(disclosure: Disclosure, *, by: Any, comment: str = "") -> Transition:
    """Hand a draft in for review; raise RefusalError while errors, reasons, texts or remarks are open."""
    draft = locked(disclosure)
    if done := repeated(draft, Act.SUBMIT, by):
        return done
    permit(draft, Act.SUBMIT, by)
    document = Document.of(draft)
    check_submission(draft, document)
    answered(draft)
    draft.round += 1
    return record(draft, Step(Act.SUBMIT, by, comment.strip(), document.sha256), _after(draft))


@transaction.atomic
def recall(disclosure: Disclosure, *, by: Any, comment: str = "") -> Transition:
    """Take a draft back before its first review is signed."""
    draft = locked(disclosure)
    if done := repeated(draft, Act.RECALL, by):
        return done
    permit(draft, Act.RECALL, by)
    return record(draft, Step(Act.RECALL, by, comment.strip()), Status.DRAFTING)


@transaction.atomic
def sign(disclosure: Disclosure, *, by: Any, step: Status, conclusion: str = "") -> Transition:
    """Sign one review of the department on the content as it is now."""
    return _review(disclosure, Act.SIGN, by, step, conclusion)


@transaction.atomic
def approve(disclosure: Disclosure, *, by: Any, conclusion: str = "") -> Transition:
    """Let the bureau's review pass."""
    return _review(disclosure, Act.APPROVE, by, Status.BUREAU_REVIEW, conclusion)


@transaction.atomic
def send_back(disclosure: Disclosure, *, by: Any, comment: str) -> Transition:
    """Return a draft to its clerk with a comment; the signatures of this round are void with the next submission."""
    draft = locked(disclosure)
    if done := repeated(draft, Act.SEND_BACK, by):
        return done
    permit(draft, Act.SEND_BACK, by)
    step = Step(Act.SEND_BACK, by, words(comment, "退回的原因，让经办人知道改什么"))
    return record(draft, step, Status.DRAFTING, {"publish_at": None, "scheduled_by": None})


def _review(disclosure: Disclosure, act: Act, by: Any, step: Status, conclusion: str) -> Transition:
    draft = locked(disclosure)
    if done := repeated(draft, act, by, step):
        return done
    permit(draft, act, by)
    if draft.status != step:
        message = f"{draft}已不在“{Status(step).label}”，现在是“{Status(draft.status).label}”。请刷新页面后再办理。"
        raise RefusalError(message)
    combined = alone(draft, act, by)
    answered(draft)
    sha256 = unaltered(draft, Document.of(draft))
    said = fitting(conclusion.strip(), "审核结论", EditionSignOff.conclusion) or CONCLUSIONS[Status(draft.status)]
    return record(draft, Step(act, by, said, sha256, combined), _after(draft))


def unaltered(draft: Disclosure, document: Document) -> str:
    """Return the hash that everybody of this round signed; raise RefusalError where the content was changed since."""
    for row in signatures(draft):
        if row.content_sha256 != document.sha256:
            message = (
                f"{name_of(row.by)}{row.get_act_display()}（{row.get_before_display()}）之后，内容有改动，这一步已经作废。"
                "请退回经办人，核对后重新提交审核。"
            )
            raise RefusalError(message)
    return document.sha256


def _after(draft: Disclosure) -> Status:
    return next_step(Status(draft.status), CHAINS[draft.budget.fiscal_year.reviews])
