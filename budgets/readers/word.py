"""Word documents (.docx), guarded and read in a child process."""

import io
import json
import subprocess
import sys
import zipfile

from django.core.exceptions import ValidationError

from budgets.formats import BROKEN_ARCHIVE, LARGEST_FILE, LARGEST_UNPACKED
from budgets.readers import wordxml
from budgets.readers.blocks import Block, Cell, Paragraph, Table

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_MEMBERS = 2000
"""More than a workbook's: every picture is a member."""
PATIENCE = 20
REFUSED = "文件已损坏、展开后过大或含有不允许的内容，请用 Word 或 WPS 另存为 .docx 后重试。"


def read_word(data: bytes) -> list[Block]:
    """Return the blocks; raise ValidationError for a file that is no .docx, is broken, hostile or overlarge."""
    guard(data)
    return understood(_read(data))


def guard(data: bytes) -> None:
    """Refuse what is no .docx, too large or hostile, by its table of contents alone."""
    if len(data) > LARGEST_FILE:
        raise ValidationError("文件超过20MB，请删除图片或拆分后导入。")
    if data.startswith(OLE):
        raise ValidationError("这是旧版 .doc 文件或加了密码的文件，请用 Word 或 WPS 另存为不加密码的 .docx 后重试。")
    members = _members(data)
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > LARGEST_UNPACKED:
        raise ValidationError("文件展开后过大，请删除图片后重试。")
    if any("vbaproject" in member.filename.lower() for member in members):
        raise ValidationError("文件含有宏，请另存为不带宏的 .docx 后重试。")


def _members(data: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except BROKEN_ARCHIVE:
        members = []
    if not data.startswith(ZIP) or not any(member.filename.startswith("word/") for member in members):
        raise ValidationError("这不是有效的 .docx 文件，请用 Word 或 WPS 另存为 .docx 后重试。")
    return members


def _read(data: bytes) -> bytes:
    command = [sys.executable, "-I", wordxml.__file__]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=PATIENCE, check=True)  # noqa: S603 our own
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise ValidationError(REFUSED) from error
    return done.stdout


def understood(answer: bytes) -> list[Block]:
    """Turn the child's answer into blocks with their places."""
    blocks: list[Block] = []
    paragraphs = tables = 0
    for kind, content, *level in json.loads(answer):
        if kind == "p":
            paragraphs += 1
            blocks.append(Paragraph(f"第{paragraphs}段", content, level[0]))
        elif any(content):
            tables += 1
            blocks.append(_table(f"表{tables}", content))
    return blocks


def _table(name: str, content: list[list[list]]) -> Table:
    rows = []
    for number, row in enumerate(content, start=1):
        places = (f"{name}第{number}行第{cell}格" for cell in range(1, len(row) + 1))
        rows.append([Cell(place, *cell) for place, cell in zip(places, row, strict=True)])
    return Table(name, [row for row in rows if row])
