"""The editions that lack files, as the queue of the workers that draw them: each is in the hands of one at a time."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from budgets.models import AuditTrail
from disclosure.enums import FileFormat
from disclosure.models import Edition, EditionFile, RenderingClaim, Withdrawal
from disclosure.refusal import RefusalError
from disclosure.render.failing import reason_of
from disclosure.workflow.completing import IncompleteError, complete_files, not_drawn
from disclosure.workflow.recording import subject_of

BEAT = 30
"""Seconds after which a claim is renewed while its files are drawn."""
AWAY = (OperationalError, InterfaceError)
"""What a database says that is gone, or too busy: it is waited for."""
logger = logging.getLogger("disclosure.rendering")


class NotCompleteError(Exception):
    """An edition's files could not all be drawn; it waits, and the message says why."""


def at_once() -> tuple[FileFormat, ...]:
    """Return the forms that are drawn before an edition is published: all, or with workers all but the slow one."""
    slow = {FileFormat.PDF} if settings.RENDER_WORKERS else set()
    return tuple(form for form in FileFormat if form not in slow)


def left_to_workers(edition: Edition) -> None:
    """Put an edition into the queue, in the transaction that publishes it, where workers draw what it lacks."""
    if settings.RENDER_WORKERS:
        RenderingClaim.objects.create(edition=edition, free_at=timezone.now())


def gather() -> int:
    """Put into the queue whatever lacks files and is not in it, for whatever reason; return how many those are."""
    lost = Edition.objects.standing().lacking_files().filter(claim__isnull=True).order_by("pk")
    rows = [RenderingClaim(edition_id=pk, free_at=timezone.now()) for pk in lost.values_list("pk", flat=True)]
    RenderingClaim.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    return len(rows)


def next_claim(worker: str) -> RenderingClaim | None:
    """Take the edition that has waited longest and that nobody has; None where there is none."""
    free = RenderingClaim.objects.filter(free_at__lte=timezone.now()).order_by("free_at", "pk")
    if not free.exists():  # SQLite lets only one write: who has nothing to do keeps nobody waiting
        return None
    with transaction.atomic():
        claim = free.select_for_update(skip_locked=True).first()
        if claim:
            claim.hold(worker)
    return claim


def let_go(worker: str) -> None:
    """Let others have at once what a worker holds: it ends, or it lost the database and does not know."""
    RenderingClaim.objects.filter(worker=worker).update(worker="", free_at=timezone.now())


def work_off(claim: RenderingClaim) -> list[EditionFile]:
    """Draw and add what the edition lacks; raise NotCompleteError where something could not be drawn.

    Errors of the database come out as they are, and the claim stays until it runs out.
    """
    with _kept(claim):
        if Withdrawal.objects.filter(edition=claim.edition).exists():
            claim.done()
            return []
        try:
            added = complete_files(claim.edition)
        except AWAY:
            raise
        except Exception as error:  # noqa: BLE001 whatever it is, it is noted and tried again later
            return _given_up(claim, error)
    claim.done()
    return added


def hurry(edition: Edition, *, by: Any) -> None:
    """Let the workers try again at once, however often it failed; the trail says who asked."""
    RenderingClaim.objects.filter(edition=edition, worker="").update(tries=0, free_at=timezone.now())
    gather()
    subject = subject_of(edition.disclosure)
    AuditTrail.append("complete_files", str(edition), by=by, subject=subject, edition=edition.pk, files={})


def _given_up(claim: RenderingClaim, error: Exception) -> list[EditionFile]:
    """Note why, and let the edition wait; one that was withdrawn meanwhile is simply forgotten."""
    if Withdrawal.objects.filter(edition=claim.edition).exists():
        claim.done()
        return []
    said = str(error) if isinstance(error, RefusalError | IncompleteError) else reason_of(error)
    if not isinstance(error, IncompleteError):
        not_drawn(claim.edition, said)
    claim.failed()
    raise NotCompleteError(said) from error


@contextmanager
def _kept(claim: RenderingClaim) -> Iterator[None]:
    """Renew a claim for as long as this takes."""
    ended = threading.Event()
    beating = threading.Thread(target=_beat, args=(claim, ended), daemon=True)
    beating.start()
    try:
        yield
    finally:
        ended.set()
        beating.join()


def _beat(claim: RenderingClaim, ended: threading.Event) -> None:
    while not ended.wait(BEAT):
        try:
            claim.renew()
        except DatabaseError as error:
            logger.warning("claim not renewed", extra={"edition": claim.edition_id, "reason": type(error).__name__})
        finally:
            connection.close()
