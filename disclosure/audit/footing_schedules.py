"""T7, T10 and T11 to T14: inside “三公”, 项目, 绩效目标, 政府采购 and 固定资产."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from budgets.money import FEN, ZERO
from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Cited, Compared, Outcome, Place, Problem, Relation, Skipped, added, stated
from disclosure.audit.conditions import own
from disclosure.audit.reading import Sheet, filled, goal_money, printed
from disclosure.audit.trees import across, footed
from disclosure.document import Document
from disclosure.tables.t10_projects import Projects
from disclosure.tables.t13_procurement import PAID_BY

PROJECTS = (filled("projects"),)
OVERALL = (filled("overall_goals"),)
PROCUREMENT = (filled("procurement"),)
ASSETS = (filled("assets"),)


@rule("T10.1", Family.FOOTING, Severity.ERROR, applies=PROJECTS)
def project_money_adds_up(document: Document) -> Iterator[Outcome]:
    """项目支出表：各行合计等于本年拨款、财政拨款结转结余、财政专户管理资金、单位资金之和。"""
    money = [column.key for column in Projects.columns if column.kind == "money" and column.key != "total"]
    return across(document, "projects", tuple(money))


@rule("T10.2", Family.FOOTING, Severity.ERROR, applies=PROJECTS)
def projects_total(document: Document) -> Iterator[Outcome]:
    """项目支出表：合计行的每一列等于各项目之和。"""
    return footed(document, "projects")


@rule("T11.1", Family.FOOTING, Severity.ERROR)
def goal_money_adds_up(document: Document) -> Iterator[Outcome]:
    """项目绩效目标表：预算数等于财政资金与其他资金之和。"""
    goals = [list(goal_money(table)) for table in document.content.tables if table.key.startswith("goal-")]
    for amount, *parts in goals:
        yield Compared(amount, added(parts, "财政资金与其他资金之和"))
    if not goals:
        yield Skipped("没有项目绩效目标表")


@rule("T12.1", Family.FOOTING, Severity.ERROR, applies=OVERALL)
def task_money_adds_up(document: Document) -> Iterator[Outcome]:
    """部门整体支出绩效目标表：各行总额等于财政拨款与其他资金之和。"""
    return across(document, "overall_goals", ("fiscal", "other"))


@rule("T12.2", Family.FOOTING, Severity.ERROR, applies=OVERALL)
def tasks_total(document: Document) -> Iterator[Outcome]:
    """部门整体支出绩效目标表：金额合计等于各行之和。"""
    return footed(document, "overall_goals")


@rule("T12.3", Family.FOOTING, Severity.ERROR, applies=(*OVERALL, printed("spending")))
def tasks_are_all_spending(document: Document) -> Iterator[Outcome]:
    """部门整体支出绩效目标表：金额合计等于支出总表的合计。"""
    yield Compared(Sheet.of(document, "overall_goals").total("total"), Sheet.of(document, "spending").total("total"))


@rule("T13.1", Family.FOOTING, Severity.ERROR, applies=PROCUREMENT)
def procurement_channels_add_up(document: Document) -> Iterator[Outcome]:
    """政府采购预算表：各行总计等于当年部门预算安排资金与其他渠道资金之和。"""
    return across(document, "procurement", ("budgeted", "other_channels"))


@rule("T13.2", Family.FOOTING, Severity.ERROR, applies=PROCUREMENT)
def procurement_sources_add_up(document: Document) -> Iterator[Outcome]:
    """政府采购预算表：当年部门预算安排资金合计等于各来源之和；没有用到的来源可以不填。"""
    sheet = Sheet.of(document, "procurement")
    for number, _ in sheet.numbered:
        paid = [sheet.cite(number, source) for source in _sources(sheet, number)]
        if paid:
            yield Compared(sheet.cite(number, "budgeted"), added(paid, "各来源之和"))
        else:
            yield Skipped(f"{sheet.title}“{sheet.named(number)}”没有填资金来源")


def _sources(sheet: Sheet, number: int) -> list[str]:
    """Return the sources a row is paid from: those it states; of 合计 all."""
    whole = sheet.table.rows[number].total
    return [source for source in PAID_BY if source in sheet.known and (whole or sheet.text(number, source))]


@rule("T13.3", Family.FOOTING, Severity.ERROR, applies=PROCUREMENT)
def prices_times_quantities(document: Document) -> Iterator[Outcome]:
    """政府采购预算表：数量乘单价等于总计；单价四舍五入到分，容许由此产生的差额。"""
    sheet = Sheet.of(document, "procurement")
    for number in sheet.at_level(1):
        quantity, price = (sheet.cite(number, column).value for column in ("quantity", "unit_price"))
        if isinstance(quantity, Decimal) and isinstance(price, Decimal):
            product = stated((quantity * price).quantize(FEN), "数量乘单价")
            yield Compared(sheet.cite(number, "total"), product, slack=quantity * FEN / 2)
        else:
            yield Skipped(f"{sheet.title}“{sheet.named(number)}”没有数量或单价")


@rule("T13.4", Family.FOOTING, Severity.ERROR, applies=(own,))
def procurement_types_add_up(document: Document) -> Iterator[Outcome]:
    """政府采购：货物、工程、服务之和等于政府采购预算，也等于政府采购预算表的当年部门预算安排资金合计。"""
    bought = document.content.facts.procurement
    parts = added((stated(part, "") for part in (bought.goods, bought.works, bought.services)), "货物、工程、服务之和")
    yield Compared(parts, stated(bought.total, "政府采购预算"))
    if not filled("procurement")(document):
        yield Compared(parts, Sheet.of(document, "procurement").total("budgeted"))


@rule("T13.5", Family.FOOTING, Severity.ERROR, applies=(own,))
def reservations_are_within(document: Document) -> Iterator[Outcome]:
    """政府采购：预留中小企业不超过政府采购预算，其中小微企业不超过预留中小企业。"""
    bought = document.content.facts.procurement
    whole, reserved = stated(bought.total, "政府采购预算"), stated(bought.reserved, "预留中小企业")
    yield Compared(whole, reserved, Relation.AT_LEAST)
    yield Compared(reserved, stated(bought.reserved_micro, "预留小微企业"), Relation.AT_LEAST)


@rule("T13.6", Family.FOOTING, Severity.ERROR, applies=PROCUREMENT)
def procurement_total(document: Document) -> Iterator[Outcome]:
    """政府采购预算表：合计行的金额各列等于各行之和。"""
    sheet = Sheet.of(document, "procurement")
    rows = sheet.at_level(1)
    paid_by = PAID_BY if all(_sources(sheet, number) for number in rows) else ()
    for column in ("total", "budgeted", *paid_by, "other_channels"):
        stated_in = [n for n in rows if column not in PAID_BY or sheet.text(n, column)]
        yield Compared(sheet.total(column), sheet.summed(stated_in, column, "各行之和"))


@rule("T14.1", Family.FOOTING, Severity.ERROR, applies=ASSETS)
def assets_total(document: Document) -> Iterator[Outcome]:
    """固定资产占用情况表：资产总额等于各类资产价值之和。"""
    sheet = Sheet.of(document, "assets")
    yield Compared(sheet.total("value"), sheet.summed(sheet.at_level(1), "value", "各类价值之和"))


@rule("T14.2", Family.FOOTING, Severity.ERROR)
def assets_are_last_years(document: Document) -> Iterator[Outcome]:
    """固定资产占用情况表：截至时间是上年12月31日。"""
    counted, year = document.content.facts.assets.as_of, document.content.year
    if counted is None or not year:
        yield Skipped("没有固定资产数据" if year else "没有读出年度")
        return
    due = date(year - 1, 12, 31)
    if counted != due:
        place = Place("assets", "as_of", None, "固定资产占用情况表的截至时间")
        message = f"固定资产的截至时间是{counted:%Y年%-m月%-d日}，应为{due:%Y年%-m月%-d日}。请更新。"
        yield Problem(message, (Cited(None, place, measure=""),))


@rule("T14.3", Family.FOOTING, Severity.ERROR, applies=ASSETS)
def assets_have_number_and_value(document: Document) -> Iterator[Outcome]:
    """固定资产占用情况表：有数量的资产有价值，有价值的资产有数量。"""
    sheet = Sheet.of(document, "assets")
    for row in sheet.at_level(1):
        quantity, value = sheet.cite(row, "quantity"), sheet.cite(row, "value")
        if not isinstance(quantity.value, Decimal) or not isinstance(value.value, Decimal):
            yield Skipped(f"{sheet.title}“{sheet.named(row)}”缺数量或价值")
        elif (quantity.value > ZERO) != (value.value > ZERO):
            message = f"{quantity.spoken}，{value.spoken}，一个为0，另一个不为0。请核对。"
            yield Problem(message, (quantity, value))
        else:
            yield Agreed()


@rule("T14.4", Family.FOOTING, Severity.ERROR, applies=(own, *ASSETS))
def assets_are_as_told(document: Document) -> Iterator[Outcome]:
    """固定资产占用情况表：资产总额等于文字说明所用的固定资产总额。"""
    told = stated(document.content.facts.assets.total, "文字说明中的固定资产总额")
    yield Compared(Sheet.of(document, "assets").total("value"), told)
