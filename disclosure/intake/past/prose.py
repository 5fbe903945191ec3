"""Reads amounts out of sentences: each with its name, its change from last year, and the reason given."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from disclosure.intake.past.cells import amount
from disclosure.intake.past.proposal import Amount, Value

FACTORS = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
AMOUNT = re.compile(r"(?P<number>(?:-|(?<!\d))\d++(?:\.\d++)?)\s*+(?P<unit>万元|亿元|元)")
"""Never looks twice at a digit: a run of thousands of them is no amount, and soon passed over."""
MORE, FEWER = r"增加|增长|增支|上升|提高", r"减少|下降|减支|降低|压减|节约"
CHANGE = re.compile(rf"(?:({MORE})|({FEWER}))(?:了|约|金额|为)*$")
SAME = re.compile(r"持平|没有变化|无变化|无增减|未发生变化|不变")
COMPARED = re.compile(
    r"(?:(?:较|比|与|同|相比)+(?:于)?(?:上一?年|去年|\d{4}年)(?:度)?(?:的)?(?:预算)?(?:数|安排)?(?:相比)?)"
)
BEFORE = re.compile(
    r"^(?:\ue000[一二三四五六七八九十]+\ue001|\d+[.．、]|、|和|及|以及|与|以)?\s*(?:其中)?(?:主要(?:是|为|用于|包括)?|包括|用于)?\s*"
)
AFTER = re.compile(r"(?:项目安排|共计安排|预算|安排|共计|总计|合计|分别为|为|是|约|共|总额)+$")
REASON = re.compile(r"^(?:变化|增减|增加|减少)?(?:的)?(?:主要)?(?:原因)?(?:是|为|系|由于|因)+")
OPEN, CLOSE = "\ue000", "\ue001"


class Mention(NamedTuple):
    """An amount as a sentence gives it; ``name`` is empty where it continues what was named before."""

    name: Value
    amount: Amount
    change: bool
    reason: Value = Value()


def mentions(paragraphs: Iterable[Value]) -> list[Mention]:
    """Return every amount in order; a nameless change belongs to the name before it in its sentence."""
    found: list[Mention] = []
    for paragraph in paragraphs:
        for sentence in _masked(paragraph.text).split("。"):
            found += _sentence(sentence, paragraph.place)
    return found


def _sentence(sentence: str, place: str) -> list[Mention]:
    found: list[Mention] = []
    for clause in re.split(r"[，；：:;,（）()]", sentence):
        amounts = list(_amounts(clause, place, found[-1].name if found else Value()))
        if amounts:
            found += amounts
        elif found and found[-1].change and (reason := _reason(clause, found[-1].reason)):
            found[-1] = found[-1]._replace(reason=Value(reason, place))
    return found


def _amounts(clause: str, place: str, before: Value) -> Iterator[Mention]:
    end = 0
    for match in AMOUNT.finditer(clause):
        words, end = clause[end : match.start()].rpartition("\n")[2], match.end()
        direction = CHANGE.search(words.rstrip())
        printed = amount(Value(match["number"], place), FACTORS[match["unit"]])
        if printed is None:
            continue
        if direction and direction[2]:
            printed = printed._replace(yuan=-printed.yuan)
        name = _name(CHANGE.sub("", words.rstrip()) if direction else words, place)
        before = name if name.text or not direction else before
        yield Mention(before, printed, bool(direction))
    if SAME.search(clause) and not AMOUNT.search(clause):
        name = _name(SAME.sub("", clause), place)
        yield Mention(name if name.text else before, Amount(Decimal("0.00"), "持平", place), change=True)


def _name(before: str, place: str) -> Value:
    text = BEFORE.sub("", COMPARED.sub("", before), count=1)
    return Value(AFTER.sub("", text.strip()).strip().replace(OPEN, "（").replace(CLOSE, "）"), place)


def _reason(clause: str, known: Value) -> str:
    text = clause.strip().replace(OPEN, "（").replace(CLOSE, "）")
    if known.text:
        return f"{known.text}，{text}" if text else known.text
    return REASON.sub("", text, count=1) if REASON.match(text) else ""


def _masked(text: str) -> str:
    """Keep brackets without figures inside as parts of names, and thousands together."""
    joined = re.sub(r"(?<=\d)[,，](?=\d{3}(?!\d))", "", text)
    return re.sub(r"[（(]([^（）()\d]{1,8})[)）]", rf"{OPEN}\1{CLOSE}", joined)
