"""A14: what a sentence adds up is the sum of what it lists: spending, operating costs, “三公”, changes."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from budgets.money import ZERO
from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome, Skipped, said
from disclosure.audit.mentions import Mention, Sentence, free, off, sentences
from disclosure.document import Document

SUMS: dict[str, tuple[str, tuple[str, ...]]] = {
    "支出合计": (
        r"(?:预算)?支出(?:总?预算|合计|总计|总额)?",
        (
            r"基本支出",
            r"项目支出",
            r"上缴上级支出?",
            r"(?:事业单位)?经营支出",
            r"对附属单位补助支出",
            r"其他支出|上缴上级、.*等支出",
            r"(?:年终)?结转下年(?:支出)?|年终结转结余",
        ),
    ),
    "基本支出": (
        r"(?:一般公共预算)?基本支出",
        (r"人员(?:经费|支出|经费支出)", r"(?:日常)?公用(?:经费|支出|经费支出)"),
    ),
    "公务用车购置及运行费": (
        r"公务用车购置(?:费)?[及和与、]运.*费",
        (r"(?:公务用车|其中)?购置费", r"(?:公务用车)?运行(?:维护)?费"),
    ),
}
"""By what is added up: how it is named, and how its parts are, all of which must be named after it."""
LEAST_PARTS = 2
ITEMS = r".*机关运行经费(?:预算)?"
THREE_PUBLIC = re.compile(r"三公")
THREE = (r"因公出国（境）(?:费用?|经费)", SUMS["公务用车购置及运行费"][0], r"公务接待(?:费|经费)")


@rule("A14", Family.PROSE, Severity.ERROR)
def listed_parts_add_up(document: Document) -> Iterator[Outcome]:
    """文字说明中支出、基本支出、机关运行经费、“三公”经费的合计等于其后列举的各项之和，增减额亦同。"""
    judged = False
    for sentence in sentences(
        document, free(document, "overview", "operating_costs", "three_public", "others", "unknown")
    ):
        for outcome in _of_sentence(sentence):
            judged = True
            yield outcome
    if not judged:
        yield Skipped("文字中没有另行列举的合计与分项")


def _of_sentence(sentence: Sentence) -> Iterator[Outcome]:
    stated = [one for one in sentence.mentions if not one.change]
    changes = [one for one in sentence.mentions if one.change]
    for words, (head, parts) in SUMS.items():
        yield from _sum(sentence, words, _chosen(stated, head, parts))
        if words == "基本支出":
            yield from _sum(sentence, f"{words}增减", _chosen(changes, head, parts))
    yield from _operating(sentence, stated)
    if stated and THREE_PUBLIC.search(stated[0].name):
        items = _parts(stated[1:], THREE)
        yield from _sum(sentence, "“三公”经费", (stated[0], items) if len(items) == len(THREE) else None)


def _operating(sentence: Sentence, stated: list[Mention]) -> Iterator[Outcome]:
    """Judge a list of items: “主要用于” may leave some out, so that it can only be too much."""
    if len(stated) > LEAST_PARTS and _of_operating(stated[0]):
        summed, open_list = sum((one.yuan for one in stated[1:]), ZERO), "主要" in stated[0].tail
        if not open_list or summed >= stated[0].yuan:
            yield from _sum(sentence, "机关运行经费", (stated[0], stated[1:]))


def _of_operating(head: Mention) -> bool:
    named = head.name or head.before
    return bool(re.fullmatch(ITEMS, head.name) or ("机关运行经费：" in named and not head.name))


def _chosen(found: list[Mention], head: str, parts: tuple[str, ...]) -> tuple[Mention, list[Mention]] | None:
    for at, mention in enumerate(found):
        if re.fullmatch(head, mention.name):
            chosen = _parts(found[at + 1 :], parts)
            return (mention, chosen) if len(chosen) >= LEAST_PARTS else None
    return None


def _parts(found: Iterable[Mention], patterns: tuple[str, ...]) -> list[Mention]:
    """Return the first mention of each part."""
    listed = list(found)
    firsts = (next((one for one in listed if re.fullmatch(pattern, one.name)), None) for pattern in patterns)
    return [one for one in firsts if one]


def _sum(sentence: Sentence, words: str, chosen: tuple[Mention, list[Mention]] | None) -> Iterator[Outcome]:
    if chosen is None:
        return
    head, parts = chosen
    total, summed = _signed(head), sum(map(_signed, parts), ZERO)
    gap = off(total, summed, len(parts))
    if not gap:
        yield Agreed()
        return
    message = f"文字中的{words}{said(total)}与分项之和{said(summed)}相差{said(gap)}。请核对各项金额。"
    yield sentence.line.problem(message)


def _signed(mention: Mention) -> Decimal:
    return -mention.yuan if mention.direction < 0 else mention.yuan
