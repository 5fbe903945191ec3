"""The document that was really published: every finding about words that an auditor lists, at its line."""

from pathlib import Path

import pytest

from budgets.readers.documents import read_document
from disclosure.audit import run
from disclosure.checkup.reading import Foreign, document_of

SOURCE = Path(__file__).parents[3] / "fixtures" / "demo" / "source.txt"
EXPECTED = {
    "C01": ["第94行", "第98行", "第100行"],
    "C03": ["第57行", "第88行", "第90行", "第90行", "第92行", "第96行"],
    "C04": ["第1851行"],
    "C05": ["第1808行"],
    "C09": ["第70行", "第82行", "第99行", "第100行"],
    "C12": ["第1855行"],
    "C13": ["第8行", "第58行", "第85行"],
    "C14": ["第7行"],
    "C15": ["第43行"],
}


@pytest.fixture
def source(db) -> Foreign:
    """The source document, read as any other."""
    return document_of(read_document(SOURCE.name, SOURCE.read_bytes()))


def test_each_finding_stands_at_its_line(source):
    found: dict[str, list[str]] = {}
    for one in run(source.document, EXPECTED).findings:
        place = one.cited[0].place
        found.setdefault(one.code, []).append(source.places[place.section, place.block])

    assert found == EXPECTED


def test_misspellings_are_found_with_their_right_form(source):
    messages = "".join(one.message for one in run(source.document, ["C10"]).findings)
    wanted = [
        "高校别生”→“高校毕业生",
        "升级补助资金”→“省级补助资金",
        "占人保人数”→“占应保人数",
        "名村基层党建”→“农村基层党建",
    ]
    wanted += ["一般共预算”→“一般公共预算", "优秀年干部”→“优秀年轻干部", "机关运行费”→“机关运行经费"]

    assert [words for words in wanted if words not in messages] == []


def test_what_the_facts_say_is_found(source):
    found = {one.code: one.message for one in run(source.document, ["C07", "C11", "T14.2"]).findings}

    assert found == {
        "C07": "房屋面积2平方米、价值83.00万元，疑似把栋数填成面积。请核对。",
        "C11": "部门预算的19个项目都是“203001组织部门中共秦皇岛市山海关区委组织部本级”的。"
        "请补充其余2家单位的数据，或说明已并入。",
        "T14.2": "固定资产的截至时间是2018年12月31日，应为2021年12月31日。请更新。",
    }


def test_no_personal_data_is_suspected(source):
    assert run(source.document, ["S01", "S02", "S03"]).findings == ()
