"""What was read but must be confirmed: values taken apart, codes and years inferred, sums that do not agree."""

from collections.abc import Iterator

from budgets.enums import PreviousRow
from disclosure.intake.past.assets import TOTAL
from disclosure.intake.past.money import OPERATING_TOTAL
from disclosure.intake.past.proposal import Figure, Goal, Proposal, Remark, in_wan, total


def doubts_of(proposal: Proposal) -> Iterator[Remark]:
    """Yield every doubt."""
    yield from _assumed(proposal)
    for goal in proposal.goals:
        yield from _of_goal(goal, proposal.year.text)
    yield from _sums(proposal)
    yield from _projects(proposal)
    yield from _unmeasured(proposal)
    yield from _assets(proposal)


def _assumed(proposal: Proposal) -> Iterator[Remark]:
    head = next((unit for unit in proposal.units if unit.head), None)
    if proposal.units and head is None:
        yield Remark(proposal.units[0].name.place, "没有印哪个单位是本级：暂以第一个单位为本级。")
    if len(proposal.units) > 1:
        yield Remark(proposal.units[0].name.place, "公用经费、“三公”经费暂列在本级，资金来源暂列一般公共预算拨款。")
    if any(goal.code.text for goal in proposal.goals):
        yield Remark(proposal.goals[0].code.place, "项目起始年度由项目编码第7、8位推得。")


def _of_goal(goal: Goal, year: str) -> Iterator[Remark]:
    if year and first_year(goal.code.text) not in {"", year}:
        yield Remark(
            goal.code.place,
            f"项目“{goal.name.text}”的编码是{first_year(goal.code.text)}年度的：请核对资金是否为上年结转。",
        )
    if goal.name.text and "绩效目标" in goal.title.text and goal.name.text not in goal.title.text:
        yield Remark(goal.title.place, f"表名“{goal.title.text}”与项目名称“{goal.name.text}”不一致。")
    if goal.amount and goal.fiscal and goal.amount.yuan != total([goal.fiscal, goal.other]):
        yield Remark(goal.amount.place, f"项目“{goal.name.text}”的预算数不等于财政资金与其他资金之和。")
    if goal.amount and not goal.measured:
        yield Remark(goal.amount.place, f"项目“{goal.name.text}”的表没有注明金额单位，暂按万元。")
    yield from _indicators(goal)


def _indicators(goal: Goal) -> Iterator[Remark]:
    for indicator in goal.indicators:
        if indicator.split.doubts:
            doubts = "、".join(indicator.split.doubts)
            message = f"指标“{indicator.name.text}”的指标值“{indicator.printed.text}”待确认：{doubts}。"
            yield Remark(indicator.printed.place, message)


def first_year(code: str) -> str:
    """Return the year a project's code carries in its 7th and 8th characters; none where they are no digits."""
    digits = code[6:8]
    return f"20{digits}" if len(code) > 8 and code[:8].isdecimal() else ""  # noqa: PLR2004 positions of a code


def _unmeasured(proposal: Proposal) -> Iterator[Remark]:
    assets = proposal.assets
    if assets.rows and not assets.measured:
        yield Remark(assets.rows[0].place, "固定资产表没有注明金额单位，暂按万元。")


def _sums(proposal: Proposal) -> Iterator[Remark]:
    money = proposal.money
    revenue = [figure for figure in money.revenue if figure.key != PreviousRow.REVENUE_TOTAL]
    yield from _sum("收入", money.figure(PreviousRow.REVENUE_TOTAL), revenue)
    yield from _sum("基本支出", money.figure(PreviousRow.BASIC), _of(proposal, "personnel", "public"))
    yield from _sum("支出", money.figure(PreviousRow.TOTAL), _of(proposal, "basic", "project"))
    items = [figure for figure in money.operating if figure.key != OPERATING_TOTAL]
    yield from _sum("机关运行经费", money.figure(OPERATING_TOTAL), items)
    public = _of(proposal, "abroad", "vehicle_purchase", "vehicle_running", "reception")
    yield from _sum("“三公”经费", money.figure(PreviousRow.THREE_PUBLIC), public)
    tables = [Figure("", goal.name, goal.amount) for goal in proposal.goals]
    yield from _sum("项目绩效目标表", money.figure(PreviousRow.PROJECT), tables)


def _of(proposal: Proposal, *keys: str) -> list[Figure]:
    found = (proposal.money.figure(key) for key in keys)
    return [figure for figure in found if figure]


def _sum(name: str, whole: Figure | None, parts: list[Figure]) -> Iterator[Remark]:
    added = total([part.amount for part in parts])
    if whole and whole.amount and parts and whole.amount.yuan != added:
        difference = abs(whole.amount.yuan - added)
        message = f"{name}各项合计{in_wan(added)}，与总数{in_wan(whole.amount.yuan)}相差{in_wan(difference)}。"
        yield Remark(whole.amount.place, message)


def _projects(proposal: Proposal) -> Iterator[Remark]:
    """Name the projects of the prose that no goal table names, and tables whose project the prose does not name."""
    tables = {goal.name.text for goal in proposal.goals}
    named = {figure.name.text for figure in proposal.money.projects}
    for figure in proposal.money.projects:
        if figure.name.text not in tables:
            yield Remark(figure.name.place, f"文字说明中的项目“{figure.name.text}”没有同名的绩效目标表。")
    for goal in proposal.goals:
        if named and goal.name.text not in named:
            yield Remark(goal.name.place, f"绩效目标表的项目“{goal.name.text}”在文字说明中没有同名项目。")


def _assets(proposal: Proposal) -> Iterator[Remark]:
    assets = proposal.assets
    rows = [row.value for row in assets.rows if row.key != TOTAL]
    if assets.total and any(rows) and assets.total.yuan != total(rows):
        yield Remark(assets.total.place, "固定资产表各类价值之和与文字说明的总额不一致。")
    for row in assets.rows:
        if row.key == TOTAL and row.value is None:
            yield Remark(row.place, "固定资产表的资产总额空白。")
        elif row.key != TOTAL and row.quantity.text and not row.measure.text:
            yield Remark(row.place, "固定资产有数量，没有计量单位。")
    if assets.rows and assets.as_of.text and not assets.as_of.text.startswith(str(_before(proposal.year.text))):
        yield Remark(assets.as_of.place, f"固定资产截至时间“{assets.as_of.text}”不是上年末。")


def _before(year: str) -> str:
    return str(int(year) - 1) if year else ""
