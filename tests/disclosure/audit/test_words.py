"""X17 and X18 on the printed words: every amount, direction and list."""

import pytest
from faults import spoiled, words

from disclosure.audit import run

PROSE = ["X17", "X18"]


def found(document):
    return [(finding.code, finding.message) for finding in run(document, PROSE).findings]


@pytest.mark.parametrize(
    ("fault", "finding"),
    [
        (
            ("overview", "基本支出518.68万元", "基本支出5186.80万元"),
            (
                "X17",
                "“二、部门预算安排的总体情况”中的基本支出5186.80万元应等于按数据应写的518.68万元，相差4668.12万元。请核对。",
            ),
        ),
        (
            ("overview", "较2021年预算减少130.78万元，其中", "较2021年预算增加130.78万元，其中"),
            (
                "X17",
                "“二、部门预算安排的总体情况”中的支出增减写的是“增加130.78万元”，按数据应为“减少130.78万元”。请核对。",
            ),
        ),
        (
            ("three_public", "公务接待费0.31万元", "公务接待费0.34万元"),
            (
                "X17",
                "“四、财政拨款“三公”经费预算情况及增减变化原因”中的公务接待费0.34万元应等于按数据应写的0.31万元，相差0.03万元。请核对。",
            ),
        ),
        (
            ("assets", "275.73", "275.37"),
            ("X17", "“七、国有资产信息”中的固定资产275.37万元应等于按数据应写的275.73万元，相差0.36万元。请核对。"),
        ),
        (
            ("overview", "，上年结转55.80万元", "，上年结转5.58万元"),
            (
                "X18",
                "“二、部门预算安排的总体情况”的收入构成中“上年结转”5.58万元应等于按数据应写的55.80万元，相差50.22万元。请核对。",
            ),
        ),
        (
            ("overview", "，上年结转55.80万元", ""),
            ("X18", "“二、部门预算安排的总体情况”的收入构成列了5项，按数据应为6项，或文字不一致。请核对。"),
        ),
        (
            ("overview", "老年大学培训费项目安排", "老年大学培训经费项目安排"),
            (
                "X18",
                "“二、部门预算安排的总体情况”的项目明细、其他支出说明中“老年大学培训经费项目安排”，按数据应为“老年大学培训费项目安排”。请核对名称和次序。",
            ),
        ),
        (
            ("operating_costs", "差旅费1.00万元", "差旅费10.00万元"),
            (
                "X18",
                "“三、机关运行经费安排情况”的机关运行经费明细中“差旅费”10.00万元应等于按数据应写的1.00万元，相差9.00万元。请核对。",
            ),
        ),
    ],
)
def test_a_figure_in_the_words_that_is_not_the_tables_is_found(document, fault, finding):
    assert found(spoiled(document, words(*fault))) == [finding]


def test_words_of_ones_own_are_not_judged(document):
    own = spoiled(document, words("operating_costs", "机关运行经费共计安排", "本年机关运行经费为"))

    report = run(own, PROSE)

    assert (report.findings, report.passed) == ((), PROSE)
    assert report.left_out == {"X17": ("“三、机关运行经费安排情况”有一段用了自己的措辞，没有版式的句子可以对照",)}


@pytest.mark.parametrize("base", ["hebei", "national"])
def test_every_computed_sentence_is_read(bases, base):
    assert run(bases[base], PROSE).left_out == {}
