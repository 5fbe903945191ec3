"""Figures that a reader would ask about: great changes from last year, and what the bureau did not approve."""

from collections.abc import Iterator
from decimal import Decimal

from budgets.money import ZERO
from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Cited, Compared, Outcome, Problem, Skipped, stated
from disclosure.audit.reading import Sheet
from disclosure.content import Content
from disclosure.document import Document
from disclosure.facts import ProjectFact

TENTH, TEN_THOUSAND = Decimal("0.1"), Decimal(10000)
ITEM = 3
TABLE = "general_expenditure"
Pair = tuple[Cited, Cited]


def comparable(document: Document) -> str | None:
    """Apply where last year's figures of 项 or of projects are known."""
    if document.context.last_year or document.context.last_content:
        return None
    there = any(table.key == TABLE and _compares(Sheet(table)) for table in document.content.tables)
    return None if there else "没有上年的分项数"


def _compares(sheet: Sheet) -> bool:
    numbers = sheet.at_level(ITEM)
    return any(isinstance(sheet.cite(number, "previous").value, Decimal) for number in numbers if _has(sheet, number))


def _has(sheet: Sheet, number: int) -> bool:
    return sheet.has_cell(number, "previous")


@rule("P01", Family.PLAUSIBILITY, Severity.WARNING, applies=(comparable,))
def great_changes_have_reasons(document: Document) -> Iterator[Outcome]:
    """功能分类各项和各项目比上年增减10%以上且1万元以上的，说明原因。"""
    for now, then in pairs(document):
        a, b = now.value, then.value
        if not isinstance(a, Decimal) or not isinstance(b, Decimal) or not a or not b:
            continue
        if abs(a - b) >= TEN_THOUSAND and abs(a - b) >= TENTH * b:
            move = "增加" if a > b else "减少"
            rate = (abs(a - b) / b * 100).quantize(Decimal("0.01"))
            yield Problem(f"{now.spoken}，{then.spoken}，{move}{rate}%。请核对，并说明原因。", (now, then))
        else:
            yield Agreed()


@rule("P02", Family.PLAUSIBILITY, Severity.WARNING, applies=(comparable,))
def what_comes_or_goes_has_a_reason(document: Document) -> Iterator[Outcome]:
    """上年没有而今年有、上年有而今年没有的功能分类项，1万元以上的说明原因。"""
    for now, then in pairs(document, projects=False):
        a, b = now.value, then.value
        if not isinstance(a, Decimal) or not isinstance(b, Decimal):
            yield Skipped(f"{now.place.words}没有可比的数")
        elif (not a) != (not b) and max(a, b) >= TEN_THOUSAND:
            fault = "上年没有，今年新增" if a else "上年有，今年没有安排"
            yield Problem(f"{now.spoken}，{then.spoken}：{fault}。请核对，并说明原因。", (now, then))
        else:
            yield Agreed()


def pairs(document: Document, *, projects: bool = True) -> Iterator[Pair]:
    """Yield what is stated for this year and for last year: by 项, and by project where both years are known."""
    yield from _items(document)
    before = document.context.last_year
    if projects and before:
        known = {project.code: project for project in before.projects if project.code}
        for project in document.content.facts.projects:
            if project.code in known:
                yield _project(project, ""), _project(known[project.code], "上年")


def _project(project: ProjectFact, year: str) -> Cited:
    return stated(project.amount, f"{year}项目“{project.name}”的预算数", "projects", project.code)


def _items(document: Document) -> Iterator[Pair]:
    """Compare with the column of last year that the table prints, else with last year's own table."""
    sheet = _sheet(document.content)
    if sheet and _compares(sheet):
        printed = (number for number in sheet.at_level(ITEM) if _has(sheet, number))
        yield from ((sheet.cite(number, "total"), sheet.cite(number, "previous")) for number in printed)
        return
    before = document.context.last_content
    then = _sheet(before) if before else None
    if sheet and then:
        old, new = then.by_code("total", (ITEM,)), sheet.by_code("total", (ITEM,))
        for code in sorted(old.keys() | new.keys()):
            yield new.get(code) or _nothing(sheet, code, ""), old.get(code) or _nothing(then, code, "上年")


def _sheet(content: Content) -> Sheet | None:
    return next((Sheet(table) for table in content.tables if table.key == TABLE), None)


def _nothing(sheet: Sheet, code: str, year: str) -> Cited:
    return stated(ZERO, f"{year}{sheet.title}“{code}”的合计", TABLE, "total")


def controlled(document: Document) -> str | None:
    """Apply where the bureau's figures are on record."""
    return None if document.context.control else "没有登记批复控制数"


@rule("P03", Family.PLAUSIBILITY, Severity.ERROR, applies=(controlled,))
def draft_is_what_was_approved(document: Document) -> Iterator[Outcome]:
    """各资金来源的人员、公用、项目支出等于财政部门批复的控制数。"""
    for one in document.context.control:
        drafted = stated(one.drafted, f"{one.name}的支出", "spending")
        yield Compared(drafted, stated(one.approved, f"批复控制数{one.name}", "control"))
