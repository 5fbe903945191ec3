"""The facts of a foreign document: what its prose and its goal tables state; what was not read is 0 or nothing."""

import re
from datetime import date
from decimal import Decimal

from budgets.enums import PreviousRow, ThreePublicItem
from budgets.money import ZERO
from disclosure.facts import (
    AssetFact,
    Assets,
    BasicFact,
    Expenditure,
    Facts,
    IndicatorFact,
    NamedAmount,
    OperatingCosts,
    PreviousExpenditure,
    Procurement,
    ProjectFact,
    Revenue,
    RevenueItem,
    ThreePublicFact,
    ThreePublicFacts,
    UnitFact,
    stated,
)
from disclosure.intake.past import Proposal
from disclosure.intake.past.assets import TOTAL
from disclosure.intake.past.money import CARRIED_OVER, OPERATING_TOTAL
from disclosure.intake.past.proposal import Amount, Figure, Goal, Indicator, Money


def facts_of(proposal: Proposal) -> Facts:
    """Return everything that was read."""
    money = proposal.money
    return Facts(
        units=tuple(
            UnitFact(u.code.text, u.name.text, u.nature.text, u.rank.text, u.funding.text) for u in proposal.units
        ),
        revenue=_revenue(money),
        expenditure=_expenditure(money),
        operating_costs=OperatingCosts(_of(money, OPERATING_TOTAL), _operating(money)),
        three_public=_three_public(money),
        projects=tuple(map(_project, proposal.goals)),
        procurement=Procurement(ZERO, ()),
        assets=_assets(proposal),
    )


def _amount(amount: Amount | None) -> Decimal:
    return amount.yuan if amount else ZERO


def _of(money: Money, key: str) -> Decimal:
    figure = money.figure(key)
    return _amount(figure.amount if figure else None)


def _before(money: Money, key: str) -> str | None:
    figure = money.figure(key)
    return stated(figure.previous if figure else None)


def _revenue(money: Money) -> Revenue:
    items = tuple(
        RevenueItem(figure.key, figure.name.text, figure.key == CARRIED_OVER, _amount(figure.amount))
        for figure in money.revenue
        if figure.key != PreviousRow.REVENUE_TOTAL
    )
    total = PreviousRow.REVENUE_TOTAL
    return Revenue(_of(money, total), items, _before(money, total))


def _expenditure(money: Money) -> Expenditure:
    keys = (
        PreviousRow.TOTAL,
        PreviousRow.BASIC,
        PreviousRow.PERSONNEL,
        PreviousRow.PUBLIC,
        PreviousRow.PROJECT,
    )
    total, basic, personnel, public, project = (_of(money, key) for key in keys)
    previous = PreviousExpenditure(*(_before(money, key) for key in keys))
    return Expenditure(total, BasicFact(basic, personnel, public), project, ZERO, previous)


def _operating(money: Money) -> tuple[NamedAmount, ...]:
    items = (figure for figure in money.operating if figure.key != OPERATING_TOTAL)
    return tuple(NamedAmount(figure.name.text, _amount(figure.amount)) for figure in items)


def _three_public(money: Money) -> ThreePublicFacts:
    figures = {figure.key: figure for figure in money.three_public}
    items = tuple(_item(key, figures[key]) for key in ThreePublicItem if key in figures)
    total = PreviousRow.THREE_PUBLIC
    return ThreePublicFacts(_of(money, total), _before(money, total), items)


def _item(key: ThreePublicItem, figure: Figure) -> ThreePublicFact:
    return ThreePublicFact(key, str(key.label), _amount(figure.amount), stated(figure.previous), figure.reason.text)


def _project(goal: Goal) -> ProjectFact:
    cells = [*(cell.text.rstrip("%％") or None for cell in goal.plan), None, None, None, None]
    return ProjectFact(
        code=goal.code.text,
        name=goal.name.text,
        unit=goal.unit.text,
        amount=_amount(goal.amount),
        fiscal=_amount(goal.fiscal),
        other=_amount(goal.other),
        purpose=goal.purpose.text,
        plan=(cells[0], cells[1], cells[2], cells[3]),
        goals=tuple(value.text for value in goal.statements),
        indicators=tuple(map(_indicator, goal.indicators)),
    )


def _indicator(of: Indicator) -> IndicatorFact:
    """Keep what is glued behind the number where it stands: in the value."""
    split = of.split
    return IndicatorFact(
        level1=of.level1.text,
        level2=of.level2.text,
        name=of.name.text,
        description=of.description.text,
        operator=split.operator,
        value=f"{split.value}{split.remainder}",
        measure=split.measure,
        basis=of.basis.text,
    )


def _assets(proposal: Proposal) -> Assets:
    rows = [row for row in proposal.assets.rows if row.key != TOTAL]
    items = tuple(
        AssetFact(row.key, row.quantity.text or None, row.measure.text, stated(row.value.yuan if row.value else None))
        for row in rows
    )
    return Assets(_amount(proposal.assets.total), _day(proposal.assets.as_of.text), items)


def _day(text: str) -> date | None:
    parts = [int(part) for part in re.findall(r"\d+", text)]
    try:
        return date(*parts)
    except (TypeError, ValueError):
        return None
