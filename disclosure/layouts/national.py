"""中央部门: four parts; T1–T9 with last year's 执行数, “三公”经费 in twelve columns, 部门整体支出绩效目标."""

from budgets.enums import Source
from disclosure.layouts.base import Layout, Part, PartKind, SectionPlan, chart, computed, heading, table, written
from disclosure.layouts.national_words import UNIT_WORDING, WORDING
from disclosure.tables.base import Heading, Printed
from disclosure.tables.plan import IncomeRow, RowPlan

PLAN = RowPlan(
    income_rows=(
        IncomeRow("一般公共预算拨款收入", (Source.GENERAL,)),
        IncomeRow("政府性基金预算拨款收入", (Source.FUND,)),
        IncomeRow("国有资本经营预算拨款收入", (Source.CAPITAL,)),
        IncomeRow("事业收入（含教育收费）", (Source.SPECIAL_ACCOUNT, Source.INSTITUTION)),
        IncomeRow("事业单位经营收入", (Source.BUSINESS,)),
        IncomeRow("上级补助收入", (Source.SUPERIOR,)),
        IncomeRow("附属单位上缴收入", (Source.SUBORDINATE,)),
        IncomeRow("其他收入", (Source.OTHER,)),
    ),
    labels={
        "income": "本年收入合计",
        "spending": "本年支出合计",
        "surplus": "使用非财政拨款结余",
        "carried": "上年结转",
        "forward": "结转下年",
        "income_total": "收入总计",
        "spending_total": "支出总计",
        "fresh_fiscal": "一、本年收入",
        "carried_fiscal": "二、上年结转",
        "forward_fiscal": "结转下年",
        "only_carried": "本年没有安排，只有上年结转资金安排的支出，列入财政拨款收支总表",
    },
    details_carried=False,
    compares=True,
    income_by="function",
    framework="2021",
)

STATUTORY = (
    "totals",
    "income",
    "spending",
    "fiscal_totals",
    "general_expenditure",
    "basic_expenditure",
    "three_public",
    "fund_expenditure",
    "capital_expenditure",
)

SECTIONS = (
    SectionPlan(
        "duties",
        "",
        "第一部分　{body}概况",
        (heading("一、{body}职责"), written("duties"), heading("二、机构设置"), table("units")),
    ),
    SectionPlan("tables", "", "第二部分　{body}预算表", (*map(table, STATUTORY), computed("code_lists"))),
    SectionPlan(
        "overview",
        "",
        "第三部分　{body}预算情况说明",
        (
            heading("一、关于收支预算总体情况的说明"),
            computed("basis"),
            heading("二、关于收入预算情况的说明"),
            computed("revenue"),
            heading("三、关于支出预算情况的说明"),
            computed("expenditure"),
            computed("change"),
            *map(chart, ("functions", "kinds", "years")),
            heading("四、关于财政拨款收支预算总体情况的说明"),
            computed("fiscal"),
            heading("五、关于一般公共预算支出情况的说明"),
            computed("general"),
            heading("六、关于一般公共预算基本支出情况的说明"),
            computed("basic"),
            heading("七、关于“三公”经费预算情况的说明"),
            computed("three_public"),
            chart("three_public"),
            heading("八、关于政府性基金预算支出情况的说明"),
            computed("fund"),
            heading("九、关于国有资本经营预算支出情况的说明"),
            computed("capital"),
            heading("十、其他重要事项的情况说明"),
            computed("operating_costs"),
            computed("procurement"),
            computed("assets"),
            written("other_matters"),
        ),
    ),
    SectionPlan(
        "performance",
        "",
        "第四部分　预算绩效情况说明",
        (
            computed("performance"),
            heading("一、{body}整体支出绩效目标"),
            Part(PartKind.OVERALL_GOAL),
            table("overall_goals"),
            table("overall_indicators"),
            heading("二、项目支出绩效目标"),
            table("goals"),
        ),
    ),
    SectionPlan("glossary", "", "第五部分　名词解释", (Part(PartKind.GLOSSARY),)),
)

COMPARED = (
    Printed("code"),
    Printed("name"),
    Printed("previous", "{last_year}年执行数"),
    Printed("total", "小计", "{year}年预算数"),
    Printed("basic", "基本支出", "{year}年预算数"),
    Printed("project", "项目支出", "{year}年预算数"),
    Printed("change", "增减额", "比{last_year}年执行数"),
    Printed("change_rate", "增减%", "比{last_year}年执行数"),
)
INCOME = (
    Printed("code", "科目编码"),
    Printed("name", "科目名称"),
    Printed("total"),
    Printed("carried"),
    Printed("general", group=""),
    Printed("fund", group=""),
    Printed("capital", group=""),
    Printed("with_fees", "金额", "事业收入"),
    Printed("special_account", "其中：教育收费", "事业收入"),
    Printed("business", group=""),
    Printed("superior", group=""),
    Printed("subordinate", group=""),
    Printed("other", group=""),
    Printed("surplus"),
)
PARTS = ("total", "abroad", "vehicles", "vehicle_purchase", "vehicle_running", "reception")
TWELVE = (
    *(Printed(f"previous_{part}", over="{last_year}年预算数") for part in PARTS),
    Printed("total", over="{year}年预算数"),
    *(Printed(part, over="{year}年预算数") for part in PARTS[1:]),
)

TABLES = {
    "units": Heading("", "{body}机构设置情况", unit=""),
    "totals": Heading("公开表1", "{body}收支总表"),
    "income": Heading("公开表2", "{body}收入总表", wide=True, columns=INCOME),
    "spending": Heading("公开表3", "{body}支出总表", wide=True),
    "fiscal_totals": Heading("公开表4", "财政拨款收支总表", wide=True),
    "general_expenditure": Heading("公开表5", "一般公共预算支出表", wide=True, columns=COMPARED),
    "basic_expenditure": Heading("公开表6", "一般公共预算基本支出表"),
    "three_public": Heading("公开表7", "一般公共预算“三公”经费支出表", wide=True, columns=TWELVE, levels=(0,)),
    "fund_expenditure": Heading("公开表8", "政府性基金预算支出表"),
    "capital_expenditure": Heading("公开表9", "国有资本经营预算支出表"),
    "goals": Heading(
        "",
        "绩效目标表",
        columns=tuple(map(Printed, ("level1", "level2", "name", "target", "weight"))),
    ),
    "overall_goals": Heading("", "{body}整体支出绩效目标表"),
    "overall_indicators": Heading(
        "",
        "{body}整体支出绩效指标",
        unit="",
        columns=tuple(map(Printed, ("level1", "level2", "name", "target", "weight"))),
    ),
}

NATIONAL = Layout(
    key="national",
    name="中央部门",
    money_unit="万元",
    title="{name}{year}年{body}预算",
    plan=PLAN,
    sections=SECTIONS,
    tables=TABLES,
    wording=WORDING,
    unit_wording=UNIT_WORDING,
    sign_offs=(("保密审查", "保密审查情况"), ("负责人审签", "部门主要负责人审签情况")),
)
