"""Codes as deep as the law asks for, and of the year's own lists (K04)."""

from collections.abc import Iterator

from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome, Problem, Skipped
from disclosure.audit.reading import Sheet
from disclosure.document import Document

DEPTHS = {
    "general_expenditure": ("function", (3, 5, 7), "项"),
    "fund_expenditure": ("function", (3, 5, 7), "项"),
    "capital_expenditure": ("function", (3, 5, 7), "项"),
    "basic_expenditure": ("economic", (3, 5), "款"),
}
"""By table: which list its codes are of, how long they may be, and what the deepest level is called."""


@rule("K04", Family.COMPLETENESS, Severity.ERROR)
def codes_are_deep_and_in_force(document: Document) -> Iterator[Outcome]:
    """功能分类公开到项，基本支出的经济分类公开到款，编码都在本年度的科目目录中。"""
    there = {table.key for table in document.content.tables if table.rows}
    found = [key for key in DEPTHS if key in there]
    if not found:
        yield Skipped("没有按科目列的支出表")
    for key in found:
        yield from _table(Sheet.of(document, key), document)


def _table(sheet: Sheet, document: Document) -> Iterator[Outcome]:
    scheme, lengths, deepest = DEPTHS[sheet.table.key]
    known = document.context.codes
    coded = [(number, code) for number, row in sheet.numbered if (code := sheet.text(number, "code"))]
    if coded and not any(len(code) == lengths[-1] for _, code in coded):
        yield Problem(f"{sheet.title}没有列到{deepest}级。请按规定细化到{deepest}（{lengths[-1]}位编码）。")
    for number, code in coded:
        cited = (sheet.cite(number, "total"),)
        if len(code) not in lengths or not code.isdecimal():
            yield Problem(f"{sheet.title}的编码“{code}”不是{'、'.join(map(str, lengths))}位数字。请核对编码。", cited)
        elif known is not None and code not in known.get(scheme, {}):
            message = f"{sheet.title}的“{sheet.named(number)}”不在{document.content.year}年的科目目录中。"
            yield Problem(f"{message}请改用本年度的科目。", cited)
        else:
            yield Agreed()
