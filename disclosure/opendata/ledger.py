"""Writes the public ledger and checks it: what was published, corrected and withdrawn, in that order, for ever."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from budgets.chain import Finding
from disclosure.enums import EditionKind
from disclosure.models import Edition, LedgerEntry, LedgerHead, Withdrawal
from disclosure.models.ledger import GENESIS
from disclosure.opendata.keys import key_of

FORMAT = "budget-ledger/1"
PUBLISH, CORRECT, WITHDRAW = "publish", "correct", "withdraw"


def published(edition: Edition) -> None:
    """Write down that an edition was published, in the transaction that does it."""
    act = CORRECT if edition.kind == EditionKind.CORRECTION else PUBLISH
    before = key_of(edition.supersedes) if edition.supersedes else None
    _append(edition, act, edition.published_at, edition.reason, supersedes=before)


def withdrawn(withdrawal: Withdrawal) -> None:
    """Write down that an edition was withdrawn, in the transaction that does it."""
    _append(withdrawal.edition, WITHDRAW, withdrawal.withdrawn_at, withdrawal.reason)


@transaction.atomic
def _append(edition: Edition, act: str, at: datetime, reason: str, **more: Any) -> None:
    head, _ = LedgerHead.objects.select_for_update().get_or_create(pk=1)
    said = {
        "number": head.lines + 1,
        "act": act,
        "at": at.astimezone(UTC).isoformat(),
        "edition": key_of(edition),
        "title": edition.title,
        "publisher": edition.publisher,
        "sha256": edition.content_sha256,
        "reason": reason,
    }
    text = json.dumps(said | more, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    head.lines, head.last_sha256 = head.lines + 1, chained(head.last_sha256, text)
    LedgerEntry.objects.create(number=head.lines, edition=edition, text=text, sha256=head.last_sha256)
    head.save()


def chained(before: str, text: str) -> str:
    """Return the hash of a line by the hash before it and its text."""
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


def problems() -> Iterator[Finding]:
    """Yield every line that is not what was written, and an end that is not the head's."""
    last, count = GENESIS, 0
    for entry in LedgerEntry.objects.select_related("edition").iterator(chunk_size=500):
        count += 1
        said = json.loads(entry.text)
        if entry.number != count or chained(last, entry.text) != entry.sha256:
            yield Finding(f"公开台账第{count}条", "与前一条接不上，被改过、插入或删除。")
        if said["sha256"] != entry.edition.content_sha256 or said["edition"] != key_of(entry.edition):
            yield Finding(f"公开台账第{count}条", f"与“{entry.edition}”不一致。")
        last = entry.sha256
    head = LedgerHead.objects.filter(pk=1).first()
    if (head.last_sha256, head.lines) != (last, count) if head else count:
        yield Finding("公开台账", "末尾与记下的不一致，被截断。")
