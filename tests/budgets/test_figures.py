"""Missing, zero and not applicable: one box in the form, three words in the list; and refusals shown on the form."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.urls import reverse

from budgets.admin.figures import MoneyFigureFormField, NumberFigureFormField
from budgets.enums import Role
from budgets.models import AssetHolding, Membership, PreviousFigure, Project, RevenueLine, ThreePublicCost
from budgets.models.figures import figures_of
from budgets.money import NOT_APPLICABLE
from disclosure.models import EmptyTable
from performance.models import ProjectGoal


@pytest.fixture
def clerk(client, disclosure):
    return signed_in(client, disclosure, Role.CLERK)


def signed_in(client, disclosure, role):
    user = get_user_model().objects.create(username=role, is_staff=True)
    department = disclosure.budget.department
    Membership.objects.create(user=user, role=role, government=department.government, department=department)
    client.force_login(user)
    return client


@pytest.fixture
def unit(disclosure):
    return disclosure.budget.department.units.create(code="203009", name="新单位", affiliation="subordinate")


@pytest.fixture
def holding(disclosure, unit):
    return AssetHolding.objects.create(
        budget=disclosure.budget,
        unit=unit,
        category="vehicles",
        measure="辆",
        value_not_applicable=True,
        as_of=date(2021, 12, 31),
    )


def address(model, row=None) -> str:
    name = f"admin:budgets_{model._meta.model_name}"
    return reverse(f"{name}_change", args=[row.pk]) if row else reverse(f"{name}_add")


def form_of(holding, **typed) -> dict:
    values = {"budget": holding.budget_id, "unit": holding.unit_id, "category": "vehicles", "measure": "辆"}
    return {**values, "as_of": "2021-12-31", "quantity": "", "value": "", **typed}


def box(response, name: str) -> str:
    tag = re.search(rf'<input[^>]* name="{name}"[^>]*>', response.content.decode())[0]
    value = re.search(r' value="([^"]*)"', tag)
    return value[1] if value else ""


def column(response, name: str) -> list[str]:
    return re.findall(rf'<td class="field-{name}[^"]*">(.*?)</td>', response.content.decode())


def test_figures_are_found_by_their_second_column():
    assert figures_of(AssetHolding) == ("quantity", "value")
    assert figures_of(RevenueLine) == ()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("", (None, False)),
        ("0", (Decimal(0), False)),
        ("１，２３４．５０", (Decimal("1234.50"), False)),
        ("不适用", (None, True)),
        (" N/A ", (None, True)),
        ("ｎ／ａ", (None, True)),
    ],
)
def test_one_box_stores_three_states(clerk, holding, typed, stored):
    response = clerk.post(address(AssetHolding, holding), form_of(holding, quantity=typed, value=typed))
    holding.refresh_from_db()

    assert response.status_code == 302
    assert (holding.quantity, holding.quantity_not_applicable) == stored
    assert (holding.value, holding.value_not_applicable) == stored


def test_the_form_has_one_box_for_each_figure_and_shows_what_is_stored(clerk, holding):
    response = clerk.get(address(AssetHolding, holding))

    assert '_not_applicable"' not in response.content.decode()
    assert (box(response, "quantity"), box(response, "value")) == ("", "不适用")

    AssetHolding.objects.filter(pk=holding.pk).update(quantity=0, value=150, value_not_applicable=False)
    response = clerk.get(address(AssetHolding, holding))

    assert (box(response, "quantity"), box(response, "value")) == ("0.00", "150.00")


@pytest.mark.parametrize(
    ("typed", "message"),
    [("三辆", "“三辆”不是数字"), ("1.234", "确认小数不超过 2 位"), ("-1", "数量不能为负数。")],
)
def test_a_mistake_is_explained_and_what_was_typed_stays(clerk, holding, typed, message):
    response = clerk.post(address(AssetHolding, holding), form_of(holding, quantity=typed, value="１２"))

    assert response.status_code == 200
    assert message in response.content.decode()
    assert (box(response, "quantity"), box(response, "value")) == (typed, "１２")


def test_a_wrong_amount_is_explained_in_its_box(clerk, disclosure, unit):
    row = ThreePublicCost.objects.create(budget=disclosure.budget, unit=unit, item="abroad", amount=1)
    form = {"budget": row.budget_id, "unit": unit.pk, "item": "abroad", "source": "general", "amount": "1"}

    response = clerk.post(address(ThreePublicCost, row), {**form, "previous": "没有"})

    assert "“没有”不是金额" in response.content.decode()
    assert box(response, "previous") == "没有"


def test_last_years_figure_is_an_amount_or_does_not_apply(clerk, disclosure, unit):
    form = {"budget": disclosure.budget_id, "unit": unit.pk, "measure": "budget", "table": "summary", "code": "total"}

    blank = clerk.post(address(PreviousFigure), {**form, "amount": ""})
    said = clerk.post(address(PreviousFigure), {**form, "amount": "不适用"})

    assert "上年数须填金额；确实没有可比数的，注明“不适用”且不填金额。" in blank.content.decode()
    assert said.status_code == 302
    assert PreviousFigure.objects.get(unit=unit).amount_not_applicable is True


def test_lists_and_pages_to_look_at_show_three_states(client, disclosure, holding):
    signed_in(client, disclosure, Role.DEPARTMENT_REVIEWER)
    AssetHolding.objects.exclude(pk=holding.pk).delete()

    listed = client.get(reverse("admin:budgets_assetholding_changelist"))
    page = client.get(address(AssetHolding, holding)).content.decode()
    AssetHolding.objects.update(quantity=0, value=12, value_not_applicable=False)
    again = client.get(reverse("admin:budgets_assetholding_changelist"))

    assert (column(listed, "quantity"), column(listed, "value")) == (["—"], ["不适用"])
    assert (column(again, "quantity"), column(again, "value")) == (["0.00"], ["12.00"])
    assert re.findall(r'<div class="readonly">(—|不适用)</div>', page) == ["—", "不适用"]


def test_lists_are_still_sorted_by_a_figure(clerk, holding):
    response = clerk.get(reverse("admin:budgets_assetholding_changelist"), {"o": "3"})

    assert response.status_code == 200
    assert response.context["cl"].get_ordering_field("quantity") == "quantity"


@pytest.mark.parametrize("field", [MoneyFigureFormField(required=False), NumberFigureFormField(required=False)])
def test_a_box_knows_whether_it_was_changed(field):
    changes = [(None, ""), (None, "不适用"), (NOT_APPLICABLE, "n/a"), (NOT_APPLICABLE, ""), (Decimal(1), "１")]

    assert [field.has_changed(*change) for change in changes] == [False, True, False, True, False]


def test_a_fact_refused_by_the_database_is_said_on_its_form(clerk, disclosure, unit):
    EmptyTable.objects.create(disclosure=disclosure.budget.disclosures.create(unit=unit), table="income", reason="没有")
    form = {"budget": disclosure.budget_id, "unit": unit.pk, "source": "general", "amount": "１２３"}

    response = clerk.post(address(RevenueLine), form)

    assert response.status_code == 200
    assert "《收入总表》已声明为空表，不能再有数据；请先删除空表说明。" in response.content.decode()
    assert box(response, "amount") == "１２３"
    assert not RevenueLine.objects.filter(unit=unit).exists()
    assert clerk.post(address(RevenueLine), {**form, "amount": "0"}).status_code == 302


def test_a_project_moved_onto_a_declaration_is_refused_on_its_form(clerk, disclosure, unit):
    goal = ProjectGoal.objects.exclude(project__unit=unit).first()
    EmptyTable.objects.create(disclosure=disclosure.budget.disclosures.create(unit=unit), table="goals", reason="没有")
    project = goal.project
    form = {"code": project.code, "name": "改名", "unit": unit.pk, "category": project.category}

    response = clerk.post(address(Project, project), form)

    assert "《项目绩效目标表》已声明为空表" in response.content.decode()
    assert (box(response, "name"), Project.objects.get(pk=project.pk).name) == ("改名", project.name)


def test_a_declaration_beside_data_is_explained_at_its_table(clerk, disclosure):
    form = {"disclosure": disclosure.pk, "table": "assets", "reason": "没有资产"}

    response = clerk.post(reverse("admin:disclosure_emptytable_add"), form)

    assert f"{disclosure}的《固定资产占用情况表》已有数据，不能声明为空表；请先删除数据。" in response.content.decode()
    assert box(response, "reason") == "没有资产"


def test_another_complaint_of_the_database_is_not_hidden(clerk, disclosure, unit, monkeypatch):
    from django.db import IntegrityError

    from budgets.admin.budget import RevenueLineAdmin

    def broken(*_args):
        raise IntegrityError("disk full")

    monkeypatch.setattr(RevenueLineAdmin, "save_model", broken)
    form = {"budget": disclosure.budget_id, "unit": unit.pk, "source": "general", "amount": "1"}

    with pytest.raises(IntegrityError, match="disk full"):
        clerk.post(address(RevenueLine), form)
    assert connection.needs_rollback is False
