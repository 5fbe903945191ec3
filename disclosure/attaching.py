"""附件: files kept with a disclosure. Verbs with an actor, atomic, on the trail; refusals are sentences."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from budgets.access import posts_of, reaches
from budgets.enums import Role
from budgets.models import AuditTrail
from disclosure.enums import AttachmentKind
from disclosure.filetypes import type_of
from disclosure.models import Attachment, AttachmentVoid, Disclosure
from disclosure.refusal import RefusalError

WORKING = (
    Role.CLERK,
    Role.DEPARTMENT_REVIEWER,
    Role.SECRECY_REVIEWER,
    Role.SIGNING_HEAD,
    Role.BUREAU_REVIEWER,
    Role.PUBLISHER,
)
"""Whose work a disclosure is; auditors look, administrators do not even look."""


def works_on(user: Any, disclosure: Disclosure) -> bool:
    """Tell whether one of the user's posts has work with this disclosure, and may therefore keep files with it."""
    budget = disclosure.budget
    return reaches(user, disclosure, "view") and any(
        post.role in WORKING
        and post.government_id == budget.fiscal_year.government_id
        and post.department_id in (None, budget.department_id)
        and post.unit_id in (None, disclosure.unit_id)
        for post in posts_of(user)
    )


def attach(disclosure: Disclosure, *, by: Any, kind: str, name: str, data: bytes, note: str = "") -> Attachment:  # noqa: PLR0913 all of them by name
    """Keep a file with a disclosure; raise RefusalError where ``by`` may not or the file is none that is kept."""
    _must_work_on(disclosure, by)
    if kind not in AttachmentKind.values:
        raise RefusalError("请选择附件种类。")
    found = type_of(name, data)
    row = Attachment(disclosure=disclosure, kind=kind, note=note.strip(), by=by, at=timezone.now())
    row.file_name, row.extension = name, found.extension
    with transaction.atomic():
        Disclosure.objects.select_for_update().get(pk=disclosure.pk)
        row.stamp(data)
        _sound(row)
        row.keep(data)
        row.save()
        AuditTrail.append("attach", str(disclosure), by=by, file=name, kind=kind, sha256=row.sha256)
    return row


def read_attachment(attachment: Attachment, *, by: Any) -> bytes:
    """Return the bytes and leave a trace; raise RefusalError for strangers, FileDamagedError for altered bytes."""
    if not reaches(by, attachment, "view"):
        raise RefusalError("这个附件不在您可以查看的范围内。")
    data = attachment.read()
    detail = {"file": attachment.file_name, "sha256": attachment.sha256}
    AuditTrail.append("download_attachment", str(attachment.disclosure), by=by, **detail)
    return data


def void_attachment(attachment: Attachment, *, by: Any, reason: str) -> AttachmentVoid:
    """Declare an attachment mistaken; it stays, marked. Raise RefusalError where it is already, or without a reason."""
    _must_work_on(attachment.disclosure, by)
    row = AttachmentVoid(attachment=attachment, reason=reason.strip(), by=by, at=timezone.now())
    if not row.reason:
        raise RefusalError("作废附件须写明理由。")
    with transaction.atomic():
        Disclosure.objects.select_for_update().get(pk=attachment.disclosure_id)
        if AttachmentVoid.objects.filter(attachment=attachment).exists():
            raise RefusalError(f"{attachment}已经作废，不需要再次作废。")
        _sound(row)
        row.save()
        detail = {"file": attachment.file_name, "sha256": attachment.sha256, "reason": row.reason}
        AuditTrail.append("void_attachment", str(attachment.disclosure), by=by, **detail)
    return row


def _must_work_on(disclosure: Disclosure, by: Any) -> None:
    if not works_on(by, disclosure):
        message = f"用户“{by}”没有经办或审核{disclosure}的岗位，不能增加或作废附件。请由安全管理员授予岗位。"
        raise RefusalError(message)


def _sound(row: Attachment | AttachmentVoid) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        raise RefusalError("不能保存：" + "；".join(error.messages)) from error
