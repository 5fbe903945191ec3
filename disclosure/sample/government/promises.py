"""What a synthetic department and its units promise: goals, tasks, duties, and indicators in the framework of 2015."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from budgets.models import Project, Unit
from disclosure.sample.government.book import Book
from disclosure.sample.government.dice import Dice
from performance.enums import Operator
from performance.models import (
    AnnualTask,
    DutyGoal,
    GoalStatement,
    Indicator,
    OverallGoal,
    OverallIndicator,
    ProjectGoal,
)

WEIGHTS = (20, 20, 10, 10, 20, 10)
WHOLE = "100.00"


class Measure(NamedTuple):
    """An indicator in the making; ``low`` to ``high`` is the value, none for 定性."""

    level2: str
    name: str
    operator: Operator
    low: int
    high: int
    measure: str
    words: str = ""


GOALS = (
    "完成{subject}年度任务，保障工作正常开展。",
    "规范{subject}资金管理，提高资金使用效益。",
    "提升{subject}服务水平，群众得到实惠。",
)
MEASURES = (
    Measure("数量指标", "完成工作任务数量", Operator.AT_LEAST, 2, 60, "项"),
    Measure("质量指标", "验收合格率", Operator.AT_LEAST, 92, 100, "%"),
    Measure("时效指标", "任务按期完成率", Operator.AT_LEAST, 90, 100, "%"),
    Measure("成本指标", "实际支出占预算的比例", Operator.AT_MOST, 100, 100, "%"),
    Measure("社会效益指标", "公共服务水平", Operator.QUALITATIVE, 0, 0, "", "有所提升"),
    Measure("服务对象满意度指标", "服务对象满意度", Operator.AT_LEAST, 85, 98, "%"),
)
COUNTED = {
    "完成工作任务数量": "按工作台账统计的全年办结任务项数",
    "验收合格率": "一次通过验收的任务项数占验收总项数的比例",
    "任务按期完成率": "在计划时限内办结的任务项数占任务总项数的比例",
    "实际支出占预算的比例": "全年实际支出与预算安排数之比，按支付凭证汇总",
    "公共服务水平": "以群众走访和行业检查结果综合评价",
    "服务对象满意度": "问卷中表示满意的人数占收回有效问卷人数的比例",
}
"""How each is counted."""


def promise(book: Book) -> None:
    """Write every promise of the department's year."""
    tasks = _tasks(book)
    _overall(book, None)
    for place in book.seat.places:
        _overall(book, place.unit)
    for position, project in enumerate(book.projects(), start=1):
        _project(book, position, project, tasks)


def _tasks(book: Book) -> list[AnnualTask]:
    subjects = book.seat.character.subjects[: book.dice.between(2, 3)]
    tasks = [
        AnnualTask(
            budget=book.budget,
            position=position,
            name=f"推进{subject}",
            content=f"围绕{subject}，明确责任、进度和标准，按季度检查落实情况。",
        )
        for position, subject in enumerate(subjects, start=1)
    ]
    book.rows.add(*tasks)
    return tasks


def _overall(book: Book, unit: Unit | None) -> None:
    """Write what a scope promises as a whole, its duties and its indicators."""
    scope = {"budget": book.budget, "unit": unit}
    name, subjects = (unit.name if unit else book.seat.department.name), book.seat.character.subjects
    book.rows.add(
        OverallGoal(
            **scope,
            text=f"{name}围绕{'、'.join(subjects[:3])}等重点工作，提高资金使用效益。\n按照年度计划完成各项任务，群众满意度不断提高。",
            safeguards="健全制度，加强预算执行监控。\n落实绩效自评，评价结果与下年预算安排挂钩。",
        )
    )
    for position, subject in enumerate(subjects[: 2 if unit is None else 1], start=1):
        book.rows.add(DutyGoal(**scope, position=position, duty=subject, **_duty(subject)))
    for values in _stated(book, book.dice, weighed=unit is None):
        book.rows.add(OverallIndicator(**scope, **values))


def _duty(subject: str) -> dict[str, str]:
    return {
        "responsibilities": f"负责{subject}的规划、组织实施和监督检查。",
        "objective": f"{subject}工作有序开展，年度任务全面完成。",
        "goal": "任务按期完成，资金使用合规，服务对象满意。",
        "indicators": "任务按期完成率、验收合格率、服务对象满意度。",
        "standard": "优：≥95%；良：≥85%且＜95%；中：≥75%且＜85%；差：＜75%。",
    }


def _project(book: Book, position: int, project: Project, tasks: list[AnnualTask]) -> None:
    """Write a project's goal table: cumulative plan, numbered goals, indicators."""
    dice, march = book.dice, book.dice.between(0, 30)
    june = dice.between(march, 60)
    october = dice.between(june, 95)
    goal = ProjectGoal(
        budget=book.budget,
        project=project,
        position=position,
        task=dice.pick(tasks) if dice.chance(70) else None,
        purpose=f"用于{project.name.removeprefix('示例')}相关的设施、设备、材料和服务支出。",
        plan_march=Decimal(march),
        plan_june=Decimal(june),
        plan_october=Decimal(october),
        plan_december=Decimal(WHOLE),
    )
    book.rows.add(goal)
    subject = project.name.removeprefix("示例")
    for number, text in enumerate(GOALS[: dice.between(1, 3)], start=1):
        book.rows.add(GoalStatement(goal=goal, number=number, text=text.format(subject=subject)))
    for values in _stated(book, dice, weighed=dice.chance(50)):
        book.rows.add(Indicator(goal=goal, **values))


def _stated(book: Book, dice: Dice, *, weighed: bool) -> Iterator[dict[str, Any]]:
    """Yield what each indicator of one table states; weights, where there are any, add up to 90."""
    for position, (measure, weight) in enumerate(zip(MEASURES, WEIGHTS, strict=True), start=1):
        yield {
            "position": position,
            "classified": book.codes.classes[measure.level2],
            "name": measure.name,
            "description": COUNTED[measure.name],
            "operator": measure.operator,
            "value": measure.words or str(dice.between(measure.low, measure.high)),
            "measure": measure.measure,
            "weight": Decimal(weight) if weighed else None,
            "basis": "年度工作计划和历史数据",
        }
