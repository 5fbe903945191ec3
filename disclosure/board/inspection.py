"""自查表: the five dimensions of 预算公开 for every department and unit, each fact with its source."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from budgets.models import FiscalYear
from disclosure.audit.base import Severity
from disclosure.board.files import Page
from disclosure.board.grid import Line, grid
from disclosure.board.printed import Printed, printed_of
from disclosure.clock import DAYS, deadline
from disclosure.enums import FileFormat

GOOD, BAD, PERSON, UNKNOWN = "符合", "不符合", "需人工判断", "无法判断"
TIMELY, COMPLETE, DETAILED, EXACT, READABLE = "及时", "完整", "细化", "准确", "可读"
DIMENSIONS = (TIMELY, COMPLETE, DETAILED, EXACT, READABLE)


class Fact(NamedTuple):
    """One thing that was looked at: what it is, what was found, what follows, and where it is from."""

    dimension: str
    item: str
    found: str
    verdict: str
    source: str


def inspection_pages(year: FiscalYear, today: date) -> list[Page]:
    """Return the sheet's pages: the summary, every fact, and who judges what."""
    printed = printed_of(year)
    judged = [
        (line, list(facts_of(line, printed.get(line.disclosure.pk if line.disclosure else 0))))
        for line in grid(year, today)
        if line.is_due
    ]
    names = ("部门编码", "部门", "单位编码", "单位")
    summary = [
        (*_names(line), line.state_name, *(_verdict(facts, one) for one in DIMENSIONS)) for line, facts in judged
    ]
    details = [(*_names(line), *fact) for line, facts in judged for fact in facts]
    return [
        Page("自查汇总", (*names, "状态", *DIMENSIONS), summary),
        Page("自查明细", (*names, "维度", "检查内容", "事实", "结论", "依据"), details),
        Page("说明", ("维度", "程序判断什么", "还需人工判断什么"), list(LEGEND)),
    ]


RULES = (
    ("X19", COMPLETE, "空表和数据一致"),
    ("K03", COMPLETE, "各部分有内容"),
    ("K04", DETAILED, "科目细化并在目录中"),
    ("A09", READABLE, "增减原因"),
    ("K08", READABLE, "名词解释"),
)
"""The rules whose result is a fact of its own."""
LEGEND = (
    (
        TIMELY,
        f"首次公开日期是否在批复日期后{DAYS}日内（自然日）",
        "批复日期是否与批复文件一致；是否同时在政府门户网站公开",
    ),
    (
        COMPLETE,
        "规定的表是否都印出，空表是否写明原因，规定的部分是否都有（规则X19、K03）",
        "空表原因是否属实；有没有该公开而没有登记的单位",
    ),
    (
        DETAILED,
        "功能分类是否到项，基本支出经济分类是否到款，编码是否在目录中（规则K04）",
        "涉密不细化的内容是否依法审批",
    ),
    (EXACT, "检查规则发现的错误、豁免的错误、公开后更正的次数", "数字是否与批复一致；豁免的理由是否成立"),
    (
        READABLE,
        "增减变化是否写了原因，名词解释是否包括所用名词（规则A09、K08），提供哪些格式",
        "原因是否说清楚、公众能不能看懂",
    ),
    (
        "结论",
        "“符合”“不符合”由程序按“事实”得出；“无法判断”是还没有公开或还没有检查",
        "“需人工判断”的，请填报单位和财政部门核对后填写",
    ),
    ("依据", "“第N版”取自已公开的版次；“检查结果”取自最近一次检查，数据改动后要重新检查", ""),
)


def facts_of(line: Line, printed: Printed | None) -> Iterator[Fact]:
    """Yield the facts of one line, dimension by dimension."""
    yield from _timely(line)
    if printed is None:
        for dimension in (COMPLETE, DETAILED):
            yield Fact(dimension, "公开文件", "尚未公开", UNKNOWN, "公开版次")
    else:
        yield from _complete(printed)
        yield from _detailed(printed)
    for code, dimension, item in RULES:
        yield _of_rule(code, dimension, item, line)
    yield from _exact(line, printed)
    yield from _readable(line, printed)


