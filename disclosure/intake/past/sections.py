"""Finds the sections of a disclosure by what their headings mean, whatever number and wording they carry."""

import re
from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from budgets.readers.blocks import Block, Paragraph
from disclosure.intake.past.proposal import Value

WHOSE = r"(?:(?:本|我)?(?:部门|单位|机关|系统)(?:的)?)?"
YEAR = r"(?:\d{4}年度?)?"
ABOUT = r"(?:的?(?:总体|基本)?(?:情况|概况|介绍|简介|说明|信息)*)"


class Meaning(Enum):
    """What a section is about; the pattern is the whole heading without its number, the first that fits counts."""

    PROJECT_GOALS = rf".*绩效目标(?:申报)?表|.*绩效目标指标|{YEAR}{WHOSE}项目(?:支出)?绩效目标{ABOUT}"
    DUTY_GOALS = rf".*职责分类绩效目标{ABOUT}|分项绩效目标{ABOUT}"
    OVERALL_GOAL = rf"{YEAR}{WHOSE}(?:整体支出|总体|整体|年度)绩效目标{ABOUT}"
    SAFEGUARDS = r"(?:实现.*的?)?(?:工作)?保障措施"
    PERFORMANCE = rf"{YEAR}{WHOSE}(?:预算)?绩效(?:预算|目标|管理|预算管理)?(?:设置|编制|工作)?{ABOUT}"
    DUTIES = rf"{WHOSE}(?:主要|基本)?(?:职责|职能|工作职责|工作职能)(?:(?:及|和|、)机构设置)?{ABOUT}"
    ORGANISATION = rf"{WHOSE}(?:机构|单位|预算单位|内设机构)(?:设置|构成|组成)(?:及?人员构成)?{ABOUT}"
    THREE_PUBLIC = rf"{YEAR}{WHOSE}.{{0,12}}[“\"「]?三公[”\"」]?经费.*"
    OPERATING = rf"{YEAR}{WHOSE}机关运行(?:经)?费(?:预算|支出)?(?:安排)?{ABOUT}"
    PROCUREMENT = rf"{YEAR}{WHOSE}政府采购(?:预算|支出)?(?:安排)?(?:表|{ABOUT})"
    ASSETS = rf"{YEAR}{WHOSE}(?:国有|固定)资产(?:占有|占用|使用|占有使用|购置|配置)?{ABOUT}表?"
    GLOSSARY = r"(?:专业性?)?(?:名词|专业名词)(?:解释)?(?:说明)?"
    OTHER = r"其他(?:重要|需要|需|应)?(?:说明|公开)?的?(?:事项|情况|问题)(?:的?情况)?(?:说明)?"
    CHANGE = rf"(?:预算)?(?:比|较|与)?上年(?:相比|度)?(?:预算)?(?:收支)?(?:增减|对比|变化)(?:变化)?{ABOUT}"
    INCOME = rf"{YEAR}{WHOSE}(?:预算)?收入(?:预算|安排|总体)?(?:安排)?{ABOUT}"
    SPENDING = rf"{YEAR}{WHOSE}(?:预算)?支出(?:预算|安排|总体)?(?:安排)?{ABOUT}"
    TOTALS = rf"{YEAR}{WHOSE}(?:收支)?预算(?:收支)?(?:安排|总体|增减变化)?(?:的?总体)?{ABOUT}"
    FRONT = "(?!)"
    UNKNOWN = ".^"


class Section(NamedTuple):
    """Consecutive paragraphs of one meaning, headings left out."""

    meaning: Meaning
    heading: Value
    paragraphs: tuple[Value, ...]


NUMERALS = "一二三四五六七八九十"
NUMBERED = re.compile(
    rf"(?:第([{NUMERALS}]+)(?:部分|章|节)|([{NUMERALS}]+)、|[（(][{NUMERALS}\d]+[)）]|\d+(?:\.\d+)*[、.．)）]?)\s*"
)
LONGEST_HEADING = 50
SENTENCE = re.compile(r"[。；;]|[，,、]$")


def meaning_of(text: str) -> Meaning | None:
    """Return what a heading means, None where a paragraph is no heading that is known."""
    if len(text) > LONGEST_HEADING or SENTENCE.search(text):
        return None
    words = re.sub(r"\s", "", NUMBERED.sub("", text, count=1)).rstrip("：:")
    return next((meaning for meaning in Meaning if re.fullmatch(meaning.value, words)), None)


def sections_of(blocks: Iterable[Block]) -> list[Section]:
    """Part the paragraphs of a document into sections, in order; a heading said twice opens one section."""
    found = [Section(Meaning.FRONT, Value(), ())]
    outline = Outline()
    for block in blocks:
        if not isinstance(block, Paragraph):
            continue
        depth = outline.depth(block.text)
        meaning = meaning_of(block.text)
        value = Value(block.text, block.place)
        if meaning:
            outline.opened = len(outline.numbers)
            found += [] if found[-1].meaning is meaning else [Section(meaning, value, ())]
        elif depth is not None and depth <= outline.opened:
            found.append(Section(Meaning.UNKNOWN, value, ()))
        else:
            found[-1] = found[-1]._replace(paragraphs=(*found[-1].paragraphs, value))
    return found


class Outline:
    """Follows the numbering “一、二、…”, which starts again inside sections; parts and chapters start it afresh."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.opened = 0

    def depth(self, text: str) -> int | None:
        """Return how deep a numbered short paragraph stands, None for any other."""
        match = NUMBERED.match(text)
        if not match or len(text) > LONGEST_HEADING or SENTENCE.search(text):
            return None
        if match[1]:
            self.numbers = []
            return 0
        return self._follow(_number(match[2])) if match[2] else None

    def _follow(self, number: int) -> int:
        levels = [level for level, last in enumerate(self.numbers) if last == number - 1]
        if number == 1 or not levels:
            self.numbers.append(number)
        else:
            self.numbers = [*self.numbers[: levels[-1]], number]
        return len(self.numbers)


def _number(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    unit = NUMERALS.find(ones) + 1 if ones else 0
    return ((NUMERALS.find(tens) + 1) if tens else 1) * 10 + unit if ten else unit


def caption(text: str) -> bool:
    """Tell whether a line only titles what follows: short, unnumbered, no sentence."""
    return len(text) <= LONGEST_HEADING and not re.search(r"[。；：:，]", text) and not NUMBERED.match(text)


def texts(sections: list[Section], meaning: Meaning) -> tuple[Value, ...]:
    """Return the paragraphs of all sections of a meaning, without the captions that open each."""
    found: list[Value] = []
    for section in sections:
        if section.meaning is meaning:
            lines = list(section.paragraphs)
            while len(lines) > 1 and caption(lines[0].text):
                lines.pop(0)
            found += lines
    return tuple(found)


def captions(sections: list[Section]) -> tuple[Value, ...]:
    """Return the captions :func:`texts` leaves out."""
    found: list[Value] = []
    for section in sections:
        kept = texts([section], section.meaning)
        found += section.paragraphs[: len(section.paragraphs) - len(kept)]
    return tuple(found)
