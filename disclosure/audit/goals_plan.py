"""B01 and B02: the cumulative spending plan of each project."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome
from disclosure.audit.goals_reading import Promise, promised, promises
from disclosure.document import Document

COLUMN = "资金支出计划（累计）"
TIMES = ("3月底", "6月底", "10月底", "12月底")
ALL = Decimal(100)
QUARTERS = (Decimal(25), Decimal(50), Decimal(75), ALL)
FEWEST = 4
"""From so many projects on, a plan that more than half of them share was not thought about."""


def share(text: str | None) -> Decimal | None:
    """Read a cumulative percentage, None where there is none."""
    try:
        found = Decimal((text or "").strip().rstrip("%％"))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def shares(promise: Promise) -> list[Decimal | None]:
    """Return the plan as numbers."""
    return [share(text) for text in promise.project.plan]


def known(promise: Promise) -> tuple[Decimal, ...]:
    """Return what is filled of the plan."""
    return tuple(one for one in shares(promise) if one is not None)


def spoken(plan: tuple[Decimal, ...]) -> str:
    """Say a plan as clerks do: 25/50/75/100."""
    return "/".join(f"{one.normalize():f}" for one in plan)


@rule("B01", Family.GOALS, Severity.ERROR, applies=(promised,))
def plan_is_filled(document: Document) -> Iterator[Outcome]:
    """资金支出计划：四个时点都填写，没有支出填0%，累计比例不减少、不超过100%。"""
    for promise in promises(document):
        yield from (promise.problem(f"的资金支出计划{fault}", COLUMN) for fault in _faults(shares(promise)))
    yield Agreed()


def _faults(plan: list[Decimal | None]) -> Iterator[str]:
    filled = [(time, one) for time, one in zip(TIMES, plan, strict=True) if one is not None]
    if blank := [time for time, one in zip(TIMES, plan, strict=True) if one is None]:
        yield f"{'、'.join(blank)}为空，请填写（无支出填0%）。"
    for (before, less), (after, more) in pairwise(filled):
        if more < less:
            yield f"{before}{less:f}%、{after}{more:f}%，累计比例不应减少，请核对。"
    for time, one in filled:
        if not 0 <= one <= ALL:
            yield f"{time}{one:f}%，应在0%至100%之间，请核对。"


@rule("B02", Family.GOALS, Severity.WARNING, applies=(promised,))
def plan_is_thought_about(document: Document) -> Iterator[Outcome]:
    """资金支出计划：按实际安排填写，12月底达到100%而不过早达到，各项目不套用同一计划。"""
    whole = [(promise, plan) for promise in promises(document) if len(plan := known(promise)) == len(TIMES)]
    for promise, plan in whole:
        if plan[2] >= ALL:
            early = next(time for time, one in zip(TIMES, plan, strict=True) if one >= ALL)
            yield promise.problem(f"的支出计划{early}已达100%，请确认。", COLUMN)
        elif plan[3] < ALL:
            yield promise.problem(f"的支出计划12月底为{plan[3]:f}%，没有达到100%，请确认。", COLUMN)
    yield from _same([plan for _, plan in whole], [promise for promise, _ in whole])
    yield Agreed()


def _same(plans: list[tuple[Decimal, ...]], owners: list[Promise]) -> Iterator[Outcome]:
    plan, often = Counter(plans).most_common(1)[0] if plans else (QUARTERS, 0)
    if len(plans) < FEWEST or often * 2 <= len(plans):
        return
    first = next(owner for owner, one in zip(owners, plans, strict=True) if one == plan)
    default = "与默认值相同" if plan == QUARTERS else "完全相同"
    said = f"等{often}个项目（共{len(plans)}个）的支出计划都是{spoken(plan)}，{default}，请按实际安排填写。"
    yield first.problem(said, COLUMN)
