"""The audit trail: each row carries the hash of the one before it."""

from budgets.models import AuditTrail
from budgets.models.trail import GENESIS


def test_publishing_wrote_a_row(edition):
    first, row = AuditTrail.objects.order_by("id").first(), AuditTrail.objects.get(action="publish")

    assert (first.previous_hash, row.target) == (GENESIS, str(edition.disclosure))
    assert edition.content_sha256 in row.detail


def test_rows_are_chained_and_their_hashes_hold_after_reading_back(edition):
    for number in range(3):
        AuditTrail.append("试写", f"第{number}条", by=edition.published_by, 备注="甲")

    rows = list(AuditTrail.objects.order_by("id"))

    assert [row.previous_hash for row in rows] == [GENESIS, *(row.hash for row in rows[:-1])]
    assert [row.hash for row in rows] == [row.digest() for row in rows]


def test_a_changed_row_no_longer_fits_its_hash(edition):
    row = AuditTrail.append("试写", "甲", by=edition.published_by)

    row.target = "乙"

    assert row.digest() != row.hash
