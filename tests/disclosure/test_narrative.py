"""Computed sentences: direction by sign, zero items named, tokens live, nothing invented where nothing is known."""

from decimal import Decimal

import msgspec
import pytest

from disclosure.composing import region_of
from disclosure.layouts import LAYOUTS
from disclosure.narrative import TOKENS, Voice, direction, resolve, said, unknown, unresolved, wan
from disclosure.narrative.tokens import TOKEN


@pytest.fixture
def voice(document) -> Voice:
    layout = LAYOUTS["hebei"]
    return Voice(
        year=2022,
        department="某部门",
        region="我区",
        body="部门",
        facts=document.content.facts,
        texts={},
        wording=layout.wording,
        plan=layout.plan,
        tables={table.key: table for table in document.content.tables},
    )


def having(voice: Voice, part: str, **changes) -> Voice:
    """Return the voice with some of its facts replaced."""
    facts = voice.facts
    changed = msgspec.structs.replace(getattr(facts, part), **changes)
    return msgspec.structs.replace(voice, facts=msgspec.structs.replace(facts, **{part: changed}))


def spoken(key: str, voice: Voice) -> list[str]:
    return [resolve(resolve(words, voice), voice) for words in said(key, voice)]


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
    [words] = spoken("revenue", having(voice, "revenue", total=Decimal(0), items=()))

    assert words == (
        "2022年预算收入为0.00万元，其中：一般公共预算拨款收入0.00万元，政府性基金预算拨款收入0.00万元，"
        "国有资本经营预算拨款收入0.00万元，财政专户管理资金收入0.00万元，单位资金0.00万元，上年结转0.00万元。"
    )


def test_an_unknown_year_before_is_not_compared(voice):
    nothing = msgspec.structs.replace(voice.facts.expenditure.previous, personnel=None)
    alone = having(having(voice, "expenditure", previous=nothing), "revenue", previous_total=None)

    assert spoken("change", alone) == ["本年度没有可以比较的上年预算数。"]


def test_a_year_before_that_does_not_apply_is_not_compared(voice):
    nothing = msgspec.structs.replace(voice.facts.expenditure.previous, total="n/a")

    assert spoken("change", having(voice, "expenditure", previous=nothing))[0] == "本年度没有可以比较的上年预算数。"


def test_income_without_a_known_year_before_says_nothing(voice):
    assert len(spoken("change", having(voice, "revenue", previous_total=None))) == 1


def test_an_item_of_three_public_unknown_last_year_is_not_compared(voice):
    items = voice.facts.three_public.items
    unknown_item = msgspec.structs.replace(items[0], previous=None)
    without = having(voice, "three_public", items=(unknown_item, *items[1:]))

    [words] = spoken("three_public", without)

    assert words.endswith("本年度没有可以比较的上年预算数。")


def test_no_operating_unit_means_no_operating_costs(voice):
    costs = having(voice, "operating_costs", total=Decimal(0), items=())

    assert spoken("operating_costs", costs) == ["本部门没有行政单位和参照公务员法管理的事业单位，不安排机关运行经费。"]


def test_a_note_on_assets_is_printed_in_its_place(voice):
    noted = msgspec.structs.replace(voice, texts={"asset_note": "较上年增加。"})

    assert spoken("assets", noted) == ["截至上年末，我部门固定资产总额275.73万元，较上年增加。"]


def test_a_clerks_wording_replaces_the_layouts_and_its_figures_stay_live(voice):
    worded = msgspec.structs.replace(voice, texts={"wording_revenue": "今年共收入{收入合计}。"})

    assert spoken("revenue", worded) == ["今年共收入1090.88万元。"]
    assert spoken("revenue", having(worded, "revenue", total=Decimal(10000))) == ["今年共收入1.00万元。"]


def test_tokens_name_projects_and_their_money(voice):
    code = voice.facts.projects[0].code

    assert resolve(f"{{项目:{code}}}安排｛项目金额：{code}｝", voice) == "车辆保险费安排1.20万元"


@pytest.mark.parametrize("text", ["{收入合记}", "{项目:13030322P000000000000}", "{}", "{上年三公经费增减}"])
def test_a_token_that_resolves_to_nothing_is_named_and_stays_visible(voice, text):
    assert unresolved(f"安排{text}。", voice) == [text]
    assert unknown(text, frozenset()) == [text]
    assert resolve(text, voice) == f"〔没有“{text[1:-1]}”这一数据〕"


def test_a_token_of_last_year_is_known_but_has_no_figure_where_last_year_is_not_known(voice):
    alone = having(voice, "revenue", previous_total=None)

    assert unknown("{上年收入}", frozenset()) == []
    assert unresolved("{上年收入}", alone) == ["{上年收入}"]


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=lambda layout: layout.key)
def test_every_token_of_every_layout_is_one_we_know(layout):
    phrases = {"name", "amount", "items", "reason", "change"}
    words = [*layout.wording.values(), *layout.unit_wording.values()]
    names = {name for text in words for name in TOKEN.findall(text)}

    assert names - TOKENS.keys() - phrases == set()


@pytest.mark.parametrize(
    ("name", "said"),
    [("秦皇岛市山海关区", "我区"), ("某县", "我县"), ("某市", "我市"), ("某开发区管委会", "本地区")],
)
def test_a_government_speaks_of_its_region(name, said):
    assert region_of(name) == said
