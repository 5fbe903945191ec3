"""What to look at in a sheet that was read: the hazards of its cells, and amounts that seem to be in another unit."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from budgets.models.figures import stated
from budgets.readers.figures import read_figure, says_nothing, wrong_unit
from budgets.readers.hazards import SENTENCES, Hazard
from budgets.readers.sheets import Note
from disclosure.intake.columns import columns_of
from disclosure.intake.lines import name_of
from disclosure.intake.plans import Plan
from disclosure.intake.prefill import disclosure_before
from disclosure.intake.problems import Problem
from disclosure.intake.reading import Keys
from disclosure.models import Disclosure

OF_SHEET = frozenset({Hazard.UNSEEN, Hazard.HIDDEN_SHEET})
OF_ROW = frozenset({Hazard.HIDDEN_ROW, Hazard.HIDDEN_TOTAL})
MOST_DASHES = 100
CHECK_UNIT = "请核对这一列的单位：表头写“（元）”就填元，写“（万元）”就填万元。"


def notices_of(plan: Plan, disclosure: Disclosure) -> Iterator[Problem]:
    """Yield the doubts about units, the dashes, the hazards of cells; what is a problem already is not said again."""
    yield from _units(plan, disclosure)
    yield from _dashes(plan)
    told = {(problem.row, problem.message) for problem in plan.problems}
    for note in plan.found.sheet.notes:
        if (note.row + 1, note.sentence) not in told:
            yield notice(plan, note)


def notice(plan: Plan, note: Note) -> Problem:
    """Turn a hazard into what the clerk reads, with its cell as the spreadsheet names it."""
    found, row, column = plan.found, note.row + 1, note.column + 1
    if note.hazard in OF_SHEET:
        row = column = 0
    elif note.hazard in OF_ROW:
        column = 0
    field = next((header for header, at in found.places.items() if at + 1 == column), "")
    return Problem(name_of(found), row, column, field, "", note.sentence)


def _dashes(plan: Plan) -> Iterator[Problem]:
    """Name the money cells that hold “—”, “无” or “/” and were read as not filled in; all beyond a hundred together."""
    found, wrong = plan.found, {(problem.row, problem.column) for problem in plan.problems}
    columns = [column for column in columns_of(plan.kind) if column.money and column.header in found.places]
    told = [
        Problem(name_of(found), line.number, at + 1, column.header, text, read_figure(text).note)
        for line in plan.lines
        for column in columns
        if says_nothing(text := found.sheet.cell(line.number - 1, at := found.places[column.header]))
        and (line.number, at + 1) not in wrong
    ]
    yield from told[:MOST_DASHES]
    if len(told) > MOST_DASHES:
        last = told[MOST_DASHES - 1]
        yield last._replace(value="", message=SENTENCES[Hazard.MORE].format(len(told) - MOST_DASHES))


def _units(plan: Plan, disclosure: Disclosure) -> Iterator[Problem]:
    columns = [column for column in columns_of(plan.kind) if column.money and column.header in plan.found.places]
    drafts = [*plan.added, *plan.changed, *plan.same]
    if not (columns and drafts):
        return
    earlier = disclosure_before(disclosure)
    key = Keys(plan.kind, plan.kind.resource.fields).of_row
    past = {key(row): row for row in plan.kind.rows(earlier)} if earlier else {}
    for column in columns:
        attribute = plan.kind.resource.fields[column.name].attribute
        before = [(_amount(draft.row, attribute), _amount(draft.stored, attribute)) for draft in drafts]
        last = [
            (_amount(draft.row, attribute), _amount(past.get(key(draft.row)), attribute)) for draft in drafts if past
        ]
        doubt = wrong_unit(before) or wrong_unit(last)
        if doubt:
            at = plan.found.places[column.header] + 1
            row = plan.found.header + 1
            yield Problem(name_of(plan.found), row, at, column.header, "", str(doubt), "", CHECK_UNIT)


def _amount(row: Any, attribute: str) -> Decimal | None:
    value = None if row is None else stated(row, attribute)
    return value if isinstance(value, Decimal) else None
