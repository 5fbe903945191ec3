"""X1 to X9: the tables of income and spending agree with each other."""

from collections.abc import Iterator
from decimal import Decimal

from budgets.enums import GENERAL_BUDGETS, Source
from budgets.money import ZERO
from disclosure.audit.balance import Balance, FiscalBalance
from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Cited, Compared, Outcome, Relation, Skipped, added, stated
from disclosure.audit.reading import Sheet, number, plan_of, printed
from disclosure.document import Document

DETAILS = {
    Source.GENERAL: "general_expenditure",
    Source.FUND: "fund_expenditure",
    Source.CAPITAL: "capital_expenditure",
}
FISCAL_DETAILS = tuple(DETAILS.values())
CLASS_DIGITS = 3
NO_TOTAL = Skipped("收支总表没有总计行")


@rule("X1", Family.AGREEMENT, Severity.ERROR, applies=(printed("totals", "income"),))
def income_agrees(document: Document) -> Iterator[Outcome]:
    """收支总表的收入总计等于收入总表的合计。"""
    total = Balance(document).closing("income", "income_total")
    yield Compared(total, Sheet.of(document, "income").total("total")) if total else NO_TOTAL


@rule("X2", Family.AGREEMENT, Severity.ERROR, applies=(printed("totals", "spending"),))
def spending_agrees(document: Document) -> Iterator[Outcome]:
    """收支总表的支出总计等于支出总表的合计；收支总表列有结转下年的，再加结转下年。"""
    balance, spent = Balance(document), Sheet.of(document, "spending").total("total")
    total, forward = balance.closing("spending", "spending_total"), balance.closing("spending", "forward")
    given = balance.closing("spending", "distributed")
    left = [cited for cited in (forward, given) if cited]
    parts = added([spent, *left], f"{spent.place.words}{'与结转下年之和' if left else ''}")
    yield Compared(total, parts) if total else NO_TOTAL


@rule("X3", Family.AGREEMENT, Severity.ERROR, applies=(printed("totals", "spending"),))
def classes_agree(document: Document) -> Iterator[Outcome]:
    """收支总表的每一类支出等于支出总表的同一类；两表列的类相同，没有列的为0。"""
    spending = Sheet.of(document, "spending")
    detailed = {spending.text(row, "code"): row for row in spending.at_level(1)}
    printed_rows = class_rows(document)
    if document.context.foreign and any(len(code) != CLASS_DIGITS for code in detailed):
        yield Skipped("支出总表没有列到类")
        return
    for code, cited in printed_rows.items():
        found = (
            spending.cite(detailed[code], "total") if code in detailed else _nothing(spending.title, cited.place.words)
        )
        yield Compared(cited, found)
    for code in detailed.keys() - printed_rows.keys():
        cited = spending.cite(detailed[code], "total")
        yield Compared(_nothing("收支总表", spending.named(detailed[code])), cited)


def class_rows(document: Document) -> dict[str, Cited]:
    """Cite the 类 of 收支总表 by code: the form's own rows, else those named as 支出总表 names them."""
    spending = Sheet.of(document, "spending")
    codes = {spending.text(row, "name"): spending.text(row, "code") for row in spending.at_level(1)}
    codes |= {row.label: row.code for row in plan_of(document).class_rows}
    return {codes.get(label, label): cited for label, cited in Balance(document).items("spending").items()}


def _nothing(title: str, named: str) -> Cited:
    return stated(ZERO, f"{title}（没有列{named}）")


def _details_agree(document: Document, source: Source) -> Iterator[Outcome]:
    """Compare what a budget gives in T4 with what its own table spends, and 结转下年.

    Where the layout's detail tables leave out what 上年结转 pays, they spend this year's money, but for what was
    carried over and is carried forward again.
    """
    fiscal, own = FiscalBalance(document), Sheet.of(document, DETAILS[source]).total("total")
    forward = fiscal.forward(str(source))
    spent = added([own, forward], f"{own.place.words}{'与结转下年之和' if number(forward) else ''}")
    if plan_of(document).details_carried or not plan_of(document).carry_rows:
        yield Compared(fiscal.received(source), spent)
        return
    fresh, carried = fiscal.received(source, "fresh_fiscal"), fiscal.received(source, "carried_fiscal")
    left = min(number(carried), number(forward))
    if not left:
        yield Compared(fresh, spent)
        return
    yield Compared(spent, fresh, Relation.AT_LEAST)
    most = added([fresh, stated(left, "")], f"{fresh.place.words}与可能继续结转的{left}元之和")
    yield Compared(most, spent, Relation.AT_LEAST)


@rule("X4", Family.AGREEMENT, Severity.ERROR, applies=(printed("fiscal_totals", "general_expenditure"),))
def general_agrees(document: Document) -> Iterator[Outcome]:
    """财政拨款收支总表的一般公共预算收入等于一般公共预算支出表的合计与结转下年之和；支出表不含上年结转资金的，收入也不含。"""
    return _details_agree(document, Source.GENERAL)


