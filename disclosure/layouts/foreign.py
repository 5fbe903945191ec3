"""The layout of documents that the portal did not write: never printed, only what rules need to read their tables."""

from budgets.enums import OWN_INCOME, Source
from disclosure.layouts.base import Layout
from disclosure.layouts.hebei import CLASS_ROWS
from disclosure.tables.plan import IncomeRow, RowPlan

LABELS = {
    "income": "本年收入合计",
    "spending": "本年支出合计",
    "surplus": "使用非财政拨款结余",
    "carried": "上年结转",
    "forward": "结转下年",
    "distributed": "结余分配",
    "income_total": "收入总计",
    "spending_total": "支出总计",
    "fresh_fiscal": "一、本年收入",
    "carried_fiscal": "二、上年结转",
    "forward_fiscal": "结转下年",
}
"""The words to which the check-up brings the closing rows of any region's form."""


def _layout(key: str, *, details_carried: bool) -> Layout:
    plan = RowPlan(
        income_rows=(
            IncomeRow("一般公共预算拨款收入", (Source.GENERAL,)),
            IncomeRow("政府性基金预算拨款收入", (Source.FUND,)),
            IncomeRow("国有资本经营预算拨款收入", (Source.CAPITAL,)),
            IncomeRow("财政专户管理资金收入", (Source.SPECIAL_ACCOUNT,)),
            IncomeRow("单位资金", OWN_INCOME),
        ),
        labels=LABELS,
        class_rows=CLASS_ROWS,
        carry_rows=not details_carried,
        details_carried=details_carried,
    )
    return Layout(key=key, name="外来文件", money_unit="万元", title="", plan=plan, sections=(), tables={}, wording={})


FOREIGN = _layout("foreign", details_carried=True)
FOREIGN_FRESH = _layout("foreign-fresh", details_carried=False)
"""Where the tables of expenditure visibly leave out what 上年结转 pays."""
