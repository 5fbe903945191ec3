"""From 待公开 to the public: drawn first, then stored in one short transaction; or urgently, past the reviews."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from disclosure import signing
from disclosure.document import Context, Document, imprint_of
from disclosure.enums import Act, Status
from disclosure.models import Disclosure, Edition, Transition, UrgentPublication
from disclosure.readiness import check, differs, due
from disclosure.refusal import RefusalError
from disclosure.signatures import SignedOff, signed_off
from disclosure.verification import fingerprint, fingerprints
from disclosure.workflow.claiming import at_once, left_to_workers
from disclosure.workflow.completing import note, told
from disclosure.workflow.drawing import ALWAYS, Drawn, draw
from disclosure.workflow.making import Order, edition_of
from disclosure.workflow.people import alone, permit
from disclosure.workflow.recording import Step, fitting, locked, record, repeated, words
from disclosure.workflow.remarks import answered
from disclosure.workflow.steps import unaltered
from disclosure.workflow.storing import store

SLACK = timedelta(minutes=1)
"""How far a clock may be corrected without anybody being asked."""


class Prepared(NamedTuple):
    """An edition drawn and not yet stored."""

    order: Order
    edition: Edition
    document: Document
    sign_offs: tuple[SignedOff, ...]
    drawn: Drawn


def publish(disclosure: Disclosure, *, by: Any) -> Edition:
    """Freeze a draft that passed its reviews as a new edition and return it.

    Files are rendered before the transaction, which re-checks under the row lock that nothing changed meanwhile.
    It goes without the PDF where workers draw it, and without a file that cannot be drawn, which is noted and which
    :func:`complete_files` adds later; page and JSON it always has.
    Raises RefusalError with a sentence for the clerk; then nothing has been published.
    """
    return _at_once(disclosure, Order(Act.PUBLISH, by, moment()))


def publish_urgently(disclosure: Disclosure, *, by: Any, reason: str) -> Edition:
    """Publish without the reviews; it stays open until a second person confirms (:func:`confirm_urgent`)."""
    reason = fitting(words(reason, "紧急公开的理由"), "紧急公开的理由", UrgentPublication.reason)
    return _at_once(disclosure, Order(Act.PUBLISH_URGENTLY, by, moment(), reason))


def prepare(disclosure: Disclosure, order: Order) -> Prepared | Edition:
    """Draw an edition; return the one there is where the same person has just published it."""
    fresh = Disclosure.objects.get(pk=disclosure.pk)
    if repeated(fresh, order.act, order.by):
        return _newest(fresh)
    try:
        draft = _ready(fresh, order)
        edition = edition_of(fresh, draft, order)
    except RefusalError:
        if there := _overtaken(fresh, order):
            return there
        raise
    reviews = signed_off(fresh, draft.sha256)
    document = Document(draft.content, Context(imprint=imprint_of(edition, reviews)))
    return Prepared(order, edition, draft, reviews, _drawn(document))


@transaction.atomic
def release(prepared: Prepared) -> Edition:
    """Store a prepared edition under the row lock; raise RefusalError where the draft is not what was drawn."""
    order, edition = prepared.order, prepared.edition
    draft = locked(edition.disclosure)
    if repeated(draft, order.act, order.by):
        return _newest(draft)
    _unchanged(draft, prepared)
    store(edition, prepared.document, prepared.sign_offs, prepared.drawn.files)
    note(edition, prepared.drawn.failures)
    left_to_workers(edition)
    if order.act is Act.PUBLISH_URGENTLY:
        UrgentPublication.objects.create(edition=edition, reason=order.reason, by=order.by, at=order.at)
    step = Step(order.act, order.by, order.reason or edition.reason, edition.content_sha256)
    said = {"edition": edition.pk, "edition_sha256": fingerprint(edition), **told(prepared.drawn)}
    said["rows"] = fingerprints(*edition.sign_offs.all(), *edition.manifests.all())
    moved = {"index_number": edition.index_number, **UNSCHEDULED, **UNCORRECTED}
    record(draft, step, Status.PUBLISHED, moved, said)
    return edition


UNSCHEDULED = {"publish_at": None, "scheduled_by": None}
UNCORRECTED = {"correction_kind": "", "correction_reason": ""}


@transaction.atomic
def confirm_urgent(urgent: UrgentPublication, *, by: Any, conclusion: str) -> UrgentPublication:
    """Confirm an urgent publication as a second person."""
    row = UrgentPublication.objects.select_for_update().get(pk=urgent.pk)
    draft = locked(row.edition.disclosure)
    if row.confirmed_at and row.confirmed_by == by:
        return row
    permit(draft, Act.CONFIRM_URGENT, by)
    if row.confirmed_at:
        message = f"这次紧急公开已由{row.confirmed_by}确认。"
        raise RefusalError(message)
    if row.by_id == by.pk:
        raise RefusalError("紧急公开须由另一人确认，不能由公开人自己确认。")
    row.conclusion = fitting(words(conclusion, "确认意见"), "确认意见", UrgentPublication.conclusion)
    row.confirmed_by, row.confirmed_at = by, timezone.now()
    row.save()
    record(draft, Step(Act.CONFIRM_URGENT, by, row.conclusion, row.edition.content_sha256), Status(draft.status))
    return row


def _at_once(disclosure: Disclosure, order: Order) -> Edition:
    prepared = prepare(disclosure, order)
    return prepared if isinstance(prepared, Edition) else release(prepared)


def moment() -> datetime:
    """Return the time to the second, as editions print it."""
    return timezone.now().replace(microsecond=0)


def _newest(disclosure: Disclosure) -> Edition:
    edition: Edition = disclosure.editions.current().get()
    return edition


def _ready(draft: Disclosure, order: Order) -> Document:
    """Return the document of a draft that may be published; raise RefusalError where it may not."""
    _permitted(draft, order.act, order.by)
    _in_order(draft, order.at)
    document = Document.of(draft)
    if order.act is Act.PUBLISH:
        unaltered(draft, document)
    differs(draft, document)
    check(draft, document)
    signing.ready()
    return document


def _overtaken(seen: Disclosure, order: Order) -> Edition | None:
    """Return the edition where a draft was published while it was read, or say why it is none; None: nothing moved."""
    draft = Disclosure.objects.get(pk=seen.pk)
    if draft.version == seen.version:
        return None
    if repeated(draft, order.act, order.by):
        return _newest(draft)
    permit(draft, order.act, order.by)
    return None


def _permitted(draft: Disclosure, act: Act, by: Any) -> None:
    """Refuse a publication by whoever may not, while remarks are open, or of what is not published at all."""
    permit(draft, act, by)
    alone(draft, act, by)
    due(draft)
    if act is Act.PUBLISH:
        answered(draft)


def _in_order(draft: Disclosure, at: datetime) -> None:
    """Refuse where the clock was set back: no edition bears an earlier date than the one before, or than its steps."""
    steps = Transition.objects.filter(disclosure=draft).aggregate(last=Max("at"))["last"]
    before = draft.editions.aggregate(last=Max("published_at"))["last"]
    last = max(before or at, (steps or at) - SLACK)
    if at < last:
        said = f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}", f"{timezone.localtime(last):%Y-%m-%d %H:%M:%S}"
        message = (
            f"服务器的时钟（{said[0]}）比这份预算上一次办理（{said[1]}）还早，时钟被调过，没有公开任何内容。"
            "请管理员校准服务器的时间后再试。"
        )
        raise RefusalError(message)


def _drawn(document: Document) -> Drawn:
    """Draw every form that is not left to the workers; refuse where one is missing that no edition is without."""
    drawn = draw(document, at_once())
    for form in ALWAYS:
        if form in drawn.failures:
            message = (
                f"{form.label}文件没有生成，没有公开任何内容。原因：{drawn.failures[form]}请联系管理员，排除后重试。"
            )
            raise RefusalError(message)
    return drawn


def _unchanged(draft: Disclosure, prepared: Prepared) -> None:
    """Refuse when the draft, its metadata, reviews or editions are not those the files were drawn from.

    The person is read anew: a post may have been closed meanwhile.
    """
    _permitted(draft, prepared.order.act, get_user_model().objects.get(pk=prepared.order.by.pk))
    again = Document.of(draft)
    edition, reviews = edition_of(draft, again, prepared.order), signed_off(draft, again.sha256)
    if imprint_of(edition, reviews) != imprint_of(prepared.edition, prepared.sign_offs):
        raise RefusalError("生成文件期间，内容被修改或已由他人公开。没有公开任何内容，请核对后重试。")
