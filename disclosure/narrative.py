"""Sentences computed from the facts in a layout's wording: direction by sign, zero items named, two decimals."""

from collections.abc import Callable, Mapping
from decimal import Decimal

import msgspec

from budgets.enums import Source
from budgets.money import ZERO, MoneyUnit, shown
from disclosure.facts import Facts, ThreePublicFact
from disclosure.tables.scope import IncomeRow


class Voice(msgspec.Struct, frozen=True):
    """Who speaks, of which year, from which facts, in which words; ``texts`` are what people wrote, by key."""

    year: int
    department: str
    region: str
    we: str
    facts: Facts
    texts: Mapping[str, str]
    wording: Mapping[str, str]
    income_rows: tuple[IncomeRow, ...]

    def say(self, key: str, **values: str | int) -> str:
        """Fill the layout's wording ``key``."""
        known: dict[str, str | int] = {
            "year": self.year,
            "last_year": self.year - 1,
            "department": self.department,
            "region": self.region,
            "we": self.we,
        }
        return self.wording[key].format(**{**known, **values})

    def reason(self, key: str, wording: str) -> str:
        """Return the written reason ``key`` in its wording, nothing where nobody gave one."""
        text = self.texts.get(key, "").strip().rstrip("。")
        return self.say(wording, reason=text) if text else ""


def wan(amount: Decimal) -> str:
    """Print an amount (元) in 万元 with its unit."""
    return f"{shown(amount, MoneyUnit.WAN)}万元"


def direction(now: Decimal, before: Decimal) -> str:
    """Say 增加, 减少 or 持平 by the sign of the difference (元); one too small to print is 基本持平."""
    if now == before:
        return "持平"
    if shown(now - before, MoneyUnit.WAN) == shown(ZERO, MoneyUnit.WAN):
        return "基本持平"
    return f"增加{wan(now - before)}" if now > before else f"减少{wan(before - now)}"


def basis(voice: Voice) -> list[str]:
    """Say by which rules the budget was made."""
    return [voice.say("basis")]


def revenue(voice: Voice) -> list[str]:
    """Say all income and each of its parts, zero ones included."""
    items = voice.facts.revenue.items
    fresh = {item.key: item.amount for item in items if not item.carried_over}
    carried = sum((item.amount for item in items if item.carried_over), ZERO)
    parts = [(row.label, sum((fresh.get(source, ZERO) for source in row.sources), ZERO)) for row in voice.income_rows]
    if surplus := fresh.get(Source.SURPLUS, ZERO):
        parts.append((voice.say("surplus"), surplus))
    parts.append((voice.say("carried_over"), carried))
    listed = "，".join(f"{label}{wan(amount)}" for label, amount in parts)
    return [voice.say("revenue", total=wan(voice.facts.revenue.total), items=listed)]


def expenditure(voice: Voice) -> list[str]:
    """Say all spending, its parts, and each project."""
    spent = voice.facts.expenditure
    projects = "、".join(
        voice.say("project_item", name=project.name, amount=wan(project.amount)) for project in voice.facts.projects
    )
    said = voice.say(
        "expenditure",
        total=wan(spent.total),
        basic=wan(spent.basic.total),
        personnel=wan(spent.basic.personnel),
        public=wan(spent.basic.public),
        project=wan(spent.project),
        projects=voice.say("projects", items=projects) if projects else "",
        other=voice.say("other_expenditure", amount=wan(spent.other)) if spent.other else "",
    )
    return [said]


def change(voice: Voice) -> list[str]:
    """Compare spending and income with last year's budget, with the reasons people gave."""
    spent, before = voice.facts.expenditure, voice.facts.expenditure.previous
    compared = {
        "change": (spent.total, before.total),
        "basic": (spent.basic.total, before.basic),
        "personnel": (spent.basic.personnel, before.personnel),
        "public": (spent.basic.public, before.public),
        "project": (spent.project, before.project),
    }
    moves = {key: direction(now, then) for key, (now, then) in compared.items() if then is not None}
    if len(moves) < len(compared):
        return [voice.say("no_previous")]
    for key in ("personnel", "public"):
        moves[key] += voice.reason(f"reason_{key}", "part_reason")
    reason = voice.reason("reason_project", "project_reason")
    return [voice.say("change", total=wan(spent.total), reason=reason, **moves), *_revenue_change(voice)]


def _revenue_change(voice: Voice) -> list[str]:
    received, before = voice.facts.revenue.total, voice.facts.revenue.previous_total
    if before is None:
        return []
    reason = voice.reason("reason_revenue", "revenue_reason")
    moved = direction(received, before)
    return [voice.say("revenue_change", total=wan(received), change=moved, reason=reason)]


def operating_costs(voice: Voice) -> list[str]:
    """Say 机关运行经费 and every item of it."""
    costs = voice.facts.operating_costs
    if not costs.items:
        return [voice.say("no_operating_costs")]
    listed = "、".join(f"{item.name}{wan(item.amount)}" for item in costs.items)
    return [voice.say("operating_costs", total=wan(costs.total), items=listed)]


def three_public(voice: Voice) -> list[str]:
    """Say “三公”经费, its four items, and how each moved and why."""
    costs = voice.facts.three_public
    amounts = {item.key: item.amount for item in costs.items}
    vehicles = amounts["vehicle_purchase"] + amounts["vehicle_running"]
    said = voice.say(
        "three_public",
        total=wan(costs.total),
        vehicles=wan(vehicles),
        **{key: wan(amount) for key, amount in amounts.items()},
    )
    if costs.previous_total is None:
        return [said + voice.say("no_previous")]
    listed = "；".join(_three_public_move(voice, item) for item in costs.items)
    return [said + voice.say("three_public_change", change=direction(costs.total, costs.previous_total), items=listed)]


def _three_public_move(voice: Voice, item: ThreePublicFact) -> str:
    reason = voice.say("three_public_reason", reason=item.reason.rstrip("。")) if item.reason else ""
    moved = direction(item.amount, item.previous or ZERO)
    return voice.say("three_public_item", name=item.name, change=moved, reason=reason)


def procurement(voice: Voice) -> list[str]:
    """Say how much is to be bought."""
    return [voice.say("procurement", total=wan(voice.facts.procurement.total))]


def assets(voice: Voice) -> list[str]:
    """Say what fixed assets are worth, and what people noted about them."""
    note = voice.reason("asset_note", "asset_note")
    return [voice.say("assets", total=wan(voice.facts.assets.total), note=note)]


SENTENCES: dict[str, Callable[[Voice], list[str]]] = {
    "basis": basis,
    "revenue": revenue,
    "expenditure": expenditure,
    "change": change,
    "operating_costs": operating_costs,
    "three_public": three_public,
    "procurement": procurement,
    "assets": assets,
}
