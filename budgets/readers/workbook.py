"""Asks the bounded child process for a file's sheets, and puts its answer into words."""

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
from django.core.exceptions import ValidationError

from budgets.readers.hazards import Hazard
from budgets.readers.sheets import Merge, Sheet

ROOT = Path(__file__).parents[2]
PATIENCE = 20
COMMAND = (
    sys.executable,
    "-I",
    "-c",
    "import sys; sys.path.insert(0, sys.argv.pop(1)); from budgets.readers.child.reading import main; main()",
    str(ROOT),
)
LIMITS = (
    "文件展开后过大，超出了读取的内存或时间限制。请删除多余的工作表和数据下面、右边多余的行列，只留数据，另存后重试。"
)
REFUSALS = {
    "limits": LIMITS,
    "far": "文件展开后过大：工作表“{}”的内容远到{}和{}。请删除数据下面多余的行、右边多余的列，另存后重试。",
    "damaged": "文件不完整或已损坏（可能没有传完），请重新上传，或用 Excel、WPS 打开后另存再试。",
    "password": "工作簿加了密码，请取消密码后另存再上传。",
    "entities": "文件里有外部引用声明（DOCTYPE），为了安全不能读取。请用 Excel 或 WPS 另存后重试。",
    "no_sheet": "工作簿里没有工作表，请确认上传的是填写了数据的文件。",
    "rows": "工作表“{}”超过250000行，请拆分后导入。",
    "merged": "工作表“{}”的合并单元格过多，请取消合并后重试。",
    "formulas": "工作簿里没有结果的公式或错误值过多，请在 Excel 或 WPS 中重新计算并保存后再上传。",
    "csv": "文件不是有效的 CSV，请用 Excel 或 WPS 另存后重试。",
    "encoding": "文件不是 UTF-8 或 GB18030 编码的文本，请在 Excel 或 WPS 中另存为“CSV UTF-8”后重试。",
}


class Written(msgspec.Struct):
    """A sheet as the child writes it down."""

    name: str
    rows: list[list[str]]
    hidden_rows: list[int]
    merged: list[Merge]
    notes: list[tuple[Hazard, int, int, str]]


class Answer(msgspec.Struct):
    """Sheets, or the name of a refusal and what it concerns."""

    sheets: list[Written] = []
    refused: list[str] = []


def read_apart(data: bytes, sort: str) -> list[Sheet]:
    """Return every sheet of a file of the sort (xlsx, xls, ods, csv); raise ValidationError for what will not do.

    A workbook too large to lay out is read again without its blank cells: a blank far away makes a sheet huge.
    """
    try:
        try:
            told = _told(data, sort)
        except subprocess.CalledProcessError as error:
            if error.returncode != -signal.SIGABRT or sort != "xlsx":
                raise
            told = _told(data, "sparse")
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise ValidationError(LIMITS) from error
    return understood(told)


def _told(data: bytes, sort: str) -> bytes:
    return subprocess.run([*COMMAND, sort], input=data, capture_output=True, timeout=PATIENCE, check=True).stdout  # noqa: S603 our own


def understood(answer: bytes) -> list[Sheet]:
    """Turn the child's answer into sheets with their notes, or into a refusal."""
    told: Any = msgspec.json.decode(answer, type=Answer)
    if told.refused:
        name, *concerned = told.refused
        raise ValidationError(REFUSALS[name].format(*concerned))
    return [_sheet(written) for written in told.sheets]


def _sheet(written: Written) -> Sheet:
    sheet = Sheet(written.name, written.rows, frozenset(written.hidden_rows), tuple(written.merged))
    notes = [sheet.note(*note) for note in written.notes]
    notes += [sheet.note(Hazard.MERGED, one.top, one.left, str(one)) for one in sheet.merged_in_body()]
    return sheet._replace(notes=tuple(notes))