@rule("X5", Family.AGREEMENT, Severity.ERROR, applies=(printed("fiscal_totals", *FISCAL_DETAILS[1:]),))
def funds_and_capital_agree(document: Document) -> Iterator[Outcome]:
    """财政拨款收支总表的政府性基金、国有资本经营预算收入，各等于其支出表的合计与结转下年之和；支出表不含上年结转资金的，收入也不含。"""
    yield from _details_agree(document, Source.FUND)
    yield from _details_agree(document, Source.CAPITAL)


@rule("X6", Family.AGREEMENT, Severity.ERROR, applies=(printed("general_expenditure", "basic_expenditure"),))
def basic_agrees(document: Document) -> Iterator[Outcome]:
    """一般公共预算支出表的基本支出合计等于一般公共预算基本支出表的合计。"""
    general, basic = Sheet.of(document, "general_expenditure"), Sheet.of(document, "basic_expenditure")
    yield Compared(general.total("basic"), basic.total("total"))


@rule("X7", Family.AGREEMENT, Severity.ERROR, applies=(printed("totals", "income", "fiscal_totals"),))
def appropriations_agree(document: Document) -> Iterator[Outcome]:
    """一般公共预算、政府性基金、国有资本经营预算拨款收入，在收支总表、财政拨款收支总表和收入总表中各相等。"""
    items, fiscal, income = Balance(document).items("income"), FiscalBalance(document), Sheet.of(document, "income")
    plan = plan_of(document)
    for row in plan.income_rows:
        if not set(row.sources) <= set(GENERAL_BUDGETS):
            continue
        stated_there = items.get(row.label, stated(None, f"收支总表“{row.label}”"))
        given = (fiscal.received(source, "fresh_fiscal") for source in row.sources)
        yield Compared(stated_there, added(given, f"{fiscal.sheet.title}“{row.label}”"))
        if plan.carry_rows or (document.context.foreign and _carried_apart(document)):
            columns = (income.total(str(source)) for source in row.sources)
            yield Compared(stated_there, added(columns, f"{income.title}“{row.label}”合计"))


def _carried_apart(document: Document) -> bool:
    """Tell whether the source columns of a foreign 收入总表 hold this year's money alone."""
    carried = Balance(document).closing("income", "carried")
    return "carried" in Sheet.of(document, "income").known or not number(carried)


@rule("X8", Family.AGREEMENT, Severity.ERROR, applies=(printed("spending", *FISCAL_DETAILS),))
def fiscal_spending_is_within(document: Document) -> Iterator[Outcome]:
    """支出总表每个科目的合计不小于一般公共预算、政府性基金、国有资本经营预算三张支出表同一科目之和；没有其他资金的，两者相等。"""
    spending = Sheet.of(document, "spending")
    whole = spending.by_code("total")
    parts = [Sheet.of(document, key).by_code("total") for key in FISCAL_DETAILS]
    relation = Relation.EQUAL if _only_detailed(document) else Relation.AT_LEAST
    lengths = set(map(len, whole))
    for code in sorted(set(whole).union(*parts)):
        if document.context.foreign and len(code) not in lengths:
            continue
        paid = added((by_code[code] for by_code in parts if code in by_code), f"三张财政拨款支出表“{code}”之和")
        yield Compared(whole.get(code, _nothing(spending.title, code)), paid, relation)
    if not whole and not any(parts):
        yield Skipped("没有支出")


def _only_detailed(document: Document) -> bool:
    """Tell whether every 元 spent stands in one of the three budgets' own tables."""
    if document.context.foreign:
        return False
    counted = plan_of(document).details_carried
    items = document.content.facts.revenue.items
    beside = [item for item in items if item.key not in GENERAL_BUDGETS or (item.carried_over and not counted)]
    return not any(item.amount for item in beside)


@rule("X9", Family.AGREEMENT, Severity.ERROR, applies=(printed("totals", "fiscal_totals"),))
def only_fiscal_money(document: Document) -> Iterator[Outcome]:
    """没有财政专户管理资金、单位资金和非财政拨款结余时，收支总表的收入总计等于财政拨款收支总表的收入总计。"""
    beside = _beside(document)
    total = Balance(document).closing("income", "income_total")
    if beside:
        yield Skipped("有财政专户管理资金、单位资金或非财政拨款结余，两表总计本来不同")
    else:
        yield Compared(total, FiscalBalance(document).total("income_amount")) if total else NO_TOTAL


def _beside(document: Document) -> Decimal:
    """Return what is received beside the three budgets (元); what 上年结转 of a foreign document holds is not known."""
    if not document.context.foreign:
        items = document.content.facts.revenue.items
        return sum((item.amount for item in items if item.key not in GENERAL_BUDGETS), ZERO)
    balance = Balance(document)
    fiscal = {row.label for row in plan_of(document).income_rows if set(row.sources) <= set(GENERAL_BUDGETS)}
    others = [cited for label, cited in balance.items("income").items() if label not in fiscal]
    others += [cited for key in ("surplus", "carried") if (cited := balance.closing("income", key))]
    return sum(map(number, others), ZERO)
