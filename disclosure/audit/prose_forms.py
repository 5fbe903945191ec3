"""D05, D06, D11 and D12: sentences left unfinished: no reason, no sign, no unit, words of the template."""

import re
from collections.abc import Callable, Iterator

from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome
from disclosure.audit.text import Line, bodies
from disclosure.document import Document

MONEY = ("overview", "operating_costs", "three_public", "procurement", "assets", "others", "unknown")
BLANK = re.compile(
    r"(?:主要)?(?:增减|变化|变动|增加|减少|增长|下降|持平)?(?:的)?(?:主要)?原因(?:主要)?(?:是|为|系|：|:)+(?=\s*(?:[，。；、）)]|$))"
)
BLANK_REASON = re.compile(r"主要(?:是|为|系)(?:由于|因)?(?=\s*(?:[。；]|$))")
NO_SIGN = re.compile(
    r"(?:增长|下降|上升|降低|增幅(?:为|达)?|降幅(?:为|达)?|占比(?:为|达)?|占(?:总|收入|支出)[^，。；\d]{0,8}的)(?:了|约)?"
    r"(?P<number>\d+(?:\.\d+)?)(?=\s*(?:[，。；、）)]|$))"
)
NO_UNIT = re.compile(
    r"(?:预算(?:安排)?|安排|支出|收入|经费|费|资金|合计|总额|增加|减少)(?:为|是|约|了)?"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{1,2}|\d+万)(?=\s*(?:[，。；、）)]|$))"
    r"|(?:费|经费|项目安排|补助资金)\d+(?=\s*(?:[，。；、）)]|$))"
)
TEMPLATE = re.compile(
    r"[（(](?:增加|减少|填写|说明|请|此处|示例：|注：请|根据实际|如无|如有)[^（）()]{0,30}(?:内容|填写|情况|原因|说明|删除|表述|填列)[)）]"
    r"|增加[（(](?:或)?减少[)）]|减少[（(](?:或)?增加[)）]|增长[（(](?:或)?(?:下降|降低|减少)[)）]|增加/减少|增长/下降"
    r"|如[^，。；（）]{1,12}(?:则)?作[^，。；（）]{1,10}表述"
    r"|(?<![A-Za-z0-9])[Xx]{2,}(?![A-Za-z0-9])|×{2,}|[○〇]{2,}(?=[年月单部局万元])|_{3,}|＿{2,}|□□"
)


def _forms(
    document: Document, keys: tuple[str, ...], pattern: re.Pattern[str], words: Callable[[str], str]
) -> Iterator[Outcome]:
    """Find every form in the texts of these sections, or of all, and say what is wrong with it."""
    found = [(line, match) for line in bodies(document, *keys) for match in pattern.finditer(line.text)]
    for line, match in found:
        yield line.problem(words(_around(line, match)))
    if not found:
        yield Agreed()


def _around(line: Line, match: re.Match[str]) -> str:
    """Quote the words with a few before them, so that the place can be found."""
    before = re.split(r"[。；]|[\d.]+(?:万|亿)?元[，、]", line.text[max(match.start() - 12, 0) : match.start()])[-1]
    return f"{re.sub(r'^[0-9.]*[万亿]?元?[，、（]*', '', before)}{match[0]}"


@rule("D05", Family.PROSE, Severity.ERROR)
def reasons_are_written(document: Document) -> Iterator[Outcome]:
    """“主要原因是”后面写明原因，不留空。"""
    pattern = re.compile(f"{BLANK.pattern}|{BLANK_REASON.pattern}")
    yield from _forms(document, (), pattern, lambda quote: f"“{quote}”后面没有写原因，请补充。")


@rule("D06", Family.PROSE, Severity.ERROR)
def rates_have_their_sign(document: Document) -> Iterator[Outcome]:
    """文字说明中的增长、下降幅度和占比带百分号。"""
    yield from _forms(document, MONEY, NO_SIGN, lambda quote: f"“{quote}”缺少百分号，请补充“%”。")


@rule("D11", Family.PROSE, Severity.ERROR)
def amounts_have_their_unit(document: Document) -> Iterator[Outcome]:
    """文字说明中的金额带单位（万元）。"""
    yield from _forms(document, MONEY, NO_UNIT, lambda quote: f"“{quote}”缺少金额单位，请补充“万元”或“元”。")


@rule("D12", Family.PROSE, Severity.ERROR)
def no_words_of_the_template_are_left(document: Document) -> Iterator[Outcome]:
    """文字说明没有留下模板用语（“增加（减少）”“XX”“如持平作持平表述”等）。"""
    yield from _forms(document, (), TEMPLATE, lambda quote: f"“{quote}”是模板用语，请填写或删除。")
