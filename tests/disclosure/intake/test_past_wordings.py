"""Other regions' titles, numbering, units and tables."""

from budgets.money import MoneyUnit, parse
from budgets.readers.documents import read_document
from disclosure.intake.past import read_past
from disclosure.intake.past.sections import Meaning, meaning_of, sections_of

OTHER_REGION = """
某某市教育局2024年度部门预算公开

第一部分  部门概况
一、部门职责
负责全市教育工作。
（一）统筹规划
拟订教育规划。
二、机构设置
序号\t单位名称\t单位编码\t单位性质\t经费形式
1\t某某市教育局\t105001\t行政\t财政拨款
2\t某某市第一中学\t105002\t公益一类事业单位\t财政补助

第二部分  2024年部门预算情况说明
一、收入预算说明
2024年收入预算12,345,678.90元，其中：一般公共预算拨款收入12,000,000元，上年结转345,678.90元。比上年增加100元，主要原因是人员增加。
二、支出预算说明
2024年支出预算12,345,678.90元，其中：基本支出10,000,000.00元，项目支出2,345,678.90元。
三、“三公”经费预算情况说明
2024年“三公”经费财政拨款预算为12.50万元，比2023年预算减少1.20万元。其中：
（一）因公出国（境）费用0万元，与上年持平。
（二）公务用车购置及运行维护费10.00万元，较上年减少1.00万元。其中：公务用车购置费0万元，与上年持平；公务用车运行费10.00万元，较上年减少1.00万元，主要原因是厉行节约，压减开支。
（三）公务接待费2.5万元，比上年预算数下降0.2万元，主要是接待批次减少。
四、机关运行经费
2024年机关运行经费20万元，其中：办公费12万元、水费8万元。比上年增加2万元，主要原因是物价上涨。
五、其他重要事项的情况说明
另有说明。

第三部分  名词解释
（一）基本支出：保障运转的支出。
第四部分  附件
附件略。
"""

GOAL = """
项目支出绩效目标表
（2024年度）
项目名称\t校舍维修\t项目代码\t42010024T000000000001\t单位：元
实施单位\t某某市第一中学
年度资金总额\t500000.00\t其中：财政拨款\t500000.00\t其他资金\t0
年度绩效目标\t完成三栋校舍维修。
一级指标\t二级指标\t三级指标\t指标值\t计量单位
产出指标\t数量指标\t维修面积\t≥3000\t平方米
\t质量指标\t验收合格率\t=100\t%
"""


def read(text):
    return read_past(read_document("a.txt", text.encode()))


def yuan(figure):
    return figure.amount.yuan, figure.change and figure.change.yuan, figure.reason.text


def test_parts_and_sections_are_found_by_meaning():
    sections = sections_of(read_document("a.txt", OTHER_REGION.encode()))

    assert [section.meaning.name for section in sections] == [
        *("FRONT", "UNKNOWN", "DUTIES", "ORGANISATION", "TOTALS", "INCOME", "SPENDING", "THREE_PUBLIC", "OPERATING"),
        *("OTHER", "GLOSSARY", "UNKNOWN"),
    ]


def test_headings_are_known_under_plausible_titles():
    titles = {
        "一、部门职责": Meaning.DUTIES,
        "（一）部门主要职责": Meaning.DUTIES,
        "1．单位职能简介": Meaning.DUTIES,
        "二、部门机构设置情况": Meaning.ORGANISATION,
        "部门预算单位构成": Meaning.ORGANISATION,
        "第二部分 2024年部门预算情况说明": Meaning.TOTALS,
        "三、机关运行经费安排说明": Meaning.OPERATING,
        "四、2024年财政拨款“三公”经费支出预算情况说明": Meaning.THREE_PUBLIC,
        "五、预算绩效情况说明": Meaning.PERFORMANCE,
        "六、政府采购情况说明": Meaning.PROCUREMENT,
        "七、国有资产占有使用情况": Meaning.ASSETS,
        "第四部分 名词解释": Meaning.GLOSSARY,
        "九、其他需要说明的情况": Meaning.OTHER,
        "部门整体支出绩效目标": Meaning.OVERALL_GOAL,
    }

    assert {title: meaning_of(title) for title in titles} == titles


