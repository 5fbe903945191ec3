"""河北省: nine sections of 说明, then the 部门预算公开表 (《河北省省级预算公开办法》)."""

from budgets.enums import OWN_INCOME, Source
from disclosure.layouts.base import Layout, Part, PartKind, SectionPlan, chart, computed, heading, table, written
from disclosure.tables.base import Heading, Printed
from disclosure.tables.plan import ClassRow, IncomeRow, RowPlan

INCOME_ROWS = (
    IncomeRow("一般公共预算拨款收入", (Source.GENERAL,)),
    IncomeRow("政府性基金预算拨款收入", (Source.FUND,)),
    IncomeRow("国有资本经营预算拨款收入", (Source.CAPITAL,)),
    IncomeRow("财政专户管理资金收入", (Source.SPECIAL_ACCOUNT,)),
    IncomeRow("单位资金", OWN_INCOME),
)

CLASS_ROWS = (
    ClassRow("201", "一般公共服务支出"),
    ClassRow("202", "外交支出"),
    ClassRow("203", "国防支出"),
    ClassRow("204", "公共安全支出"),
    ClassRow("205", "教育支出"),
    ClassRow("206", "科学技术支出"),
    ClassRow("207", "文化旅游体育与传媒支出"),
    ClassRow("208", "社会保障和就业支出"),
    ClassRow("209", "社会保险基金支出"),
    ClassRow("210", "卫生健康支出"),
    ClassRow("211", "节能环保支出"),
    ClassRow("212", "城乡社区支出"),
    ClassRow("213", "农林水支出"),
    ClassRow("214", "交通运输支出"),
    ClassRow("215", "资源勘探工业信息等支出"),
    ClassRow("216", "商业服务业等支出"),
    ClassRow("217", "金融支出"),
    ClassRow("219", "援助其他地区支出"),
    ClassRow("220", "自然资源海洋气象等支出"),
    ClassRow("221", "住房保障支出"),
    ClassRow("222", "粮油物资储备支出"),
    ClassRow("223", "国有资本经营预算支出"),
    ClassRow("224", "灾害防治及应急管理支出"),
    ClassRow("227", "预备费"),
    ClassRow("229", "其他支出"),
    ClassRow("230", "转移性支出"),
    ClassRow("231", "债务还本支出"),
    ClassRow("232", "债务付息支出"),
    ClassRow("233", "债务发行费用支出"),
    ClassRow("234", "抗疫特别国债安排的支出"),
    ClassRow("", "人行科目"),
)

PLAN = RowPlan(
    income_rows=INCOME_ROWS,
    class_rows=CLASS_ROWS,
    labels={
        "income": "本年收入合计",
        "spending": "本年支出合计",
        "carried": "上年结转结余",
        "forward": "年终结转结余",
        "income_total": "收入总计",
        "spending_total": "支出总计",
        "fresh_fiscal": "一、本年收入",
        "carried_fiscal": "二、上年结转",
        "forward_fiscal": "结转下年",
    },
    framework="2015",
)

STATUTORY = (
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

SECTIONS = (
    SectionPlan(
        "duties",
        "一",
        "{body}职责及机构设置情况",
        (heading("{body}职责"), written("duties"), heading("机构设置"), table("units")),
    ),
    SectionPlan(
        "overview",
        "二",
        "{body}预算安排的总体情况",
        (
            computed("basis"),
            heading("1、收入说明"),
            computed("revenue"),
            heading("2、支出说明"),
            computed("expenditure"),
            heading("3、比上年增减情况"),
            computed("change"),
            *map(chart, ("functions", "kinds", "years")),
        ),
    ),
    SectionPlan("operating_costs", "三", "机关运行经费安排情况", (computed("operating_costs"),)),
    SectionPlan(
        "three_public",
        "四",
        "财政拨款“三公”经费预算情况及增减变化原因",
        (computed("three_public"), chart("three_public")),
    ),
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
            table("goals"),
        ),
    ),
    SectionPlan("procurement", "六", "政府采购预算情况", (computed("procurement"), table("procurement"))),
    SectionPlan("assets", "七", "国有资产信息", (computed("assets"), table("assets"))),
    SectionPlan("glossary", "八", "名词解释", (Part(PartKind.GLOSSARY),)),
    SectionPlan("others", "九", "其他需要说明的事项", (written("other_matters"),)),
    SectionPlan(
        "tables",
        "",
        "{body}预算公开表",
        (*map(table, STATUTORY), computed("code_lists")),
    ),
)

