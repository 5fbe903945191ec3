"""Computed sentences: direction by sign, zero items named, nothing invented where nothing is known."""

from decimal import Decimal

import msgspec
import pytest

from disclosure.document import region_of
from disclosure.layouts import LAYOUTS
from disclosure.narrative import Voice, assets, change, direction, operating_costs, revenue, three_public, wan


@pytest.fixture
def voice(document) -> Voice:
    layout = LAYOUTS["hebei"]
    return Voice(
        year=2022,
        department="某部门",
        region="我区",
        we="我部门",
        facts=document.content.facts,
        texts={},
        wording=layout.wording,
        income_rows=layout.income_rows,
    )


def having(voice: Voice, part: str, **changes) -> Voice:
    """Return the voice with some of its facts replaced."""
    facts = voice.facts
    changed = msgspec.structs.replace(getattr(facts, part), **changes)
    return msgspec.structs.replace(voice, facts=msgspec.structs.replace(facts, **{part: changed}))


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ("10000", "5000", "增加0.50万元"),
        ("5000", "10000", "减少0.50万元"),
        ("5000", "5000", "持平"),
        ("0", "0", "持平"),
        ("5030", "5000", "基本持平"),
    ],
)
def test_direction_follows_the_sign(now, before, said):
    assert direction(Decimal(now), Decimal(before)) == said


def test_amounts_are_said_in_wan_with_two_places():
    assert wan(Decimal("10908800.00")) == "1090.88万元"


def test_zero_items_of_income_are_named(voice):
    [said] = revenue(having(voice, "revenue", total=Decimal(0), items=()))

    assert said == (
        "2022年预算收入为0.00万元，其中：一般公共预算拨款收入0.00万元，政府性基金预算拨款收入0.00万元，"
        "国有资本经营预算拨款收入0.00万元，财政专户管理资金收入0.00万元，单位资金0.00万元，上年结转0.00万元。"
    )


def test_a_change_without_reasons_says_none(voice):
    [spending, income] = change(voice)

    assert "（" not in spending
    assert spending.endswith("项目支出减少78.02万元。")
    assert income == "2022年预算收入安排1090.88万元，较2021年预算减少130.78万元。"


def test_without_last_years_figures_nothing_is_compared(voice):
    previous = msgspec.structs.replace(voice.facts.expenditure.previous, public=None)

    assert change(having(voice, "expenditure", previous=previous)) == ["本年度没有可以比较的上年预算数。"]


def test_without_operating_units_there_are_no_operating_costs(voice):
    [said] = operating_costs(having(voice, "operating_costs", total=Decimal(0), items=()))

    assert said == "本部门没有行政单位和参照公务员法管理的事业单位，不安排机关运行经费。"


def test_three_public_without_last_year_compares_nothing(voice):
    [said] = three_public(having(voice, "three_public", previous_total=None))

    assert said.endswith("公务接待费0.31万元。本年度没有可以比较的上年预算数。")


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("", "截至上年末，我部门固定资产总额275.73万元。"),
        ("本年度无新增固定资产预算。", "截至上年末，我部门固定资产总额275.73万元，本年度无新增固定资产预算。"),
    ],
)
def test_the_sentence_on_assets_ends_with_or_without_a_note(voice, note, said):
    assert assets(msgspec.structs.replace(voice, texts={"asset_note": note})) == [said]


@pytest.mark.parametrize(
    ("name", "said"),
    [("山海关区", "我区"), ("青龙满族自治县", "我县"), ("秦皇岛市", "我市"), ("河北省", "我省"), ("某地", "本地区")],
)
def test_a_government_speaks_of_its_own_sort_of_region(name, said):
    assert region_of(name) == said


def test_growth_is_said_as_growth(voice):
    [said] = three_public(having(voice, "three_public", previous_total=Decimal(100000)))

    assert "较去年增加1.31万元" in said
