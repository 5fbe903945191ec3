"""审核意见 at its place: on a cell, a row, a text or a section; shown there, answered there, honest once it is gone."""

import re
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from gridded import a_clerk, a_line

from budgets.enums import Role
from budgets.models import ExpenditureLine, Membership, Unit
from disclosure.models import Comment, Disclosure, Narrative


@pytest.fixture
def clerk(disclosure):
    return a_clerk(disclosure)


@pytest.fixture
def reviewer(disclosure):
    user = get_user_model().objects.create(username="审核人", is_staff=True)
    department = disclosure.budget.department
    post = {"role": Role.DEPARTMENT_REVIEWER, "government": department.government, "department": department}
    Membership.objects.create(user=user, **post)
    return user


@pytest.fixture
def line(disclosure) -> ExpenditureLine:
    return a_line(disclosure, Unit.objects.get(code="203001"), "要核对的")


def grid(disclosure) -> str:
    return reverse("admin:grid", args=[disclosure.pk, "expenditureline"])


def steps(disclosure) -> str:
    return reverse("admin:disclosure_steps", args=[disclosure.pk])


def form_at(disclosure, row, key="expenditureline") -> str:
    return reverse("admin:remark", args=[disclosure.pk, key, row.pk])


def page(client, address) -> str:
    return unescape(client.get(address).content.decode())


@pytest.fixture
def remark(client, disclosure, reviewer, line) -> Comment:
    """A reviewer's remark on the amount of a line."""
    client.force_login(reviewer)
    client.post(form_at(disclosure, line), {"field": "amount", "text": "金额请核对批复"})
    return Comment.objects.get()


def test_a_reviewer_looks_at_the_grid_and_remarks_on_a_cell(client, disclosure, reviewer, line):
    client.force_login(reviewer)
    looked = page(client, grid(disclosure))
    asked = page(client, form_at(disclosure, line))

    answer = client.post(form_at(disclosure, line), {"field": "amount", "text": "金额请核对批复"})

    [comment] = Comment.objects.all()
    assert "只能查看、提出意见" in looked
    assert f'href="{form_at(disclosure, line)}"' in looked
    assert '<option value="amount">金额（元）</option>' in asked
    assert answer.url == f"{grid(disclosure)}#c-{line.pk}-amount"
    assert (comment.anchor, comment.anchor_row, comment.anchor_field) == ("expenditureline", line.pk, "amount")
    assert comment.place.startswith("支出明细 ")
    assert comment.place.endswith("“金额（元）”")


def test_the_cell_shows_the_mark_and_both_pages_lead_to_each_other(client, disclosure, clerk, line, remark):
    client.force_login(clerk)

    at_grid, at_steps = page(client, grid(disclosure)), page(client, steps(disclosure))
    at_form = page(client, reverse("admin:budgets_expenditureline_change", args=[line.pk]))

    cell = re.search(rf'id="c-{line.pk}-amount".*?</td>', at_grid, re.DOTALL)[0]
    assert f'<a class="remark-mark" href="#remark-{remark.pk}" title="审核人：金额请核对批复">' in cell
    assert f'<li id="remark-{remark.pk}">' in at_grid
    assert f'href="{steps(disclosure)}#remark-{remark.pk}"' in at_grid
    assert f'href="{grid(disclosure)}#c-{line.pk}-amount"' in at_steps
    assert f'<li id="remark-{remark.pk}">' in at_steps
    assert "审核意见（没有处理）：金额请核对批复" in at_form


def test_the_clerk_answers_below_the_grid_and_is_back_there_without_the_mark(client, disclosure, clerk, line, remark):
    client.force_login(clerk)
    back = re.search(r'name="back" value="([^"]+)"', page(client, grid(disclosure)))[1]

    sent = {"act": "answer", "comment": remark.pk, "text": "已改为批复数", "back": back}
    answer = client.post(steps(disclosure), sent)

    shown = page(client, answer.url)
    remark.refresh_from_db()
    assert answer.url == f"{grid(disclosure)}#remark-{remark.pk}"
    assert remark.answer == "已改为批复数"
    assert "remark-mark" not in shown
    assert "处理情况：已改为批复数" in shown


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_an_answer_leads_nowhere_else(client, disclosure, clerk, remark, back):
    client.force_login(clerk)

    answer = client.post(steps(disclosure), {"act": "answer", "comment": remark.pk, "text": "已改", "back": back})

    assert answer.url == steps(disclosure)


