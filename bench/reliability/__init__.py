"""The scoreboard: each promise of reliability, what was found when it was tried, and how much was tried."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.db import connection
from django.utils import timezone

from bench.reliability.rows import ROWS, Row
from bench.reliability.tested import ByTests, tried

HEAD = "| # | 承诺 | 目标 | 测得 |\n|--:|---|---|---|"


def measure(*numbers: int) -> Iterator[str]:
    """Yield the scoreboard as a table, each line as soon as it is known; ``numbers``: only those rows."""
    yield f"{timezone.localdate():%Y年%-m月%-d日}，{connection.vendor}"
    yield HEAD
    for row in ROWS:
        if not numbers or row.number in numbers:
            yield f"| {row.number} | {row.promise} | {row.goal} | {_found(row)} |"


def _found(row: Row) -> str:
    """Try a row, and say what was found; whatever goes wrong is said, not hidden."""
    begun = time.monotonic()
    try:
        with tempfile.TemporaryDirectory() as folder:
            said = tried(row.tried) if isinstance(row.tried, ByTests) else row.tried(Path(folder))
    except Exception as error:  # noqa: BLE001 a row that cannot be tried is a finding, and the others go on
        said = f"没有测成：{type(error).__name__}：{str(error).splitlines()[0][:120] if str(error) else ''}"
    return f"{said}（{time.monotonic() - begun:.0f}秒）".replace("|", "／")
