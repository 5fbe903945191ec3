"""评价标准 taken apart: which grade begins and ends where, written as “90%以上为优”, “良：≥80%且＜90%” or “4篇为良”."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from budgets.money import FULL_WIDTH

GRADE = "优秀|优|良好|良|中等|中|一般|合格|及格|低|较差|差|不合格|不及格"
AFTER = re.compile(
    rf"(?P<range>[^;；。，,]*?\d[^;；。，,]*?)\s*的?[为是]\s*[“\"]?(?P<grade>{GRADE})[”\"]?(?=$|[;；。，,、\s）)])"
)
BEFORE = re.compile(rf"(?:^|[;；。，,、:：\s])(?P<grade>{GRADE})\s*[:：(]\s*(?P<range>[^;；。，,、]*\d[^;；。，,、]*)")
NAMED = re.compile(rf"[为是]\s*[“\"]?(?:{GRADE})|(?:{GRADE})\s*[:：(（]")
"""What stands beside every grade: a text with fewer than three has no scale, and is not taken apart."""
FEWEST = 3
RANKS = {"优": 0, "良": 1, "中": 2, "一": 2, "合": 2, "及": 2, "低": 3, "较": 3, "差": 3, "不": 3}
NUMBER = r"(\d+(?:\.\d+)?)"
SPAN = re.compile(
    rf"{NUMBER}\s*[^\d(<>≤≥]{{0,3}}?(\(含\)|\(不含\))?\s*(?:-|~|—|–|至|到)\s*{NUMBER}\s*[^\d(]{{0,3}}?(\(含\)|\(不含\))?"
)
SIGNED = re.compile(
    rf"(≥|≤|>=|<=|>|<|=|大于等于|小于等于|不低于|不高于|不超过|大于|小于|低于|高于|超过|不足)\s*{NUMBER}"
)
BEHIND = re.compile(rf"{NUMBER}\s*[^\d]{{0,3}}?(\(含\)|\(不含\))?\s*及?(以上|以下|以内)\s*(\(含\)|\(不含\))?")
LOW = {"≥": True, ">=": True, "大于等于": True, "不低于": True, ">": False, "大于": False, "高于": False, "超过": False}
HIGH = {"≤": True, "<=": True, "小于等于": True, "不高于": True, "不超过": True}
HIGH |= {"<": False, "小于": False, "低于": False, "不足": False}
WHOLE = re.compile(r"\d\s*(?:篇|次|个|人|项|件|条|场|期|份|名|户|起|家)")


class Grade(NamedTuple):
    """Where a grade begins and ends; None is without end; ``open`` ends leave the number itself out."""

    rank: int
    said: str
    low: Decimal | None
    high: Decimal | None
    low_closed: bool = True
    high_closed: bool = True

    @property
    def counts(self) -> bool:
        """Tell whether it counts things, so that there is nothing between two numbers."""
        return bool(WHOLE.search(self.said))


def scales(text: str) -> Iterator[list[Grade]]:
    """Yield every scale of at least three grades that a text states, best grade first."""
    scale: list[Grade] = []
    for grade in _grades(text) if len(NAMED.findall(text)) >= FEWEST else ():
        if scale and (grade.rank <= scale[-1].rank or grade.counts != scale[-1].counts):
            yield from [scale] if len(scale) >= FEWEST else []
            scale = []
        scale.append(grade)
    yield from [scale] if len(scale) >= FEWEST else []


def faults(scale: list[Grade]) -> Iterator[str]:
    """Say where neighbouring grades overlap and which numbers have none."""
    for better, worse in pairwise(scale):
        if better.low is None or worse.high is None:
            continue
        if worse.high > better.low or (worse.high == better.low and better.low_closed and worse.high_closed):
            yield f"{_spoken(better)}处重叠"
        elif missing := _between(better, worse):
            yield missing


def _between(better: Grade, worse: Grade) -> str:
    low, high = worse.high or Decimal(0), better.low or Decimal(0)
    if better.counts and worse.counts:
        first = int(low) + (1 if worse.high_closed else 0)
        last = int(high) - (1 if better.low_closed else 0)
        numbers = "、".join(str(number) for number in range(first, last + 1))
        unit = re.sub(r".*\d", "", better.said)[:1]
        return f"缺{numbers}{unit}的档次" if numbers else ""
    if high - low == 1 and low == low.to_integral_value():
        return ""
    if low < high or not (better.low_closed or worse.high_closed):
        return f"缺{low}至{high}之间的档次" if low < high else f"缺{low}的档次"
    return ""


def _spoken(grade: Grade) -> str:
    return f"{grade.low}{'%' if '%' in grade.said else ''}"


def _grades(text: str) -> Iterator[Grade]:
    folded = re.sub(r"\(不含\d+(?:\.\d+)?[%分]?\)", "", text.translate(FULL_WIDTH))
    pattern = BEFORE if len(BEFORE.findall(folded)) > len(AFTER.findall(folded)) else AFTER
    for found in pattern.finditer(folded):
        grade = _read(RANKS[found["grade"][0]], found["range"].rpartition(":")[2].strip("、 )"))
        if grade:
            yield grade


def _read(rank: int, said: str) -> Grade | None:
    if span := SPAN.search(said):
        low, low_mark, high, high_mark = span.groups()
        marked = "(含)" in (low_mark, high_mark)
        ends = [mark == "(含)" or (mark is None and not marked) for mark in (low_mark, high_mark)]
        return Grade(rank, said, Decimal(low), Decimal(high), *ends)
    if signed := SIGNED.findall(said):
        return _signed(rank, said, signed)
    if behind := BEHIND.search(said):
        number, inner, side, outer = behind.groups()
        if side == "以上":
            return Grade(rank, said, Decimal(number), None, "(不含)" not in (inner, outer))
        return Grade(rank, said, None, Decimal(number), high_closed="(含)" in (inner, outer) or side == "以内")
    alone = re.search(NUMBER, said)
    return Grade(rank, said, Decimal(alone[1]), Decimal(alone[1])) if alone else None


def _signed(rank: int, said: str, signed: list[tuple[str, str]]) -> Grade:
    grade = Grade(rank, said, None, None)
    for sign, number in signed:
        if sign in LOW:
            grade = grade._replace(low=Decimal(number), low_closed=LOW[sign])
        elif sign in HIGH:
            grade = grade._replace(high=Decimal(number), high_closed=HIGH[sign])
        else:
            grade = grade._replace(low=Decimal(number), high=Decimal(number))
    return grade
