"""The synthetic government: the same for the same plan, of every sort, balanced, and fit to be published."""

from collections import Counter
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count, F, Q, Sum

from budgets.enums import (
    BASIC,
    ChangeKind,
    FunctionKind,
    Kind,
    PreviousMeasure,
    PreviousRow,
    PreviousTable,
    Source,
    SuccessionKind,
    ThreePublicItem,
    UnitNature,
    WithheldScheme,
)
from budgets.models import (
    AssetHolding,
    AuditTrail,
    Budget,
    CarryForward,
    CodeChange,
    ControlFigure,
    Department,
    ExpenditureLine,
    Government,
    Membership,
    PreviousFigure,
    ProcurementItem,
    Project,
    RevenueLine,
    Succession,
    ThreePublicCost,
    TrailHead,
    Unit,
    Withholding,
)
from budgets.money import ZERO
from disclosure.document import Document
from disclosure.enums import ExemptionKind, FileFormat, NarrativeKey, TableKey
from disclosure.models import Disclosure, Edition, EmptyTable, Exemption, Narrative
from disclosure.readiness import check
from disclosure.render import RENDERERS
from disclosure.roster import exemption_of
from disclosure.sample.government import Plan, PlanError, make_government
from performance.models import AnnualTask, Indicator, OverallGoal, OverallIndicator, ProjectGoal

PLAN = Plan(departments=6, years=2, seed=7)
ALONE = Plan(departments=1, years=2, seed=8)
ECONOMICS = {
    ThreePublicItem.ABROAD: ("30212",),
    ThreePublicItem.VEHICLE_PURCHASE: ("31013", "30913"),
    ThreePublicItem.VEHICLE_RUNNING: ("30231",),
    ThreePublicItem.RECEPTION: ("30217",),
}


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker) -> Government:
    """Six departments in two years, made once for all tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_government(PLAN)
        transaction.set_rollback(True)


@pytest.fixture
def government(made, db) -> Government:
    return made


@pytest.fixture
def budgets(government) -> list[Budget]:
    return list(Budget.objects.filter(fiscal_year__government=government).select_related("fiscal_year", "department"))


@pytest.fixture
def disclosures(government) -> list[Disclosure]:
    return list(Disclosure.objects.filter(budget__fiscal_year__government=government).order_by("pk"))


def of(model, government, path="budget__fiscal_year__government"):
    """Return the rows of a model that belong to the government."""
    return model.objects.filter(**{path: government})


def total(rows, field="amount") -> Decimal:
    return rows.aggregate(total=Sum(field, default=ZERO))["total"]


def everything(plan: Plan) -> dict[str, list]:
    """Make a government, return the values of all its rows with places instead of keys, and unmake it."""
    models = [m for app in ("budgets", "performance", "disclosure") for m in apps.get_app_config(app).get_models()]
    models = [model for model in models if model not in (AuditTrail, Membership, TrailHead)]
    before = {model: set(model.objects.values_list("pk", flat=True)) for model in models}
    with transaction.atomic():
        make_government(plan)
        added = {
            model: [row for row in model.objects.order_by("pk") if row.pk not in before[model]] for model in models
        }
        transaction.set_rollback(True)
    places = {model: {row.pk: place for place, row in enumerate(rows)} for model, rows in added.items()}
    return {model.__name__: [values(row, places) for row in rows] for model, rows in added.items()}


def values(row, places) -> list:
    """Return a row's values; what it points at as its place among the new rows, or as it was."""
    said = []
    for field in row._meta.concrete_fields:
        if not field.primary_key:
            value = getattr(row, field.attname)
            said.append(places.get(field.related_model, {}).get(value, value) if field.is_relation else value)
    return said


def test_the_same_plan_gives_the_same_rows_and_another_seed_others(db):
    first, again = everything(ALONE), everything(ALONE)
    other = everything(ALONE._replace(seed=9))

    assert first == again
    assert [name for name in ("ExpenditureLine", "Project", "Indicator") if first[name] == other[name]] == []
    assert all(first[name] for name in ("RevenueLine", "PreviousFigure", "EmptyTable", "Succession", "Withholding"))


