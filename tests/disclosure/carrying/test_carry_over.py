"""Last year is carried into an empty draft: the words and the shape, never an amount, and every row is marked."""

import io
import json
from datetime import date

import openpyxl
import pytest
from clerks import a_clerk_of
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from published import an_edition
from workbooks import canonical_lines, uploaded

from budgets.enums import SuccessionKind
from budgets.models import (
    AuditTrail,
    ExpenditureLine,
    PreviousFigure,
    ProcurementItem,
    Project,
    RevenueLine,
    Succession,
    ThreePublicCost,
    UnitProfile,
)
from budgets.money import ZERO
from disclosure.carrying import carry_over, plan_of, sources
from disclosure.document import Document
from disclosure.enums import NarrativeState, Status
from disclosure.intake.run import commit
from disclosure.intake.template import export
from disclosure.marks import open_marks
from disclosure.models import CarriedRow, Contribution, Disclosure, EmptyTable, GlossaryTerm, Narrative
from disclosure.refusal import RefusalError
from performance.models import AnnualTask, DutyGoal, GoalStatement, Indicator, OverallGoal, ProjectGoal


def before(disclosure):
    [found] = sources(disclosure)
    return found


def of_both_years(model, draft, path="budget"):
    """Count the rows of a model last year and this year."""
    old, now = before(draft), draft
    return [model.objects.filter(**{path: one if path == "disclosure" else one.budget}).count() for one in (old, now)]


def test_what_stands_from_year_to_year_is_carried(draft, clerk):
    carry_over(draft, by=clerk)

    for model in (AnnualTask, ProjectGoal, ThreePublicCost):
        old, now = of_both_years(model, draft)
        assert old == now > 0
    for model in (GoalStatement, Indicator):
        old, now = of_both_years(model, draft, "goal__budget")
        assert old == now > 0
    for model in (OverallGoal, DutyGoal):
        old = model.objects.filter(budget=before(draft).budget, unit=None).count()
        assert model.objects.filter(budget=draft.budget, unit=None).count() == old > 0
    for model in (GlossaryTerm, EmptyTable):
        old, now = of_both_years(model, draft, "disclosure")
        assert old == now
    profiles = UnitProfile.objects.filter(unit__department=draft.budget.department).order_by("unit__code")
    values = ("unit", "nature", "rank", "funding", "posts", "staff")
    assert list(profiles.filter(year=2023).values_list(*values)) == list(
        profiles.filter(year=2022).values_list(*values)
    )


def test_no_amount_of_last_year_is_in_this_year(draft, clerk):
    carry_over(draft, by=clerk)

    assert canonical_lines(draft) == []
    assert not RevenueLine.objects.filter(budget=draft.budget).exists()
    assert not ProcurementItem.objects.filter(budget=draft.budget).exists()
    costs = ThreePublicCost.objects.filter(budget=draft.budget)
    assert set(costs.values_list("amount", "reason", "persons")) == {(ZERO, "", None)}
    last = ThreePublicCost.objects.filter(budget=before(draft).budget)
    assert sorted(costs.values_list("previous", flat=True)) == sorted(last.values_list("amount", flat=True))
    assert not Indicator.objects.filter(goal__budget=draft.budget, measure__contains="元").exclude(value="").exists()


def test_typed_amounts_become_blanks_and_the_years_that_stand_for_the_budget_tokens(draft, clerk):
    text = "2022年部门预算安排35.6万元，2021年印发《2022年预算编制通知》，2022年起执行。金额为0万元。"
    before(draft).narratives.filter(key="duties").update(text=text)

    carry_over(draft, by=clerk)

    said = draft.narratives.get(key="duties")
    assert said.text == "{年度}年部门预算安排＿＿＿万元，2021年印发《2022年预算编制通知》，2022年起执行。金额为0万元。"
    assert said.state == NarrativeState.CARRIED_OVER
    found = [one for one in Document.of(draft).content.sections if one.key == "duties"]
    assert "2023年部门预算安排＿＿＿万元" in str(found)


def test_an_indicator_in_money_is_carried_without_its_value(draft, clerk):
    old = Indicator.objects.filter(goal__budget=before(draft).budget).first()
    Indicator.objects.filter(pk=old.pk).update(measure="万元", value="12.5", description="不超过12.5万元", name="成本")

    carry_over(draft, by=clerk)

    now = Indicator.objects.get(pk=CarriedRow.objects.get(model="performance.Indicator", before=old.pk).row)
    assert (now.measure, now.value, now.description, now.operator) == ("万元", "", "不超过＿＿＿万元", old.operator)


