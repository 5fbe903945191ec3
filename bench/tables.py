"""Building T1–T14 of a department with 20 units and 5,000 lines, against the SQL it takes run bare."""

import time
from collections.abc import Callable
from statistics import median
from typing import Any

from django.db import connection

from disclosure.layouts import LAYOUTS
from disclosure.models import Disclosure
from disclosure.sample.government import Plan, make_government
from disclosure.tables import TABLES
from disclosure.tables.base import Heading
from disclosure.tables.scope import Scope
from disclosure.tables.t11_goals import Goals

ROUNDS = 9
Statement = tuple[str, Any]


def measure() -> str:
    """Return the ratio in words; both sides alternate, the median of each counts."""
    government = make_government(Plan(departments=1, years=1, seed=1, units=20, lines=5000))
    disclosure = Disclosure.objects.get(budget__fiscal_year__government=government, unit=None)
    lines = disclosure.budget.expenditurelines.count() + disclosure.budget.revenuelines.count()
    statements = recorded(lambda: build(disclosure))
    ours, bare = [], []
    for _ in range(ROUNDS):
        ours.append(timed(lambda: build(disclosure)))
        bare.append(timed(lambda: run(statements)))
    built, needed = median(ours), median(bare)
    return (
        f"tables: {built / needed:.2f}（T1–T14 {built * 1000:.0f} ms ÷ 单独执行其{len(statements)}条 SQL "
        f"{needed * 1000:.0f} ms；{lines}行，{connection.vendor}）"
    )


def build(disclosure: Disclosure) -> None:
    """Build every statutory table with all its columns."""
    scope = Scope(disclosure, LAYOUTS["national"].plan)
    for table in TABLES:
        heading = Heading("", table.key)
        if table is Goals:
            list(Goals.build_all(scope, heading))
        else:
            table.build(scope, heading)


def recorded(work: Callable[[], None]) -> list[Statement]:
    """Return the statements that ``work`` sends."""
    sent: list[Statement] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 Django's signature
        sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        work()
    return sent


def run(statements: list[Statement]) -> None:
    """Send statements and fetch their rows, nothing else."""
    with connection.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params)
            cursor.fetchall()


def timed(work: Callable[[], None]) -> float:
    """Return how many seconds ``work`` takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