def test_a_second_run_is_refused_and_leaves_nothing_behind(government):
    before = Department.objects.count()

    with pytest.raises(PlanError, match="^数据库中已有区划代码为990007的政府“示例区”，没有生成任何数据。"):
        make_government(PLAN)

    assert Department.objects.count() == before


def test_a_plan_that_makes_no_sense_is_refused(db):
    with pytest.raises(PlanError, match="部门数应至少为1"):
        make_government(Plan(0, 1, 1))

    assert not Government.objects.filter(code="990001").exists()


def test_everything_is_labelled(government):
    departments = Department.objects.filter(government=government)
    units = Unit.objects.filter(department__in=departments)
    projects = Project.objects.filter(unit__in=units)

    assert (government.code, government.notice) == ("990007", "示例数据，非真实政府")
    assert [d.name for d in departments if "示例" not in d.name or "示例" not in d.full_name] == []
    assert [row.name for row in (*units, *projects) if "示例" not in row.name] == []


def test_one_department_alone_has_every_source_and_kind(db):
    for plan in (ALONE, ALONE._replace(seed=10, units=1), ALONE._replace(seed=11, units=2, years=1)):
        government = make_government(plan)

        assert set(of(RevenueLine, government).values_list("source", flat=True)) == set(Source)
        assert set(of(ExpenditureLine, government).values_list("source", flat=True)) == set(Source)
        assert set(of(ExpenditureLine, government).values_list("kind", flat=True)) == set(Kind)


def test_what_passes_within_and_with_others_is_both_there(government):
    spent = of(ExpenditureLine, government).filter(kind__in=(Kind.SUBSIDY, Kind.HANDED_UP))
    received = of(RevenueLine, government).filter(source__in=(Source.SUPERIOR, Source.SUBORDINATE))
    paid = Counter()
    for budget, payer, kind, to, amount in spent.exclude(counterpart=None).values_list(
        "budget", "unit", "kind", "counterpart", "amount"
    ):
        paid[budget, payer, kind, to] += amount
    got = Counter()
    for budget, to, source, payer, amount in received.exclude(counterpart=None).values_list(
        "budget", "unit", "source", "counterpart", "amount"
    ):
        got[budget, payer, Kind.SUBSIDY if source == Source.SUPERIOR else Kind.HANDED_UP, to] += amount

    assert paid == got
    assert {kind for _, _, kind, _ in paid} == {Kind.SUBSIDY, Kind.HANDED_UP}
    assert set(spent.filter(counterpart=None).values_list("kind", flat=True)) == {Kind.SUBSIDY, Kind.HANDED_UP}
    assert set(received.filter(counterpart=None).values_list("source", flat=True)) == {
        Source.SUPERIOR,
        Source.SUBORDINATE,
    }


def test_each_unit_balances_source_by_source(government):
    left, forward = Counter(), Counter()
    for model, sign in ((RevenueLine, 1), (ExpenditureLine, -1)):
        for *key, amount in of(model, government).values_list("budget", "unit", "source", "carried_over", "amount"):
            left[tuple(key)] += sign * amount
    for *key, amount in of(CarryForward, government).values_list("budget", "unit", "source", "amount"):
        forward[(*key, False)] += amount

    assert forward
    assert {key: amount for key, amount in left.items() if amount} == dict(forward)


def test_money_is_carried_over_from_every_budget_and_some_income_has_no_function(government):
    carried = of(RevenueLine, government).filter(carried_over=True)

    assert {Source.GENERAL, Source.FUND, Source.CAPITAL, Source.SPECIAL_ACCOUNT} <= set(
        carried.values_list("source", flat=True)
    )
    assert of(RevenueLine, government).filter(function=None).exists()
    assert of(RevenueLine, government).exclude(function=None).exists()


def test_a_line_of_income_is_named_by_its_codes_alone(government):
    same = of(RevenueLine, government).values("budget", "unit", "source", "carried_over", "function", "counterpart")

    assert same.annotate(lines=Count("pk")).filter(lines__gt=1).count() == 0


