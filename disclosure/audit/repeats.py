"""C09: no paragraph stands twice, no long sentence is repeated, no paragraph begins in the middle of a sentence."""

import re
from collections import Counter
from collections.abc import Iterator

from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome
from disclosure.audit.text import Line, bodies
from disclosure.audit.texts import quoted
from disclosure.document import Document

HAN = re.compile(r"[\u4e00-\u9fff]")
SENTENCES = re.compile(r"[。；;！？\n]")
LONG_PARAGRAPH, LONG_SENTENCE, SHORT_SENTENCE, HEAD, OFTEN = 30, 12, 8, 25, 3
"""In Chinese characters: a paragraph and a sentence that cannot be alike by chance; a shorter one three times over."""


def han(text: str) -> int:
    """Count the Chinese characters of a text."""
    return len(HAN.findall(text))


def bare(text: str) -> str:
    """Return a text without white space and without the label or number it begins with."""
    return re.sub(r"^(?:[^：。；，]{1,6}：|[（(]?[\d一二三四五六七八九十]+[)）、.．])", "", re.sub(r"\s", "", text))


@rule("C09", Family.PROSE, Severity.ERROR)
def nothing_is_said_twice(document: Document) -> Iterator[Outcome]:
    """同一节没有重复的段落，段内没有重复的句子，段落开头完整。"""
    for found in _sections(document):
        solid = [(other, re.sub(r"\s", "", other.text)) for other in found]
        first: dict[str, Line] = {}
        for line in found:
            words = bare(line.text)
            earlier = first.setdefault(words, line)
            if earlier is not line and han(words) >= LONG_PARAGRAPH:
                quote = quoted(line.text)
                yield line.problem(f"{line.place.words}与{_which(earlier, line)}重复（“{quote}”）。请删除一处。")
                continue
            yield from _repeated_within(line)
            yield from _broken_head(line, solid)
    yield Agreed()


def _sections(document: Document) -> Iterator[list[Line]]:
    sections: dict[int, list[Line]] = {}
    for line in bodies(document):
        sections.setdefault(line.section, []).append(line)
    yield from sections.values()


def _which(other: Line, line: Line) -> str:
    return f"第{other.block + 1}段" if other.block != line.block else "同一列表的另一项"


def _repeated_within(line: Line) -> Iterator[Outcome]:
    counted = Counter(filter(None, (sentence.strip() for sentence in SENTENCES.split(bare(line.text)))))
    found = [sentence for sentence, times in counted.items() if times > 1 and han(sentence) >= _least(times)]
    if found:
        quotes = f"“{quoted(found[0])}”" + (f"等{len(found)}句" if len(found) > 1 else "")
        most = max(counted[sentence] for sentence in found)
        yield line.problem(f"{line.place.words}中{quotes}重复（最多{most}次）。请删除重复的句子。")


def _least(times: int) -> int:
    return LONG_SENTENCE if times < OFTEN else SHORT_SENTENCE


def _broken_head(line: Line, section: list[tuple[Line, str]]) -> Iterator[Outcome]:
    """Find a paragraph that begins with a stop, or with what stands in the middle of another's sentence."""
    words = re.sub(r"\s", "", line.text)
    head = words[:HEAD]
    if re.match(r"[，。、；：）》”]", words):
        yield line.problem(f"{line.place.words}开头不完整（“{quoted(words)}”）。请补全或删除。")
    elif len(head) == HEAD:
        for other, whole in section:
            at = whole.find(head)
            if at > 0 and HAN.match(whole[at - 1]):
                same = f"与第{other.block + 1}段的后半部分重复（“{quoted(words)}”）"
                message = f"{line.place.words}开头不完整，{same}。请删除。"
                yield line.problem(message)
                return
