"""The database refuses what cannot be, and says so in Chinese."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from budgets.enums import Kind, Level, Source
from budgets.models import (
    AssetHolding,
    Budget,
    Department,
    ExpenditureLine,
    FiscalYear,
    Function,
    Government,
    Membership,
    ProcurementItem,
    Project,
    Succession,
    ThreePublicCost,
    Unit,
)
from disclosure.models import Disclosure, EmptyTable, Exemption
from performance.models import Indicator, ProjectGoal


def complaint(row) -> str:
    """Say what validation says of ``row``, having seen the database refuse it too."""
    with pytest.raises(ValidationError) as caught:
        row.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    return "".join(caught.value.messages)


@pytest.fixture
def budget(disclosure):
    return disclosure.budget


@pytest.fixture
def line(budget):
    """An expenditure line of the sample, ready to be spoilt."""
    found = ExpenditureLine.objects.filter(budget=budget, kind=Kind.PUBLIC).first()
    found.pk = None
    found._state.adding = True
    return found


def test_a_government_code_has_six_digits(db):
    row = Government(code="13030", name="某区", full_name="某市某区", level=Level.COUNTY)

    assert complaint(row) == "区划代码应为6位数字，例如130303。"


def test_a_year_is_opened_once(budget):
    assert complaint(FiscalYear(government=budget.fiscal_year.government, year=2022)) == "该政府的这一年度已经建立。"


def test_a_department_code_is_used_once(budget):
    row = Department(government=budget.fiscal_year.government, code="203", name="甲", full_name="甲")

    assert complaint(row) == "该政府已有使用这一编码的部门。"


def test_years_of_validity_stand_in_order(budget):
    row = Department(
        government=budget.fiscal_year.government, code="299", name="甲", full_name="甲", valid_from=2023, valid_to=2022
    )

    assert complaint(row) == "终止年度不能早于起始年度。"


def test_a_unit_code_is_made_of_digits(budget):
    row = Unit(department=budget.department, code="20300A", name="甲", affiliation="head")

    assert complaint(row) == "单位编码应为6至15位数字。"


def test_a_functional_code_has_three_five_or_seven_digits(db):
    assert "3、5或7位数字" in complaint(Function(code="2013", name="甲", vintage=2030, kind="functional_general"))


def test_amounts_are_not_negative(line):
    line.amount = Decimal("-0.01")

    assert complaint(line) == "金额不能为负数。"


def test_basic_spending_needs_its_economic_code(line):
    line.economic = None

    assert complaint(line) == "基本支出必须填写部门经济分类（款）。"


def test_project_spending_needs_its_project_and_nothing_else_has_one(line):
    line.kind = Kind.PROJECT

    assert complaint(line) == "项目支出必须选择项目，其他支出不能选择项目。"

    line.kind, line.project = Kind.PUBLIC, Project.objects.first()

    assert complaint(line) == "项目支出必须选择项目，其他支出不能选择项目。"


def test_a_project_code_has_the_form_of_the_project_library(budget):
    row = Project(code="1303032", name="甲", unit=budget.department.units.first(), category="specific")

    assert complaint(row).startswith("项目编码应为21位")


def test_one_budget_for_each_department_year_and_phase(budget):
    assert "已经建立" in complaint(Budget(fiscal_year=budget.fiscal_year, department=budget.department))


def test_one_disclosure_for_each_scope(budget):
    assert "已经建立" in complaint(Disclosure(budget=budget))


def test_whoever_does_not_publish_says_why(budget):
    unit = budget.department.units.last()

    owned = {"fiscal_year": budget.fiscal_year, "department": budget.department, "kind": "merged"}

    assert complaint(Exemption(**owned, unit=unit)) == "不单独公开的，须填写理由。"
    assert complaint(Exemption(**owned, reason="规模小")).startswith("只有单位可以并入本级")


def test_an_empty_table_has_a_reason(disclosure):
    assert complaint(EmptyTable(disclosure=disclosure, table="income", reason="")) == "空表须填写说明。"


def test_three_public_items_are_entered_once(budget):
    row = ThreePublicCost(budget=budget, unit=budget.department.units.first(), item="reception", amount=Decimal(0))

    assert complaint(row) == "该单位这一“三公”项目已经填写。"


def test_three_public_costs_are_fiscal_money(budget):
    row = ThreePublicCost.objects.filter(budget=budget).first()
    row.source = Source.OTHER

    with pytest.raises(ValidationError, match="只填财政拨款"):
        row.validate_constraints()


def test_an_index_number_has_its_form(disclosure):
    disclosure.index_number = "130303203/2022-abc"

    with pytest.raises(ValidationError, match="机构代码/年份-5位流水号"):
        disclosure.validate_constraints()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"function": "20132"}, "功能分类须细化到项（7位编码）。"),
        ({"function": "2120803"}, "2120803 城市建设支出不是一般公共预算拨款的科目。"),
        ({"economic": "302"}, "部门经济分类须细化到款（5位编码）。"),
        ({"unit": "299001"}, "单位“299001 外单位”不属于203 山海关区组织部门。"),
    ],
)
def test_a_line_stands_where_it_belongs(line, changes, message):
    elsewhere = Department.objects.create(
        government=line.budget.fiscal_year.government, code="299", name="外部门", full_name="外部门"
    )
    elsewhere.units.create(code="299001", name="外单位", affiliation="head")
    for field, code in changes.items():
        setattr(line, field, line._meta.get_field(field).related_model.objects.get(code=code))

    with pytest.raises(ValidationError) as caught:
        line.full_clean()

    assert message in caught.value.messages


def test_a_line_names_a_project_of_its_own_unit(budget):
    line = ExpenditureLine.objects.filter(budget=budget, kind=Kind.PROJECT).first()
    line.unit = budget.department.units.last()

    with pytest.raises(ValidationError, match="不是本行的单位"):
        line.full_clean()


def test_assets_of_a_category_are_entered_once(budget):
    unit = budget.department.units.first()
    row = AssetHolding(budget=budget, unit=unit, category="vehicles", as_of=date(2021, 12, 31))

    assert complaint(row) == "该单位这一类资产已经填写。"


def test_reserved_procurement_stays_within_the_amount(budget):
    from budgets.models import ProcurementCatalogue

    catalogue = ProcurementCatalogue.objects.create(code="A02010104", name="台式计算机", vintage=2022)
    row = ProcurementItem(
        budget=budget,
        unit=budget.department.units.first(),
        name="计算机",
        catalogue=catalogue,
        type="goods",
        mode="central",
        source=Source.GENERAL,
        amount=Decimal(100),
        reserved=Decimal(101),
    )

    assert "不能超过采购金额" in complaint(row)


def test_a_succession_joins_two_of_the_same_sort(budget):
    row = Succession(
        kind="renamed", date=date(2022, 1, 1), from_department=budget.department, to_unit=Unit.objects.first()
    )

    assert complaint(row).startswith("机构沿革须为")


def test_a_role_is_given_once_and_a_unit_implies_its_department(budget, django_user_model):
    user, government = django_user_model.objects.get(username="demo-publisher"), budget.fiscal_year.government

    assert complaint(Membership(user=user, role="publisher", government=government)) == "该用户已有这一岗位。"
    row = Membership(user=user, role="clerk", government=government, unit=Unit.objects.first())
    assert complaint(row) == "填写单位时须同时填写其部门。"


def test_a_plan_lies_between_nothing_and_all(budget):
    goal = ProjectGoal.objects.filter(budget=budget).first()
    goal.plan_june = Decimal(101)

    with pytest.raises(ValidationError, match="0至100之间"):
        goal.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        goal.save()


def test_a_qualitative_indicator_has_no_measure(budget):
    indicator = Indicator.objects.filter(operator="定性").first()
    indicator.measure = "个"

    with pytest.raises(ValidationError, match="定性指标不填计量单位"):
        indicator.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        indicator.save()
