"""The files of the admin's import and export: CSV that Excel and WPS open, XLSX with typed cells, no formulas."""

import hashlib
import struct
import zipfile
from decimal import Decimal
from typing import IO, Any

import tablib
from django.core.exceptions import ValidationError
from import_export.formats import base_formats
from import_export.forms import ImportForm

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_UNPACKED = 64 * 1024 * 1024
LARGEST_BOUNDED = 256 * 1024 * 1024
"""What a file may unpack to where a child with bounded memory and time reads it: some 250,000 rows of lines."""
MOST_MEMBERS = 200
HIGHEST_RATIO = 200
SMALL_MEMBER = 1024 * 1024
BROKEN_ARCHIVE = (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, struct.error)
"""What listing the members of a spoilt archive may end in; a name in no encoding is a ValueError."""
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def decode(data: bytes) -> str:
    """Read CSV bytes: UTF-8 with or without BOM, else GB18030, strictly; refuse what is neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValidationError("文件不是 UTF-8 或 GB18030 编码的文本，请在 Excel 或 WPS 中另存为“CSV UTF-8”后重试。")


def harmless(value: Any) -> Any:
    """Return a cell no spreadsheet takes for a formula; amounts stay numbers."""
    if isinstance(value, Decimal | int):
        return value
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(DANGEROUS) else text


def safe(dataset: tablib.Dataset) -> tablib.Dataset:
    """Return the dataset with every cell harmless."""
    rows = [[harmless(cell) for cell in row] for row in dataset]
    return tablib.Dataset(*rows, headers=dataset.headers, title=dataset.title)


def _hashed(dataset: tablib.Dataset, data: bytes) -> tablib.Dataset:
    """Let a dataset know the SHA-256 of the file it was read from."""
    dataset.sha256 = hashlib.sha256(data).hexdigest()
    return dataset


class Csv(base_formats.CSV):
    """CSV in UTF-8 with BOM, so that a double click opens it right."""

    def is_binary(self) -> bool:
        """Take bytes: the encoding is ours to find."""
        return True

    def get_read_mode(self) -> str:
        """Take bytes."""
        return "rb"

    def create_dataset(self, in_stream: bytes, **kwargs: Any) -> tablib.Dataset:
        """Read a file as people save it."""
        return _hashed(super().create_dataset(decode(in_stream), **kwargs), in_stream)

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        """Write a file as people open it."""
        kwargs.pop("escape_formulae", None)
        return super().export_data(safe(dataset), **kwargs).encode("utf-8-sig")


class Xlsx(base_formats.XLSX):
    """XLSX: amounts as numbers, codes as text."""

    def create_dataset(self, in_stream: bytes) -> tablib.Dataset:
        """Read a workbook."""
        return _hashed(super().create_dataset(in_stream), in_stream)

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        """Write a workbook."""
        kwargs.pop("escape_formulae", None)
        return super().export_data(safe(dataset), **kwargs)


FORMATS = (Xlsx, Csv)


def guard(file: IO[bytes]) -> None:
    """Refuse a file that is too large, or a workbook that unpacks to too much or carries macros; read nothing else."""
    guard_size(file.size)
    if file.name.lower().endswith(".xlsx"):
        guard_archive(file)


def guard_size(size: int) -> None:
    """Refuse a file that is empty or too large."""
    if size > LARGEST_FILE:
        raise ValidationError("文件超过20MB，请拆分后导入。")
    if not size:
        raise ValidationError("文件是空的（0字节），请重新保存后上传。")


def guard_archive(file: IO[bytes], sort: str = "XLSX", most: int = LARGEST_UNPACKED) -> None:
    """Refuse an archive that is broken, unpacks to too much, or carries macros, by its table of contents alone."""
    members = _members(file, sort)
    unpacked = sum(member.file_size for member in members)
    dense = any(_ratio(member) > HIGHEST_RATIO for member in members if member.file_size > SMALL_MEMBER)
    if len(members) > MOST_MEMBERS or unpacked > most or dense:
        raise ValidationError("工作簿展开后过大，请删除多余的工作表、图片后重试。")
    names = [member.filename.lower() for member in members]
    if any("vbaproject" in name or name.startswith(("basic/", "scripts/")) for name in names):
        raise ValidationError("工作簿含有宏，请另存为不含宏的 .xlsx 后重试。")


def _ratio(member: zipfile.ZipInfo) -> int:
    return member.file_size // max(member.compress_size, 1)


def _members(file: IO[bytes], sort: str) -> list[zipfile.ZipInfo]:
    """List an archive's contents; one that lists far too many is not even listed."""
    try:
        if file.read().count(b"PK\x01\x02") > 2 * MOST_MEMBERS:
            raise ValidationError("工作簿展开后过大，请删除多余的工作表、图片后重试。")
        file.seek(0)
        with zipfile.ZipFile(file) as archive:
            return archive.infolist()
    except BROKEN_ARCHIVE as error:
        raise ValidationError(f"这不是有效的 {sort} 文件，或者没有传完，请用 Excel 或 WPS 另存后重试。") from error
    finally:
        file.seek(0)


class GuardedImportForm(ImportForm):
    """The upload form, which refuses a hostile file before anything reads it."""

    def clean_import_file(self) -> Any:
        """Check the file itself."""
        file = self.cleaned_data["import_file"]
        guard(file)
        return file