def test_reasons_for_a_change_are_not_carried_and_said_so(draft, clerk):
    carried = carry_over(draft, by=clerk)

    assert not draft.narratives.filter(key__startswith="reason_").exists()
    words = next(part for part in carried.parts if part.title == "文字说明")
    assert words.skipped == ("收支增减的原因每年不同，没有带入；上年的写法在填写框旁边。",)


def test_every_row_is_marked_and_the_clerk_is_remembered(draft, clerk):
    carried = carry_over(draft, by=clerk)

    texts = draft.narratives.filter(state=NarrativeState.CARRIED_OVER).count()
    assert len(open_marks(draft)) + texts == carried.total > 0
    assert Contribution.objects.filter(budget=draft.budget, unit=None, by=clerk).exists()
    row = AuditTrail.objects.last()
    assert (row.action, row.action_name, row.subject, row.actor) == (
        "carry_over",
        "从上年带入",
        f"disclosure:{draft.pk}",
        clerk,
    )
    assert json.loads(row.detail)["source"] == f"disclosure:{before(draft).pk}"
    assert sum(json.loads(row.detail)["carried"].values()) == carried.total


def test_the_preview_says_the_same_and_stores_nothing(draft, clerk):
    plan = plan_of(draft)

    assert not CarriedRow.objects.exists()
    assert not Narrative.objects.filter(disclosure=draft).exists()
    carried = carry_over(draft, by=clerk)
    assert [(part.title, part.names, part.skipped) for part in plan.parts] == [
        (part.title, part.names, part.skipped) for part in carried.parts
    ]


def test_a_second_run_adds_nothing(draft, clerk):
    carry_over(draft, by=clerk)
    marks, trail = CarriedRow.objects.count(), AuditTrail.objects.count()

    again = carry_over(draft, by=clerk)

    assert again.total == 0
    assert (CarriedRow.objects.count(), AuditTrail.objects.count()) == (marks, trail)
    assert "本年的名词解释已经填写。" in [reason for part in again.parts for reason in part.skipped]


def test_what_is_filled_in_is_never_overwritten(draft, clerk):
    draft.narratives.create(key="duties", text="新的职责")
    draft.glossary_terms.create(position=1, term="新名词", explanation="新解释")

    carried = carry_over(draft, by=clerk)

    assert draft.narratives.get(key="duties").text == "新的职责"
    assert list(draft.glossary_terms.values_list("term", flat=True)) == ["新名词"]
    said = {part.title: part for part in carried.parts}
    assert said["名词解释"].pairs == ()
    assert "“部门职责”本年已经填写。" in said["文字说明"].skipped


def test_a_table_is_declared_empty_again_only_while_it_is(draft, clerk):
    spent = ExpenditureLine.objects.filter(budget=before(draft).budget)
    line = spent.filter(source="fund", kind="project").first()
    spent.filter(source__in=("fund", "capital")).delete()
    for table in ("fund_expenditure", "capital_expenditure"):
        EmptyTable.objects.create(disclosure=before(draft), table=table, reason="2022年部门预算没有安排")
    line.pk, line.budget = None, draft.budget
    line.save()

    carried = carry_over(draft, by=clerk)

    declared = draft.empty_tables.values_list("table", "reason")
    assert list(declared) == [("capital_expenditure", "{年度}年部门预算没有安排")]
    part = next(part for part in carried.parts if part.title == "空表说明")
    assert part.skipped == ("《政府性基金预算支出表》本年已有数据，不再是空表。",)


def test_a_project_that_gets_no_money_this_year_is_left_out(draft, clerk):
    [first, *_] = Project.objects.filter(goals__budget=before(draft).budget).order_by("pk")
    line = ExpenditureLine.objects.filter(budget=before(draft).budget, project=first).first()
    line.pk, line.budget = None, draft.budget
    line.save()

    carried = carry_over(draft, by=clerk)

    own = ProjectGoal.objects.filter(budget=draft.budget, project__unit=first.unit)
    assert [goal.project for goal in own] == [first]
    part = next(part for part in carried.parts if part.title == "项目绩效目标")
    assert any("本年没有安排" in reason for reason in part.skipped)


def test_a_renamed_department_starts_from_its_predecessor(drafts):
    renamed = drafts["renamed"]
    old = before(renamed)

    carry_over(renamed, by=a_clerk_of(renamed))

    assert old.budget.department != renamed.budget.department
    assert renamed.narratives.count() > 0
    units = UnitProfile.objects.filter(year=2023, unit__department=renamed.budget.department)
    assert units.count() == UnitProfile.objects.filter(year=2022, unit__department=old.budget.department).count() > 0
    goals = ProjectGoal.objects.filter(budget=renamed.budget)
    assert [goal for goal in goals if goal.project.unit.department != renamed.budget.department] == []


