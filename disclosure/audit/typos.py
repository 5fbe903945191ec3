"""C10: what is probably misspelt, by the standard vocabulary and by what the document itself writes elsewhere."""

import re
from collections.abc import Iterator

from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome
from disclosure.audit.glossary import CONFUSABLE, LOOKED_FOR
from disclosure.audit.spelling import FUNCTION, HAN, SURE, Typo, pairs_of, typos
from disclosure.audit.texts import distinct
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
CUT_OFF = re.compile(r"截止(?:时间|日期)\s*[:：为]?\s*(\d{4})年")
LABELLED = ("公务用车购置及运维费",)
"""Words of another rule: A08."""
AROUND = 3


@rule("C10", Family.PROSE, Severity.WARNING)
def words_are_spelt_right(document: Document) -> Iterator[Outcome]:
    """文字没有疑似错别字：与规范用语或本文其他地方的写法只差一个字。"""
    texts = distinct(document)
    pairs = pairs_of(text.text for text in texts)
    own = own_typos([text.text for text in texts], pairs)
    for text in texts:
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


def own_typos(texts: list[str], pairs: frozenset[str]) -> list[Typo]:
    """Return what differs in one character from what the document itself writes."""
    return [*_contracted("\n".join(texts), pairs), *_lone(texts)]


def _contracted(whole: str, pairs: frozenset[str]) -> Iterator[Typo]:
    """Find terms the document writes, with two characters run into one: 高校毕业生, 高校别生."""
    for term in (term for term in LOOKED_FOR if len(term) >= SURE and term in whole):
        for at in range(1, len(term) - 2):
            head, tail = term[:at], term[at + 2 :]
            for found in re.finditer(f"{head}([\u4e00-\u9fff]){tail}", whole):
                beside = (head[-1] + found[1], found[1] + tail[0])
                if found[1] not in FUNCTION.union(term) and not pairs.intersection(beside):
                    yield Typo(found[0], term, found.start())


def _lone(texts: list[str]) -> Iterator[Typo]:
    """Find a character that one text alone writes between words others write alike with another.

    It must sound or look like the other, or stand near (one writes ahead what comes next).
    """
    seen: dict[str, dict[str, set[int]]] = {}
    for number, text in enumerate(texts):
        for at in range(AROUND, len(text) - AROUND):
            left, right = text[at - AROUND : at], text[at + 1 : at + 1 + AROUND]
            seen.setdefault(left[-1] + right, {}).setdefault(text[at], set()).add(number)
    for around, chars in seen.items():
        if len(chars) > 1 and all(map(HAN.match, around)):
            yield from _outnumbered(around, chars)


def _outnumbered(around: str, chars: dict[str, set[int]]) -> Iterator[Typo]:
    usual = max(chars, key=lambda char: len(chars[char]))
    for char, where in chars.items():
        like = char in CONFUSABLE.get(usual, ()) or char in around
        if len(where) == 1 < len(chars[usual]) and like and HAN.match(char) and HAN.match(usual):
            yield Typo(f"{around[0]}{char}{around[1:]}", f"{around[0]}{usual}{around[1:]}", 0)
