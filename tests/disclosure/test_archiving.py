"""Old disclosures: who publishes them, what is looked for in them, and what a withdrawal leaves."""

from datetime import timedelta

import pytest
from archived import PLANTED, SCANNED, an_archived, compound, particulars, somebody, word
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone
from factories import a_unit

from budgets.enums import Role
from budgets.immutable import FrozenError
from budgets.models import AuditTrail, Department
from disclosure.archiving import publish_archived, withdraw_archived
from disclosure.models import ArchivedDisclosure, ArchivedWithdrawal
from disclosure.refusal import RefusalError


@pytest.fixture
def department(db):
    return Department.objects.get(code="203")


@pytest.fixture
def publisher(department):
    return somebody(Role.PUBLISHER, department, whole=True)


def refusal(stated, by, data=None, **options) -> str:
    """Say why an old file is refused, having seen that nothing was published."""
    before = ArchivedDisclosure.objects.count(), AuditTrail.objects.count()
    given = {"name": "旧.docx", "data": data or word("公开说明。"), **options}
    with pytest.raises(RefusalError) as caught:
        publish_archived(stated, by=by, **given)
    assert (ArchivedDisclosure.objects.count(), AuditTrail.objects.count()) == before
    return str(caught.value)


def test_an_old_file_is_kept_with_the_names_of_its_day(department, publisher):
    row = an_archived(department, publisher)
    name = department.name
    Department.objects.filter(pk=department.pk).update(name="后来的名称")

    again = ArchivedDisclosure.objects.get(pk=row.pk)

    assert (again.department_name, again.publisher) == (name, department.full_name)
    assert again.read() == row.read()
    assert (again.privacy, again.confirmation) == ("", "")
    with pytest.raises(FrozenError):
        again.save()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PUBLISHER], ids=lambda role: role.value)
def test_only_publishers_publish_and_withdraw(department, publisher, role):
    row, other = an_archived(department, publisher), somebody(role, department, whole=True)

    assert "不是山海关区的发布人" in refusal(particulars(department, year=2018), other)
    with pytest.raises(RefusalError, match="不是山海关区的发布人"):
        withdraw_archived(row, by=other, reason="误公开")


def test_another_governments_publisher_publishes_nothing_here(department):
    stranger = somebody(Role.PUBLISHER, a_unit("900001", "901", "901001").department, whole=True)

    assert "不是山海关区的发布人" in refusal(particulars(department), stranger)


def test_personal_data_is_refused_with_its_places_unless_confirmed(department, publisher):
    data = word("公开说明。", PLANTED)

    said = refusal(particulars(department), publisher, data)
    row = publish_archived(
        particulars(department), by=publisher, name="旧.docx", data=data, confirmation="单位公开电话"
    )

    assert said == (f"文件中有个人信息：{row.privacy}。请从文件中删去后重新上传；确须保留的，请写明仍然公开的理由。")
    assert "手机号“138****5678”" in row.privacy
    assert row.confirmation == "单位公开电话"


def test_a_card_is_known_by_the_head_of_its_column(department, publisher):
    import io

    from docx import Document as Word

    document, written = Word(), io.BytesIO()
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("姓名", "银行卡号", "张三", "4000001234567899"), strict=True):
        cell.text = text
    document.save(written)

    assert "银行卡号“4000********7899”" in refusal(particulars(department), publisher, written.getvalue())


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [("扫描.pdf", SCANNED, "没有文字"), ("旧.doc", compound("WordDocument"), "旧版 .doc 文件不能读出文字")],
)
def test_what_cannot_be_read_is_published_only_after_somebody_looked(department, publisher, name, data, said):
    assert said in refusal(particulars(department), publisher, data, name=name)

    row = publish_archived(particulars(department), by=publisher, name=name, data=data, confirmation="已逐页核对")

    assert (said in row.privacy, row.confirmation) == (True, "已逐页核对")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("坏.pdf", b"%PDF-1.4 broken", "“坏.pdf”不能发布：PDF 不完整或已损坏"),
        ("程序.pdf", b"MZ", "“程序.pdf”是可执行文件"),
        ("图.png", b"\x89PNG\r\n\x1a\n", "“图.png”不是可以接受的文件"),
        ("假.pdf", word("说明"), "“假.pdf”扩展名是 .pdf，内容却是 Word（.docx）文件"),
    ],
)
def test_hostile_and_broken_files_are_refused_whatever_is_confirmed(department, publisher, name, data, said):
    options = {"name": name, "confirmation": "已核对"}

    assert refusal(particulars(department), publisher, data, **options).startswith(said)


