"""C10: what is probably misspelt, by the standard vocabulary and by what the document itself writes elsewhere."""

import re
from collections import Counter
from collections.abc import Container, Iterator
from functools import cache

from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome
from disclosure.audit.glossary import CONFUSABLE, LOOKED_FOR
from disclosure.audit.spelling import FUNCTION, HAN, SURE, Pairs, Typo, suspected, typos
from disclosure.audit.texts import distinct, having
from disclosure.document import Document

MISUSED = (
    (re.compile(r"截止(?=到?(?:上年末|上年底|目前|\d{4}年(?:末|底|\d)))"), "截至"),
    (re.compile(r"帐(?=[户目面务簿款号本册])|(?<=[台记入挂查对做])帐"), "账"),
    (re.compile(r"按装"), "安装"),
    (re.compile(r"布署"), "部署"),
    (re.compile(r"贯切|惯彻"), "贯彻"),
    (re.compile(r"做为(?!人)"), "作为"),
    (re.compile(r"报消"), "报销"),
    (re.compile(r"既使"), "即使"),
    (re.compile(r"松驰"), "松弛"),
    (re.compile(r"渡过(?=.{0,3}(?:年|期间|节))"), "度过"),
    (re.compile(r"定做为|象(?=这样|如此)"), "像"),
)
"""Words that are written for others, and what is meant."""
MARKS = ("截止", "帐", "按装", "布署", "贯切", "惯彻", "做为", "报消", "既使", "松驰", "渡过", "象这样", "象如此")
"""One of these stands in each of them."""
CUT_OFF = re.compile(r"截止(?:时间|日期)\s*[:：为]?\s*(\d{4})年")
LABELLED = ("公务用车购置及运维费",)
"""Words of another rule: A08."""
AROUND = 3
BETWEEN = "\0"
"""No character of a text."""


@rule("C10", Family.PROSE, Severity.WARNING)
def words_are_spelt_right(document: Document) -> Iterator[Outcome]:
    """文字没有疑似错别字：与规范用语或本文其他地方的写法只差一个字。"""
    texts = distinct(document)
    written = [text.text for text in texts]
    pairs = Pairs(written)
    own = own_typos(written, pairs)
    strange = suspected("\n".join(written), pairs).union(typo.wrong for typo in own)
    suspects = {text.text for text in having(document, *MARKS, *strange)}
    for text in (text for text in texts if text.text in suspects):
        said = [*_misused(text.text, document.content.year), *typos(text.text, pairs)]
        said += [typo for typo in own if typo.wrong in text.text]
        for wrong, right in dict.fromkeys((typo.wrong, typo.right) for typo in said):
            if wrong in LABELLED:
                continue
            yield text.problem(f"疑似错别字：“{wrong}”→“{right}”。请核对。")
    yield Agreed()


def _misused(text: str, year: int) -> Iterator[Typo]:
    for pattern, right in MISUSED:
        for found in pattern.finditer(text):
            yield Typo(found[0], right, found.start())
    for found in CUT_OFF.finditer(text):
        if int(found[1]) < year:
            yield Typo(found[0][:4], f"截至{found[0][2:4]}", found.start())


def own_typos(texts: list[str], pairs: Container[str]) -> list[Typo]:
    """Return what differs in one character from what the document itself writes."""
    return [*_contracted("\n".join(texts), pairs), *_lone(texts)]


def _contracted(whole: str, pairs: Container[str]) -> Iterator[Typo]:
    """Find terms the document writes, with two characters run into one: 高校毕业生, 高校别生."""
    for term in (term for term in LOOKED_FOR if len(term) >= SURE and term in whole):
        for pattern in _contractions(term):
            for found in pattern.finditer(whole):
                at = found.start(1)
                beside = (whole[at - 1 : at + 1], whole[at : at + 2])
                if found[1] not in FUNCTION.union(term) and not any(pair in pairs for pair in beside):
                    yield Typo(found[0], term, found.start())


@cache
def _contractions(term: str) -> list[re.Pattern[str]]:
    return [re.compile(f"{term[:at]}([\u4e00-\u9fff]){term[at + 2 :]}") for at in range(1, len(term) - 2)]


def _lone(texts: list[str]) -> Iterator[Typo]:
    """Find a character that one text alone writes between words others write alike with another.

    It must sound or look like the other, or stand near (one writes ahead what comes next).
    """
    inner, size = [text[AROUND - 1 :] for text in texts], AROUND + 2
    whole = BETWEEN.join(inner)
    written = dict.fromkeys([whole[at : at + size] for at in range(len(whole) - size + 1)])
    around = [words[0] + words[2:] for words in written]
    differing = {known for known, times in Counter(around).items() if times > 1 and all(map(HAN.match, known))}
    seen: dict[str, dict[str, int]] = {}
    for words, known in zip(written, around, strict=True):
        if known in differing and words[1] != BETWEEN:
            often = whole.count(words) > 1
            seen.setdefault(known, {})[words[1]] = sum(words in text for text in inner) if often else 1
    for known, chars in seen.items():
        yield from _outnumbered(known, chars)


def _outnumbered(around: str, chars: dict[str, int]) -> Iterator[Typo]:
    usual = max(chars, key=lambda char: chars[char])
    for char, times in chars.items():
        like = char in CONFUSABLE.get(usual, ()) or char in around
        if times == 1 < chars[usual] and like and HAN.match(char) and HAN.match(usual):
            yield Typo(f"{around[0]}{char}{around[1:]}", f"{around[0]}{usual}{around[1:]}", 0)
