"""From 填报中 to 待公开: each step the legal way, each refusal in its words, each button pressed twice."""

import pytest
from traces import edit, exempt, now, pressed_again, refusal, taken_to
from walking import crew_of, published

from budgets.enums import ReviewChain, Role
from budgets.models import AuditTrail, FiscalYear
from disclosure import workflow
from disclosure.enums import Status
from disclosure.models import Explanation, Narrative, Transition
from disclosure.moves import HOLDERS, REVIEWS, UNDER_WAY, WITHIN_DEPARTMENT
from disclosure.scopes import remember


def combining(draft):
    """Let the department combine its reviews, in the hands of one account that holds all three."""
    draft.budget.department.combines_reviews = True
    draft.budget.department.save()


def test_a_draft_goes_to_the_public_step_by_step_each_signed_on_the_same_content(draft, crew):
    edition = published(draft)

    steps = list(Transition.objects.filter(disclosure=draft).values_list("act", "before", "after", "by", "round"))
    people = {role: crew[role].pk for role in crew}
    assert steps == [
        ("submit", "drafting", "department_review", people[Role.CLERK], 1),
        ("sign", "department_review", "secrecy_review", people[Role.DEPARTMENT_REVIEWER], 1),
        ("sign", "secrecy_review", "signing", people[Role.SECRECY_REVIEWER], 1),
        ("sign", "signing", "bureau_review", people[Role.SIGNING_HEAD], 1),
        ("approve", "bureau_review", "ready", people[Role.BUREAU_REVIEWER], 1),
        ("publish", "ready", "published", people[Role.PUBLISHER], 1),
    ]
    assert set(draft.transitions.values_list("content_sha256", flat=True)) == {edition.content_sha256}
    trail = AuditTrail.objects.filter(target=str(draft)).order_by("pk").values_list("action", flat=True)
    assert list(trail)[-6:] == ["submit", "sign", "sign", "sign", "approve", "publish"]


def test_a_review_says_what_is_usual_where_its_reviewer_leaves_it(draft, crew):
    taken_to(draft, Status.SECRECY_REVIEW)

    signed = workflow.sign(draft, by=crew[Role.SECRECY_REVIEWER], step=Status.SECRECY_REVIEW, conclusion="  ")

    assert signed.comment == "已审查，不涉及国家秘密、工作秘密和个人隐私，可以公开"


def test_a_conclusion_that_no_edition_has_room_for_is_refused_when_it_is_written(draft, crew):
    taken_to(draft, Status.DEPARTMENT_REVIEW)
    step = {"by": crew[Role.DEPARTMENT_REVIEWER], "step": Status.DEPARTMENT_REVIEW}

    said = refusal(workflow.sign, draft, **step, conclusion="好" * 201)

    assert said == "审核结论不能超过200个字，现有201个字。"
    assert workflow.sign(draft, **step, conclusion="好" * 200).after == Status.SECRECY_REVIEW


@pytest.mark.parametrize("state", [state for state in Status if state is not Status.DRAFTING])
def test_only_a_draft_in_drafting_is_submitted(draft, somebody, state):
    type(draft).objects.filter(pk=draft.pk).update(status=state)

    said = refusal(workflow.submit, draft, by=somebody("另一经办人", Role.CLERK))

    assert said == f"{draft}现在是“{state.label}”，不能提交审核；只有“填报中”时可以提交审核。"


def test_only_a_clerk_of_the_draft_submits_it(draft, crew):
    assert refusal(workflow.submit, draft, by=crew[Role.PUBLISHER]) == (
        f"用户“demo-publisher”不是{draft}的“经办人”，不能提交审核。请由担任这一岗位的人办理，或请安全管理员授予岗位。"
    )


def test_a_clerk_of_another_department_or_unit_does_not_submit_it(draft, disclosure):
    stranger = crew_of(disclosure)[Role.CLERK]
    unit = draft.budget.department.units.first()
    stranger.memberships.all().delete()
    stranger.memberships.create(
        role=Role.CLERK, government=unit.department.government, department=unit.department, unit=unit
    )

    assert "的“经办人”，不能提交审核" in refusal(workflow.submit, draft, by=stranger)


def test_an_account_that_was_closed_takes_no_step(draft, crew):
    clerk = crew[Role.CLERK]
    clerk.is_active = False

    assert "的“经办人”，不能提交审核" in refusal(workflow.submit, draft, by=clerk)


