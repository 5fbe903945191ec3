"""What the office formats share: archives that are the same byte for byte whenever the same edition is drawn."""

import io
import re
import zipfile
from datetime import UTC, date, datetime

from django.utils import timezone

from disclosure.document import Document

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every member: the earliest an archive can state, so that it says nothing of the hour of drawing."""
UNWRITABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold."""


def sealed(data: bytes) -> bytes:
    """Return an archive packed anew: the same members in their order, compressed, all of one date."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as loose, zipfile.ZipFile(packed, "w") as archive:
        for name in loose.namelist():
            member = zipfile.ZipInfo(name, EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, loose.read(name))
    return packed.getvalue()


def legible(text: str) -> str:
    """Return what XML can hold of a text: line breaks alike, control characters left out."""
    return UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def dated(document: Document) -> datetime:
    """Return when an edition was published, in UTC without a zone; for a draft the first day of its year."""
    imprint = document.context.imprint
    at = imprint.published_at.astimezone(UTC) if imprint else datetime(document.content.year, 1, 1, tzinfo=UTC)
    return at.replace(tzinfo=None, microsecond=0)


def author(document: Document) -> str:
    """Return who publishes the document."""
    content, imprint = document.content, document.context.imprint
    return imprint.publisher if imprint else (content.unit or content.department).name


def day(when: date) -> str:
    """Write a day, or the local day of a moment, as prose does: 2022年2月1日."""
    local = timezone.localtime(when) if isinstance(when, datetime) else when
    return f"{local.year}年{local.month}月{local.day}日"
