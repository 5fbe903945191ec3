"""What is done with a disclosure: verbs with an actor, atomic and row-locked; a refusal is a sentence for the clerk."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from budgets.enums import Role
from budgets.models import AuditTrail, Membership
from disclosure.content import Content
from disclosure.document import Context, Document, Imprint
from disclosure.enums import EditionKind, FileFormat, Status
from disclosure.freezing import lines_of, texts_of
from disclosure.models import Disclosure, Edition, EditionContent, EditionFile, EditionLine, EditionText
from disclosure.render import RENDERERS


class RefusalError(Exception):
    """A step that cannot be taken; the text says why and what to do."""


def publish(disclosure: Disclosure, *, by: Any, reason: str = "") -> Edition:
    """Freeze the draft as a new edition and return it; ``reason`` is required for a correction.

    Files are rendered before the transaction, which re-checks under the row lock that nothing changed meanwhile.
    Raises RefusalError with a sentence for the clerk; then nothing has been published.
    """
    _may_publish(disclosure, by)
    draft = Document.of(disclosure)
    _complete(draft)
    previous = disclosure.editions.current().first()
    _worth_an_edition(draft, previous, reason)
    imprint = _imprint(disclosure, draft, previous, reason)
    document = Document(draft.content, Context(imprint=imprint))
    files = [EditionFile.keep(form, RENDERERS[form](document)) for form in FileFormat]
    with transaction.atomic():
        locked = Disclosure.objects.select_for_update().get(pk=disclosure.pk)
        _unchanged(locked, draft, previous)
        edition = _store(locked, document, previous, by)
        for file in files:
            file.edition = edition
            file.save()
        Disclosure.objects.filter(pk=locked.pk).update(
            status=Status.PUBLISHED, index_number=imprint.index_number, version=locked.version + 1
        )
        AuditTrail.append("publish", str(edition), by=by, sha256=edition.content_sha256)
    return edition


def _may_publish(disclosure: Disclosure, by: Any) -> None:
    year = disclosure.budget.fiscal_year
    if not by.is_active or not Membership.objects.filter(user=by, role=Role.PUBLISHER, government=year.government):
        message = f"用户“{by}”不是{year.government}的发布人，不能公开。请由安全管理员授予“发布人”岗位。"
        raise RefusalError(message)


def _complete(draft: Document) -> None:
    """Refuse what no document may be: tables unexplained or contradicted, sections without words, sides that differ."""
    content: Content = draft.content
    problems = (
        (
            [table.heading for table in content.tables if not table.rows and not table.empty_reason],
            "以下表格没有数据，也没有空表说明：{}。请填写数据，或填写空表说明。",
        ),
        (
            [table.heading for table in content.tables if table.rows and table.key in draft.context.declared_empty],
            "以下表格已有数据，又填写了空表说明：{}。请删除空表说明或数据。",
        ),
        (
            [section.heading for section in content.sections if not section.blocks],
            "以下部分没有内容：{}。请填写后再公开。",
        ),
    )
    for places, message in problems:
        if places:
            raise RefusalError(message.format("、".join(places)))
    _balanced(draft)


def _balanced(draft: Document) -> None:
    """Refuse a 收支总表 whose two totals differ (T1.5)."""
    table = draft.table("totals")
    received, spent = (table.cell(table.rows[-1], side).value for side in ("income_amount", "spending_amount"))
    if isinstance(received, Decimal) and isinstance(spent, Decimal) and received != spent:
        message = (
            f"收入总计{received}元与支出总计{spent}元不相等，相差{abs(received - spent)}元。请核对收入、支出和结转。"
        )
        raise RefusalError(message)


def _worth_an_edition(draft: Document, previous: Edition | None, reason: str) -> None:
    if previous is None:
        return
    if previous.content_sha256 == draft.sha256:
        message = f"内容与已公开的第{previous.number}版完全相同，不需要再次公开。"
        raise RefusalError(message)
    if not reason.strip():
        message = f"已有第{previous.number}版公开，再次公开属于更正，请说明更正理由。"
        raise RefusalError(message)


def _imprint(disclosure: Disclosure, draft: Document, previous: Edition | None, reason: str) -> Imprint:
    budget = disclosure.budget
    return Imprint(
        number=previous.number + 1 if previous else 1,
        kind=EditionKind.CORRECTION if previous else EditionKind.FIRST,
        published_at=timezone.now().replace(microsecond=0),
        supersedes=previous.number if previous else None,
        reason=reason.strip() if previous else "",
        content_sha256=draft.sha256,
        index_number=disclosure.index_number or next_index_number(disclosure),
        document_number=disclosure.document_number,
        topic=disclosure.topic,
        publisher=disclosure.publisher or budget.department.full_name,
        composed_on=disclosure.composed_on,
    )


def next_index_number(disclosure: Disclosure) -> str:
    """Return 机构代码/年份-5位流水号, the next one never used by this organisation in this year."""
    year = disclosure.budget.fiscal_year
    of = disclosure.unit or disclosure.budget.department
    prefix = f"{year.government.code}{of.code}/{year.year}-"
    used = Disclosure.objects.filter(index_number__startswith=prefix).values_list("index_number", flat=True)
    last = max((int(number.removeprefix(prefix)) for number in used if number), default=0)
    return f"{prefix}{last + 1:05d}"


def _unchanged(locked: Disclosure, draft: Document, previous: Edition | None) -> None:
    latest = locked.editions.current().first()
    if (latest and latest.pk) != (previous and previous.pk) or Document.of(locked).sha256 != draft.sha256:
        message = "生成文件期间，内容被修改或已由他人公开。没有公开任何内容，请核对后重试。"
        raise RefusalError(message)


def _store(disclosure: Disclosure, document: Document, previous: Edition | None, by: Any) -> Edition:
    content, imprint = document.content, document.context.imprint
    edition = Edition.objects.create(
        disclosure=disclosure,
        supersedes=previous,
        government_code=content.government.code,
        year=content.year,
        phase=content.phase,
        department_code=content.department.code,
        department_name=content.department.name,
        unit_code=content.unit.code if content.unit else "",
        unit_name=content.unit.name if content.unit else "",
        title=content.title,
        notice=content.notice or "",
        published_by=by,
        **_printed(imprint),
    )
    EditionContent.objects.create(edition=edition, text=document.canonical)
    _bulk(EditionLine, (EditionLine(edition=edition, **line._asdict()) for line in lines_of(content)))
    _bulk(EditionText, (EditionText(edition=edition, **text._asdict()) for text in texts_of(content)))
    return edition


def _printed(imprint: Imprint | None) -> dict[str, str | int | datetime | None]:
    fields = ("number", "kind", "published_at", "reason", "content_sha256", "index_number")
    more = ("document_number", "topic", "publisher", "composed_on")
    return {name: getattr(imprint, name) for name in (*fields, *more)}


def _bulk(model: Any, rows: Iterable[Any]) -> None:
    model.objects.bulk_create(list(rows), batch_size=500)
