"""A third layout, to prove that one needs a module and nothing else: 元, other titles and order, no carry rows."""

from budgets.enums import GENERAL_BUDGETS, OWN_INCOME, Source
from disclosure.layouts.base import Layout, Part, PartKind, SectionPlan, computed, heading, table, written
from disclosure.layouts.hebei import HEBEI
from disclosure.tables.base import Heading, Printed
from disclosure.tables.plan import IncomeRow, RowPlan

PLAN = RowPlan(
    income_rows=(
        IncomeRow("财政拨款收入", GENERAL_BUDGETS),
        IncomeRow("其他收入", (Source.SPECIAL_ACCOUNT, *OWN_INCOME)),
    ),
    labels={
        "surplus": "动用结余",
        "forward": "结转下年",
        "income_total": "收入总计",
        "spending_total": "支出总计",
        "fresh_fiscal": "财政拨款收入",
        "forward_fiscal": "结转下年",
    },
    carry_rows=False,
    framework="2021",
)

SMALL = Layout(
    key="small",
    name="试验版式",
    money_unit="元",
    title="{name}{year}年度{body}预算",
    plan=PLAN,
    sections=(
        SectionPlan("goals", "一", "目标", (Part(PartKind.OVERALL_GOAL), table("overall_goals"), table("goals"))),
        SectionPlan("money", "二", "{body}收支", (computed("revenue"), table("projects"), table("totals"))),
        SectionPlan("fiscal", "三", "财政拨款", (table("fiscal_totals"), table("three_public"))),
        SectionPlan("words", "四", "其他", (heading("说明"), written("other_matters"))),
    ),
    tables={
        "totals": Heading("表3", "收支总表", unit="元"),
        "projects": Heading("表2", "项目支出表", unit="元", wide=True),
        "overall_goals": Heading("表1", "{body}整体支出绩效目标表", unit="元"),
        "goals": Heading("", "绩效目标表", unit="元"),
        "fiscal_totals": Heading("表4", "财政拨款收支总表", unit="元"),
        "three_public": Heading(
            "表5",
            "“三公”经费和机关运行经费预算表",
            unit="元",
            columns=(Printed("total", "{year}年“三公”经费"), Printed("operating_costs", "机关运行经费预算数")),
            levels=(0,),
        ),
    },
    wording={**HEBEI.wording, "preamble": "{部门}{年度}年预算：", "revenue": "收入{收入合计}。"},
)
