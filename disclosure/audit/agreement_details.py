"""X10 to X14, X16, X19 and X20: the schedules, last year and empty tables agree with the main tables."""

from collections.abc import Collection, Iterator
from decimal import Decimal

from budgets.enums import OPERATING_NATURES, AssetCategory
from budgets.money import ZERO
from disclosure.audit.agreement import DETAILS
from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Compared, Outcome, Problem, Relation, Skipped, added, stated
from disclosure.audit.conditions import budget_only, own
from disclosure.audit.reading import Sheet, filled, goal_money, number, plan_of, printed, sheets
from disclosure.audit.three_public import this_year
from disclosure.document import Document
from disclosure.facts import Figure
from disclosure.layouts import layout_of

NATURES = {
    "reception": ("30217",),
    "abroad": ("30212",),
    "vehicle_running": ("30231",),
    "vehicle_purchase": ("31013", "30913"),
}
OPERATING = {str(nature.label) for nature in OPERATING_NATURES}


@rule(
    "X10",
    Family.AGREEMENT,
    Severity.ERROR,
    applies=(budget_only, printed("three_public", "basic_expenditure", "spending")),
)
def three_public_holds_basic(document: Document) -> Iterator[Outcome]:
    """“三公”经费各项不小于基本支出表的同一科目（30217、30212、30231、31013和30913）；超出部分在项目支出中安排。"""
    basic = Sheet.of(document, "basic_expenditure")
    codes, figures, beyond = basic.by_code("total"), this_year(document), ZERO
    for part, natures in NATURES.items():
        listed = added((codes[code] for code in natures if code in codes), f"{basic.title}“{'、'.join(natures)}”")
        if any(_closed(codes, code[:3]) for code in natures):
            yield Skipped(f"{basic.title}的{'、'.join(natures)}没有列到款")
        elif part in figures:
            yield Compared(figures[part], listed, Relation.AT_LEAST)
            beyond += max(number(figures[part]) - number(listed), ZERO)
    if not plan_of(document).details_carried and any(i.carried_over for i in document.content.facts.revenue.items):
        return  # 表六不含上年结转安排的基本支出，超出部分可能在其中
    projects = Sheet.of(document, "spending").total("project")
    yield Compared(projects, stated(beyond, "“三公”经费超出基本支出的部分"), Relation.AT_LEAST)


def _closed(codes: Collection[str], head: str) -> bool:
    """Tell whether a 类 is printed without its 款."""
    return head in codes and not any(code.startswith(head) and code != head for code in codes)


@rule("X11", Family.AGREEMENT, Severity.ERROR, applies=(own, printed("basic_expenditure")))
def operating_costs_are_public(document: Document) -> Iterator[Outcome]:
    """机关运行经费只统计行政和参公单位：不大于基本支出表的公用经费；全部单位都是的，两者相等；都不是的，为0。"""
    facts, public = document.content.facts, Sheet.of(document, "basic_expenditure").total("public")
    costs = stated(facts.operating_costs.total, "机关运行经费")
    operating = [unit for unit in facts.units if unit.nature in OPERATING]
    if not facts.units:
        yield Skipped("没有单位的性质")
    elif not operating:
        yield Compared(costs, stated(ZERO, "事业单位的机关运行经费"))
    else:
        alone = len(operating) == len(facts.units)
        yield Compared(public, costs, Relation.EQUAL if alone else Relation.AT_LEAST)


@rule("X12", Family.AGREEMENT, Severity.ERROR, applies=(printed("projects", "spending", *DETAILS.values()),))
def projects_agree(document: Document) -> Iterator[Outcome]:
    """项目支出表的合计等于支出总表的项目支出；其中三本预算各等于其支出表的项目支出。"""
    projects, carried = Sheet.of(document, "projects"), plan_of(document).details_carried
    yield Compared(projects.total("total"), Sheet.of(document, "spending").total("project"))
    for source, key in DETAILS.items():
        columns = (str(source), *((f"{source}_carried",) if carried else ()))
        paid = added(map(projects.total, columns), f"{projects.title}的{source.label}合计")
        yield Compared(paid, Sheet.of(document, key).total("project"))


