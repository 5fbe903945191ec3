"""A figure as a clerk writes it: a number, missing, or not applicable; and a whole file in the wrong unit."""

from contextlib import suppress
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from budgets.money import NOT_APPLICABLE, MoneyUnit
from budgets.readers.figures import Figure, read_figure, wrong_unit

YUAN, WAN = MoneyUnit.YUAN, MoneyUnit.WAN


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("1090.88", YUAN, "1090.88"),
        ("1,090.88", YUAN, "1090.88"),
        ("１，０９０．８８", YUAN, "1090.88"),
        ("（12.3）", YUAN, "-12.30"),
        ("(1,234.5)", YUAN, "-1234.50"),
        ("－12.3", YUAN, "-12.30"),
        ("−12.3", YUAN, "-12.30"),
        (" 　12 345.60 ", YUAN, "12345.60"),
        ("0", YUAN, "0.00"),
        ("0.00", WAN, "0.00"),
        ("45.38", WAN, "453800.00"),
        ("10000000000000", YUAN, "10000000000000.00"),
        ("0.0800000000000054", YUAN, "0.08"),
        ("0.0000000000000555", WAN, "0.00"),
        ("1234.56789999999995", WAN, "12345679.00"),
    ],
)
def test_a_number_is_read_as_people_write_it(text, unit, amount):
    assert read_figure(text, unit) == Figure(Decimal(amount))


@pytest.mark.parametrize("text", ["－", "—", "——", "-", "–", "─", "无", "/", "／", "— —"])
def test_a_dash_is_missing_and_not_zero_and_says_so(text):
    assert read_figure(text) == Figure(None, f"“{text}”按未填写读取，不是0；如果是0，请填写0。")


@pytest.mark.parametrize("text", ["", "  ", "　"])
def test_blank_is_missing_without_a_word(text):
    assert read_figure(text) == Figure(None)


@pytest.mark.parametrize("text", ["不适用", " N/A ", "ｎ／ａ"])
def test_not_applicable_is_a_state_of_its_own(text):
    assert read_figure(text) == Figure(NOT_APPLICABLE)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1,23", "不在千分位上"),
        ("45，38", "不在千分位上"),
        ("（1,2345）", "不在千分位上"),
        ("1.005", "分以下"),
        ("12.3元", "不是金额"),
        ("12%", "不是金额"),
        ("1.30303199001011E+17", "不是金额"),
        ("#REF!", "不是金额"),
        ("=SUM(B2:B4)", "不是金额"),
        ("99999999999999", "超出"),
        ("9" * 90, "超出"),
        ("9" * 400, "不是金额"),
        ("甲", "不是金额"),
    ],
)
def test_what_is_no_figure_is_refused(text, message):
    with pytest.raises(ValidationError, match=message):
        read_figure(text)


@given(st.decimals(min_value=-(10**13), max_value=10**13, places=2))
def test_no_cent_is_lost_or_invented(amount):
    assert read_figure(f"{amount:,f}").amount == amount
    assert read_figure(f"{amount / 10000:f}", WAN).amount == amount


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text):
    with suppress(ValidationError):
        assert isinstance(read_figure(text), Figure)


def pairs(*known: tuple[str, str]) -> list[tuple[Decimal, Decimal]]:
    return [(Decimal(ours), Decimal(theirs)) for ours, theirs in known]


def test_most_figures_ten_thousand_times_too_small_are_in_the_wrong_unit():
    found = wrong_unit(pairs(("45.38", "453800"), ("10.1", "100000"), ("7", "90000"), ("0", "5"), ("1", "0")))

    assert found == (WAN, YUAN, 2, 3)
    assert str(found) == ("疑似以万元填写：本应以元为单位，3个可比的金额中有2个与已知数正好相差一万倍，请核对单位。")


def test_most_figures_ten_thousand_times_too_large_are_in_the_wrong_unit_too():
    assert wrong_unit(pairs(("453800", "45.38"), ("-200000", "-20"))) == (YUAN, WAN, 2, 2)


@pytest.mark.parametrize(
    "known",
    [
        pairs(),
        pairs(("0", "0"), ("0", "10000")),
        pairs(("45.38", "45.38"), ("10", "12")),
        pairs(("1", "10000"), ("5", "6")),
        pairs(("1", "10201")),
        pairs(("1", "-10000")),
    ],
    ids=["none", "zeros", "alike", "only half", "more than 2 %", "other sign"],
)
def test_other_figures_raise_no_suspicion(known):
    assert wrong_unit(known) is None


def test_missing_figures_are_passed_over():
    assert wrong_unit([(None, Decimal(1)), (Decimal(1), None), (Decimal(1), Decimal(9801))]) == (WAN, YUAN, 1, 1)
