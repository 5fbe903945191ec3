"""Files and people for the tests of what is kept beside editions."""

import io
import zipfile
from datetime import date

from django.contrib.auth import get_user_model
from docx import Document as Word

from budgets.enums import Role
from budgets.models import Department, Membership
from disclosure.archiving import Particulars, publish_archived

SCANNED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
PLANTED = "联系人张三，手机13812345678。"


def packed(*names: str) -> bytes:
    """Make an archive with members of these names."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return written.getvalue()


def compound(*entries: str) -> bytes:
    """Make the beginning of an OLE2 file that lists these entries."""
    return OLE2 + b"".join((entry + "\0").encode("utf-16-le").ljust(128, b"\0") for entry in entries)


def word(*paragraphs: str) -> bytes:
    """Write a Word document."""
    document = Word()
    for text in paragraphs:
        document.add_paragraph(text)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def somebody(role: Role, department: Department, *, whole: bool = False):
    """Make somebody with a post in a department, or in its whole government."""
    name = f"{role}-{department.pk}-{whole}"
    user = get_user_model().objects.create(username=name, is_staff=True)
    post = {"government": department.government, "department": None if whole else department}
    Membership.objects.create(user=user, role=role, **post)
    return user


def particulars(department: Department, **stated) -> Particulars:
    """State an old disclosure of 2019."""
    known = {"year": 2019, "phase": "initial", "title": "2019年部门预算", "published_on": date(2019, 3, 1)}
    return Particulars(department, **{**known, **stated})


def an_archived(department: Department, publisher, text: str = "公开说明。", **stated):
    """Publish an old Word file."""
    return publish_archived(particulars(department, **stated), by=publisher, name="旧.docx", data=word(text))
