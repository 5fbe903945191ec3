"""XLSX and XLS workbooks, guarded and read in a child process."""

import json
import subprocess
import sys

from django.core.exceptions import ValidationError

from budgets.readers import cells
from budgets.readers.sheets import Sheet

SIGNATURES = {".xlsx": b"PK\x03\x04", ".xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}
PATIENCE = 20


def read_workbook(data: bytes, suffix: str) -> list[Sheet]:
    """Return every sheet; raise ValidationError for a file that is not what its name says, broken or overlarge."""
    if not data.startswith(SIGNATURES[suffix]):
        raise ValidationError(f"这不是有效的 {suffix} 文件，请用 Excel 或 WPS 另存后重试。")
    sheets = [Sheet(name, rows) for name, rows in json.loads(_cells(data))]
    for sheet in sheets:
        if len(sheet.rows) > cells.MOST_ROWS:
            raise ValidationError(f"工作表“{sheet.name}”超过{cells.MOST_ROWS}行，请拆分后导入。")
    return sheets


def _cells(data: bytes) -> bytes:
    command = [sys.executable, "-I", cells.__file__]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=PATIENCE, check=True)  # noqa: S603 our own
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise ValidationError("工作簿已损坏、加了密码或展开后过大，请用 Excel 或 WPS 另存后重试。") from error
    return done.stdout
