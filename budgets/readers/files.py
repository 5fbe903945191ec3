"""A file of any accepted sort, guarded before anything reads it."""

import io
from pathlib import PurePath

from django.core.exceptions import ValidationError

from budgets.formats import LARGEST_BOUNDED, guard_archive, guard_size
from budgets.readers.sheets import Sheet
from budgets.readers.workbook import REFUSALS, read_apart

ZIP, OLE2 = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SORTS = {
    ".xlsx": {ZIP: "xlsx"},
    ".xls": {OLE2: "xls"},
    ".et": {OLE2: "xls", ZIP: "xlsx"},
    ".ods": {ZIP: "ods"},
    ".csv": {b"": "csv"},
}
SUFFIXES = tuple(SORTS)
ACTUAL = {ZIP: "，内容像是 .xlsx", OLE2: "，内容像是旧版 .xls"}
MACRO_SUFFIXES = (".xlsm", ".xltm", ".xlam", ".xlsb")
NO_MACROS = "工作簿含有宏，请另存为不含宏的 .xlsx 后重试。"


def read_file(name: str, data: bytes) -> list[Sheet]:
    """Return the sheets of a file with what is doubtful in them; raise ValidationError in words that say what to do."""
    return read_apart(data, checked(name, data))


def checked(name: str, data: bytes) -> str:
    """Return the sort of a file by its name and its first bytes; refuse what is hostile without taking it apart."""
    suffix = PurePath(name).suffix.lower()
    if suffix in MACRO_SUFFIXES:
        raise ValidationError(NO_MACROS)
    if suffix not in SUFFIXES:
        raise ValidationError("只能读取 .xlsx、.xls、.et、.ods、.csv 文件，请用 Excel 或 WPS 另存为其中一种后重试。")
    guard_size(len(data))
    sort = _sort(suffix, data)
    if sort in {"xlsx", "ods"}:
        guard_archive(io.BytesIO(data), sort.upper(), LARGEST_BOUNDED)
    if sort == "xls" and _lists(data, "_VBA_PROJECT"):
        raise ValidationError(NO_MACROS)
    return sort


def _sort(suffix: str, data: bytes) -> str:
    magic = next((magic for magic in ACTUAL if data.startswith(magic)), b"")
    if magic == OLE2 and suffix != ".csv" and _lists(data, "EncryptedPackage"):
        raise ValidationError(REFUSALS["password"])
    if magic in SORTS[suffix]:
        return SORTS[suffix][magic]
    raise ValidationError(
        f"这不是有效的 {suffix} 文件{ACTUAL.get(magic, '')}，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。"
    )


def _lists(data: bytes, entry: str) -> bool:
    """Tell whether an OLE2 file lists an entry; its directory is in UTF-16."""
    return entry.encode("utf-16-le") in data
