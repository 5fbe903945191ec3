"""填报口径 of goals and indicators (see :mod:`budgets.meanings`)."""

from budgets.meanings import BUDGET, OWN_PROJECT, SUMMARY_UNIT, Meaning

PLAN = "截至这个时点累计支出占全年预算的百分比，不小于前一个时点。"
POSITION = Meaning("在表中排第几，从1起。", "1")
STATED = {
    "position": POSITION,
    "classified": Meaning("指标的一级和二级分类，从本版式的指标体系中选。", "产出指标/数量指标"),
    "name": Meaning("三级指标的名称，一条指标只说一件事。", "培训党员人数"),
    "description": Meaning("指标衡量什么、怎样计算。", "全年参加培训的党员总人数"),
    "operator": Meaning("指标值前的符号；不能用数字衡量的选“定性”。", "≥"),
    "value": Meaning("要达到的数值；定性指标写要达到的程度。", "500"),
    "measure": Meaning("指标值的计量单位；定性指标留空。", "人"),
    "weight": Meaning("评价时这条指标占多少分；不打分的留空。", "10"),
    "basis": Meaning("指标值根据什么定的。", "年度工作计划"),
    "printed_value": Meaning("原文件中指标值的写法；系统拼出的与原文一样时留空。"),
}
OWN = {
    "performance.OverallGoal": {
        "budget": BUDGET,
        "unit": SUMMARY_UNIT,
        "text": Meaning("本年度总的绩效目标，一段话。", "围绕中心工作，加强党的组织建设。"),
        "safeguards": Meaning("实现目标的保障措施，一条一行。", "完善制度建设，加强支出管理。"),
    },
    "performance.DutyGoal": {
        "budget": BUDGET,
        "unit": SUMMARY_UNIT,
        "position": POSITION,
        "duty": Meaning("一项职责的名称，一项一行。", "组织建设"),
        "responsibilities": Meaning("这项职责主要做什么。", "负责基层党组织建设。"),
        "objective": Meaning("履行这项职责要达到什么。", "基层党组织健全有力。"),
        "goal": Meaning("这项职责本年度的绩效目标。", "完成全年党员培训计划。"),
        "indicators": Meaning("衡量目标用的指标，多个用顿号隔开。", "培训期数、参训人数"),
        "standard": Meaning("指标达到什么程度算完成。", "培训不少于10期"),
    },
    "performance.AnnualTask": {
        "budget": BUDGET,
        "position": POSITION,
        "name": Meaning("部门本年度的一项主要任务；金额由所属项目相加，不用填。", "加强基层党建"),
        "content": Meaning("这项任务的主要内容。", "开展党员轮训，规范支部活动。"),
    },
    "performance.OverallIndicator": {"budget": BUDGET, "unit": SUMMARY_UNIT, **STATED},
    "performance.ProjectGoal": {
        "budget": BUDGET,
        "project": OWN_PROJECT,
        "position": POSITION,
        "task": Meaning("这个项目属于部门的哪项年度主要任务；没有编部门整体目标的留空。", "加强基层党建"),
        "purpose": Meaning("项目资金用在什么地方。", "用于党员教育培训。"),
        "plan_march": Meaning(PLAN, "25"),
        "plan_june": Meaning(PLAN, "50"),
        "plan_october": Meaning(PLAN, "80"),
        "plan_december": Meaning(PLAN, "100"),
    },
    "performance.GoalStatement": {
        "goal": OWN_PROJECT,
        "number": Meaning("这条目标是项目的第几条，从1起。", "1"),
        "text": Meaning("项目的一条绩效目标，说清要做成什么。", "完成全年党员培训计划，提高党员素质。"),
    },
    "performance.Indicator": {"goal": OWN_PROJECT, **STATED},
}
