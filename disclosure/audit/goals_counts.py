"""B08 and B09: numbers that fit what their indicators count, and costs that are limits in money."""

import re
from collections.abc import Iterator
from decimal import Decimal

from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome, said
from disclosure.audit.goals_reading import Measured, counted, measured
from disclosure.document import Document
from performance.enums import Operator

INDICATORS = (counted,)
COUNT = re.compile(
    r"(?<![指系分基倍控制算])数$|(?:人|户|次|件|台|套|个|篇|场|期|份|批|项|辆)数|数量$|人次$|场次$|班次$|批次$|个数|[^质总产]量$"
)
RATE = re.compile(r"率$|率[（(]|占比|比例|比率|比重|百分比|之比|满意度")
GROWING = re.compile(
    r"增长|增幅|增速|增加|提高|提升|利用率|回报|收益|杠杆|周转|担保|放大|杠杆|产出率|完成率|换手|同比|环比"
)
PERCENT = ("%", "％", "个百分点", "‰")
WHOLE = re.split(
    " ", "人 名 位 户 家 个 只 台 辆 架 套 件 项 次 场 届 篇 份 册 本 条 处 座 栋 间 所 部 幅 张 人次 台、辆"
)
HUNDRED = Decimal(100)
PARTLY = (Decimal(50), HUNDRED)
"""Between these a number without a unit looks like a percentage."""
VEHICLE = re.compile(r"(?:车辆|用车)")
KEPT = re.compile(r"投保|保险|年检|保养|维修|维护|运行|在用|保有")
MONEY = {"元": Decimal(1), "万元": Decimal(10) ** 4, "亿元": Decimal(10) ** 8}
COST = re.compile(r"成本|控制|费|支出|经费|资金|造价|单价|价格|开支|预算|限额|标准|金额|节约|节支|降低|投入|薪|补")
TOTAL = re.compile(r"总|控制数|支出|预算")


@rule("B08", Family.GOALS, Severity.ERROR, applies=INDICATORS)
def number_fits_what_is_counted(document: Document) -> Iterator[Outcome]:
    """绩效指标：数值和单位与指标名称相符，数量按个数填写，比率不超过100%，车辆数不多于固定资产表的车辆。"""
    vehicles = _vehicles(document)
    for one in measured(document):
        number = one.value.number
        if number is None:
            continue
        if fault := _count(one, number) or _rate(one, number):
            more = _too_many(one, number, vehicles)
            yield one.problem(f"的指标值“{one.printed}”{more and more + '，'}{fault}，请核对数值和单位。")
        elif more := _too_many(one, number, vehicles):
            yield one.problem(f"的指标值“{one.printed}”{more}，请核对数值和单位。")
    yield Agreed()


def _count(one: Measured, number: Decimal) -> str:
    name, measure = one.indicator.name, one.value.measure
    if one.kind != "数量" or not COUNT.search(name) or RATE.search(name):
        return ""
    if measure in PERCENT:
        return "是数量却用百分比"
    if not measure and PARTLY[0] <= number <= PARTLY[1]:
        return "像是百分比，而指标是数量"
    return "不是整数" if measure in WHOLE and number != number.to_integral_value() else ""


def _rate(one: Measured, number: Decimal) -> str:
    name, measure = one.indicator.name, one.value.measure
    rate = RATE.search(name) is not None
    if measure in ("%", "％") or (rate and not measure):
        limited = number > HUNDRED and not GROWING.search(name) and "成本" not in one.kind
        return "超过100%" if limited else ""
    if rate and not COUNT.search(name) and measure in WHOLE:
        return f"是比率却用“{measure}”作单位"
    return ""


def _vehicles(document: Document) -> Decimal | None:
    for item in document.content.facts.assets.items:
        if item.name in ("vehicles", "车辆") and (item.quantity or "").isdecimal():
            return Decimal(item.quantity or 0)
    return None


def _too_many(one: Measured, number: Decimal, vehicles: Decimal | None) -> str:
    name, measure = one.indicator.name, one.value.measure
    theirs = VEHICLE.search(name) and KEPT.search(name) and COUNT.search(name) and not re.search(r"[人次项]次?数", name)
    if vehicles is None or not theirs or measure not in ("", "辆", "台", "台、辆", "台/辆") or number <= vehicles:
        return ""
    return f"与固定资产表车辆{vehicles}台不符"


@rule("B09", Family.GOALS, Severity.WARNING, applies=INDICATORS)
def cost_is_a_limit_in_money(document: Document) -> Iterator[Outcome]:
    """成本指标：用“≤”和金额表示上限，不超过项目预算。"""
    for one in measured(document):
        if "成本" in one.kind and one.kind not in ("社会成本", "生态环境成本") and (fault := _cost(one)):
            said_so = f"的指标值“{one.printed}”{fault}，成本指标应为“≤金额（万元）”，请改正。"
            yield one.problem(said_so)
    yield Agreed()


def _cost(one: Measured) -> str:
    name, value = one.indicator.name, one.value
    saving = re.search(r"节约|节支|降低|下降|减少", name)
    if value.number is None:
        return "没有金额"
    if value.operator not in (Operator.AT_MOST, Operator.LESS, Operator.EQUAL) and not saving:
        rate = "，指标名称是比率" if RATE.search(name) else ""
        return f"{'用“' + value.operator + '”' if value.operator else '没有比较符号'}{rate}"
    if "元" not in value.measure and not (value.measure in PERCENT and COST.search(name)):
        return f"以“{value.measure}”计量" if value.measure else "没有金额单位"
    return _over(one, value.number * MONEY.get(value.measure, Decimal(0)))


def _over(one: Measured, yuan: Decimal) -> str:
    amount = one.promise.project.amount
    over = yuan > amount > 0 and TOTAL.search(one.indicator.name)
    return f"超过项目预算{said(amount)}" if over else ""
