"""Tokens that are one figure."""

from collections.abc import Callable
from decimal import Decimal

from budgets.money import ZERO
from disclosure.facts import ThreePublicFacts
from disclosure.narrative.voice import Voice, wan


def _item(facts: ThreePublicFacts, *keys: str) -> Decimal:
    return sum((item.amount for item in facts.items if item.key in keys), ZERO)


AMOUNTS: dict[str, Callable[[Voice], Decimal]] = {
    "收入合计": lambda voice: voice.facts.revenue.total,
    "支出合计": lambda voice: voice.facts.expenditure.total,
    "基本支出": lambda voice: voice.facts.expenditure.basic.total,
    "人员经费": lambda voice: voice.facts.expenditure.basic.personnel,
    "公用经费": lambda voice: voice.facts.expenditure.basic.public,
    "项目支出": lambda voice: voice.facts.expenditure.project,
    "其他类支出": lambda voice: voice.facts.expenditure.other,
    "机关运行经费": lambda voice: voice.facts.operating_costs.total,
    "三公经费": lambda voice: voice.facts.three_public.total,
    "因公出国（境）费": lambda voice: _item(voice.facts.three_public, "abroad"),
    "公务用车购置及运行费": lambda voice: _item(voice.facts.three_public, "vehicle_purchase", "vehicle_running"),
    "公务用车购置费": lambda voice: _item(voice.facts.three_public, "vehicle_purchase"),
    "公务用车运行费": lambda voice: _item(voice.facts.three_public, "vehicle_running"),
    "公务接待费": lambda voice: _item(voice.facts.three_public, "reception"),
    "政府采购": lambda voice: voice.facts.procurement.total,
    "货物采购": lambda voice: voice.facts.procurement.goods,
    "工程采购": lambda voice: voice.facts.procurement.works,
    "服务采购": lambda voice: voice.facts.procurement.services,
    "预留中小企业": lambda voice: voice.facts.procurement.reserved,
    "预留小微企业": lambda voice: voice.facts.procurement.reserved_micro,
    "固定资产": lambda voice: voice.facts.assets.total,
}


def _foot(voice: Voice, table: str, column: str) -> Decimal | None:
    """Return a figure (元) of a table's last total row; None where the document has no such row."""
    found = voice.tables.get(table)
    if not found or column not in {known.key for known in found.columns}:
        return None
    rows = [row for row in found.rows if row.total]
    if not rows:
        return ZERO
    value = found.cell(rows[-1], column).value
    return value if isinstance(value, Decimal) else None


FEET = {
    "收支总计": ("totals", "income_amount"),
    "财政拨款收支总计": ("fiscal_totals", "income_amount"),
    "一般公共预算支出": ("general_expenditure", "total"),
    "政府性基金支出": ("fund_expenditure", "total"),
    "国有资本经营支出": ("capital_expenditure", "total"),
    "一般公共预算基本支出": ("basic_expenditure", "total"),
    "一般公共预算人员经费": ("basic_expenditure", "personnel"),
    "一般公共预算公用经费": ("basic_expenditure", "public"),
    "一般公共预算上年执行数": ("general_expenditure", "previous"),
}


def _said(figure: Callable[[Voice], Decimal | None]) -> Callable[[Voice], str | None]:
    def say(voice: Voice) -> str | None:
        amount = figure(voice)
        return None if amount is None else wan(amount)

    return say


TOKENS: dict[str, Callable[[Voice], str | None]] = {
    **{name: _said(figure) for name, figure in AMOUNTS.items()},
    **{name: _said(lambda voice, at=at: _foot(voice, *at)) for name, at in FEET.items()},  # type: ignore[misc]
    "项目个数": lambda voice: str(sum(bool(p.goals or p.indicators) for p in voice.facts.projects)),
    "指标个数": lambda voice: str(sum(len(project.indicators) for project in voice.facts.projects)),
    "资产截止日": lambda voice: f"{voice.facts.assets.as_of:%Y年%-m月%-d日}" if voice.facts.assets.as_of else None,
}
