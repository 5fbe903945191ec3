"""A09, D07 and D08: what the text says of changes from last year: reasons, rates, directions."""

import re
from collections.abc import Iterator
from decimal import Decimal

from budgets.money import ZERO
from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome, Skipped, said
from disclosure.audit.mentions import Mention, Sentence, free, off, sentences
from disclosure.audit.text import bodies
from disclosure.document import Document

REASON = re.compile(r"(?:主要|原因|由于|因为|系因|是因)[^，；、]*[^，；、为是因于包括\s]|（[^（）]{3,}）")
TOTAL = re.compile(r"^(?:预算)?(?:收支|支出)?(?:预算)?$")
BASIC, PROJECT = re.compile(r"基本支出$"), re.compile(r"项目支出$")
PARTS = re.compile(r"(?:人员|公用)(?:经费|支出|经费支出)$")
INCOME = re.compile(r"收入|收支")
RATE = re.compile(
    r"^，?(?P<word>增长|增加|上升|减少|下降|降低|增幅|降幅)?(?:率|幅度)?(?:为|约|了)?(?P<rate>\d+(?:\.\d+)?)\s*[%％]"
)
PREVIOUS = re.compile(r"(?:上年|去年|\d{4}年)(?:度)?(?:的)?(?:预算|执行|决算)?(?:数|安排)?(?:为|是)?$")


@rule("A09", Family.PROSE, Severity.ERROR)
def changes_are_explained(document: Document) -> Iterator[Outcome]:
    """基本支出、项目支出和收入较上年的增减都说明原因。"""
    found = list(sentences(document, bodies(document, "overview")))
    spending = [one for one in found if any(m.change and BASIC.search(m.name) for m in one.mentions)]
    if not spending:
        yield Skipped("文字没有说明支出较上年的增减")
        return
    for sentence in spending:
        yield from _unexplained(sentence)
    if not any(_of_income(sentence) for sentence in found):
        yield spending[0].line.problem("没有说明收入较上年的增减及原因，请补充收入增减说明。")


def _of_income(sentence: Sentence) -> bool:
    return bool(INCOME.search(sentence.text)) and any(mention.change for mention in sentence.mentions)


def _explained(mention: Mention) -> bool:
    return not mention.yuan or bool(REASON.search(mention.tail))


def _unexplained(sentence: Sentence) -> Iterator[Outcome]:
    """Judge 基本支出 (by its parts where they are given) and 项目支出; a reason for the total covers both."""
    changes = [mention for mention in sentence.mentions if mention.change]
    if any(TOTAL.match(mention.name) and _explained(mention) for mention in changes):
        yield Agreed()
        return
    parts = [mention for mention in changes if PARTS.search(mention.name)]
    for mention in changes:
        basic = bool(BASIC.search(mention.name))
        if not basic and not PROJECT.search(mention.name):
            continue
        if _explained(mention) or (basic and parts and all(map(_explained, parts))):
            yield Agreed()
        else:
            yield sentence.line.problem(f"{_words(mention)}未说明原因，请补充。")


def _words(mention: Mention) -> str:
    return f"{mention.name}{'增加' if mention.direction > 0 else '减少'}{said(mention.yuan)}"


@rule("D07", Family.PROSE, Severity.ERROR)
def rates_are_of_last_year(document: Document) -> Iterator[Outcome]:
    """文字说明中的增减幅度等于增减额除以上年数。"""
    judged = False
    for sentence in sentences(document, free(document)):
        for now, change in zip(sentence.mentions, sentence.mentions[1:], strict=False):
            rate = RATE.search(change.tail)
            if rate and not now.change and _follows(now, change):
                judged = True
                yield _rate(sentence, now.yuan, change, Decimal(rate["rate"]))
    if not judged:
        yield Skipped("文字中没有另行说明的增减幅度")


def _follows(now: Mention, change: Mention) -> bool:
    """Tell whether a change is of this year's amount right before it."""
    return change.change and not change.name and not PREVIOUS.search(now.before)


def _rate(sentence: Sentence, now: Decimal, change: Mention, rate: Decimal) -> Outcome:
    before = now - change.yuan * change.direction
    if before <= ZERO:
        return Skipped("上年数为零，幅度不可比")
    right = (change.yuan / before * 100).quantize(Decimal("0.01"))
    if abs(right - rate) <= _rounding(rate, before):
        return Agreed()
    message = f"{_words(change)}，上年数{said(before)}，幅度应为{right}%，文字为{rate}%。请核对，分母应是上年数。"
    return sentence.line.problem(message)


def _rounding(rate: Decimal, before: Decimal) -> Decimal:
    """Allow half of the rate's last digit, and what the rounding of two amounts to 0.01万元 makes of it."""
    digits = -int(rate.as_tuple().exponent)
    return Decimal(5).scaleb(-digits - 1) + Decimal("0.005") + Decimal(10_000) / before


@rule("D08", Family.PROSE, Severity.ERROR)
def directions_agree_with_the_figures(document: Document) -> Iterator[Outcome]:
    """文字说明写“增加”的今年数大于上年数，写“减少”的小于上年数，增减额等于两年之差。"""
    judged = False
    for sentence in sentences(document, free(document)):
        for outcome in _directions(sentence):
            judged = True
            yield outcome
    if not judged:
        yield Skipped("文字中没有同时写明今年数、上年数和增减的句子")


def _directions(sentence: Sentence) -> Iterator[Outcome]:
    """Compare this year's, last year's and the change where one follows the other."""
    triples = zip(sentence.mentions, sentence.mentions[1:], sentence.mentions[2:], strict=False)
    for now, before, change in triples:
        comparable = not now.change and not before.change and change.change and not change.name
        if comparable and PREVIOUS.search(before.before):
            yield _moved(sentence, now, before, change)


def _moved(sentence: Sentence, now: Mention, before: Mention, change: Mention) -> Outcome:
    moved, years = now.yuan - before.yuan, f"今年{said(now.yuan)}、上年{said(before.yuan)}"
    word = "增加" if moved > ZERO else "减少"
    if moved and (moved > ZERO) != (change.direction > 0):
        spoken = f"{years}，应为“{word}”，与文字相反。请核对。"
    elif off(abs(moved), change.yuan, 2):
        spoken = f"{years}，应{word}{said(abs(moved))}，文字为{change.printed}。请核对。"
    else:
        return Agreed()
    return sentence.line.problem(spoken)
