"""PDF with text, read in a child process of bounded memory and time."""

import json
import subprocess
import sys
from pathlib import Path

from django.core.exceptions import ValidationError

from budgets.formats import LARGEST_FILE
from budgets.readers.blocks import Block, Cell, Paragraph, Table

MAGIC = b"%PDF-"
PATIENCE = 60
ROOT = Path(__file__).parents[2]
COMMAND = (
    sys.executable,
    "-I",
    "-c",
    "import sys; sys.path.insert(0, sys.argv.pop(1)); from budgets.readers.child.pages import main; main()",
    str(ROOT),
)
REFUSALS = {
    "password": "PDF 加了密码，请取消密码后重试。",
    "damaged": "PDF 不完整或已损坏，请重新导出后再试。",
    "limits": "PDF 页数或内容过多，请拆分后重试。",
    "scanned": "PDF 里没有文字（可能是扫描件或图片），不能检查。请用文字版 PDF，或原来的 Word、Excel 文件。",
}


def read_pdf(data: bytes) -> list[Block]:
    """Return the blocks, places by page; raise ValidationError for what is no PDF with text, is broken or hostile."""
    guard(data)
    try:
        done = subprocess.run(COMMAND, input=data, capture_output=True, timeout=PATIENCE, check=True)  # noqa: S603 our own
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise ValidationError(REFUSALS["limits"]) from error
    return understood(done.stdout)


def guard(data: bytes) -> None:
    """Refuse what is too large or no PDF, by its first bytes."""
    if len(data) > LARGEST_FILE:
        raise ValidationError("文件超过20MB，请拆分后重试。")
    if MAGIC not in data[:1024]:
        raise ValidationError("这不是有效的 PDF 文件，请重新导出后再试。")


def understood(answer: bytes) -> list[Block]:
    """Turn the child's answer into blocks with their places, or into a refusal."""
    told = json.loads(answer)
    if "refused" in told:
        raise ValidationError(REFUSALS[told["refused"]])
    return [_block(*block) for block in told["blocks"]]


def _block(sort: str, page: int, content: str | list) -> Block:
    place = f"第{page}页"
    if sort == "p":
        return Paragraph(place, content)
    rows = [[Cell(f"{place}表格第{number}行", *cell) for cell in row] for number, row in enumerate(content, start=1)]
    return Table(place, rows)
