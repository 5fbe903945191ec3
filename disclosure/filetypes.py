"""What a file is by its first bytes and its table of contents, never by its name alone; what is hostile is refused.

Nothing is unpacked or run here: a container's list of members is all that is looked at.
"""

import io
import re
import unicodedata
import zipfile
from pathlib import PurePath
from typing import NamedTuple

from budgets.formats import BROKEN_ARCHIVE, LARGEST_FILE
from disclosure.refusal import RefusalError

LONGEST_NAME = 200


def plain_name(name: str) -> str:
    """Return a file's name without folders, control and direction marks, its end kept."""
    seen = "".join("_" if unicodedata.category(letter) in {"Cc", "Cf", "Zl", "Zp"} else letter for letter in name)
    return re.sub(r'[/\\:*?"<>|]', "_", seen)[-LONGEST_NAME:].lstrip(".") or "文件"


class FileType(NamedTuple):
    """A sort of file: how it is kept, what people and browsers call it, and how its names end."""

    extension: str
    label: str
    content_type: str
    suffixes: tuple[str, ...]


OPEN_XML = "application/vnd.openxmlformats-officedocument."
TYPES = {
    one.extension: one
    for one in (
        FileType("pdf", "PDF", "application/pdf", (".pdf",)),
        FileType("png", "PNG", "image/png", (".png",)),
        FileType("jpg", "JPEG", "image/jpeg", (".jpg", ".jpeg")),
        FileType("docx", "Word", f"{OPEN_XML}wordprocessingml.document", (".docx",)),
        FileType("xlsx", "Excel", f"{OPEN_XML}spreadsheetml.sheet", (".xlsx",)),
        FileType("doc", "Word", "application/msword", (".doc",)),
        FileType("xls", "Excel", "application/vnd.ms-excel", (".xls",)),
        FileType("ofd", "OFD", "application/ofd", (".ofd",)),
    )
}
SCANS = tuple(TYPES)
"""What may be kept beside a draft."""
DOCUMENTS = ("pdf", "docx", "doc", "xlsx", "xls")
"""What may be published as an old disclosure."""

PLAIN = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
ZIP, OLE2 = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MEMBERS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "OFD.xml": "ofd"}
ENTRIES = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls"}
EXECUTABLE = (b"MZ", b"\x7fELF", b"#!", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"\xce\xfa\xed\xfe")
PROGRAMS = (".exe", ".dll", ".com", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jar", ".msi", ".lnk")
MOST_MEMBERS = 2000
SECTOR = 512
"""An OLE2 file's header and its smallest sectors have this many bytes."""


def type_of(name: str, data: bytes, accepted: tuple[str, ...] = SCANS) -> FileType:
    """Return what a file is; raise RefusalError with a sentence for what is empty, too large, hostile or misnamed."""
    _size(name, len(data))
    if data.startswith(EXECUTABLE):
        raise RefusalError(f"“{name}”是可执行文件，不能上传。{_wanted(accepted)}")
    found = _found(name, data)
    if found not in accepted:
        raise RefusalError(f"“{name}”不是可以接受的文件。{_wanted(accepted)}")
    kind, suffix = TYPES[found], PurePath(name).suffix.lower()
    if suffix not in kind.suffixes:
        said = f"扩展名是 {suffix}" if suffix else "没有扩展名"
        actual = f"{kind.label}（{kind.suffixes[0]}）"
        raise RefusalError(f"“{name}”{said}，内容却是 {actual}文件。请核对是否选错文件，或改正扩展名后再上传。")
    return kind


def _wanted(accepted: tuple[str, ...]) -> str:
    return f"请上传 {'、'.join(TYPES[one].suffixes[0] for one in accepted)} 文件。"


def _size(name: str, size: int) -> None:
    if not size:
        raise RefusalError(f"“{name}”是空的（0字节），请重新保存后上传。")
    if size > LARGEST_FILE:
        raise RefusalError(f"“{name}”超过20MB，请压缩图片或拆分后上传。")


def _found(name: str, data: bytes) -> str:
    """Name the type of the content; blank where it is none that is known."""
    if data.startswith(ZIP):
        return _in_archive(name, data)
    if data.startswith(OLE2):
        return _in_compound(name, data)
    found = next((kind for magic, kind in PLAIN.items() if data.startswith(magic)), "")
    if found == "pdf" and (b"/JavaScript" in data or b"/Launch" in data):
        raise RefusalError(f"“{name}”含有脚本或启动程序的动作，不能上传。请用“打印为 PDF”另存后再上传。")
    return found


def _in_archive(name: str, data: bytes) -> str:
    names = _members(name, data)
    lowered = [member.lower() for member in names]
    if any("vbaproject" in member for member in lowered):
        raise RefusalError(f"“{name}”含有宏，请另存为不含宏的文件后再上传。")
    if any(member.endswith(PROGRAMS) for member in lowered):
        raise RefusalError(f"“{name}”里夹带可执行文件，不能上传。请删去后再上传。")
    return next((kind for member, kind in MEMBERS.items() if member in names), "")


def _members(name: str, data: bytes) -> list[str]:
    try:
        if data.count(b"PK\x01\x02") > 2 * MOST_MEMBERS:
            raise RefusalError(f"“{name}”里的内容过多，请删去多余的图片后再上传。")
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except BROKEN_ARCHIVE as error:
        raise RefusalError(f"“{name}”已损坏或没有传完，请重新保存后上传。") from error


def _in_compound(name: str, data: bytes) -> str:
    entries = data[SECTOR:]
    if _lists(entries, "EncryptedPackage"):
        raise RefusalError(f"“{name}”加了密码，请取消密码后再上传。")
    if _lists(entries, "_VBA_PROJECT"):
        raise RefusalError(f"“{name}”含有宏，请另存为不含宏的文件后再上传。")
    return next((kind for entry, kind in ENTRIES.items() if _lists(entries, entry)), "")


def _lists(data: bytes, entry: str) -> bool:
    """Tell whether an OLE2 directory has an entry of this name, in UTF-16 with its closing zero."""
    return (entry + "\0").encode("utf-16-le") in data
