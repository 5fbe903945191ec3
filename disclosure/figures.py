"""Asks the database for the facts of a scope: a constant number of queries, all sums made there."""

from decimal import Decimal
from typing import Any

from budgets.enums import AssetCategory, PreviousMeasure, PreviousTable, Source, ThreePublicItem
from budgets.models import Project
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
    ProcurementFact,
    ProjectFact,
    Revenue,
    RevenueItem,
    ThreePublicFact,
    ThreePublicFacts,
    UnitFact,
)
from disclosure.tables.base import plain
from disclosure.tables.scope import Scope
from disclosure.tables.t11_goals import PLAN, percent
from performance.models import ProjectGoal


def facts_of(scope: Scope) -> Facts:
    """Return all figures of ``scope`` in 元."""
    previous = _previous(scope)
    return Facts(
        units=tuple(_units(scope)),
        revenue=_revenue(scope, previous),
        expenditure=_expenditure(scope, previous),
        operating_costs=_operating_costs(scope),
        three_public=_three_public(scope),
        projects=tuple(_projects(scope)),
        procurement=_procurement(scope),
        assets=_assets(scope),
    )


def _previous(scope: Scope) -> dict[str, Decimal]:
    figures = scope.previous.filter(measure=PreviousMeasure.BUDGET, table=PreviousTable.SUMMARY)
    return dict(figures.values_list("code", "amount"))


def _units(scope: Scope) -> list[UnitFact]:
    profiles = scope.profiles.select_related("unit").order_by("unit__code")
    return [UnitFact(p.unit.code, p.unit.name, p.get_nature_display(), p.rank, p.funding) for p in profiles]


def _revenue(scope: Scope, previous: dict[str, Decimal]) -> Revenue:
    rows = {row["source"]: row for row in scope.revenues.by_source()}
    fresh = [RevenueItem(s.value, str(s.label), False, rows[s]["fresh"]) for s in Source if s in rows]  # noqa: FBT003
    carried = [
        RevenueItem(s.value, f"上年结转（{s.label}）", True, rows[s]["carried"])  # noqa: FBT003
        for s in Source
        if s in rows and rows[s]["carried"]
    ]
    return Revenue(scope.revenues.total(), (*fresh, *carried), previous.get("revenue_total"))


def _expenditure(scope: Scope, previous: dict[str, Decimal]) -> Expenditure:
    sums = scope.expenditures.kind_totals()
    return Expenditure(
        total=sums["total"],
        basic=BasicFact(sums["basic"], sums["personnel"], sums["public"]),
        project=sums["project"],
        other=sums["total"] - sums["basic"] - sums["project"],
        previous=PreviousExpenditure(**{key: previous.get(key) for key in PreviousExpenditure.__struct_fields__}),
    )


def _operating_costs(scope: Scope) -> OperatingCosts:
    lines = scope.expenditures.from_general_budget().public().of_operating_units(scope.profiles)
    return OperatingCosts(lines.total(), tuple(NamedAmount(row["item"], row["total"]) for row in lines.by_label()))


def _three_public(scope: Scope) -> ThreePublicFacts:
    rows = {row["item"]: row for row in scope.three_public.by_item()}
    reasons = scope.three_public.exclude(reason="").order_by("unit__code").values_list("item", "reason")
    items = [
        ThreePublicFact(
            key=item.value,
            name=str(item.label),
            amount=rows.get(item, {}).get("total", ZERO),
            previous=rows.get(item, {}).get("before"),
            reason="；".join(dict.fromkeys(reason for of, reason in reasons if of == item)),
        )
        for item in ThreePublicItem
    ]
    known = [item.previous for item in items if item.previous is not None]
    complete = len(known) == len(items)
    return ThreePublicFacts(
        total=sum((item.amount for item in items), ZERO),
        previous_total=sum(known, ZERO) if complete else None,
        items=tuple(items),
    )


def _projects(scope: Scope) -> list[ProjectFact]:
    """Return every project that has money or a goal table, in the order of the goal tables, then of codes."""
    amounts = {row["project"]: row for row in scope.expenditures.by_project()}
    goals = list(scope.project_goals)
    planned = {goal.project_id for goal in goals}
    others = Project.objects.filter(pk__in=amounts.keys() - planned).select_related("unit").order_by("code")
    goals += [ProjectGoal(project=project) for project in others]
    return [_project(goal, amounts.get(goal.project_id, {})) for goal in goals]


def _project(goal: ProjectGoal, amounts: dict[str, Any]) -> ProjectFact:
    march, june, october, december = (percent(getattr(goal, name)) for name, _ in PLAN)
    return ProjectFact(
        code=goal.project.code,
        name=goal.project.name,
        unit=goal.project.unit.code,
        amount=amounts.get("total", ZERO),
        fiscal=amounts.get("fiscal", ZERO),
        other=amounts.get("other", ZERO),
        purpose=goal.purpose,
        plan=(march, june, october, december),
        goals=tuple(statement.text for statement in goal.statements.all()) if goal.pk else (),
        indicators=tuple(
            IndicatorFact(
                i.classified.level1,
                i.classified.level2,
                i.name,
                i.description,
                i.operator,
                i.value,
                i.measure,
                i.basis,
            )
            for i in (goal.indicators.all() if goal.pk else ())
        ),
    )


def _procurement(scope: Scope) -> Procurement:
    items = [
        ProcurementFact(
            project=item.project.name if item.project else None,
            name=item.name,
            catalogue=item.catalogue.code,
            type=item.get_type_display(),
            quantity=plain(item.quantity),
            measure=item.measure,
            unit_price=item.unit_price,
            amount=item.amount,
        )
        for item in scope.procurement.select_related("project", "catalogue").order_by("unit__code", "id")
    ]
    return Procurement(scope.procurement.total(), tuple(items))


def _assets(scope: Scope) -> Assets:
    rows = scope.assets.by_category()
    latest = scope.assets.order_by("-as_of").first()
    measures = dict(scope.assets.values_list("category", "measure"))
    items = [
        AssetFact(str(c.label), plain(rows[c]["quantity"]), measures[c], rows[c]["value"])
        for c in AssetCategory
        if c in rows
    ]
    return Assets(scope.assets.total_value(), latest.as_of if latest else None, tuple(items))