TABLES = {
    "units": Heading("", "{body}机构设置情况", unit=""),
    "totals": Heading(
        "表一",
        "{body}预算收支总表",
        columns=tuple(map(Printed, ("ordinal", "income", "income_amount", "spending", "spending_amount"))),
        counted=True,
    ),
    "income": Heading("表二", "{body}预算收入总表", wide=True),
    "spending": Heading("表三", "{body}预算支出总表", wide=True),
    "fiscal_totals": Heading("表四", "{body}预算财政拨款收支总表", wide=True),
    "general_expenditure": Heading("表五", "{body}预算一般公共预算财政拨款支出表"),
    "basic_expenditure": Heading("表六", "{body}预算一般公共预算财政拨款基本支出表"),
    "fund_expenditure": Heading("表七", "{body}预算政府基金预算财政拨款支出表"),
    "capital_expenditure": Heading("表八", "{body}预算国有资本经营预算财政拨款支出表"),
    "three_public": Heading("表九", "{body}预算财政拨款“三公”经费支出表"),
    "goals": Heading("", "绩效目标表"),
    "procurement": Heading("", "{body}政府采购预算", wide=True),
    "assets": Heading("", "{body}固定资产占用情况表"),
}

WORDING = {
    "preamble": "按照《预算法》、《地方预决算公开操作规程》和《河北省省级预算公开办法》规定，"
    "现将{部门}{年度}年{主体}预算公开如下：",
    "basis": "按照预算管理有关规定，目前{本地区}部门预算的编制实行综合预算制度，即全部收入和支出都反映在预算中。"
    "{部门}机关及所属事业单位的收支包含在部门预算中。",
    "revenue": "{年度}年预算收入为{收入合计}，其中：{收入构成}。",
    "carried_over": "上年结转",
    "surplus": "使用非财政拨款结余",
    "expenditure": "收支预算总表支出栏、基本支出表、项目支出表按经济分类和支出功能分类科目编制，"
    "反映{部门}{年度}年度{主体}预算中支出预算的总体情况。{年度}年预算支出为{支出合计}，其中：基本支出{基本支出}，"
    "主要是人员经费{人员经费}和日常公用经费{公用经费}；项目支出{项目支出}{项目明细}{其他支出说明}。",
    "projects": "，主要为{items}",
    "project_item": "{name}项目安排{amount}",
    "other_expenditure": "；上缴上级、经营和对附属单位补助等支出{amount}",
    "change": "{年度}年预算支出安排{支出合计}，较{上年}年预算{支出增减}，其中：基本支出{基本支出增减}，"
    "主要为人员经费支出{人员经费增减}{人员经费原因}及日常公用经费支出{公用经费增减}{公用经费原因}；"
    "项目支出{项目支出增减}{项目支出原因}。",
    "project_reason": "，主要为{reason}",
    "part_reason": "（{reason}）",
    "revenue_change": "{年度}年预算收入安排{收入合计}，较{上年}年预算{收入增减}{收入原因}。",
    "revenue_reason": "，主要原因是{reason}",
    "no_previous": "本年度没有可以比较的上年预算数。",
    "operating_costs": "机关运行经费共计安排{机关运行经费}，主要用于：{机关运行经费明细}。",
    "no_operating_costs": "{本部门}没有行政单位和参照公务员法管理的事业单位，不安排机关运行经费。",
    "three_public": "{年度}年，{我部门}财政拨款“三公”经费预算安排{三公经费}，其中因公出国（境）费{因公出国（境）费}；"
    "公务用车购置及运行费{公务用车购置及运行费}（其中：公务用车购置费为{公务用车购置费}，公务用车运行费{公务用车运行费}）；"
    "公务接待费{公务接待费}。",
    "three_public_change": "较去年{三公经费增减}，其中：{三公经费增减明细}。",
    "three_public_item": "{name}{change}{reason}",
    "three_public_reason": "，主要是{reason}",
    "procurement": "{年度}年，{我部门}安排政府采购预算{政府采购}，具体内容见下表。",
    "assets": "截至上年末，{我部门}固定资产总额{固定资产}{资产说明}。",
    "asset_note": "，{reason}",
    "code_lists": "科目名称依据：{科目目录}。",
    "empty_table": "无此项公开内容，空表列示。{reason}。",
}

UNIT_WORDING = {
    "basis": "按照预算管理有关规定，目前{本地区}部门预算的编制实行综合预算制度，即全部收入和支出都反映在预算中。"
    "{部门}的全部收支包含在本单位预算中。",
}

HEBEI = Layout(
    key="hebei",
    name="河北省",
    money_unit="万元",
    title="{name}{year}年{body}预算公开说明",
    plan=PLAN,
    sections=SECTIONS,
    tables=TABLES,
    wording=WORDING,
    unit_wording=UNIT_WORDING,
    goal_for_every_project=True,
)