def test_a_sentence_is_no_heading():
    assert meaning_of("部门职责是负责全市教育工作。") is None
    assert meaning_of("三、人才工作及人才队伍建设") is None


def test_units_with_codes_of_their_own_are_read():
    found = [(unit.code.text, unit.name.text, unit.nature.text) for unit in read(OTHER_REGION).units]

    assert found == [
        ("105001", "某某市教育局", "行政"),
        ("105002", "某某市第一中学", "公益一类事业单位"),
    ]


def test_amounts_are_read_in_the_unit_they_are_written_in():
    money = read(OTHER_REGION).money

    total = parse("12345678.90")
    assert yuan(money.figure("revenue_total")) == (total, parse("100"), "人员增加")
    assert yuan(money.figure("carried_over")) == (parse("345678.90"), None, "")
    assert yuan(money.figure("total")) == (total, None, "")
    assert yuan(money.operating[0]) == (parse("20", MoneyUnit.WAN), parse("2", MoneyUnit.WAN), "物价上涨")
    assert [item.name.text for item in money.operating] == ["2024年机关运行经费", "办公费", "水费"]


def test_changes_and_reasons_belong_to_their_items():
    money = read(OTHER_REGION).money
    keys = ("three_public", "abroad", "vehicle_purchase", "vehicle_running", "reception")

    assert {key: (money.figure(key).previous, money.figure(key).reason.text) for key in keys} == {
        "three_public": (parse("137000"), ""),
        "abroad": (parse("0"), ""),
        "vehicle_purchase": (parse("0"), ""),
        "vehicle_running": (parse("110000"), "厉行节约，压减开支"),
        "reception": (parse("27000"), "接待批次减少"),
    }


def test_texts_end_where_the_next_part_begins():
    narrative = read(OTHER_REGION).narrative

    assert [text.text for text in narrative.duties] == ["负责全市教育工作。", "（一）统筹规划", "拟订教育规划。"]
    assert [(term.term.text, term.explanation.text) for term in narrative.glossary] == [
        ("基本支出", "保障运转的支出。")
    ]
    assert [text.text for text in narrative.other_matters] == ["另有说明。"]


def test_a_goal_table_in_another_form_and_in_yuan_is_read():
    [goal] = read(GOAL).goals

    assert (goal.code.text, goal.name.text, goal.unit.text) == ("42010024T000000000001", "校舍维修", "某某市第一中学")
    assert goal.amount.yuan == goal.fiscal.yuan == parse("500000")
    assert [statement.text for statement in goal.statements] == ["完成三栋校舍维修。"]
    assert [(indicator.level1.text, indicator.level2.text, indicator.split[:3]) for indicator in goal.indicators] == [
        ("产出指标", "数量指标", ("≥", "3000", "平方米")),
        ("产出指标", "质量指标", ("＝", "100", "%")),
    ]


def test_a_table_that_names_no_unit_of_money_is_taken_in_wan_and_said_so():
    proposal = read(GOAL.replace("单位：元", "备注"))

    assert proposal.goals[0].amount.yuan == parse("500000", MoneyUnit.WAN)
    assert "项目“校舍维修”的表没有注明金额单位，暂按万元。" in [remark.message for remark in proposal.doubtful]


def test_a_document_that_says_nothing_gives_a_list_of_what_is_missing():
    proposal = read("某某局\n无。\n")

    assert proposal.goals == proposal.units == ()
    assert [remark.message for remark in proposal.missing][:3] == [
        "没有找到预算年度。",
        "没有找到单位表：请填写单位、性质、规格和经费保障形式。",
        "支出没有功能分类科目：每一笔支出请填到项。",
    ]
