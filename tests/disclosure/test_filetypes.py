"""A file is what its bytes say; what is hostile, empty, too large or misnamed is refused in a sentence."""

import pytest
from archived import SCANNED, compound, packed, word

from budgets.formats import LARGEST_FILE
from disclosure.filetypes import DOCUMENTS, type_of
from disclosure.refusal import RefusalError

PNG, JPEG = b"\x89PNG\r\n\x1a\n0", b"\xff\xd8\xff\xe0"


@pytest.mark.parametrize(
    ("name", "data", "extension"),
    [
        ("签字.pdf", SCANNED, "pdf"),
        ("签字.PNG", PNG, "png"),
        ("签字.jpeg", JPEG, "jpg"),
        ("批复.docx", word("批复"), "docx"),
        ("批复.xlsx", packed("xl/workbook.xml"), "xlsx"),
        ("批复.ofd", packed("OFD.xml"), "ofd"),
        ("批复.doc", compound("Root Entry", "WordDocument"), "doc"),
        ("批复.xls", compound("Root Entry", "Workbook"), "xls"),
    ],
)
def test_a_file_is_known_by_its_bytes(name, data, extension):
    assert type_of(name, data).extension == extension


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("空.pdf", b"", "“空.pdf”是空的"),
        ("大.pdf", b"%PDF-" + bytes(LARGEST_FILE), "“大.pdf”超过20MB"),
        ("程序.exe", b"MZ\x90", "“程序.exe”是可执行文件"),
        ("程序.pdf", b"MZ\x90 %PDF-1.4", "“程序.pdf”是可执行文件"),
        ("脚本.pdf", b"#!/bin/sh", "“脚本.pdf”是可执行文件"),
        ("库.png", b"\x7fELF", "“库.png”是可执行文件"),
        ("网页.pdf", b"<html><script>", "“网页.pdf”不是可以接受的文件"),
        ("晚.pdf", b"<html>%PDF-1.4", "“晚.pdf”不是可以接受的文件"),
        ("压缩.zip", packed("a.txt"), "“压缩.zip”不是可以接受的文件"),
        ("复合.doc", compound("Root Entry"), "“复合.doc”不是可以接受的文件"),
        ("假.pdf", PNG, "“假.pdf”扩展名是 .pdf，内容却是 PNG（.png）文件"),
        ("批复.doc", word("批复"), "“批复.doc”扩展名是 .doc，内容却是 Word（.docx）文件"),
        ("没有", JPEG, "“没有”没有扩展名，内容却是 JPEG（.jpg）文件"),
        ("断.docx", word("批复")[:300], "“断.docx”已损坏或没有传完"),
        ("宏.docx", packed("word/document.xml", "word/vbaProject.bin"), "“宏.docx”含有宏"),
        ("宏.xls", compound("Workbook", "_VBA_PROJECT"), "“宏.xls”含有宏"),
        ("锁.docx", compound("EncryptedPackage"), "“锁.docx”加了密码"),
        ("夹带.docx", packed("word/document.xml", "word/x.EXE"), "“夹带.docx”里夹带可执行文件"),
        ("动作.pdf", b"%PDF-1.4 /OpenAction<</S/JavaScript>>", "“动作.pdf”含有脚本"),
        ("启动.pdf", b"%PDF-1.4 /S/Launch", "“启动.pdf”含有脚本"),
    ],
)
def test_what_is_not_taken_is_refused_in_a_sentence(name, data, said):
    with pytest.raises(RefusalError) as refusal:
        type_of(name, data)

    assert str(refusal.value).startswith(said)


def test_an_archive_of_far_too_many_members_is_not_even_listed():
    with pytest.raises(RefusalError, match="内容过多"):
        type_of("多.docx", b"PK\x03\x04" + b"PK\x01\x02" * 5000)


def test_pictures_are_not_published():
    with pytest.raises(RefusalError, match=r"请上传 \.pdf、\.docx、\.doc、\.xlsx、\.xls 文件"):
        type_of("图.png", PNG, DOCUMENTS)
