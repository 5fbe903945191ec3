"""Asks the database for the facts of a scope: a constant number of queries, whatever the number of lines."""

from typing import Any

from budgets.enums import AssetCategory, PreviousRow, ProcurementType, Source, ThreePublicItem, WithheldScheme
from budgets.models import Project
from budgets.models.figures import stated as stated_of
from budgets.money import ZERO
from disclosure.facts import (
    AssetFact,
    Assets,
    BasicFact,
    Expenditure,
    Facts,
    Figure,
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
    stated,
)
from disclosure.tables.base import plain
from disclosure.tables.hierarchy import ECONOMIC, is_withheld
from disclosure.tables.lastyear import summary_before, three_public_before, together, years_before
from disclosure.tables.scope import Scope
from disclosure.tables.t10_projects import WITHHELD
from disclosure.tables.t11_goals import PLAN, percent
from disclosure.tables.t14_assets import held_figure
from performance.models import ProjectGoal


def facts_of(scope: Scope) -> Facts:
    """Return all figures of ``scope`` in 元."""
    previous = summary_before(scope)
    return Facts(
        units=tuple(_units(scope)),
        revenue=_revenue(scope, previous),
        expenditure=_expenditure(scope, previous),
        operating_costs=_operating_costs(scope),
        three_public=_three_public(scope),
        projects=tuple(_projects(scope)),
        procurement=_procurement(scope),
        assets=_assets(scope),
        years=tuple(years_before(scope, previous.get(PreviousRow.TOTAL))),
    )


def _units(scope: Scope) -> list[UnitFact]:
    return [UnitFact(p.unit.code, p.unit.name, p.get_nature_display(), p.rank, p.funding) for p in scope.units]


def _revenue(scope: Scope, previous: dict[str, Figure]) -> Revenue:
    rows = {row["source"]: row for row in scope.received}
    items = [
        *(RevenueItem(s.value, str(s.label), carried_over=False, amount=rows[s]["fresh"]) for s in Source if s in rows),
        *(
            RevenueItem(s.value, f"上年结转（{s.label}）", carried_over=True, amount=rows[s]["carried"])
            for s in Source
            if s in rows and rows[s]["carried"]
        ),
    ]
    total = sum((row["fresh"] + row["carried"] for row in scope.received), ZERO)
    return Revenue(total, tuple(items), stated(previous.get(PreviousRow.REVENUE_TOTAL)))


def _expenditure(scope: Scope, previous: dict[str, Figure]) -> Expenditure:
    sums = scope.spent
    before = {key: stated(previous.get(PreviousRow(key))) for key in PreviousExpenditure.__struct_fields__}
    return Expenditure(
        total=sums["total"],
        basic=BasicFact(sums["basic"], sums["personnel"], sums["public"]),
        project=sums["project"],
        other=sums["total"] - sums["basic"] - sums["project"],
        previous=PreviousExpenditure(**before),
    )


def _operating_costs(scope: Scope) -> OperatingCosts:
    """Return every item under its name; what would reveal a secret is one item together."""
    lines = scope.operating_costs
    rows = list(lines.by_label())
    open_rows = [row for row in rows if not is_withheld(row["code"] or "", ECONOMIC, scope)]
    items = [NamedAmount(row["item"], row["total"]) for row in open_rows]
    if len(open_rows) < len(rows):
        items.append(NamedAmount("其他", sum((row["total"] for row in rows if row not in open_rows), ZERO)))
    return OperatingCosts(sum((row["total"] for row in rows), ZERO), tuple(items))


def _three_public(scope: Scope) -> ThreePublicFacts:
    rows = scope.three_public_items
    reasons = list(scope.three_public.exclude(reason="").order_by("unit__code").values_list("item", "reason"))
    before = three_public_before(scope, rows)
    items = [
        ThreePublicFact(
            key=item.value,
            name=str(item.label),
            amount=rows.get(item, {}).get("total", ZERO),
            previous=stated(before[item]),
            reason="；".join(dict.fromkeys(reason for of, reason in reasons if of == item)),
        )
        for item in ThreePublicItem
    ]
    return ThreePublicFacts(
        total=sum((item.amount for item in items), ZERO),
        previous_total=stated(together(list(before.values()))),
        items=tuple(items),
    )


def _projects(scope: Scope) -> list[ProjectFact]:
    """Return every project that has money or a goal table, in the order of the goal tables, then of codes.

    Secret projects are one item together, without name or code (财预〔2016〕143号: publish the level above).
    """
    amounts, goals = scope.spent_by_project, list(scope.project_goals)
    planned = {goal.project_id for goal in goals}
    others = Project.objects.filter(pk__in=amounts.keys() - planned).select_related("unit").order_by("code")
    withheld = scope.withheld[WithheldScheme.PROJECT]
    secret = [amounts[project.pk] for project in others if project.code in withheld]
    goals += [ProjectGoal(project=project) for project in others if project.code not in withheld]
    return [_project(scope, goal, amounts.get(goal.project_id, {})) for goal in goals] + _together(secret)


def _together(secret: list[dict[str, Any]]) -> list[ProjectFact]:
    if not secret:
        return []
    total, fiscal, other = (sum((row[key] for row in secret), ZERO) for key in ("total", "fiscal", "other"))
    return [ProjectFact("", WITHHELD, "", total, fiscal, other, "", (None, None, None, None), (), ())]


def _project(scope: Scope, goal: ProjectGoal, amounts: dict[str, Any]) -> ProjectFact:
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
        goals=tuple(text for _, text in scope.statements.get(goal.pk, ())),
        indicators=tuple(
            IndicatorFact(i.level1, i.level2, i.name, i.description, i.operator, i.value, i.measure, i.basis)
            for i in scope.indicators.get(goal.pk, ())
        ),
    )


def _procurement(scope: Scope) -> Procurement:
    withheld = scope.withheld[WithheldScheme.PROJECT]
    rows = scope.procurement.exclude(project__code__in=withheld).select_related("project", "catalogue")
    items = [
        ProcurementFact(
            project=item.project.name if item.project else None,
            name=item.name,
            catalogue=item.catalogue.code,
            type=item.get_type_display(),
            quantity=plain(stated_of(item, "quantity")),
            measure=item.measure,
            unit_price=stated(stated_of(item, "unit_price")),
            amount=item.amount,
            other_channels=item.other_channels,
        )
        for item in rows.order_by("unit__code", "id")
    ]
    types, reserved = scope.procurement.by_type(), scope.procurement.reserved_totals()
    goods, works, services = (types.get(kind, ZERO) for kind in ProcurementType)
    split = (goods, works, services, reserved["reserved"], reserved["micro"])
    return Procurement(scope.procurement.total(), tuple(items), *split)


def _assets(scope: Scope) -> Assets:
    rows = scope.held
    measures = dict(scope.assets.values_list("category", "measure"))
    items = [
        AssetFact(
            str(c.label), plain(held_figure(rows[c], "quantity")), measures[c], stated(held_figure(rows[c], "value"))
        )
        for c in AssetCategory
        if c in rows
    ]
    return Assets(scope.worth, scope.counted_on, tuple(items))
