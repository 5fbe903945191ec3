"""Compares the 合计 and 小计 that a file states with its rows: they are not stored, but they must be right."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError

from budgets.money import parse, says_not_applicable
from disclosure.intake.columns import Column, columns_of
from disclosure.intake.lines import PART, Line, money_in, name_of
from disclosure.intake.plans import Plan
from disclosure.intake.problems import Problem

FIX = "请核对这一行和各明细行；这一行由系统加总，也可以删去。"


class Sums(NamedTuple):
    """What a stated total may be: the first is the plain reading, the rest are other habits of writing tables."""

    plain: Decimal
    others: tuple[Decimal, ...]


def wrong_totals(plan: Plan) -> Iterator[Problem]:
    """Yield each stated total that agrees with no sum of rows; columns with unreadable amounts are left alone."""
    for column in columns_of(plan.kind) if plan.stated else ():
        if column.money and column.header in plan.found.places and all(_readable(line, column) for line in plan.lines):
            for total in plan.stated:
                yield from _compare(plan, total, column)


def _compare(plan: Plan, total: Line, column: Column) -> Iterator[Problem]:
    text, at = total.cells.get(column.header, ""), plan.found.places[column.header]
    if not text or (total.number, at + 1) in plan.doubts:
        return
    try:
        written = parse(text)
    except ValidationError as error:
        yield Problem(name_of(plan.found), total.number, at + 1, column.header, text, error.messages[0], "", FIX)
        return
    sums = _sums(plan, total, column)
    if written not in (sums.plain, *sums.others):
        said = f"{total.title}{written}元，各行相加{sums.plain}元，相差{written - sums.plain}元"
        yield Problem(name_of(plan.found), total.number, at + 1, column.header, text, said, f"{sums.plain}", FIX)


def _sums(plan: Plan, total: Line, column: Column) -> Sums:
    """Add rows up as tables do: 小计 for its group above or below it, 合计 for all above, all below, or both."""
    numbers = [line.number for line in plan.stated]
    ends = [one for one in numbers if one < total.number]
    since, until = max(ends, default=0), min((one for one in numbers if one > total.number), default=0)
    above = money_in(column, [line for line in plan.lines if line.number < total.number])
    group = money_in(column, [line for line in plan.lines if since < line.number < total.number])
    under = money_in(
        column, [line for line in plan.lines if line.number > total.number and line.number < (until or line.number + 1)]
    )
    whole = money_in(column, plan.lines)
    if total.title.endswith(PART):
        return Sums(group, (under,))
    return Sums(above or whole, (whole, group, under))


def _readable(line: Line, column: Column) -> bool:
    text = line.cells.get(column.header, "")
    if not text or says_not_applicable(text):
        return True
    try:
        parse(text)
    except ValidationError:
        return False
    return True
