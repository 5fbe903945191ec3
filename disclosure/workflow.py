"""What is done with a disclosure: verbs with an actor, atomic and row-locked; a refusal is a sentence for the clerk."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from budgets.enums import Role
from budgets.models import AuditTrail, Membership
from disclosure.content import Content
from disclosure.document import Context, Document, imprint_of
from disclosure.enums import EditionKind, FileFormat, Status
from disclosure.freezing import lines_of, lock_codes, texts_of
from disclosure.models import Disclosure, Edition, EditionContent, EditionFile, EditionLine, EditionText
from disclosure.readiness import check
from disclosure.refusal import RefusalError
from disclosure.render import RENDERERS, EngineMissingError


class Act(NamedTuple):
    """Who publishes, why, and when."""

    by: Any
    reason: str
    at: datetime


def publish(disclosure: Disclosure, *, by: Any, reason: str = "") -> Edition:
    """Freeze the draft as a new edition and return it; ``reason`` is required for a correction.

    Files are rendered before the transaction, which re-checks under the row lock that nothing changed meanwhile.
    Where the PDF engine is not installed the edition goes without its PDF, which :func:`complete_files` adds later.
    Raises RefusalError with a sentence for the clerk; then nothing has been published.
    """
    _may_publish(disclosure, by)
    draft = Document.of(disclosure)
    check(disclosure, draft)
    previous = disclosure.editions.current().first()
    _worth_an_edition(draft, previous, reason)
    act = Act(by, reason.strip(), timezone.now().replace(microsecond=0))
    edition = _edition(disclosure, draft, previous, act)
    files = list(_files(Document(draft.content, Context(imprint=imprint_of(edition))), FileFormat))
    with transaction.atomic():
        locked = Disclosure.objects.select_for_update().get(pk=disclosure.pk)
        _unchanged(locked, edition, previous)
        _store(edition, draft, files)
        Disclosure.objects.filter(pk=locked.pk).update(
            status=Status.PUBLISHED, index_number=edition.index_number, version=locked.version + 1
        )
        AuditTrail.append("publish", str(edition), by=by, sha256=edition.content_sha256)
    return edition


def complete_files(edition: Edition) -> list[EditionFile]:
    """Render and add the files an edition lacks; raise EngineMissingError where one still cannot be drawn."""
    there = set(edition.files.values_list("format", flat=True))
    document = Document.of_edition(edition)
    added = [EditionFile.keep(form, RENDERERS[form](document)) for form in FileFormat if form not in there]
    _attach(edition, added)
    return added


def _may_publish(disclosure: Disclosure, by: Any) -> None:
    government = disclosure.budget.fiscal_year.government
    if not by.is_active or not Membership.objects.filter(user=by, role=Role.PUBLISHER, government=government):
        message = f"用户“{by}”不是{government}的发布人，不能公开。请由安全管理员授予“发布人”岗位。"
        raise RefusalError(message)
    if disclosure.unit:
        raise RefusalError("目前只能公开部门预算；单位预算的公开地址建立之后才能单独公开。")


def _worth_an_edition(draft: Document, previous: Edition | None, reason: str) -> None:
    if previous is None:
        return
    if previous.content_sha256 == draft.sha256:
        message = f"内容与已公开的第{previous.number}版完全相同，不需要再次公开。"
        raise RefusalError(message)
    if not reason.strip():
        message = f"已有第{previous.number}版公开，再次公开属于更正，请说明更正理由。"
        raise RefusalError(message)


def _edition(disclosure: Disclosure, draft: Document, previous: Edition | None, act: Act) -> Edition:
    """Return the edition to be, checked but not saved."""
    content = draft.content
    edition = Edition(
        disclosure=disclosure,
        number=previous.number + 1 if previous else 1,
        kind=EditionKind.CORRECTION if previous else EditionKind.FIRST,
        supersedes=previous,
        reason=act.reason if previous else "",
        **_address(content),
        index_number=disclosure.index_number or next_index_number(disclosure),
        document_number=disclosure.document_number,
        topic=disclosure.topic,
        publisher=disclosure.publisher or disclosure.budget.department.full_name,
        composed_on=disclosure.composed_on,
        content_sha256=draft.sha256,
        published_at=act.at,
        published_by=act.by,
    )
    try:
        edition.full_clean()
    except ValidationError as error:
        raise RefusalError("不能公开：" + "；".join(_complaints(error))) from error
    return edition


def _address(content: Content) -> dict[str, Any]:
    return {
        "government_code": content.government.code,
        "year": content.year,
        "phase": content.phase,
        "department_code": content.department.code,
        "department_name": content.department.name,
        "title": content.title,
        "notice": content.notice or "",
    }


def _complaints(error: ValidationError) -> Iterator[str]:
    for field, messages in error.message_dict.items():
        name = "" if field == "__all__" else getattr(Edition._meta.get_field(field), "verbose_name", field)
        yield f"{name}{''.join(messages)}"


def next_index_number(disclosure: Disclosure) -> str:
    """Return 机构代码/年份-5位流水号, the next one never used by this organisation in this year."""
    year = disclosure.budget.fiscal_year
    of = disclosure.unit or disclosure.budget.department
    prefix = f"{year.government.code}{of.code}/{year.year}-"
    used = Disclosure.objects.filter(index_number__startswith=prefix).values_list("index_number", flat=True)
    serials = [int(found[1]) for number in used if (found := re.fullmatch(r".*-(\d{5})", number or ""))]
    return f"{prefix}{max(serials, default=0) + 1:05d}"


def _files(document: Document, formats: type[FileFormat]) -> Iterator[EditionFile]:
    for form in formats:
        try:
            yield EditionFile.keep(form, RENDERERS[form](document))
        except EngineMissingError:
            continue


def _unchanged(locked: Disclosure, edition: Edition, previous: Edition | None) -> None:
    """Refuse when the draft, its metadata or its editions are not those the files were drawn from."""
    latest = locked.editions.current().first()
    again = Document.of(locked)
    if (latest and latest.pk) == (previous and previous.pk) and again.sha256 == edition.content_sha256:
        act = Act(edition.published_by, edition.reason, edition.published_at)
        now = _edition(locked, again, previous, act)
        if imprint_of(now) == imprint_of(edition):
            return
    raise RefusalError("生成文件期间，内容被修改或已由他人公开。没有公开任何内容，请核对后重试。")


def _store(edition: Edition, document: Document, files: list[EditionFile]) -> None:
    edition.save()
    EditionContent.objects.create(edition=edition, text=document.canonical)
    lines = [EditionLine(edition=edition, **line._asdict()) for line in lines_of(document.content)]
    EditionLine.objects.bulk_create(lines, batch_size=500)
    texts = [EditionText(edition=edition, **text._asdict()) for text in texts_of(document.content)]
    EditionText.objects.bulk_create(texts)
    _attach(edition, files)
    lock_codes(edition.disclosure)


def _attach(edition: Edition, files: list[EditionFile]) -> None:
    for file in files:
        file.edition = edition
        file.save()
