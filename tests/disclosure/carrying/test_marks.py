"""未复核 marks block the submission until each is confirmed, or its row edited."""

import json
from types import SimpleNamespace

import pytest
from clerks import a_clerk_of
from django.contrib.auth import get_user_model

from budgets import edits
from budgets.models import AuditTrail, UnitProfile
from disclosure.carrying import carry_over, confirm
from disclosure.enums import NarrativeState
from disclosure.marks import open_marks
from disclosure.models import CarriedRow, Contribution, GlossaryTerm
from disclosure.readiness import check_submission
from disclosure.refusal import RefusalError


@pytest.fixture
def carried(draft, clerk):
    """The draft as it is after last year was carried over."""
    carry_over(draft, by=clerk)
    return draft


def refusal(disclosure, unreviewed=()):
    """Return why the draft may not be submitted, as far as this module's part of the check goes."""
    around = SimpleNamespace(unreviewed=unreviewed)
    with pytest.raises(RefusalError) as caught:
        check_submission(disclosure, SimpleNamespace(context=around))
    return str(caught.value)


def texts_of(disclosure):
    return list(disclosure.narratives.filter(state=NarrativeState.CARRIED_OVER).values_list("pk", flat=True))


def test_open_marks_block_the_submission(carried):
    count = GlossaryTerm.objects.filter(disclosure=carried).count()

    said = refusal(carried)

    assert said.startswith("以下内容从上年带入，还没有人复核：")
    assert f"名词解释{count}处" in said
    assert said.endswith("请打开“上年带入的内容”，逐项确认或修改。")


def test_confirming_takes_the_marks_away_and_is_on_record(carried, clerk):
    marks = [one.mark.pk for one in open_marks(carried)]
    texts = texts_of(carried)

    count = confirm(carried, by=clerk, marks=marks, texts=texts)

    assert count == len(marks) + len(texts)
    assert open_marks(carried) == []
    assert texts_of(carried) == []
    assert set(CarriedRow.objects.values_list("reviewed_by", flat=True)) == {clerk.pk}
    row = AuditTrail.objects.last()
    assert (row.action_name, row.actor, len(json.loads(row.detail)["rows"])) == ("复核上年内容", clerk, len(marks))
    assert confirm(carried, by=clerk, marks=marks, texts=texts) == 0


def test_whoever_confirms_has_written(carried, drafts):
    other = a_clerk_of(carried, "复核")

    confirm(carried, by=other, texts=texts_of(carried)[:1])

    assert Contribution.objects.filter(budget=carried.budget, unit=None, by=other).exists()


def test_nobody_else_confirms_and_nothing_of_another_draft(carried, clerk, drafts):
    stranger = get_user_model().objects.create(username="外人")
    marks = [one.mark.pk for one in open_marks(carried)]

    with pytest.raises(RefusalError, match="^用户“外人”不能填报"):
        confirm(carried, by=stranger, marks=marks)
    whole = CarriedRow.objects.get(pk=next(one.mark.pk for one in open_marks(carried) if one.mark.disclosure_id))
    assert confirm(drafts["unit"], by=clerk, marks=[whole.pk]) == 0

    assert len(open_marks(carried)) == len(marks)


def test_an_edit_is_a_review_and_a_deletion_needs_none(carried, clerk):
    first, second = GlossaryTerm.objects.filter(disclosure=carried)[:2]
    first.explanation = "今年的解释"

    edits.write(edits.save(first), by=clerk)
    edits.write(edits.delete([second]), by=clerk)

    left = {one.now.pk for one in open_marks(carried) if isinstance(one.now, GlossaryTerm)}
    assert left == set(GlossaryTerm.objects.filter(disclosure=carried).values_list("pk", flat=True)) - {first.pk}
    marks = CarriedRow.objects.filter(model="disclosure.GlossaryTerm")
    assert marks.get(row=first.pk).reviewed_by == clerk
    assert not marks.filter(row=second.pk).exists()


def test_a_row_that_is_gone_needs_nobody(carried):
    UnitProfile.objects.filter(year=2023).delete()

    assert not [one for one in open_marks(carried) if isinstance(one.now, UnitProfile)]


def test_last_years_row_stands_beside(carried):
    marks = open_marks(carried)

    assert all(type(one.before) is type(one.now) and one.before.pk != one.now.pk for one in marks)
