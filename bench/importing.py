"""Taking in spending lines, whole: against the stock import and against bare COPY, with the peak memory of each."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
from django.contrib.auth import get_user_model
from django.db import connection

from bench.importing_child import HEADERS, STOCK, Task
from budgets.enums import Role
from budgets.models import ExpenditureLine, Membership
from budgets.resources import ExpenditureLineResource
from disclosure.models import Disclosure
from disclosure.sample.government import Plan, make_government

COUNTS = (1_000, 10_000, 100_000)
CHANGE = Decimal("0.01")


class Measured(NamedTuple):
    """What a child says of its work: rows a second, and its peak memory in MB."""

    speed: float
    peak: float


def measure() -> Iterator[str]:
    """Yield a table in words, line by line as it is measured."""
    government = make_government(Plan(departments=1, years=1, seed=1, units=20, lines=1000))
    disclosure = Disclosure.objects.get(budget__fiscal_year__government=government, unit=None)
    department = disclosure.budget.department
    clerk = get_user_model().objects.create(username="clerk")
    Membership.objects.create(user=clerk, role=Role.CLERK, government=government, department=department)
    patterns = ExpenditureLineResource(user=clerk).export(ExpenditureLine.objects.filter(budget=disclosure.budget)).dict
    bare = "COPY" if connection.vendor == "postgresql" else "executemany"
    yield f"import（{connection.vendor}）：整个导入 ÷ import-export 原样（至多{STOCK}行，时间与行数成正比）、÷ {bare}"
    with tempfile.TemporaryDirectory() as folder:
        for count in COUNTS:
            yield from _compared(Bench(disclosure, clerk, Path(folder)), patterns, count)


class Bench(NamedTuple):
    """Where a measurement takes place."""

    disclosure: Disclosure
    clerk: Any
    folder: Path

    def write(self, name: str, rows: list[dict[str, Any]]) -> None:
        """Write rows as a workbook with one sheet."""
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("支出明细")
        sheet.append(HEADERS)
        for row in rows:
            sheet.append([row[header] for header in HEADERS])
        book.save(self.folder / name)

    def run(self, what: str, name: str) -> Measured:
        """Measure in a child of its own."""
        task = Task(what, str(self.folder / name), self.disclosure.pk, self.clerk.pk)
        place = json.dumps([connection.settings_dict["NAME"], str(self.folder), task])
        done = subprocess.run(  # noqa: S603 our own
            [sys.executable, "-m", "bench.importing_child", place], stdout=subprocess.PIPE, check=True
        )
        return Measured(*json.loads(done.stdout))


def _compared(bench: Bench, patterns: list[dict[str, Any]], count: int) -> Iterator[str]:
    bench.write("new.xlsx", _rows(patterns, count, Decimal(0)))
    bench.write("changed.xlsx", _rows(patterns, count, CHANGE))
    lines = ExpenditureLine.objects.filter(budget=bench.disclosure.budget)
    lines.delete()
    connection.close()
    bare, stock, ours = (bench.run(what, "new.xlsx") for what in ("bare", "stock", "ours"))
    yield _line(f"{count}行，全新", ours, stock, bare)
    stock, ours = (bench.run(what, "changed.xlsx") for what in ("stock", "ours"))
    yield _line(f"{count}行，全部修改", ours, stock, bare)


def _rows(patterns: list[dict[str, Any]], count: int, more: Decimal) -> list[dict[str, Any]]:
    """Return as many rows as asked for, all different by their label, in the codes of the patterns."""
    rows = []
    for number in range(count):
        row = patterns[number % len(patterns)]
        amount = Decimal(number * 37 % 9_999_991) / 100 + Decimal(row["金额（元）"]) + more
        rows.append({**row, "明细名称": f"明细{number:06}", "金额（元）": amount})
    return rows


def _line(title: str, ours: Measured, stock: Measured, bare: Measured) -> str:
    times = f"{ours.speed / stock.speed:6.1f} × 原样、{ours.speed / bare.speed:5.2f} × 直接写入"
    speeds = f"{ours.speed:.0f} ÷ {stock.speed:.0f} ÷ {bare.speed:.0f} 行/秒"
    peaks = f"内存峰值 {ours.peak:.0f} ÷ {stock.peak:.0f} ÷ {bare.peak:.0f} MB"
    return f"  {title}：{times}（{speeds}；{peaks}）"