def test_a_merged_department_has_to_choose(drafts, clerk):
    draft, other = drafts["same"], before(drafts["renamed"])
    own = before(draft)
    Succession.objects.all().delete()
    new = drafts["renamed"]
    for old in (own, other):
        Succession.objects.create(
            government=new.budget.fiscal_year.government,
            kind=SuccessionKind.MERGED,
            date=date(2022, 11, 20),
            from_department=old.budget.department,
            to_department=new.budget.department,
        )

    with pytest.raises(RefusalError, match="前身不止一个，请指明从哪一个带入"):
        plan_of(new)

    assert sources(new) == [own, other]
    assert plan_of(new, other).source == other


def test_a_unit_carries_its_own(drafts, clerk):
    unit = drafts["unit"]

    carried = carry_over(unit, by=clerk)

    assert carried.total > 0
    assert set(CarriedRow.objects.values_list("unit", flat=True)) == {unit.unit_id}
    whole = [one.now for one in open_marks(drafts["same"])]
    assert any(isinstance(row, UnitProfile) for row in whole)
    assert not any(isinstance(row, OverallGoal | GlossaryTerm) for row in whole)


def test_only_those_who_fill_in_carry_over_and_only_while_it_is_open(draft, clerk):
    stranger = get_user_model().objects.create(username="外人", is_staff=True)

    with pytest.raises(RefusalError, match="^用户“外人”不能填报"):
        carry_over(draft, by=stranger)
    Disclosure.objects.filter(pk=draft.pk).update(status=Status.DEPARTMENT_REVIEW)
    with pytest.raises(RefusalError, match="内容已锁定"):
        carry_over(draft, by=clerk)

    assert not CarriedRow.objects.exists()


def test_there_is_nothing_before_the_first_year(draft):
    with pytest.raises(RefusalError, match="没有可以带入的上年内容"):
        plan_of(before(draft))


def test_previous_totals_are_left_to_the_clerk_where_last_year_was_not_published(draft, clerk):
    carried = carry_over(draft, by=clerk)

    said = next(part for part in carried.parts if part.title == "上年数")
    assert said.skipped == ("上年的预算没有在本系统公开，上年预算数请按上年公开的文件填写。",)
    assert not PreviousFigure.objects.filter(budget=draft.budget).exists()


def test_a_renamed_unit_gets_last_years_totals_from_its_predecessors_edition(drafts):
    renamed = drafts["renamed"]
    unit = Disclosure.objects.filter(budget=renamed.budget).exclude(unit=None).select_related("unit").first()
    clerk = a_clerk_of(renamed)
    old = before(unit)
    content = Document.of(old).content
    an_edition(old, content, clerk)

    carry_over(unit, by=clerk)

    figures = dict(PreviousFigure.objects.filter(budget=unit.budget, unit=unit.unit).values_list("code", "amount"))
    assert figures["total"] == content.facts.expenditure.total > ZERO
    assert figures["revenue_total"] == content.facts.revenue.total
    assert len(figures) == 7


def test_a_row_changed_by_a_workbook_is_reviewed(draft, clerk):
    carry_over(draft, by=clerk)
    book = openpyxl.load_workbook(io.BytesIO(export(draft, by=clerk)))
    term = draft.glossary_terms.order_by("position").first()
    cell = next(cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == term.explanation)
    cell.value = "今年的解释"
    for sheet in [one for one in book.worksheets[1:] if one is not cell.parent]:
        book.remove(sheet)

    commit(draft, uploaded(book), by=clerk)

    marks = CarriedRow.objects.filter(model="disclosure.GlossaryTerm").exclude(reviewed_at=None)
    assert [mark.row for mark in marks] == [term.pk]


def test_the_command_carries_over_and_says_what(draft, clerk, capsys):
    budget = draft.budget
    named = [budget.department.code, "2023", "--government", budget.fiscal_year.government.code]

    call_command("carry_over", *named, "--by", clerk.username)

    assert f"从{before(draft)}带入{CarriedRow.objects.count() + draft.narratives.count()}处" in capsys.readouterr().out
    with pytest.raises(CommandError, match="请用 --by 指明一名经办人"):
        call_command("carry_over", *named, "--by", "没有这个人")
