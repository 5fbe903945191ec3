"""The source document alone, as written, against the fixture entered by hand; every difference is named."""

from pathlib import Path

import pytest
from word_files import as_word

import budgets.resources
import disclosure.resources
import performance.resources
from budgets.money import MoneyUnit, parse
from budgets.readers.documents import read_document
from disclosure.intake.past import datasets, read_past
from disclosure.sample.printed import Sample

DEMO = Path(__file__).parents[3] / "fixtures" / "demo"
SOURCE = read_document("source.txt", (DEMO / "source.txt").read_bytes())
PROPOSAL = read_past(SOURCE)
PRINTED = Sample(DEMO, corrected=False)
PLAN = ("plan_march", "plan_june", "plan_october", "plan_december")


def printed(name, *columns):
    """Return a file's columns; what its rows mark as assumed is not printed, and left out."""
    return [
        {column: "" if column in row["assumed"].split() else row[column] for column in columns}
        for row in PRINTED.rows(name)
    ]


def text(amount):
    return amount.text if amount else ""


def wan(amount):
    return parse(amount, MoneyUnit.WAN)


def without_places(value):
    """Return the same tree without places: lines in a text, tables and cells in Word."""
    if hasattr(value, "_asdict"):
        return {key: without_places(part) for key, part in value._asdict().items() if key != "place"}
    return [without_places(part) for part in value] if isinstance(value, tuple) else value


def test_all_19_projects_are_read_as_printed():
    found = [
        {
            "code": goal.code.text,
            "name": goal.name.text,
            "unit": goal.unit.text[:6],
            "amount": text(goal.amount),
            "fiscal": text(goal.fiscal),
            "other": text(goal.other),
            "purpose": goal.purpose.text,
            **dict(zip(PLAN, (cell.text for cell in goal.plan), strict=True)),
        }
        for goal in PROPOSAL.goals
    ]

    columns = ("code", "name", "unit", "amount", "fiscal", "other", "purpose", *PLAN)
    assert len(found) == 19
    assert found == printed("projects", *columns)


def test_goals_are_read_as_printed():
    found = [
        {"project": goal.code.text, "number": str(number), "text": statement.text}
        for goal in PROPOSAL.goals
        for number, statement in enumerate(goal.statements, start=1)
    ]

    assert len(found) == 29
    assert found == printed("goals", "project", "number", "text")


def test_all_102_indicators_are_read_as_printed():
    found = [
        {
            "project": goal.code.text,
            "number": str(number),
            "level1": indicator.level1.text,
            "level2": indicator.level2.text,
            "name": indicator.name.text,
            "description": indicator.description.text,
            "value_text": indicator.printed.text,
            "basis": indicator.basis.text,
        }
        for goal in PROPOSAL.goals
        for number, indicator in enumerate(goal.indicators, start=1)
    ]

    assert len(found) == 102
    assert found == printed(
        "indicators", "project", "number", "level1", "level2", "name", "description", "value_text", "basis"
    )


def test_projects_of_the_prose_are_read_under_their_printed_names():
    found = sorted((figure.name.text, figure.amount.text) for figure in PROPOSAL.money.projects)

    rows = printed("projects", "prose_name", "prose_amount")
    assert found == sorted((row["prose_name"], row["prose_amount"]) for row in rows)


def test_units_are_read_as_printed():
    natures = {"行政": "administrative", "事业": "institution"}
    found = [
        {
            "code": unit.code.text,
            "name": unit.name.text,
            "affiliation": "head" if unit.head else "subordinate",
            "nature": natures[unit.nature.text],
            "rank": unit.rank.text,
            "funding": unit.funding.text,
        }
        for unit in PROPOSAL.units
    ]

    assert len(found) == 3
    assert found == printed("units", "code", "name", "affiliation", "nature", "rank", "funding")


def test_three_public_costs_are_read_with_last_year_where_it_follows_from_the_text():
    figures = {
        key: PROPOSAL.money.figure(key) for key in ("abroad", "vehicle_purchase", "vehicle_running", "reception")
    }
    found = [
        {"item": key, "amount": figure.amount.text, "reason": figure.reason.text} for key, figure in figures.items()
    ]

    assert found == printed("three_public", "item", "amount", "reason")
    # The fixture assumes that the three items whose change is not stated are as last year: nothing is assumed here.
    assert {key: figure.previous for key, figure in figures.items()} == {
        "abroad": None,
        "vehicle_purchase": None,
        "vehicle_running": None,
        "reception": wan("0.34"),
    }