def _timely(line: Line) -> Iterator[Fact]:
    approved, published = line.clock.approved_on, line.clock.published_on
    yield Fact(TIMELY, "批复日期", str(approved or "没有登记"), PERSON if approved else UNKNOWN, "公开事项的批复日期")
    if published is None:
        late = line.is_overdue
        said = f"尚未公开，应在{line.clock.due_on}前公开" if approved else "尚未公开"
        yield Fact(TIMELY, "公开日期", said, BAD if late else UNKNOWN, "公开版次")
        return
    if approved is None:
        yield Fact(TIMELY, "公开日期", str(published), UNKNOWN, "首次公开的版次")
        return
    days = (published - approved).days
    verdict = GOOD if published <= deadline(approved) else BAD
    yield Fact(TIMELY, "公开日期", f"{published}，批复后第{days}日", verdict, "首次公开的版次与批复日期")


def _complete(printed: Printed) -> Iterator[Fact]:
    source = f"第{printed.number}版"
    whole = printed.tables == printed.prescribed
    yield Fact(
        COMPLETE, "规定的表", f"{printed.tables}张，规定{printed.prescribed}张", GOOD if whole else PERSON, source
    )
    said = f"空表并说明原因{printed.empty}张，空表没有说明{printed.unsaid}张"
    yield Fact(COMPLETE, "空表", said, BAD if printed.unsaid else GOOD, source)
    yield Fact(COMPLETE, "规定的部分", f"{printed.sections}个部分", GOOD, source)


def _detailed(printed: Printed) -> Iterator[Fact]:
    for key, item in (("general_expenditure", "功能分类到项"), ("basic_expenditure", "基本支出经济分类到款")):
        codes, deep = printed.depths[key]
        said = f"{codes}个末级科目，{deep}个达到要求" if codes else "没有数据"
        said += "，其余应是依法审批不细化的涉密内容" if deep < codes else ""
        yield Fact(DETAILED, item, said, GOOD if codes == deep else PERSON, f"第{printed.number}版")


def _exact(line: Line, printed: Printed | None) -> Iterator[Fact]:
    audited = line.audited
    source = f"检查结果{f'（{audited.doubt}）' if audited.doubt else ''}"
    if audited.at is None:
        yield Fact(EXACT, "检查发现的错误", "未检查", UNKNOWN, source)
    else:
        verdict = UNKNOWN if audited.is_stale else BAD if audited.errors else GOOD
        yield Fact(EXACT, "检查发现的错误", f"{audited.errors}处", verdict, source)
        yield Fact(EXACT, "豁免的错误", f"{audited.waived}处", PERSON if audited.waived else GOOD, source)
    if printed:
        verdict = PERSON if printed.corrections else GOOD
        yield Fact(EXACT, "公开后的更正", f"{printed.corrections}次", verdict, "公开版次")


def _readable(line: Line, printed: Printed | None) -> Iterator[Fact]:
    audited = line.audited
    if audited.at:
        said = f"警告{audited.warnings}处，已说明原因{audited.warnings - audited.unexplained}处"
        yield Fact(READABLE, "警告的说明", said, PERSON if audited.warnings else GOOD, "检查结果与警告的原因")
    if printed:
        missing = [form.label for form in FileFormat if form.label not in printed.formats]
        said = "、".join(printed.formats) + (f"；缺{'、'.join(missing)}" if missing else "")
        yield Fact(READABLE, "提供的格式", said, BAD if missing else GOOD, "版次的文件")


def _of_rule(code: str, dimension: str, item: str, line: Line) -> Fact:
    """Say what a rule found; nothing follows from a result that is not to be relied on."""
    audited, source = line.audited, f"检查结果，规则{code}"
    said = [one for one in audited.found.findings if one.code == code]
    if said:
        verdict = BAD if said[0].severity is Severity.ERROR else PERSON
        found = f"{len(said)}处问题，例如：{said[0].message}"
    elif code in audited.found.passed:
        verdict, found = GOOD, "没有发现问题"
    else:
        verdict, found = UNKNOWN, audited.found.not_applicable.get(code, "未检查")
    return Fact(dimension, item, found, UNKNOWN if audited.doubt else verdict, source)


def _verdict(facts: list[Fact], dimension: str) -> str:
    """Return the worst of a dimension's verdicts: what is wrong first, then what is not known, then what waits."""
    found = {fact.verdict for fact in facts if fact.dimension == dimension}
    return next((verdict for verdict in (BAD, UNKNOWN, PERSON) if verdict in found), GOOD)


def _names(line: Line) -> tuple[str, ...]:
    unit = line.unit
    return (line.department.code, line.department.name, unit.code if unit else "", unit.name if unit else "")
