"""Named amounts in sentences: what is named, how much, whether it is a change from last year, and what follows it."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from budgets.money import ZERO
from disclosure.audit.kept import once
from disclosure.audit.sentences import compiled, voice_of
from disclosure.audit.text import Line, bodies
from disclosure.audit.tolerance import printed_in_wan
from disclosure.document import Document
from disclosure.layouts import LAYOUTS
from disclosure.layouts.base import PartKind
from disclosure.narrative import said

FACTORS = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
YUAN = "元"
AMOUNT = re.compile(r"(?P<number>-?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?)\s*(?P<unit>万元|亿元|元)")
MORE, FEWER = r"增加|增长|增支|上升|提高", r"减少|下降|减支|降低|压减"
DIRECTION = re.compile(rf"(?:(?P<more>{MORE})|(?P<fewer>{FEWER}))(?:了|约|金额|为)*$")
SAME = re.compile(r"持平|没有变化|无变化|无增减|未发生变化|不变|与上年一致")
COMPARED = re.compile(r"(?:较|比|与|同)(?:上一?年|去年|\d{4}年)(?:度)?(?:的)?(?:预算|执行|决算)?(?:数|安排)?(?:相比)?")
LEADING = re.compile(
    r"^[\s、，；：:和及与]*(?:以及)?(?:其中)?[：:，]?(?:主要)?(?:包括|用于|为|是)?[：:]?\s*"
    r"(?:[我本](?:部门|单位|局))?(?:\d{4}年度?，?(?=预算|[收支]|项目支出|基本支出|机关运行|“?三公|部门|财政拨款|[我本]))?(?:[我本](?:部门|单位))?"
)
TRAILING = re.compile(r"(?:项目安排|共计安排|安排|共计|总计|合计|分别为|为|是|约|共|总额)+$")
HARD = "，；：:;。"
BRACKETS = {"（": 1, "(": 1, "）": -1, ")": -1}


class Mention(NamedTuple):
    """An amount in 元 as a sentence names it; ``tail`` is what stands between it and the next amount's name."""

    name: str
    yuan: Decimal
    printed: str
    direction: int
    """1 for more than last year, -1 for less, 0 where it is no change."""
    tail: str
    line: Line
    before: str
    """The sentence up to the amount."""

    @property
    def change(self) -> bool:
        """Tell whether it is a change from last year."""
        return self.direction != 0


class Sentence(NamedTuple):
    """A sentence with its amounts in order."""

    line: Line
    text: str
    mentions: tuple[Mention, ...]


def free(document: Document, *keys: str) -> Iterator[Line]:
    """Yield texts that people worded: all of a foreign document, of ours what no sentence of the layout gives."""
    return (line for line in _free(document) if not keys or line.key in keys)


@once
def _free(document: Document) -> tuple[Line, ...]:
    patterns = [] if document.context.foreign else _computed(document)
    return tuple(line for line in bodies(document) if not any(one.fullmatch(line.text) for one in patterns))


def _computed(document: Document) -> list[re.Pattern[str]]:
    """Return what the computed paragraphs of the layout look like."""
    layout = LAYOUTS[document.content.layout]
    voice = voice_of(document, layout)
    parts = [part for plan in layout.sections for part in plan.parts if part.kind is PartKind.COMPUTED]
    return [compiled(words)[0] for part in parts for words in said(part.key, voice)]


def off(left: Decimal, right: Decimal, addends: int) -> Decimal:
    """Return by how much two printed amounts differ, 0 where rounding explains it."""
    gap = abs(left - right)
    return gap if gap > printed_in_wan(addends) else ZERO


def sentences(document: Document, lines: Iterable[Line]) -> Iterator[Sentence]:
    """Yield the sentences that name amounts, of these lines of the document."""
    return (sentence for line in lines for sentence in _sentences(document).get(line, ()))


@once
def _sentences(document: Document) -> dict[Line, list[Sentence]]:
    return {line: list(_of_line(line)) for line in bodies(document) if YUAN in line.text}


def _of_line(line: Line) -> Iterator[Sentence]:
    for text in line.text.split("。"):
        if found := tuple(_mentions(text, line) if YUAN in text else ()):
            yield Sentence(line, text, found)


def _mentions(text: str, line: Line) -> Iterator[Mention]:
    matches = list(AMOUNT.finditer(text))
    ends = [0, *(match.end() for match in matches)]
    starts = [_name_start(text, begin, match.start()) for begin, match in zip(ends, matches, strict=False)]
    for at, match in enumerate(matches):
        tail = text[match.end() : starts[at + 1]] if at + 1 < len(matches) else text[match.end() :]
        before = text[starts[at] : match.start()].rstrip()
        direction = DIRECTION.search(before)
        sign = 0 if not direction else 1 if direction["more"] else -1
        name = _name(DIRECTION.sub("", before))
        number = Decimal(re.sub("[,，]", "", match["number"]))
        yield Mention(name, number * FACTORS[match["unit"]], match[0], sign, tail, line, text[: match.start()])


def _name_start(text: str, begin: int, end: int) -> int:
    """Go back from an amount to where its name begins: a comma outside brackets, or a bracket without its partner."""
    closed, begin = 0, _after_remark(text, begin, end)
    for at in range(end - 1, begin - 1, -1):
        step = BRACKETS.get(text[at], 0)
        closed -= step
        if closed < 0 or (closed == 0 and text[at] in HARD):
            return at + 1
    return begin


def _after_remark(text: str, begin: int, end: int) -> int:
    """Leave out a remark in brackets that belongs to the amount before it."""
    remark = re.match(r"\s*[（(][^（）()]*[）)]", text[begin:end]) if begin else None
    return begin + remark.end() if remark else begin


def _name(before: str) -> str:
    text = TRAILING.sub("", COMPARED.sub("", before).strip()).strip()
    return LEADING.sub("", text, count=1).strip("“”\"'、 ") or ""
