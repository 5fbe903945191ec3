"""A01 and A02: the sources of income that the text lists add up, and carry their present names."""

import re
from collections.abc import Iterator
from decimal import Decimal

from budgets.money import ZERO
from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome, Skipped, said
from disclosure.audit.mentions import Mention, Sentence, free, off, sentences
from disclosure.document import Document
from disclosure.facts import ProjectFact

TOTAL = re.compile(r"^(?:部门|单位|总|本年)?(?:预算)?(?:总)?收入(?:总?预算|合计|总计|总额)?$")
LISTING = re.compile(r"其中|包括|分别")
PRESENT = re.compile(
    r"(?:本年)?(?:一般公共预算|政府性基金(?:预算)?|国有资本经营(?:预算)?)(?:财政)?(?:拨款)?(?:收入)?"
    r"|本年收入(?:合计)?|财政专户管理资金(?:收入)?|(?:其他)?单位(?:自有)?资金(?:收入)?|财政拨款(?:收入|结转|结转资金)?|事业收入"
    r"|(?:事业单位)?经营收入|上级补助收入|附属单位(?:上缴|上交)收入|其他收入|非同级财政拨款收入"
    r"|(?:使用)?非财政拨款结余|用事业基金弥补收支差额|(?:财政拨款)?(?:上年|年初|以前年度)结[转余](?:结余|和结余|收入|资金)?"
)
NAMES = "政府性基金预算拨款收入、财政专户管理资金收入、单位资金、上年结转"
THIS_YEAR, CARRIED = re.compile(r"^本年收入"), re.compile(r"结[转余]")
NO_LIST = "文字中没有另行列举收入构成"


def _lists(document: Document) -> Iterator[tuple[Sentence, Mention, tuple[Mention, ...]]]:
    """Yield each listing of income: the sentence, the total, the parts."""
    for sentence in sentences(document, free(document, "overview", "unknown")):
        for at, head in enumerate(sentence.mentions):
            if TOTAL.match(head.name) and not head.change and LISTING.search(head.tail):
                rest = sentence.mentions[at + 1 :]
                if parts := tuple(part for part in rest if not part.change and part.name):
                    yield sentence, head, parts
                break


@rule("A01", Family.PROSE, Severity.ERROR)
def income_is_the_sum_of_its_sources(document: Document) -> Iterator[Outcome]:
    """文字说明中列举的各项收入之和等于收入合计，上年结转也列入其中。"""
    listed = False
    for sentence, head, named in _lists(document):
        listed, parts = True, _outermost(named)
        summed = sum((part.yuan for part in parts), ZERO)
        gap = off(head.yuan, summed, len(parts))
        if gap and _layered(parts, named):
            yield Skipped("收入的列举分了层次，无法逐项核对")
            continue
        if not gap:
            yield Agreed()
            continue
        opening = f"收入合计{said(head.yuan)}与分项之和{said(summed)}相差{said(gap)}。"
        yield sentence.line.problem(opening + _explained(document, head.yuan - summed))
    if not listed:
        yield Skipped(NO_LIST)


def _layered(parts: list[Mention], named: tuple[Mention, ...]) -> bool:
    """Tell whether only “其中” within the listing says what belongs to what."""
    return len(parts) < len(named) and any(re.search(r"，(?:其中|包括)", part.tail) for part in named)


def _outermost(parts: tuple[Mention, ...]) -> list[Mention]:
    """Leave out what is listed within a part: in brackets, after another “其中”, or beside 本年收入."""
    within = [part.before.count("（") + part.before.count("(") for part in parts]
    closed = [part.before.count("）") + part.before.count(")") for part in parts]
    depths = [opened - shut for opened, shut in zip(within, closed, strict=True)]
    outer = [part for part, depth in zip(parts, depths, strict=True) if depth == min(depths)]
    if any(THIS_YEAR.search(part.name) for part in outer):
        return [part for part in outer if THIS_YEAR.search(part.name) or CARRIED.search(part.name)]
    flat = [part for part in outer if not re.search(r"，(?:其中|包括)", part.tail)]
    return flat or outer


def _explained(document: Document, gap: Decimal) -> str:
    """Say what the difference may be: the projects carried over where they explain it."""
    carried, lacking = _carried(document), gap > ZERO
    if lacking and carried and not off(sum((p.amount for p in carried), ZERO), gap, len(carried)):
        year, prefix = document.content.year - 1, _common([project.code[:8] for project in carried])
        return f"该差额等于{len(carried)}个{year}年度项目（编码{prefix}开头）金额之和，请核对是否漏填“上年结转”。"
    return "请核对各项金额，以及是否漏填“上年结转”等来源。" if lacking else "请核对各项金额。"


def _carried(document: Document) -> list[ProjectFact]:
    """Return the projects whose code says the year before: its seventh and eighth digits."""
    before = f"{(document.content.year - 1) % 100:02}"
    return [one for one in document.content.facts.projects if one.code[:8].isdigit() and one.code[6:8] == before]


def _common(prefixes: list[str]) -> str:
    return "、".join(dict.fromkeys(prefixes))


@rule("A02", Family.PROSE, Severity.WARNING)
def sources_carry_their_present_names(document: Document) -> Iterator[Outcome]:
    """文字说明中的收入来源使用现行收支总表的名称。"""
    listed = False
    for sentence, _, parts in _lists(document):
        listed = True
        odd = [part.name for part in parts if not PRESENT.fullmatch(re.sub(r"（.*?）", "", part.name))]
        if odd:
            quoted = "、".join(f"“{name}”" for name in odd)
            yield sentence.line.problem(f"收入名称{quoted}与现行收支总表不一致，请使用“{NAMES}”等现行名称。")
        else:
            yield Agreed()
    if not listed:
        yield Skipped(NO_LIST)
