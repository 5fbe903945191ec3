"""The document: the sample's figures to the fen, and an edition that no draft can reach."""

import json
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from spoiling import spoil_drafts

from budgets.enums import OPERATING_NATURES, Kind
from budgets.models import ExpenditureLine, UnitProfile
from disclosure.content import canonical, parse
from disclosure.document import Document
from disclosure.models import Disclosure, Edition


def money(text: str) -> Decimal:
    return Decimal(text)


def test_the_sample_states_the_source_documents_figures(document):
    facts = document.content.facts

    assert facts.revenue.total == facts.expenditure.total == money("10908800.00")
    assert facts.expenditure.basic.total == money("5186800.00")
    assert facts.expenditure.basic.personnel == money("4665800.00")
    assert facts.expenditure.basic.public == facts.operating_costs.total == money("521000.00")
    assert len(facts.operating_costs.items) == 17
    assert len(facts.projects) == 19
    assert facts.expenditure.project == sum(project.amount for project in facts.projects) == money("5722000.00")
    assert facts.three_public.total == money("113100.00")
    assert facts.three_public.previous_total == "113400.00"
    assert facts.assets.total == money("2757300.00")
    assert sum(len(project.indicators) for project in facts.projects) == 102
    assert [unit.code for unit in facts.units] == ["203001", "203002", "203003"]


def test_amounts_travel_as_text_with_two_places(document):
    content = json.loads(document.canonical)

    assert content["format"] == "department-budget-disclosure/1"
    assert content["facts"]["revenue"]["total"] == "10908800.00"
    assert content["facts"]["projects"][0]["plan"] == ["0%", "30%", "60%", "100%"]
    assert content["facts"]["revenue"]["items"] == [
        {"amount": "10350800.00", "carried_over": False, "key": "general", "name": "一般公共预算拨款"},
        {"amount": "558000.00", "carried_over": True, "key": "general", "name": "上年结转（一般公共预算拨款）"},
    ]


def test_the_canonical_text_is_sorted_json_without_spaces(document):
    plain = json.dumps(json.loads(document.canonical), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    assert document.canonical == plain
    assert canonical(parse(document.canonical)) == document.canonical


def test_totals_of_the_tables_agree_with_each_other(document):
    t1, t4 = document.table(1), document.table(4)
    closing = t1.rows[-1]

    assert t1.cell(closing, "income_amount").value == t1.cell(closing, "spending_amount").value
    assert t1.cell(closing, "income_amount").value == document.table(2).foot("total")
    assert t1.cell(closing, "spending_amount").value == document.table(3).foot("total")
    assert t4.cell(t4.rows[-1], "income_amount").value == t4.cell(t4.rows[-1], "total").value
    assert document.table(5).foot("basic") == document.table(6).foot("total")
    assert document.table(6).foot("public") == document.content.facts.operating_costs.total
    assert document.table(7).foot("total") == document.content.facts.three_public.total


@pytest.mark.parametrize(("number", "widths"), [(3, (3, 5, 7)), (5, (3, 5, 7)), (6, (3, 5))])
def test_parents_are_the_sum_of_their_children(document, number, widths):
    table = document.table(number)
    for level, (width, deeper) in enumerate(pairwise(widths), start=1):
        for row in (row for row in table.rows if row.level == level):
            children = [
                table.cell(child, "total").value
                for child in table.rows
                if child.level == level + 1 and child.cells["code"][:width] == row.cells["code"]
            ]

            assert len(row.cells["code"]) == width < deeper
            assert table.cell(row, "total").value == sum(children)


def test_only_administrative_units_have_operating_costs(disclosure):
    UnitProfile.objects.filter(nature__in=OPERATING_NATURES).update(nature="institution")

    document = Document.of(disclosure)

    assert document.content.facts.operating_costs.total == 0
    assert "不安排机关运行经费" in document.section("operating_costs").blocks[0].paragraph


def test_operating_costs_are_general_budget_money(disclosure):
    line = ExpenditureLine.objects.filter(budget=disclosure.budget, kind=Kind.PUBLIC).first()
    line.source = "other"
    line.save()

    document = Document.of(disclosure)

    assert document.content.facts.operating_costs.total == document.table(6).foot("public") == money("404400.00")


def test_a_project_without_a_goal_table_is_still_named(disclosure):
    disclosure.budget.project_goals.get(project__name="车辆保险费").delete()

    facts = Document.of(disclosure).content.facts

    assert facts.projects[-1].name == "车辆保险费"
    assert (facts.projects[-1].plan, facts.projects[-1].goals) == ((None,) * 4, ())
    assert sum(project.amount for project in facts.projects) == facts.expenditure.project


def test_last_years_figure_is_missing_where_one_unit_lacks_it(disclosure):
    unit = disclosure.budget.department.units.last()
    disclosure.budget.three_public_costs.create(unit=unit, item="reception", amount=money("1.00"))

    facts = Document.of(disclosure).content.facts.three_public

    assert [item.previous for item in facts.items] == ["0.00", "0.00", "110000.00", None]
    assert facts.previous_total is None


def test_a_units_own_document_shows_only_its_figures(disclosure):
    unit = disclosure.budget.department.units.get(code="203002")
    own = disclosure.__class__(budget=disclosure.budget, unit=unit)
    own.save()

    content = Document.of(own).content

    assert content.unit.code == "203002"
    assert content.facts.expenditure.total == content.facts.revenue.total == money("920000.00")
    assert content.facts.projects == ()


def test_the_edition_holds_what_the_draft_said(disclosure, document):
    assert document.canonical == Document.of(disclosure).canonical
    assert document.sha256 == document.context.imprint.content_sha256


def test_an_edition_survives_a_draft_changed_in_every_field(document, edition):
    changed = spoil_drafts()

    again = Document.of_edition(Edition.objects.get(pk=edition.pk))

    assert len(changed) >= 20
    assert Document.of(Disclosure.objects.get(pk=edition.disclosure_id)).sha256 != edition.content_sha256
    assert again.canonical == document.canonical


def test_reading_an_edition_touches_no_draft_table(edition):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        Document.of_edition(Edition.objects.get(pk=edition.pk))

    assert len(queries) == 3
    assert all("disclosure_edition" in query["sql"] for query in queries)


def queries_to_build(disclosure) -> int:
    fresh = Disclosure.objects.get(pk=disclosure.pk)
    with CaptureQueriesContext(connection) as queries:
        Document.of(fresh)
    return len(queries)


def test_building_takes_the_same_queries_for_more_lines(disclosure):
    before = queries_to_build(disclosure)
    lines = list(ExpenditureLine.objects.filter(budget=disclosure.budget, kind=Kind.PERSONNEL))
    for line in lines * 3:
        line.pk, line.unit = None, disclosure.budget.department.units.last()
        line._state.adding = True
        line.save()

    assert queries_to_build(disclosure) == before == 49
