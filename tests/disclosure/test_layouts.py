"""Layouts are data: a third one needs one module; the same facts under other titles, columns, units and rows."""

from decimal import Decimal

import pytest
from layouts import SMALL

from budgets.models import Budget, Department
from disclosure.audit import run
from disclosure.composing import Composer
from disclosure.document import Document
from disclosure.layouts import LAYOUTS
from disclosure.models import Disclosure
from disclosure.narrative import TOKENS
from disclosure.readiness import check
from disclosure.refusal import RefusalError
from disclosure.render import html


@pytest.fixture
def small(disclosure) -> Document:
    """The sample in the third layout."""
    return Document.of(disclosure, SMALL)


@pytest.fixture
def national(disclosure) -> Document:
    """The sample as a central department would print it."""
    return Document.of(disclosure, LAYOUTS["national"])


@pytest.fixture
def unit(disclosure) -> Disclosure:
    """One unit's own disclosure."""
    first = disclosure.budget.department.units.get(code="203001")
    return Disclosure.objects.create(budget=disclosure.budget, unit=first)


def test_a_third_layout_prints_its_own_tables_in_its_own_order(small):
    assert [table.heading for table in small.content.tables if not table.key.startswith("goal-")] == [
        "表3 收支总表",
        "表4 财政拨款收支总表",
        "表5 “三公”经费和机关运行经费预算表",
        "表2 项目支出表",
        "表1 部门整体支出绩效目标表",
    ]
    assert [section.heading for section in small.content.sections] == [
        "一、目标",
        "二、部门收支",
        "三、财政拨款",
        "四、其他",
    ]
    assert small.section("money").blocks[0].paragraph == "收入1090.88万元。"


@pytest.mark.parametrize("layout", [*LAYOUTS.values(), SMALL], ids=lambda layout: layout.key)
def test_an_untouched_draft_can_be_looked_at_and_audited(disclosure, layout, monkeypatch):
    monkeypatch.setitem(LAYOUTS, layout.key, layout)
    year = disclosure.budget.fiscal_year
    department = Department.objects.create(government=year.government, code="298", name="新部门", full_name="新部门")
    draft = Disclosure.objects.create(budget=Budget.objects.create(fiscal_year=year, department=department))

    document = Document.of(draft, layout)

    assert html.render(document)
    assert run(document).passed
    assert document.content.facts.expenditure.total == 0


def test_every_token_says_something_or_nothing_in_every_layout(disclosure):
    for layout in (*LAYOUTS.values(), SMALL):
        voice = Composer(disclosure, layout).voice

        assert {name for name, token in TOKENS.items() if not isinstance(token(voice), str | None)} == set()
        assert TOKENS["收入合计"](voice) == "1090.88万元"
    assert TOKENS["支出占比"](voice) is None


def test_a_layout_without_carry_rows_hides_no_money(small):
    totals = small.table("totals")

    assert [row.cells.get("income") for row in totals.rows if row.cells.get("income")] == [
        "一、财政拨款收入",
        "二、其他收入",
        "收入总计",
    ]
    assert totals.cell(totals.rows[0], "income_amount").render == "10908800.00"
    assert totals.cell(totals.rows[-1], "income_amount").value == Decimal("10908800.00")
    assert small.table("fiscal_totals").rows[0].cells["income_amount"] == "10908800.00"


def test_a_layout_prints_the_levels_and_columns_it_names(small):
    [row] = small.table("three_public").rows

    assert row.cells == {"total": "113100.00", "operating_costs": "521000.00"}
    assert small.table("three_public").columns[0].label == "2022年“三公”经费"


def test_indicators_find_their_place_in_the_layouts_tree(small, document):
    def classes(of: Document) -> set[tuple[str, str]]:
        tables = [table for table in of.content.tables if table.key.startswith("goal-")]
        return {(row.cells["level1"], row.cells["level2"]) for table in tables for row in table.rows}

    assert ("产出指标", "成本指标") in classes(document)
    assert ("产出指标", "成本指标") not in classes(small)
    assert ("成本指标", "经济成本指标") in classes(small)


def test_the_central_form_has_last_years_figures_beside_this_years(national):
    table, [row] = national.table("general_expenditure"), national.table("three_public").rows

    assert [head.label for head in table.headers[0]] == [
        "科目编码",
        "科目名称",
        "2021年执行数",
        "2022年预算数",
        "比2021年执行数",
    ]
    assert table.cell(table.rows[0], "change").render == "—"
    assert len(row.cells) == 12
    assert [head.label for head in national.table("three_public").headers[0]] == ["2021年预算数", "2022年预算数"]
    assert row.cells["previous_total"] == "113400.00"


def test_the_central_form_leaves_what_was_carried_over_to_the_totals(national, document):
    assert document.table("general_expenditure").foot("total") == Decimal("10908800.00")
    assert national.table("general_expenditure").foot("total") == Decimal("10350800.00")
    assert national.table("fiscal_totals").rows[-1].cells["total"] == "10908800.00"