def test_submitting_twice_is_submitting_once(draft, crew):
    first = workflow.submit(draft, by=crew[Role.CLERK])

    assert pressed_again(workflow.submit, draft, by=crew[Role.CLERK]) == first


def test_a_warning_without_its_reason_stops_the_submission(draft, crew):
    [reason, *_] = Explanation.objects.filter(disclosure=draft)
    reason.delete()

    said = f"还有1处警告没有说明原因，请改正或在“检查结果”中说明原因：\n{reason.rule}　{reason.message}"
    assert refusal(workflow.submit, draft, by=crew[Role.CLERK]) == said


def test_a_text_carried_over_and_not_looked_at_stops_the_submission(draft, crew):
    Narrative.objects.filter(disclosure=draft, key="duties").update(state="carried_over")

    assert refusal(workflow.submit, draft, by=crew[Role.CLERK]) == (
        "以下文字从上年带入，还没有人复核：部门职责。请逐一确认或修改。"
    )


def test_what_is_not_published_by_itself_is_not_submitted(draft, crew):
    exempt(draft)

    assert refusal(workflow.submit, draft, by=crew[Role.CLERK]) == (
        f"{draft}已登记为“依法不予公开”（另有规定），不单独公开，不需要提交。"
    )


def test_a_draft_is_recalled_before_its_first_review_is_signed(draft, crew):
    taken_to(draft, Status.DEPARTMENT_REVIEW)

    recalled = workflow.recall(draft, by=crew[Role.CLERK], comment=" 漏填 ")

    assert (recalled.after, recalled.comment, now(draft).status) == (Status.DRAFTING, "漏填", Status.DRAFTING)
    assert pressed_again(workflow.recall, draft, by=crew[Role.CLERK]) == recalled


@pytest.mark.parametrize("state", [state for state in Status if state is not Status.DEPARTMENT_REVIEW])
def test_nothing_is_recalled_after_its_first_review_or_before_it_is_submitted(draft, crew, state):
    type(draft).objects.filter(pk=draft.pk).update(status=state)

    assert refusal(workflow.recall, draft, by=crew[Role.CLERK]) == (
        f"{draft}现在是“{state.label}”，不能撤回；只有“部门审核”时可以撤回。"
    )


def test_only_a_clerk_recalls(draft, crew):
    taken_to(draft, Status.DEPARTMENT_REVIEW)

    assert "的“经办人”，不能撤回" in refusal(workflow.recall, draft, by=crew[Role.DEPARTMENT_REVIEWER])


@pytest.mark.parametrize("step", WITHIN_DEPARTMENT)
def test_a_review_is_signed_by_its_own_reviewer(draft, crew, step):
    taken_to(draft, step)
    others = [role for role in crew if role != HOLDERS[step]]

    said = [refusal(workflow.sign, draft, by=crew[role], step=step) for role in others]

    assert said == [
        f"用户“{crew[role]}”不是{draft}的“{HOLDERS[step].label}”，不能签署。"
        "请由担任这一岗位的人办理，或请安全管理员授予岗位。"
        for role in others
    ]
    signed = workflow.sign(draft, by=crew[HOLDERS[step]], step=step)
    assert pressed_again(workflow.sign, draft, by=crew[HOLDERS[step]], step=step) == signed


def test_only_the_bureau_approves_and_pressing_twice_approves_once(draft, crew):
    taken_to(draft, Status.BUREAU_REVIEW)

    assert "的“财政审核人”，不能审核通过" in refusal(workflow.approve, draft, by=crew[Role.SIGNING_HEAD])
    approved = workflow.approve(draft, by=crew[Role.BUREAU_REVIEWER])
    assert (approved.comment, approved.after) == ("审核通过", Status.READY)
    assert pressed_again(workflow.approve, draft, by=crew[Role.BUREAU_REVIEWER]) == approved


def test_a_review_is_not_signed_from_a_page_that_is_out_of_date(draft, crew, somebody):
    taken_to(draft, Status.SECRECY_REVIEW)

    said = refusal(workflow.sign, draft, by=crew[Role.SECRECY_REVIEWER], step=Status.DEPARTMENT_REVIEW)

    assert said == f"{draft}已不在“部门审核”，现在是“保密审查”。请刷新页面后再办理。"


