"""Taking in 5,000 new spending lines, read, checked, compared and stored, against the stock import of the same file."""

import time
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, transaction

from budgets.enums import Role
from budgets.models import ExpenditureLine, Membership
from budgets.resources import ExpenditureLineResource
from disclosure.intake.run import Upload, commit
from disclosure.intake.template import export
from disclosure.models import Disclosure
from disclosure.sample.government import Plan, make_government

STOCK = 200
"""Rows given to the stock import: its time is proportional, and long."""


def measure() -> str:
    """Return the ratio in words."""
    government = make_government(Plan(departments=1, years=1, seed=1, units=20, lines=5000))
    disclosure = Disclosure.objects.get(budget__fiscal_year__government=government, unit=None)
    department = disclosure.budget.department
    clerk = get_user_model().objects.create(username="clerk")
    Membership.objects.create(user=clerk, role=Role.CLERK, government=government, department=department)
    upload = Upload("bench.xlsx", export(disclosure, by=clerk))
    few = ExpenditureLineResource(user=clerk).export().subset(rows=range(STOCK))
    lines = ExpenditureLine.objects.filter(budget=disclosure.budget)
    count = lines.count()
    ours = _undone(lines, lambda: commit(disclosure, upload, by=clerk))
    stock = _undone(lines, lambda: ExpenditureLineResource(user=clerk).import_data(few, raise_errors=True))
    rates = count / ours, STOCK / stock
    compared = f"{rates[0]:.0f} 行/秒 ÷ {rates[1]:.0f} 行/秒；{count}行，{connection.vendor}"
    return f"intake: {rates[0] / rates[1]:.1f} 倍（{compared}）"


def _undone(lines: Any, action: Any) -> float:
    with transaction.atomic():
        lines.delete()
        started = time.perf_counter()
        action()
        taken = time.perf_counter() - started
        transaction.set_rollback(True)
    return taken