def test_what_the_portal_published_itself_is_corrected_not_archived(edition, department, publisher):
    said = refusal(particulars(department, year=2022), publisher)

    assert said == (
        f"{department.name}2022年年初预算已在本平台公开，不能再补录历史文件；内容需要改动的，请在“预算公开”中更正。"
    )
    assert an_archived(department, publisher, year=2022, phase="final").phase == "final"


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ({"year": 1999}, "年度应在2000至2100之间"),
        ({"title": " "}, "标题"),
        ({"phase": "none"}, "阶段"),
        ({"source": "javascript:alert(1)"}, "请填写以 http:// 或 https:// 开头的完整网址"),
        ({"published_on": timezone.localdate() + timedelta(days=2)}, "原公开日期不能晚于今天"),
    ],
)
def test_particulars_that_cannot_be_are_refused(department, publisher, stated, said):
    assert said in refusal(particulars(department, **stated), publisher)


def test_a_unit_of_another_department_is_refused(department, publisher):
    unit = a_unit("130303", "299", "299001")

    assert "不属于" in refusal(particulars(department, unit=unit), publisher)


def test_the_same_file_is_not_published_twice_at_one_address(department, publisher):
    row = an_archived(department, publisher)

    assert "已经在这一年度发布过" in refusal(particulars(department), publisher, row.read())


def test_a_withdrawal_destroys_the_bytes_once_it_is_on_record(
    department, publisher, django_capture_on_commit_callbacks
):
    row = an_archived(department, publisher, "只此一份。")
    with pytest.raises(RefusalError, match="撤下须说明理由"):
        withdraw_archived(row, by=publisher, reason=" ")

    with django_capture_on_commit_callbacks(execute=True):
        withdraw_archived(row, by=publisher, reason="误公开")

    assert not default_storage.exists(row.storage_name)
    assert ArchivedDisclosure.objects.live().filter(pk=row.pk).exists() is False
    assert AuditTrail.objects.filter(action="withdraw_archived").count() == 1
    with pytest.raises(RefusalError, match="已经撤下"):
        withdraw_archived(ArchivedDisclosure.objects.get(pk=row.pk), by=publisher, reason="再来")


def test_bytes_that_another_record_needs_stay(department, publisher, django_capture_on_commit_callbacks):
    first = an_archived(department, publisher, "两年同一份。")
    second = publish_archived(particulars(department, year=2018), by=publisher, name="旧.docx", data=first.read())

    with django_capture_on_commit_callbacks(execute=True):
        withdraw_archived(first, by=publisher, reason="放错年度")
    stayed = default_storage.exists(first.storage_name)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_archived(second, by=publisher, reason="放错年度")

    assert (stayed, default_storage.exists(first.storage_name)) == (True, False)


def test_the_database_refuses_a_withdrawal_without_a_reason_and_personal_data_unconfirmed(department, publisher):
    row = an_archived(department, publisher)
    stated = {"withdrawn_by": publisher, "withdrawn_at": timezone.now(), "reason": ""}
    names = [field.attname for field in row._meta.concrete_fields if not field.primary_key]
    unconfirmed = ArchivedDisclosure(**{**{name: getattr(row, name) for name in names}, "privacy": "手机号"})

    with pytest.raises(IntegrityError), transaction.atomic():
        ArchivedWithdrawal.objects.create(archived=row, **stated)
    with pytest.raises(IntegrityError), transaction.atomic():
        unconfirmed.save()