@rule("X13", Family.AGREEMENT, Severity.ERROR, applies=(budget_only, printed("spending")))
def goals_cover_projects(document: Document) -> Iterator[Outcome]:
    """各项目绩效目标表的预算数之和不大于支出总表的项目支出；要求每个项目都有目标的，加上涉密项目后两者相等。"""
    amounts = [next(goal_money(table)) for table in document.content.tables if table.key.startswith("goal-")]
    projects = Sheet.of(document, "spending").total("project")
    if not layout_of(document.content.layout).goal_for_every_project:
        yield Compared(projects, added(amounts, "各项目绩效目标表预算数之和"), Relation.AT_LEAST)
        return
    secret = [stated(p.amount, p.name) for p in document.content.facts.projects if not p.code]
    words = f"各项目绩效目标表预算数{'和涉密项目' if secret else ''}之和"
    yield Compared(projects, added([*amounts, *secret], words))


@rule("X14", Family.AGREEMENT, Severity.ERROR, applies=(budget_only, filled("procurement"), printed("spending")))
def procurement_is_within(document: Document) -> Iterator[Outcome]:
    """政府采购预算当年安排的资金不大于支出总表的合计，每个项目的采购不大于该项目的预算。"""
    sheet = Sheet.of(document, "procurement")
    yield Compared(Sheet.of(document, "spending").total("total"), sheet.total("budgeted"), Relation.AT_LEAST)
    bought: dict[str, list[int]] = {}
    for row in sheet.at_level(1):
        if sheet.text(row, "project_amount"):
            bought.setdefault(sheet.text(row, "project"), []).append(row)
    for name, rows in bought.items():
        budgets = [stated(p.amount, name) for p in document.content.facts.projects if p.name == name]
        limit = added(budgets or [sheet.cite(rows[0], "project_amount")], f"项目“{name}”的预算")
        yield Compared(limit, sheet.summed(rows, "budgeted", f"项目“{name}”的采购"), Relation.AT_LEAST)


@rule("X19", Family.AGREEMENT, Severity.ERROR, applies=(own,))
def empty_tables_say_so(document: Document) -> Iterator[Outcome]:
    """说明为空表的表没有数据或全为0；没有数据或全为0的表说明原因。"""
    for sheet in sheets(document):
        figures, reason = _figures(sheet), sheet.table.empty_reason
        filled_in = bool(sheet.table.rows) if figures is None else any(isinstance(f, Decimal) and f for f in figures)
        if reason and filled_in:
            yield Problem(f"{sheet.title}已有数据，又说明为空表（{reason}）。请删除空表说明或数据。")
        if not reason and not filled_in and None not in (figures or ()):
            yield Problem(f"{sheet.title}没有数据，也没有空表说明。请填写数据，或说明没有安排的原因。")


def _figures(sheet: Sheet) -> list[Figure] | None:
    """Return this year's figures of a table; None for a table of words, which is empty only without rows."""
    counted = [column.key for column in sheet.table.columns if column.kind == "number" and column.key != "ordinal"]
    if not sheet.money:
        return None
    columns = [*sheet.money, *counted]
    return [sheet.cite(row, of).value for row, _ in sheet.numbered for of in columns if sheet.has_cell(row, of)]


@rule("X20", Family.AGREEMENT, Severity.WARNING, applies=(own, printed("three_public")))
def vehicles_and_their_costs(document: Document) -> Iterator[Outcome]:
    """有公务用车才有公务用车运行费，有运行费才有车；不一致的请说明。"""
    held = [item for item in document.content.facts.assets.items if item.name == str(AssetCategory.VEHICLES.label)]
    running = this_year(document).get("vehicle_running", stated(None, "公务用车运行费"))
    if not held or held[0].quantity is None or not isinstance(running.value, Decimal):
        yield Skipped("没有车辆数量或公务用车运行费")
        return
    vehicles = stated(_count(held[0].quantity), "固定资产中的车辆", "assets", "quantity", held[0].measure)
    if not isinstance(vehicles.value, Decimal):
        yield Skipped("车辆数量不适用")
    elif (vehicles.value > ZERO) != (running.value > ZERO):
        yield Problem(
            f"{vehicles.spoken}，{running.spoken}，一个为0，另一个不为0。请核对，或说明原因。", (vehicles, running)
        )


def _count(text: str) -> Decimal | None:
    return Decimal(text) if text.replace(".", "", 1).isdecimal() else None