def test_a_base_of_zero_gives_no_percentage(disclosure):
    disclosure.budget.previous_figures.create(
        measure="execution", table="general_expenditure", code="2013201", amount=0
    )

    table = Document.of(disclosure, LAYOUTS["national"]).table("general_expenditure")
    row = next(row for row in table.rows if row.cells.get("code") == "2013201")

    assert table.cell(row, "previous").render == "0.00"
    assert table.cell(row, "change").value == table.cell(row, "total").value
    assert table.cell(row, "change_rate").render == "—"


def test_a_code_only_last_year_used_stands_there_with_zero(disclosure):
    disclosure.budget.previous_figures.create(
        measure="execution", table="general_expenditure", code="2010101", amount=Decimal(500)
    )

    table = Document.of(disclosure, LAYOUTS["national"]).table("general_expenditure")
    row = next(row for row in table.rows if row.cells.get("code") == "2010101")

    assert [table.cell(row, key).render for key in ("total", "previous", "change", "change_rate")] == [
        "0.00",
        "0.05",
        "-0.05",
        "-100.00%",
    ]


def test_a_unit_has_its_own_document(unit, document):
    own = Document.of(unit)

    assert own.content.title == "中共秦皇岛市山海关区委组织部2022年单位预算公开说明"
    assert own.table("totals").title == "单位预算收支总表"
    assert own.section("duties").title == "单位职责及机构设置情况"
    assert own.content.facts.expenditure.total < document.content.facts.expenditure.total
    assert len(own.table("units").rows) == 1
    assert "总体绩效目标" not in [block.paragraph for block in own.section("performance").blocks]


def test_units_add_up_to_their_department(disclosure, document):
    units = disclosure.budget.department.units.all()
    parts = [Document.of(Disclosure.objects.create(budget=disclosure.budget, unit=unit)) for unit in units]

    for key, column in (("spending", "total"), ("basic_expenditure", "public"), ("income", "carried")):
        feet = [part.table(key).foot(column) for part in parts if part.table(key).rows]

        assert sum(feet) == document.table(key).foot(column)


def test_what_units_pay_each_other_is_no_money_of_the_department(disclosure):
    first, second = disclosure.budget.department.units.order_by("code")[:2]
    budget, amount = disclosure.budget, Decimal(1000)
    function = budget.expenditurelines.first().function
    budget.revenuelines.create(unit=first, source="other", amount=amount)
    budget.expenditurelines.create(
        unit=first, source="other", kind="subsidy", function=function, amount=amount, counterpart=second
    )
    budget.revenuelines.create(unit=second, source="superior", amount=amount, counterpart=first)
    line = budget.expenditurelines.filter(kind="public").first()
    line.pk, line._state.adding, line.source, line.amount, line.unit = None, True, "superior", amount, second
    line.save()

    check(disclosure, Document.of(disclosure))
    whole = Document.of(disclosure)
    part = Document.of(Disclosure.objects.create(budget=budget, unit=second))

    assert whole.content.facts.revenue.total == whole.content.facts.expenditure.total == Decimal("10909800.00")
    assert whole.table("income").foot("superior") == Decimal("0.00")
    assert part.table("income").foot("superior") == amount


def test_a_transfer_stated_by_one_side_only_is_refused(disclosure):
    first, second = disclosure.budget.department.units.order_by("code")[:2]
    for source in ("superior", "other"):
        counterpart = second if source == "superior" else None
        disclosure.budget.revenuelines.create(unit=first, source=source, amount=Decimal(5), counterpart=counterpart)

    with pytest.raises(RefusalError, match="部门内部往来两边不一致：.*付给.*0.00元，对方收到5.00元"):
        check(disclosure, Document.of(disclosure))


@pytest.mark.parametrize("layout", [*LAYOUTS.values(), SMALL], ids=lambda layout: layout.key)
def test_secret_items_are_printed_one_level_up_in_every_layout(disclosure, layout):
    secret = disclosure.budget.expenditurelines.filter(project__name="人才工作经费").first()
    names = {secret.project.name, secret.project.code}
    for scheme, code in (("function", secret.function.code), ("economic", "30201"), ("project", secret.project.code)):
        disclosure.budget.withholdings.create(scheme=scheme, code=code, ground="保密审查结论")

    hidden = Document.of(disclosure, layout)
    text = hidden.canonical

    assert [name for name in names if name in text] == []
    for table in hidden.content.tables:
        codes = {row.cells.get("code") for row in table.rows}
        assert not {code for code in codes if code and len(code) > 5 and code.startswith(secret.function.code[:5])}
        assert not {code for code in codes if code and code.startswith("302") and len(code) == 5}
    assert hidden.content.facts.expenditure.total == Decimal("10908800.00")
