"""A legacy 指标值 (“≥90确保投保车辆数量”) taken apart into operator, value, measure and the rest; doubts are named."""

import re

from budgets.money import FULL_WIDTH
from disclosure.intake.past.proposal import Split
from performance.enums import Operator
from performance.measures import MEASURES

WORDS = {
    Operator.AT_LEAST: ("大于或等于", "大于等于", "不低于", "不少于", "不小于", "至少", "≥", "≧", ">=", "=>"),
    Operator.AT_MOST: ("小于或等于", "小于等于", "不高于", "不超过", "不多于", "不大于", "至多", "≤", "≦", "<=", "=<"),
    Operator.MORE: ("大于", "高于", "多于", "超过", ">"),
    Operator.LESS: ("小于", "低于", "少于", "<"),
    Operator.EQUAL: ("等于", "="),
}
AFTER = {"以上": Operator.AT_LEAST, "及以上": Operator.AT_LEAST, "以下": Operator.AT_MOST, "及以下": Operator.AT_MOST}
AFTER |= {"以内": Operator.AT_MOST, "之内": Operator.AT_MOST}
OPERATORS = sorted(((word, sign) for sign, words in WORDS.items() for word in words), key=lambda pair: -len(pair[0]))
SIGN = "|".join(re.escape(word) for word, _ in OPERATORS)
NUMBER = re.compile(rf"(?P<sign>{SIGN})?\s*(?P<number>-?\d[\d,]*(?:\.\d+)?)\s*(?P<rest>.*)", re.DOTALL)
DATE = re.compile(r"\d{4}\s*年|\d{1,2}\s*月\s*\d{0,2}\s*日?\s*(底|前|初|中)|\d{4}[-/.]\d{1,2}")
RANGE = re.compile(r"\d\s*%?\s*(-|~|—|–|至|到|/|:)\s*\d")


def split_value(printed: str) -> Split:
    """Take a printed value apart; what it does not say stays empty and is named as a doubt, never filled in."""
    text = printed.strip()
    folded = text.translate(FULL_WIDTH)
    if not text:
        return Split("", "", "", "", ("指标值空白",))
    if DATE.match(folded):
        return Split("定性", text, "", "", ("指标值是时间，暂按定性",))
    if RANGE.search(folded):
        return Split("定性", text, "", "", ("指标值是区间或比值，暂按定性",))
    if found := NUMBER.fullmatch(folded):
        return _numeric(found, text)
    if stated := text.removeprefix("定性").strip(" ：:()（）") if text.startswith("定性") else "":
        return Split("定性", stated, "", "", ())
    return Split("定性", text, "", "", ("指标值没有数字，暂按定性",))


def _numeric(found: re.Match[str], text: str) -> Split:
    sign = next((sign for word, sign in OPERATORS if word == found["sign"]), "")
    rest = text[len(text) - len(found["rest"]) :]
    measure, rest = _measure(rest)
    word = next((word for word in sorted(AFTER, key=len, reverse=True) if rest.startswith(word)), "")
    if word and not sign:
        sign, rest = AFTER[word], rest.removeprefix(word)
    remainder = rest.strip("，。；、,.; ")
    doubts = (
        *(() if sign else ("缺少比较符号",)),
        *(() if measure else ("缺少计量单位",)),
        *((f"数值之后另有文字“{remainder}”",) if remainder else ()),
    )
    return Split(str(sign), found["number"].replace(",", ""), measure, remainder, doubts)


def _measure(rest: str) -> tuple[str, str]:
    """Part a measure from what follows; one that runs on into other words is no measure."""
    if bracketed := re.match(r"[(（]([^()（）]{1,12})[)）]", rest):
        return bracketed[1], rest[bracketed.end() :].strip()
    folded = rest.replace("％", "%")
    for measure in sorted(MEASURES, key=len, reverse=True):
        after = folded[len(measure) :]
        stands_alone = not after or re.match(r"[\s，。；、,;.(（]|及?以[上下内]|之内", after) or measure in {"%", "‰"}
        if folded.startswith(measure) and stands_alone:
            return measure, after.strip()
    return "", rest.strip()
