"""What the published document's goal tables get wrong, found in the document itself (B01 to B15)."""

from collections import Counter
from pathlib import Path

import pytest

from budgets.readers.documents import read_document
from disclosure.audit import RULES, run
from disclosure.checkup.reading import document_of

SOURCE = Path(__file__).parents[3] / "fixtures" / "demo" / "source.txt"
CODES = [code for code in RULES if code[0] == "B"]


@pytest.fixture(scope="module")
def source():
    return document_of(read_document(SOURCE.name, SOURCE.read_bytes())).document


@pytest.fixture
def messages(source, db):
    """The findings by code, as the clerk reads them, without the codes of the projects."""

    def of(code):
        return [finding.message for finding in run(source, [code]).findings]

    return of


def test_every_finding_is_there_as_often_as_in_the_document(source, db):
    report = run(source, CODES)

    assert Counter(finding.code for finding in report.findings) == {
        "B01": 1,
        "B02": 3,
        "B03": 102,
        "B04": 94,
        "B05": 16,
        "B06": 1,
        "B07": 184,
        "B08": 8,
        "B09": 19,
        "B10": 17,
        "B11": 12,
        "B12": 4,
        "B13": 2,
        "B14": 6,
        "B15": 5,
    }
    assert report.not_applicable == {}


def test_fiscal_money_is_the_budget_in_all_nineteen(source):
    assert [(one.amount, one.other) for one in source.content.facts.projects] == [
        (one.fiscal, 0) for one in source.content.facts.projects
    ]
    assert len(source.content.facts.projects) == 19


def test_a_blank_of_the_plan_and_its_shapes(messages):
    assert messages("B01") == [
        "项目“车辆保险费”（13030322P003970100068）的资金支出计划3月底为空，请填写（无支出填0%）。"
    ]
    assert messages("B02") == [
        "项目“2021年度干部考核经费”（13030322P00401310001Q）的支出计划10月底已达100%，请确认。",
        "项目“人才工作经费”（13030322P00400910001K）的支出计划6月底已达100%，请确认。",
        (
            "项目“非公党建工作经费”（13030322P00401110001D）等16个项目（共18个）的支出计划都是25/50/75/100，"
            "与默认值相同，请按实际安排填写。"
        ),
    ]


def test_values_without_unit_or_sign_glued_and_from_a_template(messages):
    vehicles = "项目“车辆保险费”（13030322P003970100068）的指标“投保车辆数”的指标值“≥90确保投保车辆数量”"

    assert messages("B03")[0] == f"{vehicles}缺少计量单位，请补充。"
    assert messages("B04")[0] == f"{vehicles}只填“符号+数值+单位”，“确保投保车辆数量”应放在指标描述。"
    assert messages("B08")[0] == f"{vehicles}与固定资产表车辆3台不符，像是百分比，而指标是数量，请核对数值和单位。"
    assert messages("B05")[0].endswith("的指标值“100保障补贴对象人数占人保人数之比”缺少比较符号（≥、＝、≤），请补充。")
    assert messages("B06") == [
        "全部102个数值型指标值中≥90有64个、≥70有22个、100有16个，疑似套用模板，请按项目实际填写。"
    ]


def test_descriptions_that_are_names_and_grounds_that_repeat_them(messages):
    kinds = Counter("描述" if "的指标描述与" in message else "依据" for message in messages("B07"))

    assert kinds == {"描述": 84, "依据": 100}


def test_costs_are_no_limits_in_money(messages):
    assert {message.rpartition("，成本指标应为")[2] for message in messages("B09")} == {"“≤金额（万元）”，请改正。"}
    assert messages("B09")[0].startswith(
        "项目“车辆保险费”（13030322P003970100068）的指标“投保完成率”的指标值“≥90投保完成率”用“≥”，指标名称是比率"
    )


def test_indicators_in_the_wrong_class(messages):
    found = {message.split("指标“")[1].split("”")[0]: message for message in messages("B10")}

    assert {
        "高层次人才数量",
        "教学任务完成率",
        "党员教育参与率",
        "实报实销率",
        "各项工作任务按时完成率",
    } <= found.keys()
    assert [message for message in messages("B10") if "“产出指标/数量指标”" not in message] == [
        found["教学任务完成率"],
        next(message for message in messages("B10") if "社会效益指标”下" in message),
        found["党员教育参与率"],
        found["实报实销率"],
        found["各项工作任务按时完成率"],
        found["高层次人才数量"],
    ]


def test_twelve_projects_lack_satisfaction(messages):
    assert all(message.endswith("缺少服务对象满意度指标，请补充。") for message in messages("B11"))


def test_copied_indicators_and_goals(messages):
    pairs = [message.split("（")[0] + "|" + message.split("）")[-1] for message in messages("B12")]

    assert pairs == [
        "项目“区重点工作大督查经费”|的5个指标值都是“≥70工作开展情况”，请按指标分别填写。",
        "项目“基层党建工作经费”|的绩效指标完全相同，请按项目填写。",
        "项目“关于结算下达到村任职高校毕业生中央财政补助资金的通知”|的绩效指标几乎相同，请按项目填写。",
        "项目“下派选调生到村工作补助”|的绩效指标完全相同，请按项目填写。",
    ]
    assert messages("B13") == [
        (
            "项目“提前下达2022年度下派选调生到村工作中央财政补助资金”（13030322P00436410001R）的绩效目标与"
            "项目“关于结算下达2021年选调生到村工作中央财政补助资金的通知”（13030321P003964100017）相同"
            "（“解决到村任职选调生的后顾之忧，帮助他们尽快适应基层工作。”），疑似复制，请按本项目改写。"
        ),
        (
            "项目“下派选调生到村工作补助”（13030321GZV93HM6A1HA2）的绩效目标文字与项目名称不符，写的是"
            "项目“关于结算下达到村任职高校毕业生中央财政补助资金的通知”（13030321P00396310001H）的内容，"
            "疑似复制，请按本项目改写。"
        ),
    ]


def test_goals_that_are_none_and_grades_that_overlap(messages):
    assert [message.split("）", 1)[1] for message in messages("B14")] == [
        "的绩效目标“老年大学教务教学管理，组织校园文化活动经费”写的是资金用途，请写明预期产出和效果。",
        "的绩效目标“2021年度干部考核经费”只写了项目名称，请写明预期产出和效果。",
        "的绩效目标“远程教育站点费用及设备维护等”写的是资金用途，请写明预期产出和效果。",
        "的指标“老党员生活情况”的指标值“≥90有效改善”把数值和“有效改善”混在一起，请只填数值或只填定性要求。",
        (
            "的指标“形成一批较高水平的优秀调研成果”的指标值“≥70成效明显”把数值和“成效明显”混在一起，"
            "请只填数值或只填定性要求。"
        ),
        (
            "的指标“到村任职选调生在农村干事创业，农村基层党建工作水平逐步提高”的指标值“≥70成效明显”"
            "把数值和“成效明显”混在一起，请只填数值或只填定性要求。"
        ),
    ]
    grades = messages("B15")
    assert [message.split("的评价标准")[1] for message in grades] == [
        *["“90%以上；80%-90%；70%-80%；70%以下”90%处重叠，80%处重叠，请写明各档的起止。"] * 4,
        "“5篇；4篇；3篇；1篇”缺2篇的档次，请写明各档的起止。",
    ]
