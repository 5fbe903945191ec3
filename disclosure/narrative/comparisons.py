"""Tokens that compare with last year; none where last year's figure is not known."""

from collections.abc import Callable
from decimal import Decimal

from budgets.money import percentage
from disclosure.facts import Stated, ThreePublicFact, exact
from disclosure.narrative.voice import Voice, direction, wan

PAIRS: dict[str, Callable[[Voice], tuple[Decimal, Stated]]] = {
    "收入": lambda voice: (voice.facts.revenue.total, voice.facts.revenue.previous_total),
    "支出": lambda voice: (voice.facts.expenditure.total, voice.facts.expenditure.previous.total),
    "基本支出": lambda voice: (voice.facts.expenditure.basic.total, voice.facts.expenditure.previous.basic),
    "人员经费": lambda voice: (voice.facts.expenditure.basic.personnel, voice.facts.expenditure.previous.personnel),
    "公用经费": lambda voice: (voice.facts.expenditure.basic.public, voice.facts.expenditure.previous.public),
    "项目支出": lambda voice: (voice.facts.expenditure.project, voice.facts.expenditure.previous.project),
    "三公经费": lambda voice: (voice.facts.three_public.total, voice.facts.three_public.previous_total),
}
REASONS = {
    "人员经费原因": ("reason_personnel", "part_reason"),
    "公用经费原因": ("reason_public", "part_reason"),
    "项目支出原因": ("reason_project", "project_reason"),
    "收入原因": ("reason_revenue", "revenue_reason"),
    "资产说明": ("asset_note", "asset_note"),
}


def _before(figures: tuple[Decimal, Stated]) -> str | None:
    before = exact(figures[1])
    return wan(before) if isinstance(before, Decimal) else None


def _moved(figures: tuple[Decimal, Stated]) -> str | None:
    before = exact(figures[1])
    return direction(figures[0], before) if isinstance(before, Decimal) else None


def _rate(figures: tuple[Decimal, Stated]) -> str | None:
    """Say by how many percent; a base of 0 has no percentage, and says so."""
    before = exact(figures[1])
    if not isinstance(before, Decimal):
        return None
    share = percentage(abs(figures[0] - before), before)
    return "上年为零，不可比" if share is None else f"{share}%"


def three_public_moves(voice: Voice) -> str | None:
    """Say how each item of “三公”经费 moved, and why; None where last year is not known for all of them."""
    moves = [_three_public_move(voice, item) for item in voice.facts.three_public.items]
    return (
        "；".join(moves)
        if all(isinstance(exact(i.previous), Decimal) for i in voice.facts.three_public.items)
        else None
    )


def _three_public_move(voice: Voice, item: ThreePublicFact) -> str:
    reason = voice.part("three_public_reason", reason=item.reason.rstrip("。")) if item.reason else ""
    moved = _moved((item.amount, item.previous)) or ""
    return voice.part("three_public_item", name=item.name, change=moved, reason=reason)


def _of(name: str, say: Callable[[tuple[Decimal, Stated]], str | None]) -> Callable[[Voice], str | None]:
    return lambda voice: say(PAIRS[name](voice))


def _reason(key: str, wording: str) -> Callable[[Voice], str | None]:
    return lambda voice: voice.reason(key, wording)


TOKENS: dict[str, Callable[[Voice], str | None]] = {
    **{f"上年{name}": _of(name, _before) for name in PAIRS},
    **{f"{name}增减": _of(name, _moved) for name in PAIRS},
    **{f"{name}增减幅度": _of(name, _rate) for name in PAIRS},
    **{name: _reason(*at) for name, at in REASONS.items()},
    "三公经费增减明细": three_public_moves,
}