def test_codes_are_those_of_the_kind(government):
    lines = of(ExpenditureLine, government)
    basic = {kind: set(lines.filter(kind=kind).values_list("economic__code", flat=True)) for kind in BASIC}

    assert lines.above_item().count() == lines.of_another_budget().count() == 0
    assert set(lines.values_list("function__kind", flat=True)) == set(FunctionKind)
    assert {code[:3] for code in basic[Kind.PERSONNEL]} == {"301", "303"}
    assert {code[:3] for code in basic[Kind.PUBLIC]} == {"302", "310"}
    assert lines.filter(kind=Kind.PROJECT, economic=None).exists()
    assert lines.exclude(government_economic=None).exists()
    assert lines.exclude(label="").exists()


def test_amounts_are_in_whole_yuan_or_in_fen(government):
    whole = {amount == int(amount) for amount in of(ExpenditureLine, government).values_list("amount", flat=True)}

    assert whole == {True, False}


def test_three_public_is_what_lines_spend_on_it(government):
    lines = of(ExpenditureLine, government)
    costs = of(ThreePublicCost, government)
    for row in costs:
        spent = lines.filter(
            budget=row.budget_id, unit=row.unit_id, source=row.source, economic__code__in=ECONOMICS[row.item]
        )
        assert total(spent) == row.amount

    assert set(costs.filter(amount__gt=0).values_list("item", flat=True)) == set(ThreePublicItem)
    assert costs.filter(source=Source.FUND).exists()
    assert costs.filter(amount=0).exists()
    assert costs.filter(previous_not_applicable=True).exists()
    assert costs.filter(previous=None, previous_not_applicable=False).exists()
    assert costs.exclude(previous=None).exclude(previous=F("amount")).filter(reason="").count() == 0
    assert costs.filter(item=ThreePublicItem.VEHICLE_PURCHASE, amount__gt=0, vehicles=None).count() == 0


def test_vehicles_are_held_where_they_cost_something(government):
    running = of(ThreePublicCost, government).filter(item=ThreePublicItem.VEHICLE_RUNNING, amount__gt=0)
    held = of(AssetHolding, government).filter(category="vehicles", quantity__gt=0)

    assert set(running.values_list("budget", "unit", "vehicles")) == {
        (budget, unit, int(quantity)) for budget, unit, quantity in held.values_list("budget", "unit", "quantity")
    }


def test_assets_are_counted_at_the_end_of_the_year_before(government):
    held = of(AssetHolding, government)

    assert set(held.values_list("budget__fiscal_year__year", "as_of")) == {
        (year, date(year - 1, 12, 31)) for year in (2022, 2023)
    }
    assert held.filter(value_not_applicable=True).exists()
    assert held.filter(quantity=None, quantity_not_applicable=False).exists()
    assert held.filter(Q(quantity__gt=0, value=0) | Q(quantity=0, value__gt=0)).count() == 0


def test_procurement_is_paid_for_by_its_project(government):
    items = of(ProcurementItem, government)
    for item in items.exclude(project=None):
        paid = of(ExpenditureLine, government).filter(budget=item.budget_id, project=item.project_id)
        bought = items.filter(budget=item.budget_id, project=item.project_id)
        assert total(bought.filter(source=item.source)) <= total(paid.filter(source=item.source))
        assert total(bought) <= total(paid)
    for item in items.filter(project=None):
        lines = of(ExpenditureLine, government).filter(budget=item.budget_id, unit=item.unit_id, kind=Kind.PUBLIC)
        assert item.amount <= total(lines.filter(economic__code="31002", source=item.source))
    for item in items.exclude(unit_price=None):
        assert item.quantity * item.unit_price == item.amount + item.other_channels

    assert items.filter(amount=0).count() == 0
    assert set(items.values_list("type", flat=True)) == {"goods", "works", "services"}
    assert items.filter(unit_price_not_applicable=True).exists()
    assert items.filter(unit_price=None, unit_price_not_applicable=False).exists()
    assert items.filter(other_channels__gt=0).exists()
    assert items.filter(reserved_micro__gt=0, reserved_micro__lt=F("reserved")).exists()


