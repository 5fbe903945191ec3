"""Spoilt files as attachments: kept byte for byte or refused in a sentence, and of a refused one nothing stays."""

import pytest
import spoilt
import spreadsheets
from archived import SCANNED, compound, packed, somebody, word
from django.core.files.storage import default_storage

from budgets.enums import Role
from disclosure.attaching import attach, read_attachment
from disclosure.filetypes import TYPES, type_of
from disclosure.models import Attachment
from disclosure.refusal import RefusalError

PNG, JPEG = b"\x89PNG\r\n\x1a\n" + bytes(60), b"\xff\xd8\xff\xe0" + bytes(60)
SOUND = {
    "审签.pdf": SCANNED,
    "审签.png": PNG,
    "审签.jpg": JPEG,
    "批复.docx": word("批复"),
    "批复.xlsx": spreadsheets.xlsx(["批复"]),
    "批复.ofd": packed("OFD.xml", "Doc_0/Document.xml"),
    "批复.doc": compound("Root Entry", "WordDocument"),
    "批复.xls": compound("Root Entry", "Workbook"),
}
IN_ANY = [b"/JavaScript", b"/Launch", b"MZ", b"#!/bin/sh", b"vbaProject.bin", b"x.exe", b"PK\x01\x02" * 50, b"\xd0\xcf"]


def spoilt_one(data, chance):
    return spoilt.spoilt_file(data, chance, IN_ANY, ".")


@pytest.mark.parametrize("name", SOUND)
def test_spoilt_files_are_known_for_what_they_are_or_refused(name):
    def outcome(data):
        try:
            return type_of(name, data).extension
        except RefusalError as refusal:
            return "refused" if spoilt.in_chinese([str(refusal)]) else str(refusal)

    found = spoilt.tried(name, spoilt.how_many(300), lambda chance: spoilt_one(SOUND[name], chance), outcome)

    assert set(found) <= {"refused", *(one for one in TYPES if f".{one}" == name[-len(one) - 1 :])}
    assert found["refused"] < found.total()


def test_of_a_refused_attachment_nothing_stays(disclosure):
    clerk = somebody(Role.CLERK, disclosure.budget.department)
    before, chance = stored(), spoilt.chances("附件")
    kept, refused = [], []

    for name, sound in [*SOUND.items()] * 5:
        data = spoilt_one(sound, chance)
        try:
            kept.append((attach(disclosure, by=clerk, kind="signature", name=name, data=data), data))
        except RefusalError as refusal:
            refused.append(str(refusal))

    assert 0 < len(kept) < 40
    assert spoilt.in_chinese(refused)
    assert [read_attachment(row, by=clerk) for row, _ in kept] == [data for _, data in kept]
    assert Attachment.objects.count() == len(kept)
    assert stored() - before == {row.storage_name for row, _ in kept}


def stored(folder: str = "") -> set[str]:
    """Name every file in storage."""
    folders, names = default_storage.listdir(folder)
    own = {f"{folder}/{name}".lstrip("/") for name in names}
    return own.union(*(stored(f"{folder}/{one}".lstrip("/")) for one in folders))
