"""Attachments: who keeps them, what stays of them, and the trail of every step."""

import json

import pytest
from archived import SCANNED, somebody
from factories import a_unit

from budgets.enums import Role
from budgets.immutable import FrozenError
from budgets.models import AuditTrail
from disclosure.attaching import WORKING, attach, read_attachment, void_attachment
from disclosure.models import Attachment, AttachmentVoid, FileDamagedError
from disclosure.refusal import RefusalError


@pytest.fixture
def clerk(disclosure):
    return somebody(Role.CLERK, disclosure.budget.department)


def kept(disclosure, by, **stated):
    given = {"kind": "signature", "name": "审签.pdf", "data": SCANNED, "note": " 原件在办公室 ", **stated}
    return attach(disclosure, by=by, **given)


def last(action: str):
    return json.loads(AuditTrail.objects.filter(action=action).latest("id").detail)


def test_an_attachment_is_kept_byte_for_byte_and_on_the_trail(disclosure, clerk):
    row = kept(disclosure, clerk)

    data = read_attachment(row, by=clerk)

    assert (data, row.size, row.note, row.by) == (SCANNED, len(SCANNED), "原件在办公室", clerk)
    assert last("attach") == {"file": "审签.pdf", "kind": "signature", "sha256": row.sha256}
    assert last("download_attachment") == {"file": "审签.pdf", "sha256": row.sha256}


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_those_whose_work_it_is_keep_files_and_nobody_else(disclosure, role):
    user = somebody(role, disclosure.budget.department)
    try:
        kept(disclosure, user)
    except RefusalError as refusal:
        said = str(refusal)
    else:
        said = ""

    assert (said == "") == (role in WORKING)
    assert not said or "没有经办或审核" in said


def test_an_auditor_here_who_is_a_clerk_elsewhere_keeps_nothing_here(disclosure):
    auditor = somebody(Role.AUDITOR, disclosure.budget.department, whole=True)
    elsewhere = a_unit("130303", "299", "299001").department
    auditor.memberships.create(role=Role.CLERK, government=elsewhere.government, department=elsewhere)

    with pytest.raises(RefusalError, match="没有经办或审核"):
        kept(disclosure, auditor)


def test_a_clerk_of_another_department_reads_nothing(disclosure, clerk):
    row, stranger = kept(disclosure, clerk), somebody(Role.CLERK, a_unit("130303", "299", "299001").department)

    with pytest.raises(RefusalError, match="不在您可以查看的范围内"):
        read_attachment(row, by=stranger)
    with pytest.raises(RefusalError, match="没有经办或审核"):
        void_attachment(row, by=stranger, reason="看看")


def test_a_file_that_is_refused_leaves_nothing(disclosure, clerk):
    before = AuditTrail.objects.count()

    with pytest.raises(RefusalError, match="可执行文件"):
        kept(disclosure, clerk, data=b"MZ")
    with pytest.raises(RefusalError, match="请选择附件种类"):
        kept(disclosure, clerk, kind="secret")

    assert (Attachment.objects.count(), AuditTrail.objects.count()) == (0, before)


def test_a_mistaken_attachment_is_marked_once_with_a_reason_and_stays(disclosure, clerk):
    row = kept(disclosure, clerk)
    with pytest.raises(RefusalError, match="作废附件须写明理由"):
        void_attachment(row, by=clerk, reason=" ")

    void = void_attachment(row, by=clerk, reason="传错文件")

    with pytest.raises(RefusalError, match="已经作废"):
        void_attachment(row, by=clerk, reason="再来")
    with pytest.raises(FrozenError):
        row.delete()
    assert (AttachmentVoid.objects.get(), read_attachment(row, by=clerk)) == (void, SCANNED)
    assert last("void_attachment")["reason"] == "传错文件"


def test_altered_bytes_are_never_handed_out(disclosure, clerk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    row = kept(disclosure, clerk)
    (tmp_path / row.storage_name).write_bytes(b"%PDF-other")

    with pytest.raises(FileDamagedError):
        read_attachment(row, by=clerk)

    assert not AuditTrail.objects.filter(action="download_attachment").exists()
