"""The checklist of the sample's draft: what is entered, what lacks, what was found, who worked on it."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from gridded import a_clerk, a_line

from budgets import edits
from budgets.models import AssetHolding, AuditTrail, ExpenditureLine, RevenueLine, ThreePublicCost, Unit, UnitProfile
from disclosure.checklist.parts import Sort
from disclosure.checklist.sheet import Checklist
from disclosure.checklist.states import State
from disclosure.enums import NarrativeState
from disclosure.judgement import judge
from disclosure.models import Disclosure, EmptyTable, Exemption
from performance.models import Indicator, ProjectGoal


def item(disclosure, key, sort=Sort.TABLE):
    [found] = [one for one in Checklist.of(disclosure).items if one.piece.name == (sort, key)]
    return found


def shown(disclosure, key, sort=Sort.TABLE) -> dict[str, str]:
    return {count.title: str(count) for count in item(disclosure, key, sort).counts}


def test_a_finished_draft_is_done_in_every_part(disclosure):
    checklist = Checklist.of(disclosure)

    assert {one.state for one in checklist.items} == {State.DONE}
    assert (len(checklist.done), len(checklist.wanted)) == (23, 23)
    assert (checklist.unreviewed, checklist.elsewhere, checklist.fresh) == (0, 0, True)


def test_chapters_come_in_printed_order_with_their_tables(disclosure):
    chapters = Checklist.of(disclosure).chapters

    assert [one.item.piece.key for one in chapters][:2] == ["duties", "overview"]
    assert [one.piece.key for one in chapters[0].tables] == ["units"]
    assert [one.heading for one in chapters[-1].tables][:2] == ["表一　部门预算收支总表", "表二　部门预算收入总表"]


def test_projects_and_units_are_counted_n_of_m(disclosure):
    goal = ProjectGoal.objects.filter(budget=disclosure.budget).first()
    Indicator.objects.filter(goal=goal).delete()
    UnitProfile.objects.filter(unit=Unit.objects.get(code="203003"), year=2022).delete()

    assert shown(disclosure, "goals")["绩效指标"] == "18/19个项目"
    assert item(disclosure, "goals").evidence.lacks == ("绩效指标还差1个项目",)
    assert shown(disclosure, "units") == {"单位情况": "2/3个单位"}
    assert item(disclosure, "units").state is State.UNDERWAY


def test_a_table_counts_what_fills_it_alone(disclosure):
    assert shown(disclosure, "spending") == {"支出明细": "75行"}
    assert shown(disclosure, "basic_expenditure") == {"支出明细": "47行"}
    assert shown(disclosure, "fund_expenditure") == {"支出明细": "0行"}


def test_an_empty_table_is_done_with_its_reason_and_not_begun_without(disclosure):
    assert item(disclosure, "procurement").state is State.DONE
    EmptyTable.objects.filter(disclosure=disclosure, table="procurement").delete()

    assert item(disclosure, "procurement").state is State.NOT_STARTED
    waiting = item(disclosure, "procurement", Sort.CHAPTER)
    assert (waiting.state, waiting.evidence.lacks) == (State.NOT_STARTED, ("要用到的政府采购还没有填写",))
    assert item(disclosure, "tables", Sort.CHAPTER).state is State.DONE


def test_a_table_of_zeros_lacks_its_reason(disclosure):
    ThreePublicCost.objects.filter(budget=disclosure.budget).update(amount=0, previous=0)

    assert item(disclosure, "three_public").evidence.lacks == ("填写的金额都是零，也没有空表说明",)


def test_a_text_that_is_not_written_is_not_begun(disclosure):
    disclosure.narratives.filter(key="other_matters").delete()
    disclosure.narratives.filter(key="duties").update(text=" ")

    assert item(disclosure, "others", Sort.CHAPTER).state is State.NOT_STARTED
    assert item(disclosure, "duties", Sort.CHAPTER).state is State.NOT_STARTED


def test_what_came_from_last_year_keeps_its_chapter_open(disclosure):
    disclosure.narratives.filter(key="reason_project").update(state=NarrativeState.CARRIED_OVER)

    overview = item(disclosure, "overview", Sort.CHAPTER)
    assert (overview.state, overview.evidence.unreviewed) == (State.UNDERWAY, 1)
    assert Checklist.of(disclosure).unreviewed == 1


def test_findings_are_those_of_the_last_check_and_it_is_said_when_they_are_old(disclosure):
    disclosure.explanations.all().delete()
    AssetHolding.objects.filter(budget=disclosure.budget).delete()

    stale = Checklist.of(disclosure)
    judge(Disclosure.objects.get(pk=disclosure.pk))
    fresh = Checklist.of(disclosure)

    assert (stale.fresh, fresh.fresh) == (False, True)
    assert State.TROUBLED in {one.state for one in stale.items}
    counted = sum(one.evidence.errors + one.evidence.warnings for one in fresh.items) + fresh.elsewhere
    judged = judge(disclosure)
    assert counted == len(judged.blocking) + len(judged.unexplained)


def test_a_draft_that_was_never_checked_says_so(disclosure):
    disclosure.audit_result.delete()

    checklist = Checklist.of(Disclosure.objects.get(pk=disclosure.pk))

    assert (checklist.checked_at, checklist.fresh) == (None, False)


def test_whoever_changed_a_part_last_is_named_from_the_trail(disclosure):
    clerk = a_clerk(disclosure)
    line = RevenueLine.objects.filter(budget=disclosure.budget).first()
    line.amount += 1
    edits.write(edits.save(line), by=clerk)
    other = get_user_model().objects.create(username="另一人")
    text = disclosure.narratives.get(key="duties")
    text.text += "。"
    edits.write(edits.save(text), by=other)
    AuditTrail.append(
        "import", "x", by=other, subject=f"disclosure:{disclosure.pk}", models=["budgets.ExpenditureLine"]
    )

    assert item(disclosure, "income").touch.by == clerk
    assert item(disclosure, "duties", Sort.CHAPTER).touch.by == other
    assert item(disclosure, "spending").touch[::2] == (other, "导入")
    assert item(disclosure, "totals").touch.by == other
    assert item(disclosure, "assets").touch is None
    assert item(disclosure, "others", Sort.CHAPTER).touch is None


def test_an_exempt_draft_asks_for_nothing_that_nobody_began(disclosure):
    budget = disclosure.budget
    of = {"fiscal_year": budget.fiscal_year, "department": budget.department}
    Exemption.objects.create(**of, kind="exempt", reason="依法不予公开")
    disclosure.narratives.filter(key="other_matters").delete()

    assert Checklist.of(disclosure).needless.startswith("已登记为“依法不予公开”")
    assert item(disclosure, "others", Sort.CHAPTER).state is State.NOT_APPLICABLE


def test_a_unit_may_leave_the_goals_of_the_whole_to_its_department(disclosure):
    unit = Disclosure.objects.create(budget=disclosure.budget, unit=Unit.objects.get(code="203002"))

    chapter = item(unit, "performance", Sort.CHAPTER)

    assert chapter.state is State.NOT_APPLICABLE
    assert chapter.evidence.needless == "部门整体的绩效目标由部门公开，单位可以不写"
    assert shown(unit, "units") == {"单位情况": "1/1个单位"}


@pytest.mark.parametrize("rows", [1, 3])
def test_a_checklist_asks_the_same_however_much_was_entered(disclosure, rows):
    clerk, unit = a_clerk(disclosure), Unit.objects.get(code="203001")
    for number in range(rows):
        line = a_line(disclosure, unit, f"明细{number}")
        edits.write([edits.Edit("add", line, edits.compared(None, line))], by=clerk)

    with CaptureQueriesContext(connection) as queries:
        Checklist.of(Disclosure.objects.select_related(*Disclosure.spoken).get(pk=disclosure.pk))

    assert ExpenditureLine.objects.filter(label__startswith="明细").count() >= rows
    assert len(queries) == 82
