"""What is promised from year to year: tasks, duties, goals and indicators; amounts among them become blanks."""

from collections.abc import Iterator
from typing import Any

from budgets.models import ExpenditureLine, Project
from disclosure.carrying.plan import Pair, Way
from performance.models import (
    AnnualTask,
    DutyGoal,
    GoalStatement,
    Indicator,
    OverallGoal,
    OverallIndicator,
    ProjectGoal,
)

OF_SCOPE = ((OverallGoal, "总体绩效目标"), (DutyGoal, "分项绩效目标"), (OverallIndicator, "整体绩效指标"))
MONEY = "元"
"""An indicator measured in it promises an amount."""


def whole(way: Way) -> Iterator[Pair | str]:
    """Yield what the publisher promises as a whole, each sort where this year has none of it."""
    now = {"budget": way.budget, "unit": way.to.unit}
    for model, name in OF_SCOPE:
        rows: Any = model._default_manager
        old = rows.filter(budget=way.source.budget, unit=way.source.unit)
        if rows.filter(**now).exists():
            yield f"本年的{name}已经填写。"
            continue
        for row in old:
            yield Pair(_measured(way.copied(row, **now)), row, way.to.unit, alone=True)


def projects(way: Way) -> Iterator[Pair | str]:
    """Yield the department's tasks, then the goals of each project that runs on, with its statements and indicators."""
    tasks = yield from _tasks(way)
    have = set(ProjectGoal.objects.filter(budget=way.budget).values_list("project", flat=True))
    running, old = Running(way), ProjectGoal.objects.filter(project__unit__in=way.units, **way.last_year)
    made: dict[int, Pair] = {}
    for row in old.select_related("project__unit").order_by("budget", "position"):
        project = running.of(row.project)
        if project is None:
            yield f"项目“{row.project.name}”本年没有安排，或不在本年的项目库中。"
        elif project.pk in have:
            yield f"项目“{project.name}”本年的绩效目标已经填写。"
        else:
            have.add(project.pk)
            values = {"project": project, "task": tasks.get(row.task_id), "position": len(have)}
            made[row.pk] = Pair(way.copied(row, budget=way.budget, **values), row, way.units[row.project.unit_id])
    yield from made.values()
    yield from _children(way, made)


def _tasks(way: Way) -> Any:
    """Yield the department's tasks where it has none, and return those of last year's goals by their key."""
    stored = list(AnnualTask.objects.filter(budget=way.budget))
    old = list(AnnualTask.objects.filter(budget=way.source.budget))
    by_name = {task.name: task for task in stored}
    if stored and way.to.unit is None:
        yield "本年的年度主要任务已经填写。"
    if not stored and way.to.unit is None:
        for row in old:
            by_name[row.name] = way.copied(row, budget=way.budget)
            yield Pair(by_name[row.name], row)
    return {row.pk: by_name.get(row.name) for row in old}


def _children(way: Way, made: dict[int, Pair]) -> Iterator[Pair]:
    models: tuple[Any, ...] = (GoalStatement, Indicator)
    for model in models:
        for row in model.objects.filter(goal__in=made).order_by("goal", "pk"):
            parent = made[row.goal_id]
            yield Pair(_measured(way.copied(row, goal=parent.now)), row, parent.unit)


def _measured(row: Any) -> Any:
    """Leave the value of an indicator blank where it is an amount."""
    if MONEY in getattr(row, "measure", ""):
        row.value = row.printed_value = ""
    return row


class Running:
    """Which project of this year continues one of last year's."""

    def __init__(self, way: Way) -> None:
        self.way = way
        spent = ExpenditureLine.objects.filter(budget=way.budget, unit__in=way.units.values()).exclude(project=None)
        self.paid = set(spent.values_list("project", flat=True))
        self.begun = set(spent.values_list("unit", flat=True))
        """The units whose project money of this year is known: their other projects have ended."""
        own = Project.objects.filter(unit__in=way.units.values())
        self.named = {(project.unit_id, project.name): project for project in own}

    def of(self, project: Project) -> Project | None:
        """Return this year's project, in a reformed unit the one of its name; None where it ended."""
        unit = self.way.units[project.unit_id]
        found = project if project.unit_id == unit.pk else self.named.get((unit.pk, project.name))
        ended = found is not None and unit.pk in self.begun and found.pk not in self.paid
        return None if ended else found
