"""A table declared empty and a fact that fills it are never both stored, by forms or by SQL behind their backs."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import IntegrityError, connection, transaction
from factories import a_unit

from budgets.models import (
    AssetHolding,
    Budget,
    CarryForward,
    Economic,
    ExpenditureLine,
    Function,
    ProcurementCatalogue,
    ProcurementItem,
    Project,
    RevenueLine,
    ThreePublicCost,
)
from budgets.refusals import sentence_of
from disclosure.enums import TableKey
from disclosure.filling import FILLINGS, has_facts
from disclosure.guards import EVENTS, guards
from disclosure.models import Disclosure, EmptyTable
from disclosure.triggers import drop_guards, install_guards
from performance.models import AnnualTask, IndicatorClass, OverallIndicator, ProjectGoal

ONE = Decimal("1.00")
EXPENDITURE = "budgets_expenditureline"


class Place:
    """A department with two units and nothing in it, its own disclosure and one of its first unit."""

    def __init__(self) -> None:
        self.unit, self.sister = (a_unit("130303", "299", code) for code in ("299001", "299002"))
        self.budget = Budget.objects.get(department=self.unit.department)
        self.whole = Disclosure.objects.create(budget=self.budget)
        self.own = Disclosure.objects.create(budget=self.budget, unit=self.unit)

    def project(self, unit=None) -> Project:
        """Store a project."""
        serial = f"13030322P{Project.objects.count():012d}"
        return Project.objects.create(code=serial, name="项目", unit=unit or self.unit, category="specific")

    def spending(self, **values) -> ExpenditureLine:
        """Make a line."""
        function, economic = Function.objects.get(code="2013202"), Economic.objects.get(code="30201")
        owned = {"budget": self.budget, "unit": self.unit, "function": function, "economic": economic}
        return ExpenditureLine(**{**owned, "source": "general", "kind": "public", "amount": ONE, **values})

    def purchase(self, **values) -> ProcurementItem:
        """Make a thing to be bought."""
        catalogue, _ = ProcurementCatalogue.objects.get_or_create(code="A02", vintage=2022, defaults={"name": "设备"})
        owned = {"budget": self.budget, "unit": self.unit, "catalogue": catalogue, "source": "general"}
        return ProcurementItem(**{**owned, "name": "设备", "type": "goods", "mode": "central", "amount": ONE, **values})

    def goal(self, unit=None) -> ProjectGoal:
        """Make a project's goal table."""
        return ProjectGoal(budget=self.budget, project=self.project(unit), position=Project.objects.count())

    def indicator(self, unit) -> OverallIndicator:
        """Make an indicator of a unit, or of the department."""
        return OverallIndicator(
            budget=self.budget, unit=unit, position=1, name="数量", classified=IndicatorClass.objects.first()
        )

    def fact(self, table: str):
        """Make, without storing it, the first unit's (or the department's) fact that fills ``table``."""
        owned = {"budget": self.budget, "unit": self.unit}
        if table in {"totals", "income", "fiscal_totals"}:
            return RevenueLine(**owned, source="general", amount=ONE)
        made = {
            "fund_expenditure": lambda: self.spending(source="fund"),
            "capital_expenditure": lambda: self.spending(source="capital"),
            "projects": lambda: self.spending(kind="project", project=self.project()),
            "three_public": lambda: ThreePublicCost(**owned, item="reception", amount=ONE),
            "goals": self.goal,
            "overall_goals": lambda: AnnualTask(budget=self.budget, position=1, name="任务"),
            "procurement": self.purchase,
            "assets": lambda: AssetHolding(**owned, category="vehicles", as_of=date(2021, 12, 31), quantity=1),
        }
        return made.get(table, self.spending)()


@pytest.fixture
def place(db) -> Place:
    return Place()


def declare(disclosure, table: str) -> EmptyTable:
    return EmptyTable.objects.create(disclosure=disclosure, table=table, reason="没有安排")


def refusal(act) -> str:
    """Say what a trigger says when ``act`` is done; blank where it is done."""
    try:
        with transaction.atomic():
            act()
    except IntegrityError as error:
        return sentence_of(error) or str(error)
    return ""


def execute(sql: str, *params) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def title(table: str) -> str:
    return TableKey(table).label


def existing_triggers() -> set[str]:
    catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(catalogue[connection.vendor])
        return {name for (name,) in cursor.fetchall() if name.startswith("empty_")}


def test_every_table_that_may_be_declared_empty_says_what_fills_it():
    assert set(FILLINGS) == set(TableKey)


