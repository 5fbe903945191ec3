"""The page of attachments: rights row by row, files that are only ever saved, a trail of every download."""

import pytest
from archived import SCANNED, somebody
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from factories import a_unit

from budgets.enums import Role
from budgets.models import AuditTrail
from disclosure.attaching import attach, void_attachment
from disclosure.models import Attachment


@pytest.fixture
def clerk(client, disclosure):
    user = somebody(Role.CLERK, disclosure.budget.department)
    client.force_login(user)
    return user


def kept(disclosure, by, name="审签.pdf"):
    return attach(disclosure, by=by, kind="signature", name=name, data=SCANNED)


def listing(disclosure) -> str:
    return reverse("admin:attachments", args=[disclosure.pk])


def file_of(row) -> str:
    return reverse("admin:attachment_file", args=[row.disclosure_id, row.pk])


def sent(name: str, data: bytes) -> dict[str, object]:
    return {"kind": "secrecy_review", "note": "原件", "file": SimpleUploadedFile(name, data)}


def test_a_file_is_uploaded_listed_and_saved_never_shown(client, clerk, disclosure):
    response = client.post(listing(disclosure), sent("审查.pdf", SCANNED), follow=True)
    row = Attachment.objects.get()

    file = client.get(file_of(row))

    assert "已保存保密审查表“审查.pdf”。" in response.content.decode()
    assert (file.content, file["Content-Type"], file["X-Content-Type-Options"]) == (
        SCANNED,
        "application/octet-stream",
        "nosniff",
    )
    assert file["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert AuditTrail.objects.filter(action="download_attachment", actor=clerk).count() == 1


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("空.pdf", b"", "文件是空的（0字节）"),
        ("程序.pdf", b"MZ", "可执行文件"),
        ("假.pdf", b"\xff\xd8\xff", "内容却是 JPEG"),
    ],
)
@pytest.mark.usefixtures("clerk")
def test_a_file_that_is_not_taken_is_said_on_the_page(client, disclosure, name, data, said):
    response = client.post(listing(disclosure), sent(name, data))

    assert (response.status_code, said in response.content.decode()) == (400, True)
    assert Attachment.objects.count() == 0


def test_a_name_of_folders_and_marks_is_kept_plain(client, clerk, disclosure):
    client.post(listing(disclosure), sent("../../a:fdp.pdf", SCANNED))

    assert Attachment.objects.get().file_name == "a_fdp.pdf"


def test_a_mistaken_file_is_marked_and_can_still_be_read(client, clerk, disclosure):
    row = kept(disclosure, clerk)
    address = reverse("admin:attachment_void", args=[disclosure.pk, row.pk])

    empty, done = client.post(address, {"reason": ""}), client.post(address, {"reason": "传错"}, follow=True)

    assert (empty.status_code, "作废附件须写明理由" in empty.content.decode()) == (400, True)
    assert "<del>审签.pdf</del>" in done.content.decode()
    assert client.get(file_of(row)).content == SCANNED
    assert client.get(address).status_code == 405


def test_a_clerk_of_another_department_finds_nothing(client, clerk, disclosure):
    row = kept(disclosure, clerk)
    client.force_login(somebody(Role.CLERK, a_unit("130303", "299", "299001").department))
    void = reverse("admin:attachment_void", args=[disclosure.pk, row.pk])

    answers = [client.get(listing(disclosure)), client.get(file_of(row)), client.post(void, {"reason": "看"})]
    answers.append(client.post(listing(disclosure), sent("审查.pdf", SCANNED)))

    assert [answer.status_code for answer in answers] == [404] * 4
    assert Attachment.objects.count() == 1


def test_an_attachment_is_found_only_under_its_own_disclosure(client, clerk, disclosure):
    row = kept(disclosure, clerk)
    other = reverse("admin:attachment_file", args=[disclosure.pk, row.pk + 1])

    assert client.get(other).status_code == 404


def test_an_auditor_looks_and_adds_nothing(client, clerk, disclosure):
    row = kept(disclosure, clerk)
    client.force_login(somebody(Role.AUDITOR, disclosure.budget.department))

    page, posted = client.get(listing(disclosure)), client.post(listing(disclosure), sent("a.pdf", SCANNED))

    assert "不能增加或作废附件" in page.content.decode()
    assert "保存附件" not in page.content.decode()
    assert client.get(file_of(row)).content == SCANNED
    assert (posted.status_code, Attachment.objects.count()) == (400, 1)


def test_an_altered_file_is_never_handed_out(client, clerk, disclosure, settings, tmp_path):
    row = kept(disclosure, clerk)
    settings.MEDIA_ROOT = tmp_path

    response = client.get(file_of(row))

    assert (response.status_code, "已停止提供" in response.content.decode()) == (503, True)


def test_the_page_takes_the_same_queries_for_more_files(client, clerk, disclosure):
    void_attachment(kept(disclosure, clerk), by=clerk, reason="传错")
    with CaptureQueriesContext(connection) as one:
        client.get(listing(disclosure))
    for name in ("二.pdf", "三.pdf"):
        void_attachment(kept(disclosure, clerk, name), by=clerk, reason="传错")

    with CaptureQueriesContext(connection) as three:
        client.get(listing(disclosure))

    assert len(one) == len(three) == 6
