"""T8 and T9: inside the tables of 政府性基金 and 国有资本经营预算."""

from collections.abc import Iterator
from decimal import Decimal

from budgets.money import ZERO
from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Cited, Outcome, Problem
from disclosure.audit.reading import Sheet, filled, printed, with_columns
from disclosure.audit.trees import RATE, across, changed, downwards, footed
from disclosure.document import Document

FUND = (filled("fund_expenditure"),)
CAPITAL = (filled("capital_expenditure"),)
KINDS = ("basic", "project")
CAPITAL_CLASS = "223"


@rule("T8.1", Family.FOOTING, Severity.ERROR, applies=FUND)
def fund_adds_up(document: Document) -> Iterator[Outcome]:
    """政府性基金预算支出表：各行合计等于基本支出与项目支出之和。"""
    return across(document, "fund_expenditure", KINDS)


@rule("T8.2", Family.FOOTING, Severity.ERROR, applies=FUND)
def fund_adds_up_downwards(document: Document) -> Iterator[Outcome]:
    """政府性基金预算支出表：每一类等于所属各款之和，每一款等于所属各项之和。"""
    return downwards(document, "fund_expenditure")


@rule("T8.3", Family.FOOTING, Severity.ERROR, applies=FUND)
def fund_total(document: Document) -> Iterator[Outcome]:
    """政府性基金预算支出表：合计行的每一列等于各类之和。"""
    return footed(document, "fund_expenditure")


@rule("T8.4", Family.FOOTING, Severity.ERROR, applies=(*FUND, with_columns("fund_expenditure", *RATE)))
def fund_compared(document: Document) -> Iterator[Outcome]:
    """政府性基金预算支出表：增减额等于本年减上年，增减%等于增减额除以上年；上年为0时不可比，不填百分比。"""
    return changed(document, "fund_expenditure")


@rule("T8.5", Family.FOOTING, Severity.ERROR, applies=(*FUND, printed("general_expenditure")))
def fund_codes_are_funds(document: Document) -> Iterator[Outcome]:
    """政府性基金预算支出表：列支的项是政府性基金科目，不会同时是一般公共预算支出表列支的项。"""
    general = _items(document, "general_expenditure")
    for code, cited in _items(document, "fund_expenditure").items():
        if code in general:
            both = (cited, general[code])
            yield Problem(f"{cited.spoken}，同一科目又有{general[code].spoken}。请核对属于哪本预算。", both)


@rule("T9.1", Family.FOOTING, Severity.ERROR, applies=CAPITAL)
def capital_adds_up(document: Document) -> Iterator[Outcome]:
    """国有资本经营预算支出表：各行合计等于基本支出与项目支出之和。"""
    return across(document, "capital_expenditure", KINDS)


@rule("T9.2", Family.FOOTING, Severity.ERROR, applies=CAPITAL)
def capital_adds_up_downwards(document: Document) -> Iterator[Outcome]:
    """国有资本经营预算支出表：每一类等于所属各款之和，每一款等于所属各项之和。"""
    return downwards(document, "capital_expenditure")


@rule("T9.3", Family.FOOTING, Severity.ERROR, applies=CAPITAL)
def capital_total(document: Document) -> Iterator[Outcome]:
    """国有资本经营预算支出表：合计行的每一列等于各类之和。"""
    return footed(document, "capital_expenditure")


@rule("T9.4", Family.FOOTING, Severity.ERROR, applies=(*CAPITAL, with_columns("capital_expenditure", *RATE)))
def capital_compared(document: Document) -> Iterator[Outcome]:
    """国有资本经营预算支出表：增减额等于本年减上年，增减%等于增减额除以上年；上年为0时不可比，不填百分比。"""
    return changed(document, "capital_expenditure")


@rule("T9.5", Family.FOOTING, Severity.ERROR, applies=CAPITAL)
def capital_codes_are_capital(document: Document) -> Iterator[Outcome]:
    """国有资本经营预算支出表：列支的科目属于223国有资本经营预算支出。"""
    for code, cited in _items(document, "capital_expenditure").items():
        if not code.startswith(CAPITAL_CLASS):
            yield Problem(f"{cited.spoken}，但{code}不属于223国有资本经营预算支出。请核对科目。", (cited,))


def _items(document: Document, key: str) -> dict[str, Cited]:
    """Cite the 项 that spend something this year."""
    cited = Sheet.of(document, key).by_code("total", (3,)).items()
    return {code: figure for code, figure in cited if isinstance(figure.value, Decimal) and figure.value != ZERO}
