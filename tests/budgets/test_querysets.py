"""The vocabulary of the tables."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import FieldError
from django.db.models import F

from budgets.enums import Source
from budgets.models import AssetHolding, Department, Economic, ExpenditureLine, Function, Government, RevenueLine


def test_valid_in_keeps_what_is_valid_with_open_ends(db):
    government = Government.objects.get()
    spans = {"301": (None, None), "302": (2022, 2022), "303": (2023, None), "304": (None, 2021)}
    for code, (begin, end) in spans.items():
        Department.objects.create(
            government=government, code=code, name=code, full_name=code, valid_from=begin, valid_to=end
        )

    kept = Department.objects.filter(code__in=spans).valid_in(2022).values_list("code", flat=True)

    assert list(kept) == ["301", "302"]


@pytest.mark.parametrize(("year", "name"), [(2018, "旧名"), (2020, "旧名"), (2021, "新名"), (2030, "最新名")])
def test_names_come_from_the_list_that_fits_the_year(db, year, name):
    for vintage, said in ((2020, "旧名"), (2021, "新名"), (2024, "最新名")):
        Function.objects.create(code="2999999", name=said, vintage=vintage, kind="functional_general")

    assert Function.objects.names_in(year, ["2999999"]) == {"2999999": name}


def test_by_source_splits_carried_over_money(disclosure):
    [row] = RevenueLine.objects.filter(budget=disclosure.budget).by_source()

    assert row == {"source": Source.GENERAL, "fresh": Decimal("10350800.00"), "carried": Decimal("558000.00")}


def test_sums_of_nothing_are_zero(disclosure):
    assert ExpenditureLine.objects.none().total() == Decimal("0.00")
    assert ExpenditureLine.objects.filter(source=Source.FUND).kind_totals()["basic"] == Decimal("0.00")


def test_operating_units_are_administrative_or_assimilated(disclosure):
    from budgets.models import UnitProfile

    codes = UnitProfile.objects.counting_operating_costs().values_list("unit__code", flat=True)

    assert list(codes) == ["203001"]


def test_by_label_names_the_economic_item_where_there_is_no_label(disclosure):
    lines = ExpenditureLine.objects.filter(budget=disclosure.budget).public()
    lines.update(label="")

    names = [row["item"] for row in lines.by_label()]

    assert names[:3] == ["办公费", "水费", "电费"]
    assert Economic.objects.get(code="30239").name in names


def test_a_code_above_the_level_stays_above(disclosure):
    lines = ExpenditureLine.objects.filter(budget=disclosure.budget)
    lines.filter(function__code="2050803").update(function=Function.objects.get(code="205"))

    levels = {digits: list(lines.to_digits("function", digits).values_list("code", flat=True)) for digits in (3, 5, 7)}

    assert "205" in levels[3]
    assert [code for code in levels[5] if len(code) != 5] == []
    assert [code for code in levels[7] if len(code) != 7] == []


def test_money_is_not_added_inside_the_database(disclosure):
    with pytest.raises(FieldError, match="不能在数据库表达式里加减"):
        ExpenditureLine.objects.update(amount=F("amount") + Decimal(1))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(Decimal(1), False), (Decimal(2), False)], (Decimal("3.00"), False)),
        ([(Decimal(1), False), (None, False)], (None, False)),
        ([(Decimal(1), False), (None, True)], (Decimal("1.00"), False)),
        ([(None, True), (None, True)], (None, True)),
        ([(None, False), (None, False)], (None, False)),
    ],
    ids=["all stated", "one lacking", "one that does not apply", "none applies", "all lacking"],
)
def test_a_sum_that_lacks_a_part_is_missing_and_what_does_not_apply_lacks_nothing(disclosure, rows, expected):
    budget = disclosure.budget
    AssetHolding.objects.filter(budget=budget).delete()
    units = list(budget.department.units.all()[:2])
    known = {"quantity": 1, "measure": "辆", "as_of": date(2021, 12, 31)}
    for unit, (value, without) in zip(units, rows, strict=True):
        figures = {**known, "value": value, "value_not_applicable": without}
        AssetHolding.objects.create(budget=budget, unit=unit, category="vehicles", **figures)

    found = AssetHolding.objects.filter(budget=budget).by_category()["vehicles"]

    assert (found["value"], found["value_not_applicable"]) == expected
    assert (found["quantity"], found["quantity_not_applicable"]) == (2, False)
