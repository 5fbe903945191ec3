"""Money: exact in, exact stored, rounded once."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from budgets.money import (
    NOT_APPLICABLE,
    MoneyField,
    MoneyUnit,
    exact,
    parse,
    rate,
    shown,
)

FEN = st.integers(min_value=-(10**14), max_value=10**14)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("1090.88", "1090.88"),
        ("1,090.88", "1090.88"),
        ("１，０９０．８８", "1090.88"),
        (" 12 ", "12.00"),
        ("（12.3）", "-12.30"),
        ("(12.3)", "-12.30"),
        ("-0.5", "-0.50"),
        ("－3", "-3.00"),
        (".5", "0.50"),
        ("-0", "0.00"),
    ],
)
def test_parse_reads_what_people_type(text, yuan):
    assert str(parse(text)) == yuan


@pytest.mark.parametrize("text", ["", "—", "十二", "1.2.3", "12元", "1e5", "NaN", "Infinity", "²"])
def test_parse_refuses_what_is_not_an_amount(text):
    with pytest.raises(ValidationError, match="不是金额"):
        parse(text)


def test_parse_refuses_a_run_of_digits_that_no_arithmetic_holds_and_quotes_its_beginning():
    with pytest.raises(ValidationError) as refusal:
        parse("9" * 1_000_001)

    assert refusal.value.messages == [f"“{'9' * 100}…”不是金额，请填写数字，例如 1090.88。"]
    assert parse("0" * 99 + "1") == Decimal("1.00")


def test_parse_refuses_what_is_finer_than_a_fen():
    with pytest.raises(ValidationError, match="分以下"):
        parse("0.001")


def test_parse_in_wan_keeps_every_fen():
    assert parse("1.234567", MoneyUnit.WAN) == Decimal("12345.67")


def test_parse_refuses_what_does_not_fit():
    with pytest.raises(ValidationError, match="超出"):
        parse("100000000000000")


@given(FEN)
def test_storing_and_reading_gives_the_same_amount(fen):
    field, amount = MoneyField(), Decimal(fen) / 100

    stored = field.get_prep_value(amount)

    assert stored == fen
    assert field.from_db_value(stored, None, None) == amount


@given(FEN)
def test_showing_in_yuan_and_parsing_gives_the_same_amount(fen):
    amount = exact(Decimal(fen) / 100)

    assert parse(shown(amount, MoneyUnit.YUAN)) == amount
    assert parse(shown(amount, MoneyUnit.YUAN, grouped=True)) == amount


@pytest.mark.parametrize(
    ("yuan", "printed"),
    [("50.00", "0.01"), ("49.99", "0.00"), ("-49.99", "0.00"), ("-50.00", "-0.01"), ("10908800", "1090.88")],
)
def test_showing_in_wan_rounds_half_up_and_knows_no_negative_zero(yuan, printed):
    assert shown(Decimal(yuan), MoneyUnit.WAN) == printed


def test_missing_zero_and_not_applicable_are_shown_apart():
    assert [shown(value, MoneyUnit.WAN) for value in (None, Decimal(0), NOT_APPLICABLE)] == ["—", "0.00", "不适用"]


@pytest.mark.parametrize("value", [1.5, True, "12.345", object()])
def test_the_field_refuses_floats_and_fractions_of_a_fen(value):
    with pytest.raises(ValidationError):
        MoneyField().get_prep_value(value)


def test_the_form_field_takes_blank_as_missing_and_complains_in_chinese():
    field = MoneyField("金额", null=True, blank=True).formfield()

    assert field.clean("") is None
    assert field.clean("１２．５") == Decimal("12.50")
    with pytest.raises(ValidationError, match="不是金额"):
        field.clean("abc")


def test_the_field_takes_blank_as_missing():
    assert [MoneyField().to_python(value) for value in (None, "", "1.5", 2)] == [
        *(None, None),
        *(Decimal("1.50"), Decimal("2.00")),
    ]


def test_the_field_reads_back_nothing_where_nothing_is_stored():
    assert MoneyField().from_db_value(None, None, None) is None


def test_the_field_is_written_into_files_as_text_and_what_is_missing_as_blank():
    field = MoneyField()
    field.set_attributes_from_name("amount")

    written = [field.value_to_string(SimpleNamespace(amount=amount)) for amount in (Decimal("12.50"), None)]

    assert written == ["12.50", ""]


@pytest.mark.parametrize("length", [100, 101])
def test_a_long_word_is_quoted_as_far_as_a_person_reads(length):
    with pytest.raises(ValidationError) as refusal:
        parse("甲" * length)

    quoted = "甲" * 100 + "…" * (length - 100)
    assert refusal.value.messages == [f"“{quoted}”不是金额，请填写数字，例如 1090.88。"]


@pytest.mark.parametrize("yuan", ["10000000000000.00", "-10000000000000.00"])
def test_the_largest_amount_is_kept_and_a_fen_more_is_not(yuan):
    assert exact(Decimal(yuan)) == Decimal(yuan)
    with pytest.raises(ValidationError, match="超出"):
        exact(Decimal(yuan) * Decimal("1.000000000000001"))


def test_a_rate_on_nothing_is_no_rate():
    assert [rate(Decimal(5), base) for base in (None, Decimal(0), Decimal(20))] == ["—", "—", "25.00%"]
