"""The two-minute view: one sentence that is right in every direction."""

from decimal import Decimal

import msgspec
import pytest
from msgspec.structs import replace
from published import text_of

from disclosure.facts import YearFact
from portal.glance import Glance


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("10000000.00", "2022年预算支出1090.88万元，比上年增加90.88万元（9.09%）。"),
        ("10908800.00", "2022年预算支出1090.88万元，与上年持平。"),
        ("0.00", "2022年预算支出1090.88万元，比上年增加1090.88万元（—）。"),
        (None, "2022年预算支出1090.88万元，没有可以比较的上年预算数。"),
    ],
)
def test_the_sentence_compares_with_last_year(document, before, sentence):
    spent = document.content.facts.expenditure
    previous = msgspec.structs.replace(spent.previous, total=Decimal(before) if before else None)
    facts = msgspec.structs.replace(
        document.content.facts, expenditure=msgspec.structs.replace(spent, previous=previous)
    )

    assert Glance.of(msgspec.structs.replace(document.content, facts=facts)).sentence == sentence


def of_years(content, years, previous):
    """Give the document other years before it."""
    spent = content.facts.expenditure
    expenditure = replace(spent, previous=replace(spent.previous, total=previous))
    return replace(content, facts=replace(content.facts, years=years, expenditure=expenditure))


def test_four_years_stand_side_by_side_with_gaps(document):
    years = (YearFact(2019, None), YearFact(2020, "n/a"), YearFact(2021, "12216600.00"))

    rows = Glance.of(of_years(document.content, years, "12216600.00")).years

    assert [row[:4] for row in rows] == [
        (2022, "1090.88", "-130.78（-10.71%）", ""),
        (2021, "1221.66", "", ""),
        (2020, "不适用", "", "不适用"),
        (2019, "—", "", "本文件没有这一年的数"),
    ]


def test_last_year_is_known_from_the_comparison_too(document):
    rows = Glance.of(of_years(document.content, (), "10908800.00")).years

    assert [row[:4] for row in rows[:2]] == [(2022, "1090.88", "0.00", ""), (2021, "1090.88", "", "")]


def test_the_reason_is_the_documents_own(document):
    reason = Glance.of(document.content).reason

    assert reason.startswith("2022年预算支出安排1090.88万元，较2021年预算减少130.78万元，其中：基本支出减少52.76万元")


def test_a_document_without_a_comparison_has_no_reason(document):
    sections = tuple(one for one in document.content.sections if one.key != "overview")

    assert Glance.of(replace(document.content, sections=sections)).reason == ""


def test_every_figure_tells_where_it_comes_from(document):
    origins = {figure.label: figure.origin for figure in Glance.of(document.content).figures}

    assert origins["预算支出"].parts == "基本支出518.68 + 项目支出572.20"
    assert origins["“三公”经费"].parts == "公务用车运行费11.00 + 公务接待费0.31"
    assert {label: (one.anchor, one.source) for label, one in origins.items()} == {
        "预算支出": ("table-spending", "表三 部门预算支出总表"),
        "基本支出": ("table-spending", "表三 部门预算支出总表"),
        "项目支出": ("table-spending", "表三 部门预算支出总表"),
        "“三公”经费": ("table-three_public", "表九 部门预算财政拨款“三公”经费支出表"),
        "机关运行经费": ("operating_costs", "三、机关运行经费安排情况"),
        "政府采购": ("table-procurement", "部门政府采购预算"),
        "项目": ("performance", "五、绩效预算信息"),
    }


def test_a_document_without_the_place_has_no_anchor(document):
    bare = replace(document.content, tables=(), sections=())

    assert {figure.origin.anchor for figure in Glance.of(bare).figures} == {""}


def test_the_first_screen_shows_years_reason_and_origins(client, edition):
    text = text_of(client.get("/130303/2022/203/"))

    assert "四年预算支出（单位：万元）年度预算支出比上年增减2022年1090.88-130.78（-10.71%）2021年1221.66—" in text
    assert "2020年本文件没有这一年的数2019年本文件没有这一年的数" in text
    assert "为什么增减2022年预算支出安排1090.88万元，较2021年预算减少" in text
    assert (
        "＝基本支出518.68+项目支出572.20（万元）年初预算，部门本级及所属单位合计。出自表三部门预算支出总表，第1版，"
        in text
    )
