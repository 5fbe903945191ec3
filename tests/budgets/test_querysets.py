"""The vocabulary of the tables."""

from datetime import date
from decimal import Decimal
from operator import attrgetter

import pytest
from django.core.exceptions import FieldError
from django.db.models import F

from budgets.enums import Source
from budgets.models import AssetHolding, Department, Economic, ExpenditureLine, Function, Government, RevenueLine
from budgets.parcels import BY_KIND, BY_SOURCE, FRESH_AND_CARRIED, FRESH_BY_KIND, Parcel, Parcels
from disclosure.layouts import LAYOUTS
from disclosure.tables.base import Heading
from disclosure.tables.scope import Scope
from disclosure.tables.t03_spending import Spending


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
    parcels = RevenueLine.objects.filter(budget=disclosure.budget).parcels()

    [(source, general)] = parcels.grouped(attrgetter("source")).items()

    assert source == Source.GENERAL
    assert general.sums(FRESH_AND_CARRIED) == {"fresh": Decimal("10350800.00"), "carried": Decimal("558000.00")}
    assert general.carried_over().total() == Decimal("558000.00")


def test_sums_of_nothing_are_zero(disclosure):
    assert ExpenditureLine.objects.none().total() == Decimal("0.00")
    assert ExpenditureLine.objects.filter(source=Source.FUND).parcels().sums(BY_KIND)["basic"] == Decimal("0.00")


def test_what_no_column_is_for_still_counts_in_the_total():
    strange = Parcels([Parcel(Decimal("1.00"), "elsewhere", carried_over=False, function=None, kind="unheard of")])

    for split in (BY_KIND, FRESH_BY_KIND, BY_SOURCE):
        sums = strange.sums(split)
        assert sums.pop("total") == Decimal("1.00")
        assert set(sums.values()) == {Decimal("0.00")}


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
    table = Spending.build(Scope(disclosure, LAYOUTS["hebei"].plan), Heading("", ""))
    rows = [(row.level, row.cells["code"], row.cells["total"]) for row in table.rows[1:]]

    assert {level: {len(code) for at, code, _ in rows if at == level} for level in (1, 2, 3)} == {
        1: {3},
        2: {5},
        3: {7},
    }
    [whole] = [Decimal(total) for _, code, total in rows if code == "205"]
    below = sum(Decimal(total) for _, code, total in rows if code.startswith("205") and len(code) == 5)
    assert whole - below == lines.filter(function__code="205").total() > 0


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
