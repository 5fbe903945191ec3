"""Sections 二, 三 and 四 as generated, beside the source document's, with every difference explained."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from disclosure.sample.printed import Sample

FOLDER = Path(__file__).parents[2] / "fixtures" / "demo"
GOLDEN = Path(__file__).parents[1] / "golden" / "prose.md"
HEADING = """# 生成的文字与来源文件对照（二、三、四）

由测试写成：`pytest tests/disclosure/test_prose.py --refresh-golden`。
"""
PLACES = {"overview": (40, 47), "operating_costs": (49, 49), "three_public": (51, 51)}

DECIMALS = "金额一律印两位小数（C15）"
MOVES = (
    "其中：因公出国（境）费持平，主要是本年度与上年度均未安排因公出国（境）任务；"
    "公务用车购置费持平，主要是本年度与上年度均无公务用车购置计划；"
    "公务用车运行费持平，主要是公务用车保有量未变，在基本支出、车辆保险费项目和综合事务经费项目中安排的运行费总额与上年一致；"
    "公务接待费减少"
)
EXPLAINED = {
    "revenue": (
        ("一般公共预算收入", "一般公共预算拨款收入", "用现行收支总表的名称（A02）"),
        (
            "基金预算收入0万元",
            "政府性基金预算拨款收入0.00万元，国有资本经营预算拨款收入0.00万元",
            "补国有资本经营预算（A02、A13）",
        ),
        ("财政专户核拨收入0万元", "财政专户管理资金收入0.00万元", "用现行收支总表的名称（A02）"),
        ("其他来源收入0万元", "单位资金0.00万元，上年结转55.80万元", "用现行名称，补漏列的上年结转（A01、A02）"),
    ),
    "expenditure": (
        ("日常公用经费52.1万元", "日常公用经费52.10万元", DECIMALS),
        ("项目支出572.2万元", "项目支出572.20万元", DECIMALS),
    ),
    "change": (
        (
            "减少44万元",
            "减少44.00万元（人员退休和调出，工资福利支出相应减少）",
            "补人员经费减少的原因，两位小数（A09、C15）",
        ),
        ("减少8.76万元", "减少8.76万元（实有人员减少，并按过紧日子要求压减一般性支出）", "补公用经费减少的原因（A09）"),
        ("离休医药费项目", "离休干部医药费项目", "用项目库名称（A03）"),
    ),
    "operating_costs": (
        ("52.1万元", "52.10万元", DECIMALS),
        ("差旅费1万元", "差旅费1.00万元", DECIMALS),
        ("公务用车运行维护费1.8万元", "公务用车运行维护费1.80万元", DECIMALS),
        ("工会经费3.5万元", "工会经费3.50万元", DECIMALS),
    ),
    "three_public": (
        ("因公出国（境）费0万元", "因公出国（境）费0.00万元", DECIMALS),
        ("公务用车购置及运维费11万元", "公务用车购置及运行费11.00万元", "规范名称，两位小数（A08、C15）"),
        ("公务用车购置费为0万元", "公务用车购置费为0.00万元", DECIMALS),
        ("公务用车运行费11万元)", "公务用车运行费11.00万元）", "两位小数，全角括号（C15）"),
        (
            "其中：公务接待费减少",
            MOVES,
            "四项分别说明增减和原因（A07）",
        ),
    ),
}
ADDED = (
    "2022年预算收入安排1090.88万元，较2021年预算减少130.78万元，"
    "主要原因是离休干部医药费等项目需求减少，财政拨款安排相应减少。"
)
ITEM = re.compile(r"(?:^|、)(?P<name>.+?)项目安排(?P<amount>[\d.]+)万元")


def source(section: str) -> list[str]:
    """Return the source document's paragraphs of a section, without the lines that are headings of ours."""
    first, last = PLACES[section]
    lines = (FOLDER / "source.txt").read_text(encoding="utf-8").splitlines()[first - 1 : last]
    return [line.strip() for line in lines if not re.match(r"\s*([一二三四]、|\d、)", line)]


def generated(document, section: str) -> list[str]:
    return [block.paragraph for block in document.section(section).blocks if block.paragraph and block.role is None]


def explained(text: str, key: str) -> str:
    """Apply every explained difference to the source's text; each must occur exactly once."""
    for printed, ours, _ in EXPLAINED[key]:
        assert text.count(printed) == 1, printed
        text = text.replace(printed, ours)
    return text


def test_the_basis_is_the_sources_own(document):
    assert generated(document, "overview")[0] == source("overview")[0]


@pytest.mark.parametrize(
    ("section", "key", "number"),
    [
        ("overview", "revenue", 1),
        ("overview", "change", 3),
        ("operating_costs", "operating_costs", 0),
        ("three_public", "three_public", 0),
    ],
)
def test_a_paragraph_equals_the_sources_apart_from_explained_differences(document, section, key, number):
    assert generated(document, section)[number] == explained(source(section)[number], key)


def test_the_spending_paragraph_equals_the_sources_apart_from_names_and_order(document):
    printed, ours = source("overview")[2], generated(document, "overview")[2]
    head, items = printed.split("项目支出572.2万元，主要为")
    our_head, our_items = ours.split("项目支出572.20万元，主要为")
    names = {row["prose_name"]: row["name"] for row in _names()}

    assert our_head == head.replace("日常公用经费52.1万元", "日常公用经费52.10万元")
    listed = {(names[m["name"]], f"{Decimal(m['amount']):.2f}") for m in ITEM.finditer(items)}
    ours_listed = [(m["name"], m["amount"]) for m in ITEM.finditer(our_items)]
    assert set(ours_listed) == listed
    assert [name for name, _ in ours_listed] == [row["name"] for row in Sample(FOLDER).rows("projects")]


def test_the_income_change_is_the_one_sentence_added(document):
    assert generated(document, "overview")[4:] == [ADDED]


def test_the_golden_file_shows_both_texts_and_the_explanations(document, pytestconfig):
    shown = comparison(document)
    if pytestconfig.getoption("--refresh-golden"):
        GOLDEN.write_text(shown, encoding="utf-8")

    assert GOLDEN.read_text(encoding="utf-8") == shown


def comparison(document) -> str:
    """Write the comparison that people review."""
    parts = [HEADING]
    rows = (("overview", "revenue", 1), ("overview", "expenditure", 2), ("overview", "change", 3))
    for section, key, number in (*rows, ("operating_costs", "operating_costs", 0), ("three_public", "three_public", 0)):
        parts.append(f"## {document.section(section).heading}（{key}）\n")
        parts.append(f"来源：{source(section)[number]}\n\n生成：{generated(document, section)[number]}\n")
        parts.extend(f"* “{printed}” → “{ours}”：{why}" for printed, ours, why in EXPLAINED[key])
        if key == "expenditure":
            parts.append("* 项目按绩效目标表的次序排列，名称统一为项目库名称（A03、A04），金额两位小数（C15）")
        if key == "change":
            parts.append(f"* 增加一段：“{ADDED}”：补收入增减说明（A09）")
        parts.append("")
    return "\n".join(parts)


def _names():
    printed, corrected = Sample(FOLDER, corrected=False), Sample(FOLDER)
    return [
        {"prose_name": row["prose_name"], "name": corrected.files["projects"][code]["name"]}
        for code, row in printed.files["projects"].items()
    ]
