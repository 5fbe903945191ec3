"""A06 to A08: what the text says of “三公”经费: where vehicles are paid, why items change, what they are called."""

import re
from collections.abc import Iterator
from decimal import Decimal

from budgets.enums import ThreePublicItem
from budgets.money import ZERO
from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome, Skipped, said
from disclosure.audit.mentions import SAME, free, off, sentences
from disclosure.audit.text import Line, bodies
from disclosure.document import Document
from disclosure.facts import ProjectFact

VEHICLES = re.compile(r"车辆|公车|公务用车|用车")
RUNNING = re.compile(r"公务用车运行(?:维护)?费")
ITEMS = {
    ThreePublicItem.ABROAD: ("因公出国（境）", re.compile(r"因公出国")),
    ThreePublicItem.VEHICLE_PURCHASE: (
        "公务用车购置",
        re.compile(r"公务用车购置(?!(?:费)?[及和与、])|(?<!用车)购置费"),
    ),
    ThreePublicItem.VEHICLE_RUNNING: (
        "公务用车运行",
        re.compile(r"(?:公务用车|公车|[及和与])运[行维](?:维护)?|(?<!用车)运行(?:维护)?费"),
    ),
    ThreePublicItem.RECEPTION: ("公务接待", re.compile(r"公务接待")),
}
MOVED = re.compile(r"增加|减少|增长|下降|上升|降低|压减|持平|没有变化|无变化|无增减|不变|一致|相同|均为(?:0|零)|未安排")
TOGETHER = re.compile(r"公务用车购置(?:费)?[及和与、]运行")
REASON = re.compile(r"主要|原因|由于|因为|系|是因|均未|未安排|没有安排|（")
ALL = re.compile(r"(?:各项|均|全部|三项)[^。；]{0,12}(?:持平|没有变化|无变化|不变|一致)")
SAME_AS_BEFORE = r"(?:较|比|与|同)(?:上年|去年|\d{4}年)[^。；，]{0,10}(?:持平|没有变化|无变化|无增减|不变|一致)"
TOTAL_SAME = re.compile(rf"三公[”\"]?经费[^。；，]{{0,20}}，?{SAME_AS_BEFORE}|。\s*(?:总额|总体)?{SAME_AS_BEFORE}")
OLD = re.compile(
    r"公务用车购置(?:费)?[及和与]?(?:运维费|维护费|运行维护经费|运维经费|使用费)|(?:公车|车辆)购置[及和与]运行(?:维护)?费|公车运行(?:维护)?费"
)


@rule("A06", Family.PROSE, Severity.WARNING)
def vehicles_are_paid_from_named_places(document: Document) -> Iterator[Outcome]:
    """“三公”经费的公务用车运行费大于基本支出安排的部分，能在项目中找到出处。"""
    facts, foreign = document.content.facts, document.context.foreign
    basic = next((item.amount for item in facts.operating_costs.items if RUNNING.match(item.name)), None)
    planned = next((i.amount for i in facts.three_public.items if i.key == ThreePublicItem.VEHICLE_RUNNING), None)
    if not foreign or basic is None or planned is None:
        yield Skipped("没有可对照的公务用车运行费" if foreign else "本系统的“三公”经费由支出明细汇总，出处明确")
        return
    visible = [project for project in facts.projects if VEHICLES.search(project.name)]
    gap = planned - basic - sum((project.amount for project in visible), ZERO)
    place = next((one.line for one in sentences(document, free(document, "three_public"))), None)
    if place is None or gap <= ZERO or not off(gap, ZERO, len(visible) + 1):
        yield Agreed()
        return
    yield place.problem(_unexplained(planned, basic, visible))


def _unexplained(planned: Decimal, basic: Decimal, visible: list[ProjectFact]) -> str:
    seen = "、".join(f"{project.name}{said(project.amount)}" for project in visible)
    known = f"（现仅见{seen}）" if seen else ""
    return (
        f"“三公”公务用车运行费{said(planned)}，基本支出仅{said(basic)}，"
        f"其余{said(planned - basic)}请说明所在项目{known}。"
    )


def _stating(document: Document) -> list[Line]:
    """Return the paragraphs on “三公”经费."""
    own = list(bodies(document, "three_public"))
    return own or [line for line in bodies(document, "overview") if "三公" in line.text and "公务接待" in line.text]


@rule("A07", Family.PROSE, Severity.ERROR)
def every_item_says_how_and_why_it_changes(document: Document) -> Iterator[Outcome]:
    """“三公”经费分别说明因公出国（境）、公务用车购置、公务用车运行、公务接待较上年的增减及原因，持平也说明。"""
    lines = _stating(document)
    text = "。".join(line.text for line in lines)
    if not MOVED.search(text):
        yield Skipped("文字没有说明“三公”经费较上年的增减")
        return
    if ALL.search(text) or TOTAL_SAME.search(text):
        yield Agreed()
        return
    silent = [words for words, pattern in ITEMS.values() if not _moves(text, pattern)]
    bare = [words for words, pattern in ITEMS.values() if words not in silent and not _reasoned(text, pattern)]
    if not silent and not bare:
        yield Agreed()
        return
    yield lines[0].problem(f"{_lacking(silent, bare)}。请分别说明较上年增减及原因（持平也应说明）。")


def _lacking(silent: list[str], bare: list[str]) -> str:
    said_of = [f"没有说明{'、'.join(silent)}较上年的增减"] if silent else []
    return "“三公”经费" + "，".join([*said_of, *([f"{'、'.join(bare)}的增减没有原因"] if bare else [])])


def _clauses(text: str, pattern: re.Pattern[str]) -> Iterator[str]:
    """Yield what stands from each naming of an item to the next item's, or the end of the sentence."""
    for sentence in text.split("。"):
        places = sorted({m.start() for _, of in ITEMS.values() for m in of.finditer(sentence)})
        for found in pattern.finditer(sentence):
            end = next((place for place in places if place > found.start()), len(sentence))
            yield sentence[found.start() : end]
        for both in TOGETHER.finditer(sentence):
            if pattern in (ITEMS[ThreePublicItem.VEHICLE_PURCHASE][1], ITEMS[ThreePublicItem.VEHICLE_RUNNING][1]):
                yield sentence[both.start() : both.start() + 60].split("；")[0]


def _moves(text: str, pattern: re.Pattern[str]) -> bool:
    return any(MOVED.search(clause) for clause in _clauses(text, pattern))


def _reasoned(text: str, pattern: re.Pattern[str]) -> bool:
    """Tell whether a change is explained; what stays the same needs no more than to be said."""
    clauses = [clause for clause in _clauses(text, pattern) if MOVED.search(clause)]
    return any(SAME.search(clause) or REASON.search(clause) or "均为" in clause for clause in clauses)


@rule("A08", Family.PROSE, Severity.WARNING)
def three_public_items_carry_their_names(document: Document) -> Iterator[Outcome]:
    """“三公”经费各项使用规定名称：公务用车购置及运行费、公务用车运行费、公务接待费、因公出国（境）费。"""
    found = [(line, match[0]) for line in bodies(document) for match in OLD.finditer(line.text)]
    for line, words in found:
        right = "公务用车购置及运行费" if "购置" in words else "公务用车运行费"
        yield line.problem(f"“{words}”应为“{right}”。")
    if not found:
        yield Agreed()
