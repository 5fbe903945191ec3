"""A15: what the text says twice is the same twice, and what comes in is what goes out."""

import re
from collections.abc import Iterator

from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome, Skipped, said
from disclosure.audit.mentions import Mention, free, off, sentences
from disclosure.document import Document

TOTALS: dict[str, str] = {
    "收入合计": r"(?:部门|单位|总)?(?:预算)?(?:总)?收入(?:总?预算|合计|总计|总额)?",
    "支出合计": r"(?:部门|单位|总)?(?:预算)?(?:总)?支出(?:总?预算|合计|总计|总额)?",
    "收支合计": r"收支总预算|(?:预算)?收支总计|收支预算",
    "基本支出": r"基本支出",
    "项目支出": r"(?:涉及)?项目支出",
    "“三公”经费": r"(?:财政拨款)?[“\"]?三公[”\"]?经费(?:支出)?(?:预算|合计)?(?:数)?",
    "机关运行经费": r"机关运行经费(?:预算)?",
}
BALANCED = ("收入合计", "支出合计", "收支合计")
BOTH = "收入合计与支出合计"
PARTIAL = re.compile(
    r"一般公共预算|政府性基金|国有资本|财政拨款收支|财政拨款支出|本级|所属|下属|各单位|其他单位|结转下年"
)
THREE_PUBLIC = "三公"
KEPT_BACK = re.compile(r"结转下年|年终结转")
ANOTHER_YEAR = re.compile(r"(?:上一?年|去年|决算)[^，；：]*$")
SECTIONS = ("overview", "operating_costs", "three_public", "performance", "others", "unknown")
YEARS = re.compile(r"(\d{4})年")
TWO = 2


@rule("A15", Family.PROSE, Severity.ERROR)
def what_is_said_twice_is_the_same(document: Document) -> Iterator[Outcome]:
    """文字说明各处写的同一合计数一致，收入合计等于支出合计。"""
    stated = _stated(document)
    groups = [(words, found) for words, found in stated.items() if words not in BALANCED]
    totals = [one for words in BALANCED for one in stated.get(words, [])[:1]]
    groups += [(words, stated.get(words, [])) for words in BALANCED]
    settled = document.content.tables or "收支合计" in stated
    if not settled and not any(KEPT_BACK.search(one.line.text) for one in totals):
        groups.append((BOTH, totals))
    outcomes = [outcome for words, found in groups for outcome in _compared(words, found)]
    yield from outcomes or [Skipped("文字中没有两处写同一合计数")]


def _stated(document: Document) -> dict[str, list[Mention]]:
    """Gather this year's totals of the whole document by what they are."""
    found: dict[str, list[Mention]] = {}
    for sentence in sentences(document, free(document, *SECTIONS)):
        first = sentence.mentions[0].before
        if PARTIAL.search(first) and THREE_PUBLIC not in first:
            continue
        for mention in sentence.mentions:
            key = next((words for words, of in TOTALS.items() if re.fullmatch(of, mention.name)), None)
            if key and not mention.change and _this_year(document, mention):
                found.setdefault(key, []).append(mention)
    return found


def _this_year(document: Document, mention: Mention) -> bool:
    years = YEARS.findall(mention.before)
    return not ANOTHER_YEAR.search(mention.before) and (not years or int(years[-1]) == document.content.year)


def _compared(words: str, found: list[Mention]) -> Iterator[Outcome]:
    """Compare the first with the others; more than two amounts are those of several units."""
    if len(found) < TWO or len({mention.yuan for mention in found}) > TWO:
        return
    first = found[0]
    odd = next((other for other in found[1:] if off(first.yuan, other.yuan, 1)), None)
    if odd is None:
        yield Agreed()
        return
    places = f"一处为{said(first.yuan)}，另一处为{said(odd.yuan)}"
    hint = "，有年终结转的请写明" if words == BOTH else ""
    message = f"文字中的{words}{places}，相差{said(off(first.yuan, odd.yuan, 1))}。请核对{hint}。"
    yield odd.line.problem(message)
