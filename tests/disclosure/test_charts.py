"""Charts: what they find, from zero, with every figure in words."""

import re
from decimal import Decimal

import pytest
from msgspec.structs import replace

from disclosure.charts import CHARTS, FULL, MOST, chart_of
from disclosure.content import canonical
from disclosure.document import Context, Document
from disclosure.facts import YearFact
from disclosure.layouts import LAYOUTS
from disclosure.render import html


def with_years(content, *years):
    """Return a content that knows the spending of earlier years."""
    return replace(content, facts=replace(content.facts, years=tuple(YearFact(*one) for one in years)))


def with_classes(content, amounts):
    """Return a content whose spending table has one class for each amount."""
    table = next(table for table in content.tables if table.key == "spending")
    row = next(row for row in table.rows if row.level == 1)
    rows = tuple(
        replace(row, cells={**row.cells, "name": f"第{at}类支出", "total": amount}) for at, amount in enumerate(amounts)
    )
    others = tuple(replace(one, rows=rows) if one is table else one for one in content.tables)
    return replace(content, tables=others)


def test_titles_say_what_the_charts_show(document):
    titles = {key: chart_of(key, document.content).title for key in CHARTS}

    assert titles == {
        "functions": "支出最多的是一般公共服务支出，574.64万元，占全部支出的52.68%",
        "kinds": "基本支出占47.55%，项目支出占52.45%",
        "years": "2022年预算支出1090.88万元，比上年减少130.78万元（-10.71%）",
        "three_public": "“三公”经费11.31万元，比上年减少0.03万元",
    }


def test_the_figures_are_those_of_the_tables(document):
    classes = {
        row.cells["name"]: Decimal(row.cells["total"]) for row in document.table("spending").rows if row.level == 1
    }
    drawn = {bar.label: bar.figure for bar in chart_of("functions", document.content).bars}

    assert drawn == {name: f"{total / 10000:.2f}万元" for name, total in classes.items() if total}


def test_lengths_are_in_proportion_and_begin_at_zero(document):
    content = with_classes(document.content, ["400.00", "200.00", "1.00"])

    assert [bar.length for bar in chart_of("functions", content).bars] == [FULL, FULL // 2, 4]


def test_many_small_classes_are_drawn_together_and_nothing_is_lost(document):
    content = with_classes(document.content, [f"{at}0000.00" for at in range(1, 13)])

    bars = chart_of("functions", content).bars

    assert len(bars) == MOST
    assert bars[-1].label == "其他5类"
    assert sum(Decimal(bar.figure.removesuffix("万元")) for bar in bars) == sum(range(1, 13))


def test_up_to_four_years_stand_side_by_side(document):
    content = with_years(document.content, (2019, "100.00"), (2020, "200.00"), (2021, "10908800.00"))

    chart = chart_of("years", content)

    assert [(bar.label, bar.past) for bar in chart.bars] == [
        ("2019年", True),
        ("2020年", True),
        ("2021年", True),
        ("2022年", False),
    ]
    assert chart.title == "2022年预算支出1090.88万元，与上年持平"


@pytest.mark.parametrize("years", [(), ((2020, "5.00"),), ((2021, None),), ((2021, "n/a"),)])
def test_without_last_year_there_is_no_chart_of_years(document, years):
    assert chart_of("years", with_years(document.content, *years)) is None


def test_nothing_is_drawn_where_there_is_nothing(document):
    content = with_classes(document.content, [])
    three = replace(content.facts.three_public, items=())
    spent = replace(content.facts.expenditure, project=Decimal(0), other=Decimal(0))
    bare = replace(content, facts=replace(content.facts, three_public=three, expenditure=spent, years=()))

    assert {key: chart_of(key, bare) for key in CHARTS} == dict.fromkeys(CHARTS)
    assert "<svg" not in html.render(Document(bare, Context())).decode()


@pytest.mark.parametrize("layout", ["hebei", "national"])
def test_each_layout_prints_each_chart_once(layout):
    named = [part.key for plan in LAYOUTS[layout].sections for part in plan.parts if part.kind.name == "CHART"]

    assert sorted(named) == sorted(CHARTS)


def test_a_chart_is_told_to_those_who_do_not_see_it(document):
    page = html.render(document).decode()

    spoken = re.findall(r"<svg[^>]* role=\"img\"[^>]*><title>([^<]+)</title>", page)
    assert len(spoken) == len(CHARTS)
    assert "卫生健康支出376.43万元" in spoken[0]
    assert page.count("图中数据") == len(CHARTS)


def test_names_cannot_leave_the_drawing(document):
    content = with_classes(document.content, ["5.00"])
    table = next(table for table in content.tables if table.key == "spending")
    hostile = replace(table.rows[0], cells={**table.rows[0].cells, "name": "</title><script>x</script>"})
    content = replace(content, tables=tuple(replace(t, rows=(hostile,)) if t is table else t for t in content.tables))

    assert "<script>" not in html.render(Document(content, Context())).decode()
    assert canonical(content)
