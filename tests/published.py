"""Editions for tests, stored as publishing stores them, of whatever content a test has made."""

import re
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from disclosure.content import Content, canonical, sha256
from disclosure.document import Context, Document, imprint_of
from disclosure.enums import EditionKind, FileFormat
from disclosure.freezing import lines_of
from disclosure.models import Disclosure, Edition, EditionContent, EditionFile, EditionLine, Withdrawal
from disclosure.render import RENDERERS

FIRST_DAY = datetime(2022, 2, 1, 4, tzinfo=UTC)


def an_edition(disclosure: Disclosure, content: Content, by, previous: Edition | None = None) -> Edition:
    """Store an edition of ``content`` one day after ``previous``, without its PDF."""
    unit = content.unit
    text = canonical(content)
    known = ("index_number", "document_number", "topic", "publisher", "composed_on")
    metadata = {name: getattr(previous, name) for name in known} if previous else {"topic": "财政预算、决算"}
    metadata = {"publisher": (unit or content.department).name, **metadata}
    edition = Edition.objects.create(
        disclosure=disclosure,
        number=previous.number + 1 if previous else 1,
        kind=EditionKind.CORRECTION if previous else EditionKind.FIRST,
        supersedes=previous,
        reason=f"第{previous.number + 1}版的理由" if previous else "",
        government_code=content.government.code,
        year=content.year,
        phase=content.phase,
        department_code=content.department.code,
        department_name=content.department.name,
        unit_code=unit.code if unit else "",
        unit_name=unit.name if unit else "",
        title=content.title,
        notice=content.notice or "",
        **{"index_number": f"130303{(unit or content.department).code}/2022-00001", **metadata},
        content_sha256=sha256(text),
        published_at=previous.published_at + timedelta(days=1) if previous else FIRST_DAY,
        published_by=by,
    )
    EditionContent.objects.create(edition=edition, text=text)
    EditionLine.objects.bulk_create(EditionLine(edition=edition, **line._asdict()) for line in lines_of(content))
    document = Document(content, Context(imprint=imprint_of(edition, ())))
    for form in (FileFormat.HTML, FileFormat.JSON):
        file = EditionFile.keep(form, RENDERERS[form](document))
        file.edition = edition
        file.save()
    return edition


def text_of(response) -> str:
    """Return what a page says, without marks and spaces."""
    return re.sub(r"<[^>]+>|\s", "", response.content.decode())


def withdraw(edition: Edition, reason: str = "误公开") -> Withdrawal:
    """Withdraw an edition."""
    return Withdrawal.objects.create(
        edition=edition, withdrawn_at=timezone.now(), withdrawn_by=edition.published_by, reason=reason
    )
