"""T2, T3, T5 and T6: inside the tables by unit or code."""

from collections.abc import Iterator

from budgets.money import ZERO
from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Compared, Outcome, Problem, Skipped
from disclosure.audit.reading import Sheet, filled, with_columns
from disclosure.audit.trees import RATE, across, changed, downwards, footed
from disclosure.document import Document

INCOME = (filled("income"),)
SPENDING = (filled("spending"),)
GENERAL = (filled("general_expenditure"),)
BASIC = (filled("basic_expenditure"),)
KINDS = ("basic", "project")
PERSONNEL, PUBLIC = ("301", "303"), ("302", "309", "310")


@rule("T2.1", Family.FOOTING, Severity.ERROR, applies=INCOME)
def sources_add_up(document: Document) -> Iterator[Outcome]:
    """收入总表：各行合计等于各来源之和；“事业收入（含教育收费）”已含其中的教育收费，不重复计。"""
    money = [key for key in Sheet.of(document, "income").money if key != "total"]
    within = {"special_account", "institution"} if "with_fees" in money else set()
    return across(document, "income", tuple(key for key in money if key not in within))


@rule("T2.2", Family.FOOTING, Severity.ERROR, applies=INCOME)
def income_adds_up_downwards(document: Document) -> Iterator[Outcome]:
    """收入总表：按科目列示时，每一类等于所属各款之和，每一款等于所属各项之和。"""
    return downwards(document, "income")


@rule("T2.3", Family.FOOTING, Severity.ERROR, applies=INCOME)
def income_total(document: Document) -> Iterator[Outcome]:
    """收入总表：合计行的每一列等于各行之和。"""
    return footed(document, "income")


@rule("T3.1", Family.FOOTING, Severity.ERROR, applies=SPENDING)
def kinds_add_up(document: Document) -> Iterator[Outcome]:
    """支出总表：各行合计等于基本支出、项目支出、上缴上级支出、事业单位经营支出、对附属单位补助支出之和。"""
    kinds = ("basic", "project", "handed_up", "business", "subsidy")
    known = Sheet.of(document, "spending").known
    return across(document, "spending", tuple(kind for kind in kinds if kind in known))


@rule("T3.2", Family.FOOTING, Severity.ERROR, applies=SPENDING)
def spending_adds_up_downwards(document: Document) -> Iterator[Outcome]:
    """支出总表：每一类等于所属各款之和，每一款等于所属各项之和。"""
    return downwards(document, "spending")


@rule("T3.3", Family.FOOTING, Severity.ERROR, applies=SPENDING)
def spending_total(document: Document) -> Iterator[Outcome]:
    """支出总表：合计行的每一列等于各类之和。"""
    return footed(document, "spending")


@rule("T5.1", Family.FOOTING, Severity.ERROR, applies=GENERAL)
def general_adds_up(document: Document) -> Iterator[Outcome]:
    """一般公共预算支出表：各行合计等于基本支出与项目支出之和。"""
    return across(document, "general_expenditure", KINDS)


@rule("T5.2", Family.FOOTING, Severity.ERROR, applies=GENERAL)
def general_adds_up_downwards(document: Document) -> Iterator[Outcome]:
    """一般公共预算支出表：每一类等于所属各款之和，每一款等于所属各项之和。"""
    return downwards(document, "general_expenditure")


@rule("T5.3", Family.FOOTING, Severity.ERROR, applies=GENERAL)
def general_total(document: Document) -> Iterator[Outcome]:
    """一般公共预算支出表：合计行的每一列等于各类之和。"""
    return footed(document, "general_expenditure")


@rule("T5.4", Family.FOOTING, Severity.ERROR, applies=(*GENERAL, with_columns("general_expenditure", *RATE)))
def general_compared(document: Document) -> Iterator[Outcome]:
    """一般公共预算支出表：增减额等于本年减上年，增减%等于增减额除以上年；上年为0时不可比，不填百分比。"""
    return changed(document, "general_expenditure")


@rule("T6.1", Family.FOOTING, Severity.ERROR, applies=BASIC)
def basic_adds_up(document: Document) -> Iterator[Outcome]:
    """一般公共预算基本支出表：各行合计等于人员经费与公用经费之和。"""
    return across(document, "basic_expenditure", ("personnel", "public"))


@rule("T6.2", Family.FOOTING, Severity.ERROR, applies=BASIC)
def basic_adds_up_downwards(document: Document) -> Iterator[Outcome]:
    """一般公共预算基本支出表：每一类等于所属各款之和。"""
    return downwards(document, "basic_expenditure")


@rule("T6.3", Family.FOOTING, Severity.ERROR, applies=BASIC)
def basic_total(document: Document) -> Iterator[Outcome]:
    """一般公共预算基本支出表：合计行的每一列等于各类之和。"""
    return footed(document, "basic_expenditure")


@rule("T6.4", Family.FOOTING, Severity.ERROR, applies=BASIC)
def natures_are_of_their_kind(document: Document) -> Iterator[Outcome]:
    """一般公共预算基本支出表：301、303类是人员经费，302、309、310类是公用经费。"""
    sheet = Sheet.of(document, "basic_expenditure")
    listed = [n for n, row in sheet.numbered if sheet.text(n, "code")[:3] in (*PERSONNEL, *PUBLIC)]
    for number in listed:
        column = "personnel" if sheet.text(number, "code")[:3] in PERSONNEL else "public"
        yield Compared(sheet.cite(number, column), sheet.cite(number, "total"))
    if not listed:
        yield Skipped("没有301、302、303、309、310类的支出")


@rule("T6.5", Family.FOOTING, Severity.WARNING, applies=BASIC)
def natures_of_basic_expenditure(document: Document) -> Iterator[Outcome]:
    """一般公共预算基本支出表：基本支出不列301、302、303、309、310以外的类（如307、311、312、313、399），列了须说明。"""
    sheet = Sheet.of(document, "basic_expenditure")
    for number in sheet.at_level(1):
        cited = sheet.cite(number, "total")
        if sheet.text(number, "code") not in (*PERSONNEL, *PUBLIC) and cited.value not in (None, ZERO):
            yield Problem(f"基本支出列了“{sheet.named(number)}”，{cited.spoken}。请核对科目，或说明原因。", (cited,))
