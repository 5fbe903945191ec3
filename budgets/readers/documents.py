"""A written document of any accepted sort, guarded before anything reads it."""

from pathlib import PurePath

from django.core.exceptions import ValidationError

from budgets.readers.blocks import Block
from budgets.readers.text import read_text
from budgets.readers.word import read_word

READERS = {".docx": read_word, ".txt": read_text}


def read_document(name: str, data: bytes) -> list[Block]:
    """Return the blocks of a file; raise ValidationError in words that say what to do."""
    suffix = PurePath(name).suffix.lower()
    if suffix == ".doc":
        raise ValidationError("不能读取旧版 .doc 文件，请用 Word 或 WPS 另存为 .docx 后重试。")
    if suffix not in READERS:
        raise ValidationError("只能读取 .docx、.txt 文件，请用 Word 或 WPS 另存后重试。")
    return READERS[suffix](data)
