"""How every step is taken: the row locked, the act permitted, one Transition and one line of the trail written."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from django.utils import timezone

from budgets.models import AuditTrail
from disclosure.enums import Act, Status
from disclosure.models import Disclosure, Transition
from disclosure.refusal import RefusalError
from disclosure.verification import fingerprints
from disclosure.workflow.telling import tell

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Step(NamedTuple):
    """A step about to be recorded: by whom, in what words, on which content."""

    act: Act
    by: Any
    comment: str = ""
    content_sha256: str = ""
    combined: bool = False


def locked(disclosure: Disclosure) -> Disclosure:
    """Return a disclosure as it is now, its row locked until the transaction ends."""
    return Disclosure.objects.select_for_update().get(pk=disclosure.pk)


def repeated(disclosure: Disclosure, act: Act, by: Any, step: Status | None = None) -> Transition | None:
    """Return the step where the same person took it just now: pressing a button twice is pressing it once."""
    last = Transition.objects.filter(disclosure=disclosure).select_related("by").last()
    same = last is not None and (last.act, last.by_id, last.after) == (act, by.pk, disclosure.status)
    moved = step != disclosure.status and (step is None or (last is not None and last.before == step))
    return last if same and moved else None


def record(
    disclosure: Disclosure,
    step: Step,
    after: Status,
    fields: Mapping[str, Any] = NOTHING,
    recorded: Mapping[str, Any] = NOTHING,
) -> Transition:
    """Move a locked disclosure and write down who moved it; the trail's line comes last in the transaction.

    ``fields`` are changed with its state; ``recorded`` is kept in the trail beside the step.
    """
    before = Status(disclosure.status)
    for name, value in {"status": after, "version": disclosure.version + 1, **fields}.items():
        setattr(disclosure, name, value)
    disclosure.save()
    transition = Transition.objects.create(
        disclosure=disclosure,
        round=disclosure.round,
        before=before,
        after=after,
        at=timezone.now(),
        **step._asdict(),
    )
    said = {"before": before, "after": after, "comment": step.comment, "sha256": step.content_sha256, **recorded}
    said["rows"] = {**recorded.get("rows", {}), **fingerprints(transition)}
    tell(disclosure, transition)
    AuditTrail.append(step.act, str(disclosure), by=step.by, subject=subject_of(disclosure), **said)
    return transition


def subject_of(disclosure: Disclosure) -> str:
    """Name a disclosure as the subject of lines of the trail."""
    return f"disclosure:{disclosure.pk}"


def words(text: str, asked: str) -> str:
    """Return what somebody typed without its blanks; raise RefusalError asking for it where there is nothing."""
    if not text.strip():
        message = f"请写明{asked}。"
        raise RefusalError(message)
    return text.strip()


def fitting(text: str, name: str, field: Any) -> str:
    """Return what somebody typed where a model's field has room for it; raise RefusalError with both lengths."""
    longest = field.field.max_length
    if len(text) > longest:
        message = f"{name}不能超过{longest}个字，现有{len(text)}个字。"
        raise RefusalError(message)
    return text
