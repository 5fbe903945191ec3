"""A12 and A13: what the text refers to is published, and what has to be said of the funds is."""

import re
from collections.abc import Iterator

from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome, Problem, Skipped
from disclosure.audit.mentions import free
from disclosure.audit.text import Line, bodies, lines
from disclosure.document import Document
from disclosure.enums import TableKey

TABLES: dict[str, tuple[str, re.Pattern[str]]] = {
    "收支预算总表": (TableKey.TOTALS, re.compile(r"(?:部门|单位)?(?<!拨款)收支(?:预算)?总(?:体情况)?表")),
    "收入总表": (TableKey.INCOME, re.compile(r"(?<!拨款)收入(?:预算)?总(?:体情况)?表")),
    "支出总表": (TableKey.SPENDING, re.compile(r"(?<!收)支出(?:预算)?总(?:体情况)?表")),
    "基本支出表": (TableKey.BASIC_EXPENDITURE, re.compile(r"(?:一般公共预算)?基本支出(?:预算|情况)?表")),
    "项目支出表": (TableKey.PROJECTS, re.compile(r"项目支出(?:预算|情况)?表")),
    "“三公”经费支出表": (TableKey.THREE_PUBLIC, re.compile(r"[“\"]?三公[”\"]?经费(?:预算|支出)+(?:预算|情况)?表")),
}
FUNDS = {
    "政府性基金": (TableKey.FUND_EXPENDITURE, re.compile(r"政府性基金")),
    "国有资本经营预算": (TableKey.CAPITAL_EXPENDITURE, re.compile(r"国有资本经营")),
}
LONGEST_CAPTION = 40
CAPTION = re.compile(r"[。；：，]")


@rule("A12", Family.COMPLETENESS, Severity.ERROR)
def referred_tables_are_published(document: Document) -> Iterator[Outcome]:
    """文字说明提到的部门预算公开表随文公开。"""
    texts = [line for line in free(document) if not _caption(line)]
    captions = [line.text for line in lines(document) if _caption(line)]
    captions += [section.heading for section in document.content.sections]
    there = {table.key for table in document.content.tables}
    missing: dict[str, Line] = {}
    for name, (key, pattern) in TABLES.items():
        place = next((line for line in texts if pattern.search(line.text)), None)
        if place and key not in there and not any(map(pattern.search, captions)):
            missing[name] = place
    yield _unpublished(missing) if missing else Agreed()


def _caption(line: Line) -> bool:
    return len(line.text) <= LONGEST_CAPTION and not CAPTION.search(line.text)


def _unpublished(missing: dict[str, Line]) -> Problem:
    line = next(iter(missing.values()))
    return line.problem(f"文中提到的“{'、'.join(missing)}”未随文公开，请上传部门预算公开表。")


@rule("A13", Family.COMPLETENESS, Severity.WARNING)
def every_fund_is_spoken_of(document: Document) -> Iterator[Outcome]:
    """文字说明写明政府性基金、国有资本经营预算有无安排。"""
    texts = [line for line in bodies(document) if line.key != "glossary"]
    if not texts:
        yield Skipped("没有文字说明")
        return
    spoken = "".join(line.text for line in texts)
    printed = {table.key for table in document.content.tables}
    silent = [name for name, (key, of) in FUNDS.items() if key not in printed and not of.search(spoken)]
    place = next((line for line in texts if line.key == "overview"), texts[0])
    yield place.problem(f"请补充{'、'.join(silent)}有无安排的说明。") if silent else Agreed()
