"""How money is added up by what it promises."""

from decimal import Decimal

from django.db.models import OuterRef, Subquery

from budgets.models import Budget
from budgets.querysets import ExpenditureQuerySet
from budgets.sums import FUNDING_SUMS
from performance.models import ProjectGoal


def by_task(lines: ExpenditureQuerySet, budget: Budget) -> dict[int | None, dict[str, Decimal]]:
    """Total project lines in 元 by the 年度主要任务 their project serves this year; ``None``: no task."""
    goals = ProjectGoal.objects.filter(budget=budget, project=OuterRef("project"))
    served = lines.annotate(task=Subquery(goals.values("task")[:1])).values("task")
    rows = served.annotate(**{key: FUNDING_SUMS[key] for key in ("total", "fiscal", "other")}).order_by("task")
    return {row.pop("task"): row for row in rows}
