"""X17 and X18: what the paragraphs say is what the tables say."""

import re
from collections.abc import Iterator
from decimal import Decimal

from budgets.money import MoneyUnit, parse
from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Cited, Compared, Outcome, Problem, Skipped, added, stated
from disclosure.audit.conditions import own
from disclosure.audit.reading import Sheet, sheets
from disclosure.audit.sentences import AMOUNT, FORMS, Spoken, Unread, read, voice_of
from disclosure.audit.three_public import this_year
from disclosure.document import Document
from disclosure.facts import Facts
from disclosure.layouts import layout_of
from disclosure.narrative.lists import revenue_parts

ITEM = re.compile(r"(?P<name>.*?)(?P<amount>-?\d+(?:\.\d+)?)万元", re.DOTALL)
OWN_WORDS = "有一段用了自己的措辞，没有版式的句子可以对照"
TIES = {
    "收入合计": ("income", "total"),
    "支出合计": ("spending", "total"),
    "基本支出": ("spending", "basic"),
    "项目支出": ("spending", "project"),
    "政府采购": ("procurement", "budgeted"),
}

LISTED_FROM = {
    "支出占比": "spending",
    "一般公共预算支出占比": "general_expenditure",
    "一般公共预算支出明细": "general_expenditure",
    "基本支出明细": "basic_expenditure",
}


def _of_facts(facts: Facts) -> dict[str, Decimal]:
    spent = facts.expenditure
    return {
        "收入合计": facts.revenue.total,
        "支出合计": spent.total,
        "基本支出": spent.basic.total,
        "项目支出": spent.project,
        "政府采购": facts.procurement.total,
    }


@rule("X17", Family.AGREEMENT, Severity.ERROR, applies=(own,))
def words_state_the_figures(document: Document) -> Iterator[Outcome]:
    """文字说明中的每个金额、增减和个数等于表格和数据给出的；文字用的数据等于表格的合计。"""
    for spoken in read(document):
        if isinstance(spoken, Unread):
            yield Skipped(f"“{spoken.section.heading}”{OWN_WORDS}")
        elif spoken.names[0] in FORMS:
            yield _said_rightly(spoken)
    yield from _facts_are_of_tables(document)


def _said_rightly(spoken: Spoken) -> Outcome:
    """Compare amounts as amounts, everything else as words."""
    words = f"“{spoken.section.heading}”中的{spoken.names[0]}"
    if not spoken.expected:
        return Skipped(f"{words}没有数据可以核对")
    if FORMS[spoken.names[0]] == AMOUNT:
        return Compared(_amount(spoken.text, spoken, words), _amount(spoken.expected, spoken, "按数据应写的"))
    if spoken.text == spoken.expected:
        return Agreed()
    return Problem(f"{words}写的是“{spoken.text}”，按数据应为“{spoken.expected}”。请核对。")


def _amount(text: str, spoken: Spoken, words: str) -> Cited:
    return stated(parse(text.removesuffix("万元"), MoneyUnit.WAN), words, spoken.section.key, spoken.names[0])


def _facts_are_of_tables(document: Document) -> Iterator[Outcome]:
    """Compare the figures from which sentences are made with the tables' totals."""
    facts, there = document.content.facts, {table.key for table in document.content.tables if table.rows}
    for name, amount in _of_facts(facts).items():
        key, column = TIES[name]
        if key in there:
            yield Compared(stated(amount, f"文字所用的{name}"), Sheet.of(document, key).total(column))
    basic = facts.expenditure.basic
    parts = added((stated(basic.personnel, "人员经费"), stated(basic.public, "公用经费")), "人员经费与公用经费之和")
    yield Compared(stated(basic.total, "文字所用的基本支出"), parts)
    if "three_public" in there:
        figures = this_year(document)
        yield Compared(stated(facts.three_public.total, "文字所用的“三公”经费"), figures["total"])
        for item in facts.three_public.items:
            if item.key in figures:
                yield Compared(stated(item.amount, f"文字所用的{item.name}"), figures[item.key])


@rule("X18", Family.AGREEMENT, Severity.ERROR, applies=(own,))
def lists_are_complete(document: Document) -> Iterator[Outcome]:
    """文字说明逐项列举的（收入构成、项目、机关运行经费、各类支出等）与数据的名称、次序、金额一致，各项之和等于合计。"""
    for spoken in read(document):
        if isinstance(spoken, Spoken) and spoken.names[0] not in FORMS:
            lacking = _lacking(document, LISTED_FROM.get(spoken.names[0], ""))
            yield Skipped(f"{lacking}缺数") if lacking else _listed_rightly(spoken)
    voice = voice_of(document, layout_of(document.content.layout))
    facts = document.content.facts
    lists = (
        ("收入构成", facts.revenue.total, [amount for _, amount in revenue_parts(voice)]),
        ("项目明细", facts.expenditure.project, [project.amount for project in facts.projects]),
        ("机关运行经费明细", facts.operating_costs.total, [item.amount for item in facts.operating_costs.items]),
    )
    for name, total, amounts in lists:
        yield Compared(stated(total, f"{name}的合计"), added((stated(part, name) for part in amounts), "各项之和"))


def _lacking(document: Document, key: str) -> str:
    """Name the first cell that lacks this year's figure, of the table that a list is made from."""
    listed = (sheet for sheet in sheets(document) if sheet.table.key == key)
    cited = (sheet.cite(n, column) for sheet in listed for n, _ in sheet.numbered for column in sheet.money)
    return next((of.place.words for of in cited if of.value is None), "")


def _listed_rightly(spoken: Spoken) -> Outcome:
    """Find the first item that differs."""
    words = f"“{spoken.section.heading}”的{'、'.join(spoken.names)}"
    if spoken.text == spoken.expected:
        return Agreed()
    ours, theirs = ITEM.findall(spoken.expected), ITEM.findall(spoken.text)
    for (name, amount), (other, different) in zip(ours, theirs, strict=False):
        if name != other:
            return Problem(
                f"{words}中“{other.strip('，；、')}”，按数据应为“{name.strip('，；、')}”。请核对名称和次序。"
            )
        if amount != different:
            item = name.strip("，；、")
            return Compared(_amount(different, spoken, f"{words}中“{item}”"), _amount(amount, spoken, "按数据应写的"))
    return Problem(f"{words}列了{len(theirs)}项，按数据应为{len(ours)}项，或文字不一致。请核对。")
