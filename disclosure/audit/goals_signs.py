"""What an indicator's name says of its class, by endings and keywords (财预〔2015〕88号, 〔2021〕101号)."""

import re
from functools import cache
from typing import NamedTuple

QUANTITY, QUALITY, TIME, COST = "数量", "质量", "时效", "成本"
ECONOMY, SOCIETY, ECOLOGY, LASTING, SATISFIED = "经济效益", "社会效益", "生态效益", "可持续影响", "满意度"
OUTPUT = (QUANTITY, QUALITY, TIME)
EFFECT = (ECONOMY, SOCIETY, ECOLOGY, LASTING)
KEYS = {
    "成本": COST,
    "满意": SATISFIED,
    "数量": QUANTITY,
    "质量": QUALITY,
    "时效": TIME,
    "经济": ECONOMY,
    "社会": SOCIETY,
    "生态": ECOLOGY,
    "持续": LASTING,
}
"""A class by the first of these words in its name."""
NOTHING = r"(?!)"
ENVIRONMENT = (
    r"生态|(?<!营商)环境|环保|空气|大气|水质|水体|土壤|污染|污水|排放|绿|植被|森林|湿地|垃圾|固废|"
    r"碳|节能|耕地"
)
BENEFIT = (
    r"受益|惠及|带动|服务|就业|增加|新增|减少|减排|节约|接待|影响|辐射|吸引|游客|观众|"
    r"读者|培养|覆盖|帮扶|脱贫|救助|转化|受教育"
)
TIMELY = (
    r"及时|按时|按期|准时|如期|时限|期限|工期|时间|日期|[日月]前|月底|年底|进度|时效|"
    r"周期|当月|按月|按季|限时|时长|天数|速度|提前|延期|逾期|何时|节点|期间|日内"
)
CONTENT = r"满意|认可度|好评|口碑|获得感|幸福感"
COUNTED = (
    r"(?:(?<![指系分基倍控制算级])数(?:量|目)?|人次|场次|班次|批次|户次|"
    r"[^质总产含流]量|面积|里程|长度)(?:[（(].*[)）])?$"
)
RATE = r"(?:率|占比|比例|比率|比重|百分比|之比)(?:[（(].*[)）])?$"
MONEY = (
    r"成本|控制数|造价|单价|开支|限额|(?:费用?|支出|经费|资金|预算|投入|"
    r"投资).*(?:控制|总额|金额|限额|数额|额度|规模)|(?:补助|补贴|奖励|发放|资助|慰问|救助|伙食|住宿|"
    r"收费|薪酬|经费|费用?|支出)标准$|人均.*(?:费用?|支出|标准)$"
)
GOOD = (
    r"合格|达标|准确|通过率|合规率|优良|优秀率|正确|完好|规范率|差错|返工|故障率|完整率|足额|通畅率|"
    r"完整性|准确性|规范性|质量"
)
DONE = (
    r"(?:完成|执行|核销|报销|报实销|到位|拨付|发放|兑付|支付|参加|参训|出勤|到课|到会|"
    r"安装|建成|开工|竣工|完工|投保|办结|验收|签约|采购|配备|印发|检查|巡查|整改|使用|"
    r"落实)(?:工作)?率$"
)
PROFIT = (
    r"产值|税收|综合收入|经营收入|总收入|利润|销售额|销售收入|营业额|营业收入|营收|经济效益|投资回报|收益率|增收|"
    r"经济增长|生产总值|招商引资"
)
PUBLIC = (
    r"知晓率|普及率|参与[率度]|信访|上访|公信力|社会影响|社会效益|社会稳定|和谐|犯罪|发案|"
    r"素质|意识|文明|健康水平|影响力|入学率|升学率"
)
LONG = r"可持续|持续影响|长效机制|长期|使用年限|使用寿命"
BETTER = (
    r"^(?:提高|提升|改善|增强|促进|推动|激发|优化)|(?:水平|影响力|积极性|能力|成效|"
    r"作用|意识|面貌)(?:的?(?:提高|提升|改善|增强))?$"
)


_compiled = cache(re.compile)


class Sign(NamedTuple):
    """A pattern of names that stand in the classes ``fits`` only; ``unless`` other words make them something else."""

    said: str
    pattern: str
    fits: tuple[str, ...]
    unless: str = NOTHING

    def speaks(self, name: str) -> bool:
        """Tell whether a name is of this sort."""
        return bool(_compiled(self.pattern).search(name)) and not _compiled(self.unless).search(name)


