"""Stores the sample's words: goals, indicators, narrative, glossary and empty tables."""

from decimal import Decimal

from budgets.models import Budget, Project
from disclosure.enums import NarrativeState
from disclosure.models import Disclosure, EmptyTable, GlossaryTerm, Narrative
from disclosure.sample.printed import Sample
from performance.models import DutyGoal, GoalStatement, Indicator, IndicatorClass, OverallGoal, ProjectGoal

FRAMEWORK = "2015"


def store_words(sample: Sample, disclosure: Disclosure) -> None:
    """Store every text of the sample under ``disclosure`` and its budget."""
    _store_goals(sample, disclosure.budget)
    texts = {name: sample.text(name) for name in ("duties", "asset_note", "other_matters")}
    texts |= {f"reason_{row['key']}": row["text"] for row in sample.rows("reasons")}
    for key, text in texts.items():
        Narrative.objects.create(disclosure=disclosure, key=key, text=text, state=NarrativeState.CONFIRMED)
    for row in sample.rows("glossary"):
        said = {"term": row["term"], "explanation": row["explanation"]}
        GlossaryTerm.objects.create(disclosure=disclosure, position=int(row["number"]), **said)
    for row in sample.rows("empty_tables"):
        EmptyTable.objects.create(disclosure=disclosure, table=row["table"], reason=row["reason"])


def _store_goals(sample: Sample, budget: Budget) -> None:
    goal, safeguards = sample.text("overall_goal"), sample.text("safeguards")
    OverallGoal.objects.create(budget=budget, text=goal, safeguards=safeguards)
    parts = ("duty", "responsibilities", "objective", "goal", "indicators", "standard")
    for row in sample.rows("duty_goals"):
        DutyGoal.objects.create(budget=budget, position=int(row["number"]), **{part: row[part] for part in parts})
    goals = {row["code"]: _store_project_goal(budget, row) for row in sample.rows("projects")}
    for row in sample.rows("goals"):
        number = int(row["number"])
        GoalStatement.objects.create(goal=goals[row["project"]], number=number, text=row["text"])
    classes = {(c.level1, c.level2): c for c in IndicatorClass.objects.filter(framework__key=FRAMEWORK)}
    for row in sample.rows("indicators"):
        classified = classes[row["level1"], row["level2"]]
        _store_indicator(goals[row["project"]], classified, row)


def _store_project_goal(budget: Budget, row: dict[str, str]) -> ProjectGoal:
    plan = {name: row[name] for name in ("plan_march", "plan_june", "plan_october", "plan_december")}
    shares = {name: Decimal(text.rstrip("%")) if text else None for name, text in plan.items()}
    project = Project.objects.get(code=row["code"])
    said = {"position": int(row["number"]), "purpose": row["purpose"]}
    return ProjectGoal.objects.create(budget=budget, project=project, **said, **shares)


def _store_indicator(goal: ProjectGoal, classified: IndicatorClass, row: dict[str, str]) -> None:
    parts = ("name", "description", "operator", "value", "measure", "basis")
    Indicator.objects.create(
        goal=goal,
        position=int(row["number"]),
        classified=classified,
        printed_value=row["value_text"],
        **{part: row[part] for part in parts},
    )
