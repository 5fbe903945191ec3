"""What is stored of the promises: goals of a department, goals and indicators of its projects."""

from performance.models.department import AnnualTask, DutyGoal, OverallGoal, OverallIndicator
from performance.models.framework import Framework, IndicatorClass
from performance.models.project import GoalStatement, Indicator, ProjectGoal

__all__ = [
    "AnnualTask",
    "DutyGoal",
    "Framework",
    "GoalStatement",
    "Indicator",
    "IndicatorClass",
    "OverallGoal",
    "OverallIndicator",
    "ProjectGoal",
]
