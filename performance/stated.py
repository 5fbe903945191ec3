"""Indicators and goals as plain rows: what documents print, without a model object for each."""

from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import QuerySet

from performance.models import GoalStatement, Indicator
from performance.models.framework import target_of


class Stated(NamedTuple):
    """An indicator as printed: its class, what is measured, and the value promised."""

    level1: str
    level2: str
    name: str
    description: str
    operator: str
    value: str
    measure: str
    weight: Decimal | None
    basis: str

    @property
    def target(self) -> str:
        """Print operator, value and measure as one text."""
        return target_of(self.operator, self.value, self.measure)


FIELDS = ("classified__level1", "classified__level2", *Stated._fields[2:])


def stated(indicators: QuerySet[Any]) -> list[Stated]:
    """Return indicators in printed order."""
    return [Stated(*row) for row in indicators.order_by("position").values_list(*FIELDS)]


def indicators_by_goal(goals: list[int]) -> dict[int, list[Stated]]:
    """Return the indicators of project goals in printed order, by the goal's primary key; one query."""
    rows = Indicator.objects.filter(goal__in=goals).order_by("goal", "position").values_list("goal", *FIELDS)
    return {goal: [Stated(*row[1:]) for row in found] for goal, found in groupby(rows, key=lambda row: row[0])}


def statements_by_goal(goals: list[int]) -> dict[int, list[tuple[int, str]]]:
    """Return the numbered goals of project goals, by the goal's primary key; one query."""
    rows = GoalStatement.objects.filter(goal__in=goals).order_by("goal", "number").values_list("goal", "number", "text")
    return {goal: [row[1:] for row in found] for goal, found in groupby(rows, key=lambda row: row[0])}
