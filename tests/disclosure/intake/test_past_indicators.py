"""Legacy 指标值 taken apart: what is not printed stays empty and is named, never filled in."""

import pytest

from disclosure.intake.past.indicators import split_value

NO_SIGN, NO_MEASURE = "缺少比较符号", "缺少计量单位"

GLUED = """
≥90 确保投保车辆数量
≥90 保障紧急处置到位率
≥90 及时投保率
≥90 投保完成率
≥90 长期使用性
≥90 发展党员工作完成率
≥90 工作完成率
≥90 各项工作完成及时率
≥90 按预算资金完成率
≥90 提高基层党建工作水平
≥70 参加老年教育学员覆盖率
≥70 优秀学员占学员总人数比率
≥70 教学任务完成率
≥70 节约经费开支，保障基本运转
≥70 使老年人“老有所学、老有所乐、老有所为”
≥90 干部考核人数
≥90 考核完成率
≥90 及时率
≥90 预算控制数
≥90 各村（社区）远程教育站点覆盖率
≥90 正常运行站点占总站点的比例
≥90 及时性
≥90 总成本控制数
≥90 党员教育参与率
≥90 参加培训人数
≥90 提高干部业务水平
≥90 经费控制数
≥90 参训人员满意度
≥90 到村任职高校毕业生满意度
≥90 激发到村任职高校毕业生在农村干事创业积极性
≥90 有效改善
≥70 成效明显
≥70 工作开展情况
≥70 老干部参加率
≥70 活动组织成功率
≥70 日常运转保障率
≥70 关爱青少年教育活动
≥90 确保离休干部核销医药费人数
≥90 长期满足村（社区）党员对精神文化的需求
≥70 引进人才数量
""".strip().splitlines()

BARE = """
100 保障补贴对象人数占人保人数之比
100 对各类补贴对象补贴标准按规定执行
100 对政策落实情况满意的到村任职选调生占应保人数之比
100 老党员生活补助发放人数
100 经费足额拨付率
100 补助资金及时拨付率
100 补贴标准按规定执行
""".strip().splitlines()


@pytest.mark.parametrize("printed", GLUED)
def test_a_value_glued_to_words_is_parted(printed):
    number, _, rest = printed.partition(" ")

    assert split_value(number + rest) == ("≥", number[1:], "", rest, (NO_MEASURE, f"数值之后另有文字“{rest}”"))


@pytest.mark.parametrize("printed", BARE)
def test_a_value_without_an_operator_gets_none(printed):
    number, _, rest = printed.partition(" ")

    assert split_value(number + rest) == ("", "100", "", rest, (NO_SIGN, NO_MEASURE, f"数值之后另有文字“{rest}”"))


@pytest.mark.parametrize(
    ("printed", "operator", "value", "measure"),
    [
        ("≥13459.00(平方米)", "≥", "13459.00", "平方米"),
        ("=12.00(次)", "＝", "12.00", "次"),
        (">150.00（家）", "＞", "150.00", "家"),
        ("≥95%", "≥", "95", "%"),
        ("＝１００％", "＝", "100", "%"),
        ("90%以上", "≥", "90", "%"),
        ("5万元以内", "≤", "5", "万元"),
        ("不超过 1.20 万元", "≤", "1.20", "万元"),
        ("不低于98%", "≥", "98", "%"),
        ("≤1,200元/人", "≤", "1200", "元/人"),
        ("<=3天", "≤", "3", "天"),
        ("少于2次", "＜", "2", "次"),
        ("≥100人次", "≥", "100", "人次"),
    ],
)
def test_a_whole_value_raises_no_doubt(printed, operator, value, measure):
    assert split_value(printed) == (operator, value, measure, "", ())


@pytest.mark.parametrize(
    ("printed", "split"),
    [
        ("3辆", ("", "3", "辆", "", (NO_SIGN,))),
        ("100人才引进", ("", "100", "", "人才引进", (NO_SIGN, NO_MEASURE, "数值之后另有文字“人才引进”"))),
        ("≥95%，持续提高", ("≥", "95", "%", "持续提高", ("数值之后另有文字“持续提高”",))),
        ("有效改善", ("定性", "有效改善", "", "", ("指标值没有数字，暂按定性",))),
        ("定性：有效改善", ("定性", "有效改善", "", "", ())),
        ("2022年12月底前", ("定性", "2022年12月底前", "", "", ("指标值是时间，暂按定性",))),
        ("80%-90%", ("定性", "80%-90%", "", "", ("指标值是区间或比值，暂按定性",))),
        ("", ("", "", "", "", ("指标值空白",))),
    ],
)
def test_what_cannot_be_told_is_said(printed, split):
    assert split_value(printed) == split
