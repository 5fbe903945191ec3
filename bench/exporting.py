"""The whole public site of 60 departments in 5 years written as files: how long, how many, how large, and again."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.db import connection
from django.test import override_settings

from bench.pages import DEPARTMENTS, YEARS, quick_settings
from disclosure.sample.government import Plan, make_government, publish_quickly
from disclosure.sample.government.quickly import correct_quickly
from portal.exporting import Export

SEED = 61


def measure(departments: int = DEPARTMENTS, years: int = YEARS) -> Iterator[str]:
    """Yield a line for the whole, for the same again, and for the same after a correction."""
    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=f"{folder}/files", **quick_settings()):
        begun = time.perf_counter()
        editions = publish_quickly(make_government(Plan(departments=departments, years=years, seed=SEED)), units=1)
        built = time.perf_counter() - begun
        yield f"export：{departments}个部门×{years}年，{len(editions)}版（{built:.0f}秒生成，{connection.vendor}）"
        yield _told("全部", Path(folder, "site"), len(editions))
        yield _told("没有变化时再次导出", Path(folder, "site"), len(editions))
        correct_quickly(editions[-2])
        yield _told("更正一版以后再次导出", Path(folder, "site"), len(editions) + 1)


def _told(when: str, folder: Path, editions: int) -> str:
    begun, used = time.perf_counter(), time.process_time()
    report = Export(folder).run()
    spent, used = time.perf_counter() - begun, time.process_time() - used
    count, size = len(report.written) + len(report.same), report.size / 1_000_000
    changed = f"写入{len(report.written)}个，删除{len(report.removed)}个"
    taken = f"{spent:.0f}秒（处理器{used:.0f}秒，每版{used / editions:.2f}秒）"
    return f"  {when}：{taken}，{count}个文件，{size:.0f} MB，{changed}"