def test_a_row_stored_anew_under_its_codes_is_found_again_and_a_deleted_one_says_so(client, disclosure, clerk, remark):
    client.force_login(clerk)
    old = ExpenditureLine.objects.get(pk=remark.anchor_row)
    old.delete()
    gone = [page(client, grid(disclosure)), page(client, steps(disclosure))]
    again = a_line(disclosure, Unit.objects.get(code="203001"), "要核对的")

    found = page(client, steps(disclosure))

    assert ["所指的这一处已经删除，意见保留在这里。" in one for one in gone] == [True, True]
    assert [remark.place in one for one in gone] == [True, True]
    assert again.pk != remark.anchor_row
    assert f'href="{grid(disclosure)}#c-{again.pk}-amount"' in found


def test_an_open_remark_at_a_cell_stops_the_submission_and_the_approval(client, disclosure, clerk, reviewer, remark):
    client.force_login(clerk)
    sent = {"act": "submit", "step": "drafting", "seen": "", "comment": ""}
    refused = client.post(steps(disclosure), sent)
    Disclosure.objects.filter(pk=disclosure.pk).update(status="department_review")
    client.force_login(reviewer)
    seen = re.search(r'id="id_remark_text"', page(client, steps(disclosure)))
    shown = page(client, steps(disclosure))

    assert refused.status_code == 400
    assert seen
    assert "还有1条审核意见没有处理" in shown
    assert Disclosure.objects.get(pk=disclosure.pk).status == "department_review"


def test_a_text_shows_its_remarks_and_those_on_the_section_that_it_fills(client, disclosure, clerk, reviewer):
    text = Narrative.objects.get(disclosure=disclosure, key="other_matters")
    address = reverse("admin:disclosure_narrative_change", args=[text.pk])
    client.force_login(reviewer)
    way = form_at(disclosure, text, "narrative")
    offered = way in page(client, address)
    client.post(way, {"text": "这一段请补充"})
    heading = next(
        one for one in re.findall(r'<option value="([^"]+)">', page(client, steps(disclosure))) if "其他" in one
    )
    client.post(steps(disclosure), {"act": "remark", "place": heading, "text": "整个部分请核对"})
    client.force_login(clerk)

    shown, at_steps = page(client, address), page(client, steps(disclosure))

    assert offered
    assert [said in shown for said in ("这一段请补充", "整个部分请核对")] == [True, True]
    assert 'name="act" value="answer"' in shown
    assert f'href="{address}"' in at_steps
    assert f'href="{reverse("admin:disclosure_preview", args=[disclosure.pk])}#others"' in at_steps


def test_who_does_not_work_on_it_may_not_remark_and_what_is_not_there_is_not_found(client, disclosure, reviewer, line):
    auditor = get_user_model().objects.create(username="审计员", is_staff=True)
    Membership.objects.create(user=auditor, role=Role.AUDITOR, government=disclosure.budget.department.government)
    client.force_login(auditor)
    forbidden = [client.get(form_at(disclosure, line)).status_code, client.post(form_at(disclosure, line)).status_code]
    client.force_login(reviewer)
    missing = [
        client.get(reverse("admin:remark", args=[disclosure.pk, key, pk])).status_code
        for key, pk in (("expenditureline", 10**9), ("nothing", line.pk), ("narrative", 10**9))
    ]
    blank = client.post(form_at(disclosure, line), {"field": "amount", "text": " "})
    strange = client.post(form_at(disclosure, line), {"field": "nothing", "text": "请核对"})

    assert forbidden == [403, 403]
    assert missing == [404, 404, 404]
    assert "请写明意见。" in blank.content.decode()
    assert strange.status_code == 200
    assert not Comment.objects.exists()


def test_an_anchor_is_whole_or_there_is_none(disclosure, clerk):
    half = Comment(disclosure=disclosure, text="请核对", by=clerk, at=timezone.now(), anchor_field="amount")

    with pytest.raises(ValidationError, match="意见所指的位置须写明"):
        half.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        half.save()


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_take_the_same_number_of_queries_however_many_remarks(client, disclosure, reviewer, line, count):
    client.force_login(reviewer)
    for number in range(count):
        client.post(form_at(disclosure, line), {"field": "amount", "text": f"意见{number}"})
    taken = []
    for address in (grid(disclosure), steps(disclosure)):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        taken.append(len(queries))

    assert taken == [26, 84]