def test_last_years_figures_follow_from_the_changes():
    keys = [row["key"] for row in PRINTED.rows("previous")]
    found = {key: PROPOSAL.money.figure(key).previous for key in keys}

    entered = {row["key"]: wan(row["amount"]) for row in PRINTED.rows("previous")}
    entered["revenue_total"] = None  # assumed in the fixture: the text states no change of income
    assert found == entered


def test_reasons_are_read_as_printed():
    keys = {"revenue": "revenue_total", "personnel": "personnel", "public": "public", "project": "project"}
    found = [{"key": key, "text": PROPOSAL.money.figure(name).reason.text} for key, name in keys.items()]

    assert found == printed("reasons", "key", "text")


def test_operating_costs_are_read_item_by_item():
    total, *items = PROPOSAL.money.operating
    entered = [row for row in PRINTED.rows("expenditure") if row["kind"] == "public"]

    assert total.amount.yuan == wan("52.1")
    assert len(items) == 17
    assert [(item.name.text, item.amount.text) for item in items] == [(row["label"], row["amount"]) for row in entered]


def test_income_is_the_departments_total_by_source():
    # The fixture splits 1035.08 among the units (assumed); the text gives the department's total alone.
    entered = sum(wan(row["amount"]) for row in PRINTED.rows("revenue"))

    assert PROPOSAL.money.figure("general").amount.yuan == entered == wan("1035.08")
    assert PROPOSAL.money.figure("revenue_total").amount.yuan == wan("1090.88")


def test_assets_are_read_as_printed():
    found = [
        {
            "category": row.key,
            "quantity": row.quantity.text,
            "measure": row.measure.text,
            "value": text(row.value),
        }
        for row in PROPOSAL.assets.rows
    ]

    assert found == printed("assets", "category", "quantity", "measure", "value")
    assert PROPOSAL.assets.as_of.text == "2018年12月31日"
    assert PROPOSAL.assets.total.yuan == wan("275.73")


@pytest.mark.parametrize("name", ["duties", "overall_goal", "asset_note", "other_matters"])
def test_texts_are_read_as_printed(name):
    assert "\n".join(paragraph.text for paragraph in getattr(PROPOSAL.narrative, name)) == PRINTED.text(name)


def test_safeguards_are_read_with_their_introduction():
    # The fixture left out the introduction of line 88 (its README says so); it is read here.
    introduction, *paragraphs = PROPOSAL.narrative.safeguards

    assert introduction.place == "第88行"
    assert "\n".join(paragraph.text for paragraph in paragraphs) == PRINTED.text("safeguards")


def test_duty_goals_and_terms_are_read_as_printed():
    duties = [{key: part.text for key, part in goal._asdict().items()} for goal in PROPOSAL.narrative.duty_goals]
    terms = [{key: part.text for key, part in term._asdict().items()} for term in PROPOSAL.narrative.glossary]

    assert duties == printed("duty_goals", "duty", "responsibilities", "objective", "goal", "indicators", "standard")
    assert terms == printed("glossary", "term", "explanation")


def test_word_with_the_same_content_gives_the_same_proposal():
    found = read_past(read_document("source.docx", as_word(SOURCE)))

    assert without_places(found) == without_places(PROPOSAL)


def test_every_value_says_where_it_stands():
    [first, *_] = read_past(read_document("source.docx", as_word(SOURCE))).goals

    assert PROPOSAL.goals[0].code.place == "第110行"
    assert first.code.place == "表2第2行第2格"


def test_what_a_person_must_add_is_listed():
    assert [(remark.place, remark.message) for remark in PROPOSAL.missing] == [
        ("第28行", "“中共秦皇岛市山海关区委社区建设发展服务中心”没有印单位编码。"),
        ("第33行", "“秦皇岛市山海关区老干部服务中心”没有印单位编码。"),
        ("第23行", "编制数、实有人数没有印。"),
        ("第45行", "支出没有功能分类科目：每一笔支出请填到项。"),
        ("第45行", "支出没有部门经济分类、政府经济分类科目：基本支出请填到款。"),
        ("第45行", "人员经费466.58万元只有合计，请按单位和科目填写。"),
        ("第45行", "收入、公用经费、“三公”经费只有部门合计：请按单位拆分。"),
        ("第110行", "19个项目没有印项目类别（其他运转类、特定目标类）。"),
        ("第132行", "项目“车辆保险费”3月底的支出计划空白：无支出请填0%。"),
        ("第43行", "收入总计没有说明比上年增减多少和原因：上年数请填写。"),
        ("第47行", "人员经费没有说明增减原因。"),
        ("第47行", "公用经费没有说明增减原因。"),
        ("第51行", "因公出国（境）费没有说明比上年增减多少和原因：上年数请填写。"),
        ("第51行", "公务用车购置费没有说明比上年增减多少和原因：上年数请填写。"),
        ("第51行", "公务用车运行费没有说明比上年增减多少和原因：上年数请填写。"),
        ("第1725行", "政府采购表为空表，请声明空表并填写原因。"),
    ]