def test_every_guarded_table_has_its_triggers(db):
    expected = {guard.trigger(event) for guard in guards() for event in EVENTS}

    assert len(expected) == 24
    assert existing_triggers() == expected


def test_triggers_leave_before_a_migrate_and_come_back_after_it(db):
    before = existing_triggers()

    emit_pre_migrate_signal(verbosity=0, interactive=False, db="default")
    during = existing_triggers()
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")

    assert during == set()
    assert existing_triggers() == before


def test_triggers_are_installed_again_in_place_of_those_there_are(db):
    before = existing_triggers()

    install_guards()
    drop_guards()
    drop_guards()
    install_guards()

    assert existing_triggers() == before


@pytest.mark.parametrize("table", TableKey.values)
def test_a_table_with_data_is_not_declared_empty(place, table):
    place.fact(table).save()

    assert refusal(lambda: declare(place.whole, table)) == f"《{title(table)}》已有数据，不能声明为空表。"
    assert has_facts(table, place.budget.pk, None)


@pytest.mark.parametrize("table", TableKey.values)
def test_a_table_declared_empty_takes_no_data(place, table):
    fact = place.fact(table)
    declare(place.whole, table)

    said = refusal(fact.save)

    assert said == f"《{title(table)}》已声明为空表，不能再有数据；请先删除空表说明。"
    assert not type(fact).objects.filter(budget=place.budget).exists()


@pytest.mark.parametrize("table", [key for key in TableKey.values if key != "overall_goals"])
def test_a_units_declaration_speaks_of_that_unit_alone(place, table):
    fact = place.fact(table)
    declare(place.own, table)
    said = refusal(fact.save)
    if table == "goals":
        fact = place.goal(place.sister)
    else:
        fact.unit = place.sister
    if table == "projects":
        fact.project = place.project(place.sister)

    assert "已声明为空表" in said
    assert refusal(fact.save) == ""
    assert "已有数据" in refusal(lambda: declare(place.whole, table))


def test_overall_goals_belong_to_the_department_or_to_one_unit(place):
    declare(place.own, "overall_goals")
    whole, own = place.indicator(None), place.indicator(place.unit)

    assert refusal(place.fact("overall_goals").save) == refusal(whole.save) == ""
    assert "已声明为空表" in refusal(own.save)

    EmptyTable.objects.all().delete()
    own.save()
    assert "已有数据" in refusal(lambda: declare(place.own, "overall_goals"))
    AnnualTask.objects.filter(budget=place.budget).delete()
    whole.delete()
    assert refusal(lambda: declare(place.whole, "overall_goals")) == ""


@pytest.mark.parametrize("table", ["totals", "spending", "three_public", "procurement", "assets"])
def test_a_zero_fills_nothing(place, table):
    fact = place.fact(table)
    for name in ("amount", "value", "quantity"):
        if hasattr(fact, name):
            setattr(fact, name, 0)
    fact.save()

    assert refusal(lambda: declare(place.whole, table)) == ""
    assert has_facts(table, place.budget.pk, None) is False


def test_money_from_other_channels_and_a_mere_value_fill_their_tables(place):
    purchase = place.purchase(amount=0)
    purchase.save()
    holding = place.fact("assets")
    holding.quantity = None
    holding.save()
    declare(place.whole, "procurement")
    declare(place.whole, "assets")

    assert "政府采购预算表" in refusal(lambda: ProcurementItem.objects.filter(pk=purchase.pk).update(other_channels=1))
    assert "固定资产占用情况表" in refusal(lambda: AssetHolding.objects.filter(pk=holding.pk).update(value=1))


def test_what_will_not_be_spent_fills_the_totals(place):
    declare(place.whole, "fiscal_totals")
    own = CarryForward(budget=place.budget, unit=place.unit, source="institution", amount=ONE)
    fiscal = CarryForward(budget=place.budget, unit=place.unit, source="fund", amount=ONE)

    assert refusal(own.save) == ""
    assert "财政拨款收支总表" in refusal(fiscal.save)


@pytest.mark.parametrize(
    ("table", "before", "after"),
    [
        ("spending", {"amount": 0}, {"amount": 1}),
        ("fund_expenditure", {"source": "capital"}, {"source": "fund"}),
        ("basic_expenditure", {"kind": "handed_up", "source": "institution"}, {"kind": "public", "source": "general"}),
    ],
)
def test_a_line_does_not_become_what_is_declared_empty(place, table, before, after):
    line = place.spending(**before)
    line.save()
    declare(place.whole, table)

    assert title(table) in refusal(lambda: ExpenditureLine.objects.filter(pk=line.pk).update(**after))
    assert refusal(lambda: ExpenditureLine.objects.filter(pk=line.pk).update(label="改名")) == ""