def test_whoever_wrote_in_the_budget_signs_nothing(draft, crew):
    taken_to(draft, Status.DEPARTMENT_REVIEW)
    author = crew[Role.DEPARTMENT_REVIEWER]
    remember(author, draft.budget, draft.budget.department.units.first().pk)

    assert refusal(workflow.sign, draft, by=author, step=Status.DEPARTMENT_REVIEW) == (
        f"“demo-department-reviewer”填写或导入过{draft}的内容，不能审核、签署或公开。请由没有参与填报的人办理。"
    )


def test_an_author_neither_approves_nor_publishes_nor_sets_the_hour(draft, crew):
    taken_to(draft, Status.BUREAU_REVIEW)
    remember(crew[Role.BUREAU_REVIEWER], draft.budget, None)
    remember(crew[Role.PUBLISHER], draft.budget, None)

    said = [refusal(workflow.approve, draft, by=crew[Role.BUREAU_REVIEWER])]
    type(draft).objects.filter(pk=draft.pk).update(status=Status.READY)
    said.append(refusal(workflow.publish, draft, by=crew[Role.PUBLISHER]))

    assert all("填写或导入过" in one for one in said)


def test_two_steps_in_a_row_are_not_taken_by_one_account(draft, somebody):
    both = somebody("两岗", Role.CLERK, Role.DEPARTMENT_REVIEWER)
    workflow.submit(draft, by=both)

    assert refusal(workflow.sign, draft, by=both, step=Status.DEPARTMENT_REVIEW) == (
        "“两岗”刚办理了上一步“提交审核”（填报中），相邻两步不能由同一账号办理。请由另一人办理。"
    )


def test_steps_that_are_not_in_a_row_may_be_taken_by_one_account(draft, crew, somebody):
    both = somebody("两岗", Role.DEPARTMENT_REVIEWER, Role.SIGNING_HEAD)
    workflow.submit(draft, by=crew[Role.CLERK])
    workflow.sign(draft, by=both, step=Status.DEPARTMENT_REVIEW)
    workflow.sign(draft, by=crew[Role.SECRECY_REVIEWER], step=Status.SECRECY_REVIEW)

    assert not workflow.sign(draft, by=both, step=Status.SIGNING).combined


def test_a_small_department_combines_its_reviews_and_says_so(draft, crew, somebody):
    combining(draft)
    head = somebody("一人", Role.DEPARTMENT_REVIEWER, Role.SECRECY_REVIEWER, Role.SIGNING_HEAD)
    workflow.submit(draft, by=crew[Role.CLERK])

    combined = [workflow.sign(draft, by=head, step=step).combined for step in WITHIN_DEPARTMENT]
    workflow.approve(draft, by=crew[Role.BUREAU_REVIEWER])
    edition = workflow.publish(draft, by=crew[Role.PUBLISHER])

    assert combined == [False, True, True]
    assert list(edition.sign_offs.values_list("step", "person", "combined")) == [
        ("department_review", "一人", False),
        ("secrecy_review", "一人", True),
        ("signing", "一人", True),
        ("bureau_review", "demo-bureau-reviewer", False),
    ]


def test_a_small_department_combines_neither_with_the_clerk_nor_with_the_bureau(draft, crew, somebody):
    combining(draft)
    hats = somebody("多岗", *Role)
    workflow.submit(draft, by=hats)
    said = [refusal(workflow.sign, draft, by=hats, step=Status.DEPARTMENT_REVIEW)]
    for step in WITHIN_DEPARTMENT[:2]:
        workflow.sign(draft, by=crew[HOLDERS[step]], step=step)
    workflow.sign(draft, by=hats, step=Status.SIGNING)
    said.append(refusal(workflow.approve, draft, by=hats))
    said.append(refusal(workflow.publish_urgently, draft, by=hats, reason="突发"))
    workflow.approve(draft, by=crew[Role.BUREAU_REVIEWER])
    workflow.send_back(draft, by=hats, comment="再核对")

    assert [one.partition("刚办理了上一步")[2].partition("，")[0] for one in said] == [
        "“提交审核”（填报中）",
        "“签署”（负责人审签）",
        "“签署”（负责人审签）",
    ]


def three(draft) -> None:
    """Leave the bureau out."""
    FiscalYear.objects.filter(pk=draft.budget.fiscal_year_id).update(reviews=ReviewChain.THREE)


def test_a_three_step_chain_goes_past_the_bureau(draft, crew):
    three(draft)
    taken_to(draft, Status.SIGNING)

    signed = workflow.sign(draft, by=crew[Role.SIGNING_HEAD], step=Status.SIGNING)

    assert signed.after == Status.READY
    assert workflow.publish(draft, by=crew[Role.PUBLISHER]).sign_offs.count() == 3


