"""The pages: the offer, the list before anything is stored, the review, and last year beside this year's box."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from workbooks import opened

from budgets.enums import Role
from budgets.models import Membership, ThreePublicCost
from disclosure.carrying import carry_over, sources
from disclosure.desk.next_step import lacking
from disclosure.entry.grid import Grid
from disclosure.entry.grids import grids_of
from disclosure.entry.saving import save
from disclosure.enums import NarrativeState
from disclosure.intake.template import export
from disclosure.marks import open_marks
from disclosure.models import CarriedRow, EmptyTable
from performance.models import Indicator


@pytest.fixture
def desk(client, clerk):
    client.force_login(clerk)
    return client


@pytest.fixture
def carried(draft, clerk):
    carry_over(draft, by=clerk)
    return draft


def address(name, disclosure):
    return reverse(f"admin:{name}", args=[disclosure.pk])


def form_of(page):
    """Return what a form of the admin would send as it stands."""
    found = {}
    for name, value in page.context["adminform"].form.initial.items():
        found[name] = "" if value is None else value
    return found


def test_last_year_is_offered_while_something_is_lacking(desk, draft):
    page = desk.get(address("disclosure_disclosure_change", draft)).content.decode()

    [last] = sources(draft)
    assert f"可以从{last}带入" in page
    assert address("carry_over", draft) in page


def test_nothing_is_offered_in_the_first_year(desk, draft):
    [last] = sources(draft)

    page = desk.get(address("disclosure_disclosure_change", last)).content.decode()

    assert "从上年开始" not in page


def test_the_list_is_shown_before_anything_is_stored(desk, draft):
    page = desk.get(address("carry_over", draft)).content.decode()

    assert "从上年带入" in page
    assert re.search(r"<h2>名词解释（\d+处）</h2>", page)
    assert "收支增减的原因每年不同" in page
    assert not CarriedRow.objects.exists()


def test_confirming_the_list_stores_and_leads_to_the_review(desk, draft):
    page = desk.post(address("carry_over", draft), follow=True)

    assert page.redirect_chain == [(address("carried", draft), 302)]
    assert "都标为未复核。请逐项确认或修改。" in page.content.decode()
    assert CarriedRow.objects.exists()
    text = desk.get(address("disclosure_disclosure_change", draft)).content.decode()
    assert "处上年带入的内容还没有复核" in text


def test_where_there_is_no_last_year_the_page_says_so(desk, draft):
    [last] = sources(draft)

    page = desk.get(address("carry_over", last))

    assert page.status_code == 400
    assert "没有可以带入的上年内容" in page.content.decode()


def test_the_review_shows_last_years_value_where_it_was_another(desk, carried):
    row = next(one.now for one in open_marks(carried) if isinstance(one.now, ThreePublicCost))
    last = ThreePublicCost.objects.exclude(reason="").exclude(amount=0).filter(budget__fiscal_year__year=2022).first()

    page = desk.get(address("carried", carried)).content.decode()

    assert f"{row.unit.name}　{row.get_item_display()}" in page
    assert f"<strong>上年：</strong>{last.amount}元" in page
    assert reverse("admin:budgets_threepubliccost_change", args=[row.pk]) in page


def test_one_is_confirmed_or_all_of_a_section_that_were_shown(desk, carried):
    text = carried.narratives.get(key="duties")
    terms = [one.mark for one in open_marks(carried) if one.mark.model == "disclosure.GlossaryTerm"]
    shown = [f"mark-{mark.pk}" for mark in terms[:2]]

    desk.post(address("carried", carried), {"only": f"text-{text.pk}", "shown": shown})
    first = CarriedRow.objects.filter(model="disclosure.GlossaryTerm").exclude(reviewed_at=None).count()
    page = desk.post(address("carried", carried), {"all": "1", "shown": shown}, follow=True).content.decode()

    text.refresh_from_db()
    assert (text.state, first) == (NarrativeState.CONFIRMED, 0)
    assert "已确认2处。" in page
    assert CarriedRow.objects.filter(model="disclosure.GlossaryTerm").exclude(reviewed_at=None).count() == 2


def test_editing_a_term_on_its_form_confirms_it(desk, carried):
    term = carried.glossary_terms.first()
    change = reverse("admin:disclosure_glossaryterm_change", args=[term.pk])
    page = desk.get(change)

    desk.post(change, {**form_of(page), "explanation": "今年的解释"})

    assert "这一行从上年带入，还没有复核" in page.content.decode()
    assert carried.glossary_terms.get(pk=term.pk).explanation == "今年的解释"
    assert CarriedRow.objects.get(model="disclosure.GlossaryTerm", row=term.pk).reviewed_at is not None


def test_editing_a_text_on_its_form_reviews_it_and_last_years_stands_beside(desk, carried):
    text = carried.narratives.get(key="duties")
    change = reverse("admin:disclosure_narrative_change", args=[text.pk])
    page = desk.get(change)

    desk.post(change, {**form_of(page), "text": "今年的职责"})

    shown = page.content.decode()
    assert "上年的写法" in shown
    assert "这段文字从上年带入，还没有人复核" in shown
    text.refresh_from_db()
    assert (text.text, text.state) == ("今年的职责", NarrativeState.EDITED)


def test_last_years_reason_stands_beside_this_years(desk, carried):
    last = ThreePublicCost.objects.filter(budget=sources(carried)[0].budget).first()
    ThreePublicCost.objects.filter(pk=last.pk).update(reason="去年的原因")
    now = CarriedRow.objects.get(model="budgets.ThreePublicCost", before=last.pk).row

    page = desk.get(reverse("admin:budgets_threepubliccost_change", args=[now])).content.decode()

    assert f"上年预算{last.amount}元，增减原因：去年的原因。" in page


def test_what_is_left_of_last_year_is_listed_by_the_rules_that_know_it(desk, carried):
    carried.narratives.filter(key="duties").update(text="按照2019年的要求，＿＿＿万元用于工作。")

    page = desk.get(address("carried", carried)).content.decode()

    assert "疑似上年遗留" in page
    assert "错误 C08" in page
    assert "出现2019年内容" in page


def test_others_see_nothing_or_only_look(client, carried):
    stranger = get_user_model().objects.create(username="外人", is_staff=True)
    reviewer = get_user_model().objects.create(username="审核", is_staff=True)
    department = carried.budget.department
    post = {"government": department.government, "department": department}
    Membership.objects.create(user=reviewer, role=Role.DEPARTMENT_REVIEWER, **post)

    client.force_login(stranger)
    assert client.get(address("carried", carried)).status_code in {403, 404}
    client.force_login(reviewer)
    assert client.get(address("carry_over", carried)).status_code == 403
    page = client.get(address("carried", carried)).content.decode()
    assert 'name="only"' not in page
    refused = client.post(address("carried", carried), {"only": f"text-{carried.narratives.first().pk}"}, follow=True)
    assert "请由经办人带入和复核" in refused.content.decode()


@pytest.mark.parametrize("left", [1, 3])
def test_the_review_asks_the_database_the_same_however_long_the_list_is(desk, carried, left, django_assert_num_queries):
    keep = list(CarriedRow.objects.filter(model="performance.Indicator").values_list("pk", flat=True)[:left])
    CarriedRow.objects.exclude(pk__in=keep).delete()
    Indicator.objects.exclude(pk__in=CarriedRow.objects.values("row")).filter(goal__budget=carried.budget).delete()
    carried.narratives.update(state=NarrativeState.EDITED)
    desk.get(address("carried", carried))

    with django_assert_num_queries(68):
        desk.get(address("carried", carried))


def test_confirming_leads_back_to_where_one_was(desk, carried):
    [first, *_] = open_marks(carried)

    answer = desk.post(address("carried", carried), {"only": f"mark-{first.mark.pk}", "at": "3"})

    assert answer["Location"] == f"{address('carried', carried)}#part-3"


def test_a_row_changed_in_a_grid_is_reviewed_each_of_them(carried, clerk):
    kind = grids_of(carried)["threepubliccost"]
    rows = Grid(carried, kind, clerk).rows()
    for row in rows:
        row.cells["增减原因"] = "与上年一致"

    save(carried, kind, rows, by=clerk)

    assert [one for one in open_marks(carried) if one.mark.model == "budgets.ThreePublicCost"] == []


def test_a_declaration_from_last_year_is_not_asked_for_again(desk, carried, clerk):
    declared = EmptyTable.objects.create(disclosure=carried, table="capital_expenditure", reason="没有安排")
    mark = {"model": "disclosure.EmptyTable", "row": declared.pk, "by": clerk, "at": timezone.now()}
    CarriedRow.objects.create(budget=carried.budget, disclosure=carried, **mark)

    home = desk.get(address("disclosure_disclosure_change", carried)).context["home"]

    [item] = [item for item in home.checklist.items if item.piece.key == declared.table]
    assert (item.state.label, lacking(item)) == ("填写中", False)


def test_the_workbook_of_a_year_begun_from_last_year_is_taken_as_it_is(carried, clerk):
    book = opened(export(carried, by=clerk))

    assert [cell.value for cell in book["上年数"]["A"][3:] if cell.value] == []
