"""河北省: nine sections of 说明, then the 部门预算公开表 (《河北省省级预算公开办法》)."""

from budgets.enums import OWN_INCOME, Source
from disclosure.layouts.base import Layout, Part, PartKind, SectionPlan, computed, heading, table, written
from disclosure.tables.base import Heading
from disclosure.tables.scope import IncomeRow

INCOME_ROWS = (
    IncomeRow("一般公共预算拨款收入", (Source.GENERAL,)),
    IncomeRow("政府性基金预算拨款收入", (Source.FUND,)),
    IncomeRow("国有资本经营预算拨款收入", (Source.CAPITAL,)),
    IncomeRow("财政专户管理资金收入", (Source.SPECIAL_ACCOUNT,)),
    IncomeRow("单位资金", OWN_INCOME),
)

SECTIONS = (
    SectionPlan(
        "duties",
        "一",
        "部门职责及机构设置情况",
        (heading("部门职责"), written("duties"), heading("机构设置"), table("units")),
    ),
    SectionPlan(
        "overview",
        "二",
        "部门预算安排的总体情况",
        (
            computed("basis"),
            heading("1、收入说明"),
            computed("revenue"),
            heading("2、支出说明"),
            computed("expenditure"),
            heading("3、比上年增减情况"),
            computed("change"),
        ),
    ),
    SectionPlan("operating_costs", "三", "机关运行经费安排情况", (computed("operating_costs"),)),
    SectionPlan("three_public", "四", "财政拨款“三公”经费预算情况及增减变化原因", (computed("three_public"),)),
    SectionPlan(
        "performance",
        "五",
        "绩效预算信息",
        (
            heading("总体绩效目标"),
            Part(PartKind.OVERALL_GOAL),
            heading("分项绩效目标"),
            Part(PartKind.DUTY_GOALS),
            heading("工作保障措施"),
            Part(PartKind.SAFEGUARDS),
            heading("项目绩效目标表"),
            Part(PartKind.GOAL_TABLES),
        ),
    ),
    SectionPlan("procurement", "六", "政府采购预算情况", (computed("procurement"), table("procurement"))),
    SectionPlan("assets", "七", "国有资产信息", (computed("assets"), table("assets"))),
    SectionPlan("glossary", "八", "名词解释", (Part(PartKind.GLOSSARY),)),
    SectionPlan("others", "九", "其他需要说明的事项", (written("other_matters"),)),
    SectionPlan(
        "tables",
        "",
        "部门预算公开表",
        tuple(
            table(key)
            for key in (
                "totals",
                "income",
                "spending",
                "fiscal_totals",
                "general_expenditure",
                "basic_expenditure",
                "fund_expenditure",
                "capital_expenditure",
                "three_public",
            )
        ),
    ),
)

TABLES = {
    "units": Heading("", "部门机构设置情况", unit=""),
    "totals": Heading("表一", "部门预算收支总表"),
    "income": Heading("表二", "部门预算收入总表", wide=True),
    "spending": Heading("表三", "部门预算支出总表", wide=True),
    "fiscal_totals": Heading("表四", "部门预算财政拨款收支总表", wide=True),
    "general_expenditure": Heading("表五", "部门预算一般公共预算财政拨款支出表"),
    "basic_expenditure": Heading("表六", "部门预算一般公共预算财政拨款基本支出表"),
    "fund_expenditure": Heading("表七", "部门预算政府基金预算财政拨款支出表"),
    "capital_expenditure": Heading("表八", "部门预算国有资本经营预算财政拨款支出表"),
    "three_public": Heading("表九", "部门预算财政拨款“三公”经费支出表"),
    "goals": Heading("", "绩效目标表"),
    "procurement": Heading("", "部门政府采购预算", wide=True),
    "assets": Heading("", "部门固定资产占用情况表"),
}

WORDING = {
    "preamble": "按照《预算法》、《地方预决算公开操作规程》和《河北省省级预算公开办法》规定，"
    "现将{department}{year}年部门预算公开如下：",
    "basis": "按照预算管理有关规定，目前{region}部门预算的编制实行综合预算制度，即全部收入和支出都反映在预算中。"
    "{department}机关及所属事业单位的收支包含在部门预算中。",
    "revenue": "{year}年预算收入为{total}，其中：{items}。",
    "carried_over": "上年结转",
    "surplus": "使用非财政拨款结余",
    "expenditure": "收支预算总表支出栏、基本支出表、项目支出表按经济分类和支出功能分类科目编制，"
    "反映{department}{year}年度部门预算中支出预算的总体情况。{year}年预算支出为{total}，其中：基本支出{basic}，"
    "主要是人员经费{personnel}和日常公用经费{public}；项目支出{project}{projects}{other}。",
    "projects": "，主要为{items}",
    "project_item": "{name}项目安排{amount}",
    "other_expenditure": "；上缴上级、经营和对附属单位补助等支出{amount}",
    "change": "{year}年预算支出安排{total}，较{last_year}年预算{change}，其中：基本支出{basic}，"
    "主要为人员经费支出{personnel}及日常公用经费支出{public}；项目支出{project}{reason}。",
    "project_reason": "，主要为{reason}",
    "part_reason": "（{reason}）",
    "revenue_change": "{year}年预算收入安排{total}，较{last_year}年预算{change}{reason}。",
    "revenue_reason": "，主要原因是{reason}",
    "no_previous": "本年度没有可以比较的上年预算数。",
    "operating_costs": "机关运行经费共计安排{total}，主要用于：{items}。",
    "no_operating_costs": "本部门没有行政单位和参照公务员法管理的事业单位，不安排机关运行经费。",
    "three_public": "{year}年，{we}财政拨款“三公”经费预算安排{total}，其中因公出国（境）费{abroad}；"
    "公务用车购置及运行费{vehicles}（其中：公务用车购置费为{vehicle_purchase}，公务用车运行费{vehicle_running}）；公务接待费{reception}。",
    "three_public_change": "较去年{change}，其中：{items}。",
    "three_public_item": "{name}{change}{reason}",
    "three_public_reason": "，主要是{reason}",
    "procurement": "{year}年，{we}安排政府采购预算{total}，具体内容见下表。",
    "assets": "截至上年末，{we}固定资产总额{total}{note}。",
    "asset_note": "，{reason}",
    "empty_table": "无此项公开内容，空表列示。{reason}。",
}

HEBEI = Layout(
    key="hebei",
    name="河北省",
    money_unit="万元",
    title="{department}{year}年部门预算公开说明",
    income_rows=INCOME_ROWS,
    sections=SECTIONS,
    tables=TABLES,
    wording=WORDING,
)
