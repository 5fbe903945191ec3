"""What the document does not say and a person must still add."""

from collections.abc import Iterator

from budgets.enums import PreviousRow, ThreePublicItem
from disclosure.intake.past.proposal import Figure, Goal, Proposal, Remark, Unit, in_wan

MONTHS = ("3月底", "6月底", "10月底", "12月底")
NAMES = {str(item.value): str(item.label) for item in (*PreviousRow, *ThreePublicItem)}


def gaps_of(proposal: Proposal) -> tuple[Remark, ...]:
    """Return every gap; those of a whole list once."""
    return (*_register(proposal), *_codes(proposal), *_goals(proposal), *_reasons(proposal), *_texts(proposal))


def _register(proposal: Proposal) -> Iterator[Remark]:
    if not proposal.year.text:
        yield Remark("", "没有找到预算年度。")
    if not proposal.units:
        yield Remark("", "没有找到单位表：请填写单位、性质、规格和经费保障形式。")
    for unit in proposal.units:
        yield from _of_unit(unit)
    if proposal.units:
        yield Remark(proposal.units[0].name.place, "编制数、实有人数没有印。")


def _of_unit(unit: Unit) -> Iterator[Remark]:
    cells = {"单位编码": unit.code, "单位性质": unit.nature, "单位规格": unit.rank, "经费保障形式": unit.funding}
    for name, cell in cells.items():
        if not cell.text:
            yield Remark(cell.place or unit.name.place, f"“{unit.name.text}”没有印{name}。")


def _codes(proposal: Proposal) -> Iterator[Remark]:
    money = proposal.money
    place = money.spending[0].name.place if money.spending else ""
    yield Remark(place, "支出没有功能分类科目：每一笔支出请填到项。")
    yield Remark(place, "支出没有部门经济分类、政府经济分类科目：基本支出请填到款。")
    personnel = money.figure(PreviousRow.PERSONNEL)
    if personnel and personnel.amount:
        yield Remark(personnel.amount.place, f"人员经费{in_wan(personnel.amount.yuan)}只有合计，请按单位和科目填写。")
    if len(proposal.units) > 1:
        yield Remark(place, "收入、公用经费、“三公”经费只有部门合计：请按单位拆分。")
    if not money.operating:
        yield Remark("", "没有找到机关运行经费的明细。")
    if not money.three_public:
        yield Remark("", "没有找到“三公”经费。")
    if not proposal.assets.rows:
        yield Remark("", "没有找到固定资产占用情况表。")


def _goals(proposal: Proposal) -> Iterator[Remark]:
    if not proposal.goals:
        yield Remark("", "没有找到项目绩效目标表。")
        return
    yield Remark(proposal.goals[0].code.place, f"{len(proposal.goals)}个项目没有印项目类别（其他运转类、特定目标类）。")
    for goal in proposal.goals:
        yield from _of_goal(goal)


def _of_goal(goal: Goal) -> Iterator[Remark]:
    name = f"项目“{goal.name.text or goal.title.text}”"
    absent = {
        "没有项目编码": not goal.code.text,
        "没有项目名称": not goal.name.text,
        "的预算数没有读出": goal.amount is None,
        "没有绩效目标": not goal.statements,
        "没有绩效指标": not goal.indicators,
        "没有资金支出计划": not goal.plan,
    }
    for message, holds in absent.items():
        if holds:
            yield Remark(goal.code.place or goal.title.place, f"{name}{message}。")
    for month, cell in zip(MONTHS, goal.plan, strict=False):
        if not cell.text:
            yield Remark(cell.place or goal.code.place, f"{name}{month}的支出计划空白：无支出请填0%。")


def _reasons(proposal: Proposal) -> Iterator[Remark]:
    """Ask for last year's figures and for reasons where the prose states none."""
    money = proposal.money
    for key in (PreviousRow.REVENUE_TOTAL, PreviousRow.TOTAL, PreviousRow.PERSONNEL, PreviousRow.PUBLIC):
        yield from _of_change(key, money.figure(key))
    yield from _of_change(PreviousRow.PROJECT, money.figure(PreviousRow.PROJECT))
    for item in ThreePublicItem if money.three_public else ():
        yield from _of_change(item, money.figure(item))


def _of_change(key: str, figure: Figure | None) -> Iterator[Remark]:
    name = NAMES[str(key)]
    if figure is None or figure.amount is None:
        yield Remark("", f"没有找到{name}的金额。")
    elif figure.change is None:
        yield Remark(figure.amount.place, f"{name}没有说明比上年增减多少和原因：上年数请填写。")
    elif figure.change.yuan and not figure.reason.text and key != PreviousRow.TOTAL:
        yield Remark(figure.change.place, f"{name}没有说明增减原因。")


def _texts(proposal: Proposal) -> Iterator[Remark]:
    narrative = proposal.narrative
    found: dict[str, tuple[object, ...]] = {
        "部门职责": narrative.duties,
        "总体绩效目标": narrative.overall_goal,
        "分项绩效目标": narrative.duty_goals,
        "工作保障措施": narrative.safeguards,
        "名词解释": narrative.glossary,
        "其他需要说明的事项": narrative.other_matters,
        "新增资产说明": narrative.asset_note,
    }
    yield from (Remark("", f"没有找到{name}。") for name, texts in found.items() if not texts)
