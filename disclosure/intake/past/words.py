"""The words of a proposal as rows: texts, goals of the department, terms, and tables declared empty."""

from collections.abc import Iterator

from budgets.enums import PreviousRow
from disclosure.enums import NarrativeKey, NarrativeState, TableKey
from disclosure.intake.past.context import PLACE, Cells, Context
from disclosure.intake.past.proposal import Value

REASONS = {
    NarrativeKey.REASON_REVENUE: PreviousRow.REVENUE_TOTAL,
    NarrativeKey.REASON_PERSONNEL: PreviousRow.PERSONNEL,
    NarrativeKey.REASON_PUBLIC: PreviousRow.PUBLIC,
    NarrativeKey.REASON_PROJECT: PreviousRow.PROJECT,
}


def narratives(context: Context) -> Iterator[Cells]:
    """Yield the texts that are there and the reasons for changes, all of them 未复核."""
    state = str(NarrativeState.CARRIED_OVER.label)
    for key, paragraphs in _texts(context).items():
        if text := _joined(paragraphs):
            words = {"key": str(key.label), "text": text, "state": state, PLACE: paragraphs[0].place}
            yield {**context.disclosure(), **words}


def _texts(context: Context) -> dict[NarrativeKey, tuple[Value, ...]]:
    narrative, money = context.proposal.narrative, context.proposal.money
    figures = {key: money.figure(row) for key, row in REASONS.items()}
    return {
        NarrativeKey.DUTIES: narrative.duties,
        NarrativeKey.ASSET_NOTE: narrative.asset_note,
        NarrativeKey.OTHER_MATTERS: narrative.other_matters,
        **{key: (figure.reason,) for key, figure in figures.items() if figure},
    }


def _joined(paragraphs: tuple[Value, ...]) -> str:
    return "\n".join(paragraph.text for paragraph in paragraphs)


def overall_goals(context: Context) -> Iterator[Cells]:
    """Yield the one row, where a goal is stated."""
    narrative = context.proposal.narrative
    if narrative.overall_goal:
        texts = {"text": _joined(narrative.overall_goal), "safeguards": _joined(narrative.safeguards)}
        yield {**context.budget(), "unit": context.unit, **texts, PLACE: narrative.overall_goal[0].place}


def duty_goals(context: Context) -> Iterator[Cells]:
    """Yield a row for each duty."""
    for position, goal in enumerate(context.proposal.narrative.duty_goals, start=1):
        words = {key: value.text for key, value in goal._asdict().items()}
        yield {**context.budget(), "unit": context.unit, "position": position, **words, PLACE: goal.duty.place}


def terms(context: Context) -> Iterator[Cells]:
    """Yield a row for each term."""
    for position, found in enumerate(context.proposal.narrative.glossary, start=1):
        words = {"term": found.term.text, "explanation": found.explanation.text, PLACE: found.term.place}
        yield {**context.disclosure(), "position": position, **words}


def empty_tables(context: Context) -> Iterator[Cells]:
    """Yield the table of procurement where it is printed empty with a sentence below."""
    stated = context.proposal.no_procurement
    if stated.text:
        yield {
            **context.disclosure(),
            "table": str(TableKey.PROCUREMENT.label),
            "reason": stated.text,
            PLACE: stated.place,
        }
