"""名词解释 explains what the tables speak of (K08)."""

from collections.abc import Iterator

from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome, Problem, Skipped
from disclosure.audit.text import lines
from disclosure.document import Document
from disclosure.facts import Facts

SOURCES = {
    "general": ("一般公共预算", ("一般公共预算", "财政拨款", "财政当年拨付")),
    "fund": ("政府性基金预算", ("政府性基金", "基金预算")),
    "capital": ("国有资本经营预算", ("国有资本经营",)),
    "special_account": ("财政专户管理资金", ("财政专户",)),
    "institution": ("事业收入", ("事业收入",)),
    "business": ("事业单位经营收入", ("经营收入",)),
}
"""By source of income: the term, and the words by which an explanation of it is known."""


@rule("K08", Family.COMPLETENESS, Severity.WARNING)
def terms_are_explained(document: Document) -> Iterator[Outcome]:
    """名词解释解释了各表所用的专业名词：有金额的收入来源、上年结转、基本支出、项目支出、“三公”经费、机关运行经费。"""
    texts = "".join(line.text for line in lines(document, "glossary"))
    if not texts:
        yield Skipped("没有名词解释部分")
        return
    missing = [term for term, words in _used(document.content.facts) if not any(word in texts for word in words)]
    if missing:
        yield Problem(f"名词解释缺少：{'、'.join(missing)}。请补充解释。")
    else:
        yield Agreed()


def _used(facts: Facts) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the terms whose amounts are not 0."""
    stated = {item.key for item in facts.revenue.items if item.amount and not item.carried_over}
    yield from (term for key, term in SOURCES.items() if key in stated)
    if any(item.amount and item.carried_over for item in facts.revenue.items):
        yield "上年结转", ("结转",)
    spent = facts.expenditure
    amounts = {
        "基本支出": spent.basic.total,
        "项目支出": spent.project,
        "“三公”经费": facts.three_public.total,
        "机关运行经费": facts.operating_costs.total,
    }
    words = {"“三公”经费": ("三公",), "机关运行经费": ("机关运行",)}
    yield from ((name, words.get(name, (name,))) for name, amount in amounts.items() if amount)
