"""历史公开文件: old disclosures published and withdrawn. Verbs with an actor, atomic, on the trail."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from budgets.access import posts_of
from budgets.enums import Role
from budgets.models import AuditTrail, Department, Government, Unit
from disclosure.filetypes import DOCUMENTS, type_of
from disclosure.models import ArchivedDisclosure, ArchivedWithdrawal, Edition
from disclosure.personal import look
from disclosure.refusal import RefusalError

SAID = 5
"""How many places of personal data a refusal repeats."""


class Particulars(NamedTuple):
    """What is known of an old disclosure beside its file; blank ``publisher``: the department itself."""

    department: Department
    year: int
    phase: str
    title: str
    published_on: date
    unit: Unit | None = None
    publisher: str = ""
    document_number: str = ""
    source: str = ""


def publishes_archived(user: Any, government: Government, department: Department | None = None) -> bool:
    """Tell whether the user is this government's publisher, for all of it or for ``department``."""
    return any(
        post.role == Role.PUBLISHER
        and post.government_id == government.pk
        and (post.department_id is None or (department is not None and post.department_id == department.pk))
        for post in posts_of(user)
    )


def publish_archived(
    particulars: Particulars, *, by: Any, name: str, data: bytes, confirmation: str = ""
) -> ArchivedDisclosure:
    """Publish the file of a disclosure older than the portal; ``confirmation``: why, where personal data may be in it.

    Raises RefusalError with a sentence for the publisher; then nothing has been published.
    """
    row = examined(particulars, by=by, name=name, data=data, confirmation=confirmation)
    with transaction.atomic():
        Government.objects.select_for_update().get(pk=row.government_id)
        _first_of_its_kind(row)
        row.keep(data)
        row.save()
        detail = {"file": name, "sha256": row.sha256, "privacy": row.privacy, "confirmation": row.confirmation}
        AuditTrail.append("publish_archived", str(row), by=by, **detail)
    return row


def examined(
    particulars: Particulars, *, by: Any, name: str, data: bytes, confirmation: str = ""
) -> ArchivedDisclosure:
    """Return the row that publishing the file would store, and store nothing; raise RefusalError as that would."""
    government = particulars.department.government
    if not publishes_archived(by, government, particulars.department):
        raise RefusalError(f"用户“{by}”不是{government}的发布人，不能发布历史文件。请由安全管理员授予“发布人”岗位。")
    kind = type_of(name, data, DOCUMENTS)
    looked = look(name, data, kind)
    row = _archived(particulars)
    row.file_name, row.extension, row.privacy = name, kind.extension, looked.remarks
    row.added_by, row.added_at = by, timezone.now()
    row.confirmation = confirmation.strip() if looked.remarks else ""
    if row.privacy and not row.confirmation:
        raise RefusalError(_unconfirmed(row.privacy.split("\n"), read=not looked.unread))
    row.stamp(data)
    _sound(row)
    _first_of_its_kind(row)
    return row


def withdraw_archived(archived: ArchivedDisclosure, *, by: Any, reason: str) -> ArchivedWithdrawal:
    """Withdraw an old file: its address says so for ever, its bytes are destroyed once that is on record."""
    if not publishes_archived(by, archived.government, archived.department):
        raise RefusalError(f"用户“{by}”不是{archived.government}的发布人，不能撤下历史文件。")
    row = ArchivedWithdrawal(archived=archived, reason=reason.strip(), withdrawn_by=by, withdrawn_at=timezone.now())
    if not row.reason:
        raise RefusalError("撤下须说明理由。")
    with transaction.atomic():
        Government.objects.select_for_update().get(pk=archived.government_id)
        if ArchivedWithdrawal.objects.filter(archived=archived).exists():
            raise RefusalError(f"《{archived}》已经撤下，不需要再次撤下。")
        _sound(row)
        row.save()
        AuditTrail.append("withdraw_archived", str(archived), by=by, sha256=archived.sha256, reason=row.reason)
        transaction.on_commit(lambda: destroy(archived))
    return row


def destroy(archived: ArchivedDisclosure) -> None:
    """Destroy the bytes of a withdrawn file, unless another live record has the same; safe to run again."""
    with transaction.atomic():
        Government.objects.select_for_update().get(pk=archived.government_id)
        same = {name: getattr(archived, name) for name in ("government_code", "sha256", "extension")}
        if not ArchivedDisclosure.objects.live().filter(**same).exists():
            archived.erase()


def _archived(particulars: Particulars) -> ArchivedDisclosure:
    """Return the row to be, with codes and names as they are today."""
    department, unit = particulars.department, particulars.unit
    if unit and unit.department_id != department.pk:
        raise RefusalError(f"单位“{unit}”不属于{department}，请核对单位编码。")
    if particulars.published_on > timezone.localdate():
        raise RefusalError("原公开日期不能晚于今天，请核对。")
    return ArchivedDisclosure(
        government=department.government,
        department=department,
        unit=unit,
        government_code=department.government.code,
        government_name=department.government.full_name,
        department_code=department.code,
        department_name=department.name,
        unit_code=unit.code if unit else "",
        unit_name=unit.name if unit else "",
        year=particulars.year,
        phase=particulars.phase,
        title=particulars.title.strip(),
        published_on=particulars.published_on,
        publisher=particulars.publisher.strip() or department.full_name,
        document_number=particulars.document_number.strip(),
        source=particulars.source.strip(),
    )


def _unconfirmed(remarks: list[str], *, read: bool) -> str:
    said = "；".join(remarks[:SAID]) + (f"等{len(remarks)}处" if len(remarks) > SAID else "")
    if read:
        return f"文件中有个人信息：{said}。请从文件中删去后重新上传；确须保留的，请写明仍然公开的理由。"
    return f"{said}请逐页核对文件，确认没有不得公开的内容后，写明核对情况作为理由。"


def _first_of_its_kind(row: ArchivedDisclosure) -> None:
    """Refuse what the portal published itself, and the same file twice at one address."""
    where = (row.government_code, row.year, row.department_code, row.unit_code, row.phase)
    if Edition.objects.at(*where).exists():
        raise RefusalError(
            f"{row.unit_name or row.department_name}{row.year}年{row.get_phase_display()}已在本平台公开，"
            "不能再补录历史文件；内容需要改动的，请在“预算公开”中更正。"
        )
    names = ("government_code", "year", "department_code", "unit_code", "phase", "sha256")
    if ArchivedDisclosure.objects.live().filter(**{name: getattr(row, name) for name in names}).exists():
        raise RefusalError("同一份文件已经在这一年度发布过，不需要再次发布。")


def _sound(row: ArchivedDisclosure | ArchivedWithdrawal) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        raise RefusalError("不能发布：" + "；".join(_complaints(row, error))) from error


def _complaints(row: ArchivedDisclosure | ArchivedWithdrawal, error: ValidationError) -> Iterator[str]:
    for field, messages in error.message_dict.items():
        name = "" if field == "__all__" else getattr(row._meta.get_field(field), "verbose_name", field)
        yield f"{name}{'：' if name else ''}{''.join(messages)}"