def test_projects_begin_in_the_year_their_code_says(government):
    projects = of(Project, government, "unit__department__government")
    running = of(ExpenditureLine, government).filter(carried_over=True, source=Source.GENERAL, kind=Kind.PROJECT)

    assert [p.code for p in projects if p.code[:8] != f"990007{p.first_year % 100:02d}"] == []
    assert projects.filter(first_year__lt=2022).exists()
    assert running.filter(project__first_year__gte=F("budget__fiscal_year__year")).count() == 0


def test_every_project_has_its_goal_plan_and_indicators(government):
    goals = of(ProjectGoal, government).prefetch_related("statements", "indicators__classified__framework")
    planned = set(goals.values_list("budget", "project"))
    paid = set(of(ExpenditureLine, government).filter(kind=Kind.PROJECT).values_list("budget", "project"))

    assert planned == paid
    for goal in goals:
        plan = [goal.plan_march, goal.plan_june, goal.plan_october, goal.plan_december]
        assert plan == sorted(plan)
        assert plan[-1] == 100
        assert goal.statements.all()
        assert {row.classified.framework.key for row in goal.indicators.all()} == {"2015"}
        assert sum(row.weight or 0 for row in goal.indicators.all()) in (0, 90)
    assert {bool(goal.task_id) for goal in goals} == {True, False}


def test_the_department_and_each_unit_promise_something(government, budgets):
    for budget in budgets:
        units = set(budget.expenditurelines.values_list("unit", flat=True))
        assert set(OverallGoal.objects.filter(budget=budget).values_list("unit", flat=True)) == {None, *units}
        assert set(OverallIndicator.objects.filter(budget=budget).values_list("unit", flat=True)) == {None, *units}
        assert budget.duty_goals.filter(unit=None).exists()
        assert AnnualTask.objects.filter(budget=budget).exists()


def test_control_figures_are_the_spending_that_leaves_the_department(government, budgets):
    for budget in budgets:
        lines = budget.expenditurelines.filter(counterpart=None).values("source", "kind")
        sums = lines.annotate(total=Sum("amount")).order_by().values_list("source", "kind", "total")

        assert set(ControlFigure.objects.filter(budget=budget).values_list("source", "kind", "amount")) == set(sums)


def test_every_summary_figure_of_last_year_is_there_and_adds_up(government, budgets):
    for budget in budgets:
        rows = PreviousFigure.objects.filter(budget=budget, table=PreviousTable.SUMMARY, unit=None)
        known = dict(rows.values_list("code", "amount"))
        assert set(known) == set(PreviousRow)
        assert known["basic"] == known["personnel"] + known["public"]


def test_the_figures_of_last_year_are_last_years_figures(government):
    of_department = Budget.objects.filter(fiscal_year__government=government, department__code="101")
    now, then = of_department.get(fiscal_year__year=2023), of_department.get(fiscal_year__year=2022)
    lines, known = then.expenditurelines.filter(counterpart=None), summary(now)
    costs = {(row.unit_id, row.item, row.source): row.amount for row in then.three_public_costs.all()}

    assert known["total"] == total(lines)
    assert known["revenue_total"] == total(then.revenuelines.filter(counterpart=None))
    assert known["personnel"] == total(lines.filter(kind=Kind.PERSONNEL))
    assert known["public"] == total(lines.public())
    assert known["project"] == total(lines.projects())
    assert known["three_public"] == total(then.three_public_costs)
    for row in now.three_public_costs.all():
        assert row.previous == costs[row.unit_id, row.item, row.source]


def summary(budget: Budget) -> dict[str, Decimal]:
    rows = budget.previous_figures.filter(unit=None, table=PreviousTable.SUMMARY, measure=PreviousMeasure.BUDGET)
    return dict(rows.values_list("code", "amount"))


def test_execution_is_stated_by_function_with_ended_ones_nothing_and_not_applicable(government):
    executed = of(PreviousFigure, government).filter(measure=PreviousMeasure.EXECUTION, unit=None)
    first = executed.filter(table=PreviousTable.GENERAL_EXPENDITURE, budget__fiscal_year__year=2022)
    used = of(ExpenditureLine, government).filter(budget__fiscal_year__year=2022).values("function__code")

    assert first.exclude(code__in=used).exists()
    assert first.filter(amount=0).exists()
    assert of(PreviousFigure, government).filter(amount_not_applicable=True).exists()
    assert set(executed.values_list("table", flat=True)) == set(PreviousTable) - {PreviousTable.SUMMARY}


