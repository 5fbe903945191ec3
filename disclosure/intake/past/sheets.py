"""A proposal as the sheets of the import files: titles and headers are those of the resources, cells are text."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from budgets.enums import (
    Affiliation,
    Kind,
    PreviousMeasure,
    PreviousRow,
    PreviousTable,
    Source,
    ThreePublicItem,
    UnitNature,
)
from budgets.resources import (
    AssetHoldingResource,
    ExpenditureLineResource,
    PreviousFigureResource,
    ProjectResource,
    ThreePublicCostResource,
    UnitProfileResource,
    UnitResource,
)
from disclosure.intake.past.assets import CATEGORIES, TOTAL
from disclosure.intake.past.context import PLACE, Cells, Context
from disclosure.intake.past.doubts import first_year
from disclosure.intake.past.money import OPERATING_TOTAL
from disclosure.intake.past.proposal import Amount, Proposal
from disclosure.intake.past.words import duty_goals, empty_tables, narratives, overall_goals, terms
from disclosure.resources import EmptyTableResource, GlossaryTermResource, NarrativeResource
from performance.resources import (
    DutyGoalResource,
    GoalStatementResource,
    IndicatorResource,
    OverallGoalResource,
    ProjectGoalResource,
)

Sheet = list[dict[str, str]]
NATURES = {"参公": UnitNature.ASSIMILATED, "参照公务员": UnitNature.ASSIMILATED, "公益一类": UnitNature.WELFARE_FIRST}
NATURES |= {"公益二类": UnitNature.WELFARE_SECOND, "行政": UnitNature.ADMINISTRATIVE, "事业": UnitNature.INSTITUTION}
PERCENT = "%％"


class Row(NamedTuple):
    """A row of a file: header → text, and where in the document it stands."""

    cells: dict[str, str]
    place: str


def datasets(
    proposal: Proposal, year: int, department: str, codes: Mapping[str, str] | None = None
) -> dict[str, Sheet]:
    """Return sheet title → rows of header → text; a cell the document does not give is blank.

    ``department`` is its code; ``codes`` maps full names of units to codes for units printed without one.
    """
    rows = rows_of(Context(proposal, str(year), department, codes or {}))
    return {title: [row.cells for row in found] for title, found in rows.items()}


def rows_of(context: Context) -> dict[str, list[Row]]:
    """Return sheet title → rows; titles are the names of the models."""
    sheets = {
        UnitResource: _units(context),
        UnitProfileResource: _profiles(context),
        ProjectResource: _projects(context),
        OverallGoalResource: overall_goals(context),
        DutyGoalResource: duty_goals(context),
        ProjectGoalResource: _goals(context),
        GoalStatementResource: _statements(context),
        IndicatorResource: _indicators(context),
        ExpenditureLineResource: _expenditure(context),
        ThreePublicCostResource: _three_public(context),
        AssetHoldingResource: _assets(context),
        PreviousFigureResource: _previous(context),
        NarrativeResource: narratives(context),
        GlossaryTermResource: terms(context),
        EmptyTableResource: empty_tables(context),
    }
    filled = {_title(resource): [_row(resource, cells) for cells in rows] for resource, rows in sheets.items()}
    return {title: rows for title, rows in filled.items() if rows}


def _title(resource: Any) -> str:
    return str(resource._meta.model._meta.verbose_name)


def _row(resource: Any, cells: Cells) -> Row:
    """Name cells as the resource heads them, every column there; a field it does not know is an error."""
    headers = {field: column.column_name for field, column in resource.fields.items()}
    said = {headers[field]: str(cell) for field, cell in cells.items() if field != PLACE}
    return Row(dict.fromkeys(headers.values(), "") | said, str(cells.get(PLACE, "")))


def _yuan(amount: Amount | Decimal | None) -> str:
    exact = amount.yuan if isinstance(amount, Amount) else amount
    return "" if exact is None else f"{exact:f}"


def _label(choice: Any) -> str:
    return str(choice.label)


def _units(context: Context) -> Iterator[Cells]:
    marked = any(unit.head for unit in context.proposal.units)
    for index, unit in enumerate(context.proposal.units):
        head = unit.head or (not marked and index == 0)
        yield {
            "department": context.department,
            "code": context.code(unit),
            "name": unit.name.text,
            "affiliation": _label(Affiliation.HEAD if head else Affiliation.SUBORDINATE),
            PLACE: unit.name.place,
        }


def _profiles(context: Context) -> Iterator[Cells]:
    for unit in context.proposal.units:
        nature = next((_label(known) for word, known in NATURES.items() if word in unit.nature.text), unit.nature.text)
        yield {
            "unit": context.code(unit),
            "year": context.year,
            "nature": nature,
            "rank": unit.rank.text,
            "funding": unit.funding.text,
            PLACE: unit.name.place,
        }


def _projects(context: Context) -> Iterator[Cells]:
    for goal in context.proposal.goals:
        yield {
            "code": goal.code.text,
            "name": goal.name.text,
            "unit": context.unit_of(goal),
            "category": "",
            "first_year": first_year(goal.code.text),
            PLACE: goal.code.place,
        }


def _goals(context: Context) -> Iterator[Cells]:
    months = ("plan_march", "plan_june", "plan_october", "plan_december")
    for position, goal in enumerate(context.proposal.goals, start=1):
        plan = dict(zip(months, (cell.text.rstrip(PERCENT) for cell in goal.plan), strict=False))
        yield {
            **context.budget(),
            PLACE: goal.code.place,
            "project": goal.code.text,
            "position": position,
            "purpose": goal.purpose.text,
            **dict.fromkeys(months, ""),
            **plan,
        }


def _statements(context: Context) -> Iterator[Cells]:
    for goal in context.proposal.goals:
        for number, statement in enumerate(goal.statements, start=1):
            said = {"number": number, "text": statement.text, PLACE: statement.place}
            yield {"year": context.year, "goal": goal.code.text, **said}


def _indicators(context: Context) -> Iterator[Cells]:
    for goal in context.proposal.goals:
        for position, indicator in enumerate(goal.indicators, start=1):
            yield {
                "year": context.year,
                "goal": goal.code.text,
                "position": position,
                "classified": f"{indicator.level1.text}/{indicator.level2.text}",
                "name": indicator.name.text,
                "description": indicator.description.text,
                "operator": indicator.split.operator,
                "value": indicator.split.value,
                "measure": indicator.split.measure,
                "basis": indicator.basis.text,
                "printed_value": indicator.printed.text,
                PLACE: indicator.printed.place or indicator.name.place,
            }


def _expenditure(context: Context) -> Iterator[Cells]:
    """Yield what has an amount of its own: projects, and the items of 公用经费; their codes are for a person to add."""
    common: Cells = {**context.budget(), "function": "", "economic": "", "government_economic": ""}
    common |= {"source": _label(Source.GENERAL), "carried_over": "否"}
    for figure in context.proposal.money.operating:
        if figure.key != OPERATING_TOTAL:
            line = {"unit": context.head(), "kind": _label(Kind.PUBLIC), "project": "", "label": figure.name.text}
            yield {**common, **line, "amount": _yuan(figure.amount), PLACE: figure.name.place}
    for goal in context.proposal.goals:
        line = {"unit": context.unit_of(goal), "kind": _label(Kind.PROJECT), "project": goal.code.text, "label": ""}
        yield {**common, **line, "amount": _yuan(goal.amount), PLACE: goal.amount.place if goal.amount else ""}


def _three_public(context: Context) -> Iterator[Cells]:
    for item in ThreePublicItem:
        figure = context.proposal.money.figure(item)
        if figure and figure.amount:
            yield {
                **context.budget(),
                "unit": context.head(),
                "source": _label(Source.GENERAL),
                "item": _label(item),
                "amount": _yuan(figure.amount),
                "previous": _yuan(figure.previous),
                "reason": figure.reason.text,
                PLACE: figure.amount.place,
            }


def _assets(context: Context) -> Iterator[Cells]:
    categories = {str(key): key for key in CATEGORIES if key != TOTAL}
    assets = context.proposal.assets
    for row in assets.rows:
        if row.key in categories:
            yield {
                **context.budget(),
                "unit": context.head(),
                "category": _label(categories[row.key]),
                "quantity": row.quantity.text,
                "measure": row.measure.text,
                "value": _yuan(row.value),
                "as_of": assets.as_of.text,
                PLACE: row.place,
            }


def _previous(context: Context) -> Iterator[Cells]:
    for row in PreviousRow:
        figure = context.proposal.money.figure(row)
        if figure and figure.previous is not None:
            yield {
                **context.budget(),
                "unit": context.unit,
                "measure": _label(PreviousMeasure.BUDGET),
                "table": _label(PreviousTable.SUMMARY),
                "code": _label(row),
                "amount": _yuan(figure.previous),
                PLACE: figure.change.place if figure.change else "",
            }