def test_a_line_does_not_move_where_its_table_is_declared_empty(place):
    line = place.spending(unit=place.sister)
    line.save()
    declare(place.own, "spending")
    elsewhere = Disclosure.objects.create(
        budget=Budget.objects.get(department=a_unit("130303", "298", "298001").department)
    )
    declare(elsewhere, "spending")

    move = ExpenditureLine.objects.filter(pk=line.pk).update

    assert "支出总表" in refusal(lambda: move(unit=place.unit))
    assert "支出总表" in refusal(lambda: move(budget=elsewhere.budget))


def test_a_project_does_not_take_its_goals_where_they_are_declared_empty(place):
    goal = place.goal(place.sister)
    goal.save()
    declare(place.own, "goals")

    assert "项目绩效目标表" in refusal(lambda: Project.objects.filter(pk=goal.project_id).update(unit=place.unit))
    assert refusal(lambda: Project.objects.filter(pk=goal.project_id).update(name="改名")) == ""


def test_a_disclosure_does_not_take_its_declarations_where_there_is_data(place):
    place.spending(unit=place.sister).save()
    declare(place.own, "spending")

    assert "支出总表" in refusal(lambda: Disclosure.objects.filter(pk=place.own.pk).update(unit=place.sister))
    assert refusal(lambda: Disclosure.objects.filter(pk=place.own.pk).update(topic="其他")) == ""


def test_a_declaration_does_not_turn_to_another_table_that_has_data(place):
    place.spending().save()
    row = declare(place.whole, "fund_expenditure")

    assert "支出总表" in refusal(lambda: EmptyTable.objects.filter(pk=row.pk).update(table="spending"))
    assert refusal(lambda: EmptyTable.objects.filter(pk=row.pk).update(reason="改")) == ""


def test_raw_sql_is_refused_both_ways(place):
    place.spending(source="capital").save()
    declare(place.whole, "fund_expenditure")
    insert = f"INSERT INTO {EmptyTable._meta.db_table} (disclosure_id, \"table\", reason) VALUES (%s, %s, '没有')"

    assert "已有数据" in refusal(lambda: execute(insert, place.whole.pk, "capital_expenditure"))
    assert "已声明为空表" in refusal(
        lambda: execute(f"UPDATE {EXPENDITURE} SET source = 'fund' WHERE budget_id = %s", place.budget.pk)
    )


@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"])
def test_sqlites_own_inserts_are_refused_too(place, verb):
    if connection.vendor != "sqlite":
        pytest.skip("这些写法只有 SQLite 有")
    line = place.spending(source="capital")
    line.save()
    row = declare(place.whole, "fund_expenditure")
    columns = [field.column for field in ExpenditureLine._meta.concrete_fields if field.column not in {"id", "source"}]
    names = ", ".join(columns)
    copied = "id, 'fund'" if "REPLACE" in verb else "NULL, 'fund'"
    line_again = f"{verb} INTO {EXPENDITURE} (id, source, {names}) SELECT {copied}, {names} FROM {EXPENDITURE}"
    of = EmptyTable._meta.db_table
    row_again = f"{verb} INTO {of} (id, disclosure_id, \"table\", reason) VALUES (%s, %s, 'capital_expenditure', '无')"

    assert "已声明为空表" in refusal(lambda: execute(f"{line_again} WHERE id = %s", line.pk))
    assert "已有数据" in refusal(
        lambda: execute(row_again, row.pk if "REPLACE" in verb else row.pk + 1, place.whole.pk)
    )
    assert ExpenditureLine.objects.get(budget=place.budget).source == "capital"


def test_rows_stored_in_bulk_are_refused_whole(place):
    declare(place.whole, "fund_expenditure")
    lines = [place.spending(), place.spending(source="fund")]

    assert "政府性基金预算支出表" in refusal(lambda: ExpenditureLine.objects.bulk_create(lines))
    assert not ExpenditureLine.objects.filter(budget=place.budget).exists()


def test_the_form_of_a_declaration_names_the_table_and_the_disclosure(place):
    place.spending().save()

    with pytest.raises(ValidationError) as caught:
        EmptyTable(disclosure=place.whole, table="spending", reason="没有").full_clean()

    assert caught.value.message_dict == {
        "table": ["299 部门2992022年预算公开的《支出总表》已有数据，不能声明为空表；请先删除数据。"]
    }
