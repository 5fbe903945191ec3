"""A file of any accepted sort, guarded before anything reads it."""

from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from budgets.formats import guard
from budgets.readers.delimited import read_delimited
from budgets.readers.sheets import Sheet
from budgets.readers.workbook import SIGNATURES, read_workbook

SUFFIXES = (*SIGNATURES, ".csv")


def read_file(name: str, data: bytes) -> list[Sheet]:
    """Return the sheets of a file; raise ValidationError in words that say what to do."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise ValidationError("只能读取 .xlsx、.xls、.csv 文件，请用 Excel 或 WPS 另存后重试。")
    guard(ContentFile(data, name=name))
    return read_delimited(data) if suffix == ".csv" else read_workbook(data, suffix)