SIGNS = (
    Sign("满意度", CONTENT, (SATISFIED,), COUNTED),
    Sign(
        "时限",
        TIMELY,
        (TIME,),
        rf"{GOOD}|{COUNTED}|{MONEY}|使用年限|持续|服务时间|服务期|作用期|学习时间|空余时间|提前下达|缩短|减少|节省",
    ),
    Sign("支出控制", MONEY, (COST,), rf"{RATE}|降低|节约|节省|减少|按规定|执行|准确|达标|合规|节支|社会|生态|{DONE}"),
    Sign("收益", PROFIT, (ECONOMY, SOCIETY, LASTING), rf"{TIMELY}|增收节支|能耗|排放|万元"),
    Sign(
        "生态环境",
        r"生态|排放量|排放强度|污染物|空气质量|植被|碳排放|水土流失|绿化覆盖",
        (QUANTITY, QUALITY, ECOLOGY, LASTING, SOCIETY),
    ),
    Sign(
        "完成质量",
        GOOD,
        (QUALITY,),
        rf"{ENVIRONMENT}|{COUNTED}|{MONEY}|{LONG}|高质|质量发展|食品|药品|饮用?水|农产品|持续|称职",
    ),
    Sign("工作数量", COUNTED, (QUANTITY, *EFFECT), rf"{BENEFIT}|{ENVIRONMENT}|质量|成本|控制|节支"),
    Sign("工作数量", COUNTED, (QUANTITY, QUALITY, *EFFECT), rf"{ENVIRONMENT}|质量|成本|控制|天数"),
    Sign(
        "工作数量",
        COUNTED,
        (QUANTITY, QUALITY),
        rf"{BENEFIT}|{ENVIRONMENT}|质量|成本|控制|人才|企业|游客|产|事故|事件|案件|纠纷|投诉|上访|发明|专利|项目|岗位|机制|制度",
    ),
    Sign("工作完成率", DONE, (QUALITY, TIME, COST, QUANTITY), rf"{ENVIRONMENT}|{LONG}|持续|覆盖|政策|利用"),
    Sign("社会影响", PUBLIC, (SOCIETY, LASTING, QUALITY, QUANTITY), rf"{CONTENT}|{TIMELY}"),
    Sign("持续影响", LONG, EFFECT, rf"{TIMELY}|{COUNTED}"),
    Sign("效果", BETTER, (QUALITY, *EFFECT), rf"{RATE}|{COUNTED}|{TIMELY}|{CONTENT}|{MONEY}"),
    Sign("比率", RATE, (QUALITY, TIME, COST, *EFFECT, SATISFIED)),
)
"""The first sort that a name is of and whose classes are not the indicator's says that it is misfiled."""
BELONGS = {
    "满意度": "服务对象满意度指标",
    "时限": "时效指标",
    "支出控制": "成本指标",
    "收益": "经济效益指标",
    "生态环境": "生态效益指标",
    "完成质量": "质量指标",
    "工作数量": "数量指标",
    "工作完成率": "产出指标（质量或时效）",
    "社会影响": "社会效益指标",
    "持续影响": "可持续影响指标",
    "效果": "效益指标",
    "比率": "质量或时效指标，数量指标应为可计数的数量",
}
GREEN = (
    r"排|污|河|湖|林|草|水[质体源土污生资]|[节用治蓄降]水|土[壤地]|国土|沙|尘|噪|烟|废|[大废燃沼]气|气[候体]|能耗|能源|自然资源|资源[化节利循]"
    r"|循环|清洁|卫生|整洁|秸秆|农药|化肥|物种|生物|低碳|无纸化|电子化|降解|景观|灌溉|防洪|减灾|人居|海洋|海域|矿山|修复"
)
GAIN = (
    r"经济|收|增|产[值量业出能]|税|利|益|节|成本|投资|带动|销|价|营|资[金产本]|就业|企业|消费|财政|费|农民|旅游|市场|贷|融"
    r"|降低|损失|元|负担|商|贸|客|订单|采购|效率|开支|支出|薪|租|交易|出口|GDP|财产|亩均|单产|减少"
)
NEEDED = {
    QUANTITY: (r"[0-9０-９一二三四五六七八九十百千万]", "可计数的数量"),
    TIME: (rf"{TIMELY}|率先|频次|\d\s*(?:年|月|日|天|小时|分钟|工作日|周)", "时间要求"),
    ECONOMY: (GAIN, "经济效益内容"),
    ECOLOGY: (rf"{ENVIRONMENT}|{GREEN}", "生态环境内容"),
    SATISFIED: (rf"{CONTENT}|满|投诉|评价|信任|信赖|赞|反馈", "满意度内容"),
}
"""What an indicator of a class must speak of somewhere, and how that is called."""


def class_of(level2: str) -> str:
    """Return the class that a 二级指标 is, nothing where it is none that is known."""
    return next((known for word, known in KEYS.items() if word in level2), "")