def test_a_reform_renames_merges_and_splits(government):
    found = Succession.objects.filter(government=government)
    departments = found.exclude(from_department=None)

    assert set(departments.values_list("kind", flat=True)) == set(SuccessionKind)
    assert found.filter(from_unit__isnull=False, note="划转").exists()
    for row in departments:
        assert (row.from_department.valid_to, row.to_department.valid_from) == (2022, 2023)
        assert set(row.from_department.budgets.values_list("fiscal_year__year", flat=True)) == {2022}
        assert set(row.to_department.budgets.values_list("fiscal_year__year", flat=True)) == {2023}


def test_codes_change_after_the_first_year(government):
    changes = CodeChange.objects.filter(origin__startswith="示例")
    old, new = set(changes.values_list("old_code", flat=True)), set(changes.values_list("new_code", flat=True))
    lines = of(ExpenditureLine, government)
    first = set(lines.filter(budget__fiscal_year__year=2022).values_list("function__code", flat=True))
    later = set(lines.filter(budget__fiscal_year__year__gt=2022).values_list("function__code", flat=True))

    assert set(changes.values_list("kind", flat=True)) == set(ChangeKind)
    assert old <= first
    assert old & later == set()
    assert new <= later


def test_who_publishes_and_what_is_withheld(government, disclosures):
    units = {row.unit_id for row in disclosures if row.unit_id}

    exemptions = Exemption.objects.filter(fiscal_year__government=government)
    assert {row.kind for row in exemptions if row.unit_id} == set(ExemptionKind)
    assert [row.kind for row in exemptions if not row.unit_id] == [ExemptionKind.EXEMPT] * PLAN.years
    assert units == set(of(ExpenditureLine, government).values_list("unit", flat=True))
    assert set(of(Withholding, government).values_list("scheme", flat=True)) == {
        WithheldScheme.FUNCTION,
        WithheldScheme.PROJECT,
    }
    for withheld in of(Withholding, government):
        lines = withheld.budget.expenditurelines
        assert lines.filter(Q(project__code=withheld.code) | Q(function__code=withheld.code)).exists()


def test_the_dates_of_a_disclosure_are_in_order(disclosures):
    for row in disclosures:
        approved = row.budget.fiscal_year.approved_by_congress
        assert approved < row.approved_on <= row.composed_on
        assert (row.composed_on - row.approved_on).days <= 20
        assert row.document_number
        assert row.publisher


def test_every_text_is_written_and_duties_differ(disclosures):
    wanted = {key for key in NarrativeKey if not key.startswith("wording_")}
    duties = [row.narratives.get(key=NarrativeKey.DUTIES).text for row in disclosures if not row.unit_id]

    assert Narrative.objects.filter(disclosure__in=disclosures, text="").count() == 0
    for row in disclosures:
        assert set(row.narratives.values_list("key", flat=True)) == wanted
        assert row.glossary_terms.exists()
    assert len(set(duties)) == len({row.budget.department_id for row in disclosures})


def facts(table: TableKey, disclosure: Disclosure):
    """Return the rows with figures other than zero that fill a table of a disclosure."""
    lines = ExpenditureLine.objects.filter(amount__gt=0)
    rows, unit = {
        TableKey.FUND_EXPENDITURE: (lines.filter(source=Source.FUND), "unit"),
        TableKey.CAPITAL_EXPENDITURE: (lines.filter(source=Source.CAPITAL), "unit"),
        TableKey.GENERAL_EXPENDITURE: (lines.filter(source=Source.GENERAL), "unit"),
        TableKey.BASIC_EXPENDITURE: (lines.filter(source=Source.GENERAL, kind__in=BASIC), "unit"),
        TableKey.THREE_PUBLIC: (ThreePublicCost.objects.filter(amount__gt=0), "unit"),
        TableKey.PROCUREMENT: (ProcurementItem.objects.filter(amount__gt=0), "unit"),
        TableKey.ASSETS: (AssetHolding.objects.filter(value__gt=0), "unit"),
        TableKey.PROJECTS: (lines.filter(kind=Kind.PROJECT), "unit"),
        TableKey.GOALS: (ProjectGoal.objects.all(), "project__unit"),
        TableKey.OVERALL_GOALS: (OverallIndicator.objects.filter(unit=disclosure.unit), "unit"),
    }[table]
    mine = rows.filter(budget=disclosure.budget_id)
    return mine.filter(**{unit: disclosure.unit_id}) if disclosure.unit_id else mine


