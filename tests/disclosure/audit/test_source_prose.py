"""The source document was really published: what its prose is found with, and what is right in it and stays so."""

from pathlib import Path

import pytest

from budgets.readers.documents import read_document
from disclosure.audit import RULES, run
from disclosure.checkup.reading import document_of

SOURCE = Path(__file__).parents[3] / "fixtures" / "demo" / "source.txt"
DOCUMENT = document_of(read_document("source.txt", SOURCE.read_bytes())).document
NO_KIND = "不是部门预算支出经济分类款级科目，请对应到科目（如"
NOTICE = "像文件标题，请改为项目名称。"
ONE_NAME = "名称不一致，请统一为项目库名称。"

FOUND = {
    "A01": [
        (
            "收入合计1090.88万元与分项之和1035.08万元相差55.80万元。该差额等于5个2021年度项目（编码13030321开头）金额之和，"
            "请核对是否漏填“上年结转”。"
        )
    ],
    "A02": [
        (
            "收入名称“基金预算收入”、“财政专户核拨收入”、“其他来源收入”与现行收支总表不一致，"
            "请使用“政府性基金预算拨款收入、财政专户管理资金收入、单位资金、上年结转”等现行名称。"
        )
    ],
    "A03": [
        "项目“提前下达选聘高校毕业生到村任职中央补助资金”（28.34万元）与绩效目标表“高校毕业生到村任职补助经费”"
        + ONE_NAME,
        "项目“关于结算下达2021年选调生到村工作中央财政补助资金”（2.35万元）与绩效目标表"
        "“关于结算下达2021年选调生到村工作中央财政补助资金的通知”" + ONE_NAME,
        "项目“提前下达2021年度下派选调生到村工作中央财政补助资金”（10.31万元）与绩效目标表“下派选调生到村工作补助”"
        + ONE_NAME,
        "项目“老年大学培训经费”（1.60万元）与绩效目标表“老年大学培训费”" + ONE_NAME,
    ],
    "A04": [
        f"项目名称“关于结算下达2021年选调生到村工作中央财政补助资金的通知”{NOTICE}",
        f"项目名称“关于结算下达到村任职高校毕业生中央财政补助资金的通知”{NOTICE}",
        f"项目名称“关于下达2021年建国前老党员生活补贴市级补助资金”{NOTICE}",
    ],
    "A05": [
        "项目“提前下达选聘高校毕业生到村任职中央补助资金”（28.34万元）的资金层级前后不一致（中央、省级），请核对。"
    ],
    "A06": [
        "“三公”公务用车运行费11.00万元，基本支出仅1.80万元，其余9.20万元请说明所在项目（现仅见车辆保险费1.20万元）。"
    ],
    "A07": [
        (
            "“三公”经费没有说明因公出国（境）、公务用车购置、公务用车运行较上年的增减。"
            "请分别说明较上年增减及原因（持平也应说明）。"
        )
    ],
    "A08": ["“公务用车购置及运维费”应为“公务用车购置及运行费”。"],
    "A09": [
        "基本支出减少52.76万元未说明原因，请补充。",
        "没有说明收入较上年的增减及原因，请补充收入增减说明。",
    ],
    "A10": ["本部门含2家事业单位，机关运行经费等于全部公用经费，请核对是否只统计行政和参公单位。"],
    "A11": [
        f"“办公取暖费”{NO_KIND}30208取暖费）。",
        f"“离退休干部经费”{NO_KIND}30299其他商品和服务支出）。",
        f"“公务交通补贴”{NO_KIND}30239其他交通费用）。",
        f"“工会经费（代扣）”{NO_KIND}30228工会经费）。",
        f"“党组织活动经费”{NO_KIND}30299其他商品和服务支出）。",
        f"“网络运行维护费”{NO_KIND}30213维修（护）费）。",
    ],
    "A12": ["文中提到的“收支预算总表、基本支出表、项目支出表”未随文公开，请上传部门预算公开表。"],
    "A13": ["请补充政府性基金、国有资本经营预算有无安排的说明。"],
}


@pytest.mark.parametrize("code", FOUND)
def test_a_finding_in_the_source_document(code):
    assert [finding.message for finding in run(DOCUMENT, [code]).findings] == FOUND[code]


@pytest.mark.parametrize("code", [code for code in RULES if code[0] in "AD" and code not in FOUND])
def test_what_is_right_in_the_source_document_is_not_found(code):
    assert run(DOCUMENT, [code]).findings == ()


def test_the_sums_and_project_amounts_of_the_source_document_are_judged_and_right():
    assert run(DOCUMENT, ["A14", "A15", "D01"]).passed == ["A14", "A15", "D01"]


@pytest.mark.parametrize("code", ["A01", "A09", "A11"])
def test_a_finding_points_at_its_paragraph(code):
    [first, *_] = run(DOCUMENT, [code]).findings

    assert first.cited[0].place.section >= 0
    assert DOCUMENT.content.sections[first.cited[0].place.section].blocks[first.cited[0].place.block].paragraph