def test_a_draft_before_the_bureau_goes_on_where_the_chain_loses_that_step(draft, crew):
    taken_to(draft, Status.BUREAU_REVIEW)
    three(draft)

    assert workflow.approve(draft, by=crew[Role.BUREAU_REVIEWER]).after == Status.READY


def test_a_draft_ready_after_three_steps_is_published_where_the_chain_gains_a_fourth(draft, crew):
    three(draft)
    taken_to(draft, Status.READY)
    FiscalYear.objects.filter(pk=draft.budget.fiscal_year_id).update(reviews=ReviewChain.FOUR)

    assert workflow.publish(draft, by=crew[Role.PUBLISHER]).number == 1


@pytest.mark.parametrize("state", REVIEWS[1:])
def test_a_signature_is_void_after_an_edit(draft, crew, state):
    taken_to(draft, state)
    edit(draft)
    by = crew[HOLDERS[state]]

    step = {} if state is Status.BUREAU_REVIEW else {"step": state}
    said = refusal(workflow.approve if not step else workflow.sign, draft, by=by, **step)

    assert said == ("demo-clerk提交审核（填报中）之后，内容有改动，这一步已经作废。请退回经办人，核对后重新提交审核。")


def test_a_signature_is_void_after_a_unit_is_renamed_in_the_register(draft, crew):
    taken_to(draft, Status.READY)
    unit = draft.budget.department.units.first()
    unit.name = "更名后的单位"
    unit.save()

    assert refusal(workflow.publish, draft, by=crew[Role.PUBLISHER]) == (
        "demo-clerk提交审核（填报中）之后，内容有改动，这一步已经作废。请退回经办人，核对后重新提交审核。"
    )


@pytest.mark.parametrize("state", UNDER_WAY)
@pytest.mark.parametrize("bureau", [False, True], ids=["holder", "bureau"])
def test_a_draft_is_returned_from_every_state_on_its_way(draft, crew, state, bureau):
    type(draft).objects.filter(pk=draft.pk).update(
        status=state, publish_at="2100-01-01T00:00Z", scheduled_by=crew[Role.PUBLISHER]
    )
    by = crew[Role.BUREAU_REVIEWER if bureau else HOLDERS[state]]

    returned = workflow.send_back(draft, by=by, comment=" 请核对表五 ")

    assert (returned.before, returned.after, returned.comment) == (state, Status.DRAFTING, "请核对表五")
    assert (now(draft).publish_at, now(draft).scheduled_by) == (None, None)
    assert pressed_again(workflow.send_back, draft, by=by, comment="又按一次") == returned


@pytest.mark.parametrize("state", UNDER_WAY)
def test_a_draft_is_not_returned_by_whoever_it_does_not_lie_with(draft, crew, state):
    type(draft).objects.filter(pk=draft.pk).update(status=state)
    strangers = [role for role in crew if role not in {HOLDERS[state], Role.BUREAU_REVIEWER}]

    said = {refusal(workflow.send_back, draft, by=crew[role], comment="退") for role in strangers}

    roles = "或".join(f"“{role.label}”" for role in dict.fromkeys((HOLDERS[state], Role.BUREAU_REVIEWER)))
    assert {one.partition("的“")[2] for one in said} == {
        f"{roles[1:]}，不能退回。请由担任这一岗位的人办理，或请安全管理员授予岗位。"
    }


def test_nothing_is_returned_without_a_word_or_from_where_it_did_not_leave(draft, crew):
    by = crew[Role.BUREAU_REVIEWER]
    in_draft = refusal(workflow.send_back, draft, by=by, comment="退")
    taken_to(draft, Status.DEPARTMENT_REVIEW)

    assert in_draft.startswith(f"{draft}现在是“填报中”，不能退回；只有“部门审核”、“保密审查”")
    assert refusal(workflow.send_back, draft, by=by, comment=" ") == "请写明退回的原因，让经办人知道改什么。"


def test_signatures_of_a_round_that_was_returned_do_not_count_in_the_next(draft, crew):
    taken_to(draft, Status.READY)
    workflow.send_back(draft, by=crew[Role.PUBLISHER], comment="再核对")
    workflow.submit(draft, by=crew[Role.CLERK])

    edition_steps = Transition.objects.filter(disclosure=draft, round=2)

    assert list(edition_steps.values_list("act", flat=True)) == ["submit"]
    assert now(draft).status == Status.DEPARTMENT_REVIEW