def test_exactly_the_tables_without_figures_are_declared_empty(disclosures):
    never = {TableKey.TOTALS, TableKey.INCOME, TableKey.SPENDING, TableKey.FISCAL_TOTALS}
    for row in disclosures:
        absent = {table for table in TableKey if table not in never and not facts(table, row).exists()}
        assert set(row.empty_tables.values_list("table", flat=True)) == absent

    declared = EmptyTable.objects.filter(disclosure__in=disclosures).values_list("table", flat=True)
    assert {TableKey.FUND_EXPENDITURE, TableKey.CAPITAL_EXPENDITURE, TableKey.PROJECTS} <= set(declared)


def test_every_document_can_be_built_and_departments_are_ready(disclosures):
    for row in disclosures:
        document = Document.of(row)
        assert document.content.notice == "示例数据，非真实政府"
        if not exemption_of(row) and not row.unit_id:
            check(row, document)


def test_every_row_keeps_the_rules_of_its_model(db):
    government = make_government(ALONE._replace(units=2))
    years = {"budget__fiscal_year__government": government}
    of_budget = (
        m
        for app in ("budgets", "performance", "disclosure")
        for m in apps.get_app_config(app).get_models()
        if any(field.name == "budget" for field in m._meta.fields)
    )
    rows = [row for model in of_budget for row in model.objects.filter(**years)]
    rows += Indicator.objects.filter(goal__budget__fiscal_year__government=government)
    rows += Narrative.objects.filter(disclosure__budget__fiscal_year__government=government)
    rows += [*Department.objects.filter(government=government), *Succession.objects.filter(government=government)]
    rows += Unit.objects.filter(department__government=government)
    rows += Project.objects.filter(unit__department__government=government)
    rows += CodeChange.objects.filter(origin__startswith="示例")

    for row in rows:
        row.full_clean()


@pytest.mark.parametrize(("lines", "units"), [(300, 2), (1000, None)])
def test_a_department_has_as_many_lines_and_units_as_asked(db, lines, units):
    government = make_government(Plan(departments=2, years=2, seed=12, lines=lines, units=units))
    budgets = Budget.objects.filter(fiscal_year__government=government)

    counted = [budget.expenditurelines.count() for budget in budgets]

    assert len(counted) == 4
    assert min(counted) >= lines
    if units:
        assert {budget.expenditurelines.values("unit").distinct().count() for budget in budgets} == {units}


def test_units_are_of_every_nature(government):
    natures = Unit.objects.filter(department__government=government).values_list("profiles__nature", flat=True)

    assert set(natures) >= set(UnitNature)


def test_the_command_makes_and_publishes_year_after_year(db, monkeypatch):
    monkeypatch.setitem(RENDERERS, FileFormat.PDF, lambda document: document.sha256.encode())
    said = StringIO()
    wanted = {"departments": 3, "years": 2, "seed": 13, "units": 1}

    call_command("make_sample_government", publish=True, stdout=said, **wanted)

    editions = Edition.objects.filter(government_code="990013")
    assert said.getvalue().startswith("已生成示例市示例区（区划代码990013）：示例数据，非真实政府。\n已公开：")
    assert list(editions.order_by("pk").values_list("year", "department_code")) == [
        (2022, "101"),
        (2022, "102"),
        (2023, "101"),
        (2023, "104"),
    ]
    publisher = editions.first().published_by
    assert not publisher.has_usable_password()
    with pytest.raises(CommandError, match="数据库中已有区划代码为990013的政府"):
        call_command("make_sample_government", stdout=StringIO(), **wanted)
