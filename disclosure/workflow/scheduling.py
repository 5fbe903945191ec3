"""Publication at a set hour, of one draft or of many together."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from disclosure.document import Document
from disclosure.enums import Act, Status
from disclosure.models import Disclosure, Edition
from disclosure.refusal import RefusalError
from disclosure.workflow.making import Order
from disclosure.workflow.people import alone, permit
from disclosure.workflow.publishing import Prepared, moment, prepare, release
from disclosure.workflow.recording import Step, locked, record
from disclosure.workflow.steps import unaltered


@transaction.atomic
def schedule(disclosure: Disclosure, *, by: Any, at: datetime | None) -> Disclosure:
    """Set the hour at which :func:`publish_due` publishes a draft; None takes it back."""
    draft = locked(disclosure)
    if (draft.publish_at, draft.scheduled_by_id) == (at, by.pk if at else None):
        return draft
    permit(draft, Act.SCHEDULE, by)
    if at:
        if at <= timezone.now():
            raise RefusalError("定时公开的时间已经过去。请填写将来的时间，或直接公开。")
        alone(draft, Act.SCHEDULE, by)
        unaltered(draft, Document.of(draft))
    said = f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else "取消定时"
    hour = {"publish_at": at, "scheduled_by": by if at else None}
    record(draft, Step(Act.SCHEDULE, by, said), Status.READY, hour)
    return draft


class Due(NamedTuple):
    """What became of a scheduled publication: the edition, or why there is none."""

    disclosure: Disclosure
    edition: Edition | None
    refusal: str = ""


def publish_due(now: datetime | None = None) -> list[Due]:
    """Publish everything whose hour has come, all drawn first and then stored one right after the other.

    Safe to run twice, and by two at once: what is published is no longer due. A draft that is refused stops no other.
    """
    at = moment()
    found = Disclosure.objects.filter(status=Status.READY, publish_at__lte=now or at).select_related("scheduled_by")
    drawn = [(draft, _tried(prepare, draft, Order(Act.PUBLISH, draft.scheduled_by, at))) for draft in found]
    return [_released(draft, outcome) for draft, outcome in drawn]


def _tried(verb: Any, *arguments: Any) -> Any:
    try:
        return verb(*arguments)
    except RefusalError as refusal:
        return refusal


def _released(draft: Disclosure, outcome: Any) -> Due:
    stored = _tried(release, outcome) if isinstance(outcome, Prepared) else outcome
    return Due(draft, None, str(stored)) if isinstance(stored, RefusalError) else Due(draft, stored)