def test_every_indicator_of_the_source_awaits_confirmation():
    doubts = [remark for remark in PROPOSAL.doubtful if "待确认" in remark.message]

    assert len(doubts) == 102
    assert doubts[0].place == "第153行"
    assert doubts[0].message == (
        "指标“投保车辆数”的指标值“≥90确保投保车辆数量”待确认：缺少计量单位、数值之后另有文字“确保投保车辆数量”。"
    )


def test_what_does_not_agree_is_said():
    said = [remark.message for remark in PROPOSAL.doubtful]

    assert "收入各项合计1035.08万元，与总数1090.88万元相差55.80万元。" in said
    assert "绩效目标表的项目“老年大学培训费”在文字说明中没有同名项目。" in said
    assert sum("年度的：请核对资金是否为上年结转" in message for message in said) == 5


def test_nothing_is_dropped_unsaid():
    assert [value.place for value in PROPOSAL.passed_over] == [
        *(
            "第1行",
            "第3行",
            "第41行",
            "第1723行",
            "第1851行",
            "第55行",
            "第56行",
            "第59行",
            "第86行",
            "第1725行",
        ),
    ]


def test_sheets_have_every_column_of_the_import_files():
    sheets = datasets(PROPOSAL, 2022, "203")

    modules = (vars(budgets.resources), vars(performance.resources), vars(disclosure.resources))
    resources = [found for names in modules for name, found in names.items() if name.endswith("Resource")]
    concrete = [found for found in resources if found._meta.model]
    headers = {str(found._meta.model._meta.verbose_name): found(user=None).headers for found in concrete}
    assert {title: {*rows[0]} for title, rows in sheets.items()} == {title: {*headers[title]} for title in sheets}


def test_sheets_hold_what_was_read():
    sheets = datasets(PROPOSAL, 2022, "203", {"秦皇岛市山海关区老干部服务中心": "203003"})

    assert {title: len(rows) for title, rows in sheets.items()} == {
        "预算单位": 3,
        "单位年度情况": 3,
        "项目": 19,
        "总体绩效目标": 1,
        "分项绩效目标": 4,
        "项目绩效目标": 19,
        "绩效目标": 29,
        "绩效指标": 102,
        "支出明细": 36,
        "“三公”经费": 4,
        "固定资产占用": 4,
        "上年数": 6,
        "文字说明": 4,
        "名词解释": 7,
        "空表说明": 1,
    }
    assert [row["单位编码"] for row in sheets["预算单位"]] == ["203001", "", "203003"]
    assert sheets["上年数"][0] == {
        "年度": "2022",
        "部门编码": "203",
        "单位编码": "",
        "口径": "预算数",
        "表": "汇总",
        "行": "支出总计",
        "金额（元）": "12216600.00",
    }
    assert [(row["栏目"], row["状态"]) for row in sheets["文字说明"]] == [
        ("部门职责", "未复核"),
        ("固定资产说明", "未复核"),
        ("其他需要说明的事项", "未复核"),
        ("项目支出增减原因", "未复核"),
    ]
    assert [(row["表"], row["空表说明"]) for row in sheets["空表说明"]] == [
        ("政府采购预算表", "无此项公开内容，空表列示。")
    ]
    assert sheets["绩效指标"][0] == {
        "年度": "2022",
        "项目编码": "13030322P003970100068",
        "次序": "1",
        "分值": "",
        "指标类别": "产出指标/数量指标",
        "三级指标": "投保车辆数",
        "绩效指标描述": "确保投保车辆数量",
        "比较符号": "≥",
        "指标值": "90",
        "计量单位": "",
        "指标值确定依据": "确保投保车辆数量",
        "原文指标值": "≥90确保投保车辆数量",
    }
