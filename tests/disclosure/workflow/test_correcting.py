"""更正: opened with a kind and a reason, published as a new edition, or given up; the old one is current meanwhile."""

import pytest
from traces import edit, now, pressed_again, refusal, taken_to
from walking import crew_of, published, withdrawn

from budgets.enums import Role
from disclosure import workflow
from disclosure.enums import CorrectionKind, Status
from disclosure.models import Edition


@pytest.fixture
def first(draft):
    return published(draft)


@pytest.fixture
def opened_draft(draft, crew, first):
    workflow.correct(draft, by=crew[Role.CLERK], kind=CorrectionKind.FIGURES, reason="合计数有误")
    return now(draft)


@pytest.mark.parametrize("role", [Role.CLERK, Role.BUREAU_REVIEWER])
def test_a_correction_states_its_kind_and_reason(draft, crew, first, role):
    step = workflow.correct(draft, by=crew[role], kind=CorrectionKind.OMISSION, reason=" 漏列一项 ")

    stored = now(draft)
    assert (step.before, step.after, step.comment) == ("published", "drafting", "内容遗漏：漏列一项")
    assert (stored.status, stored.correction_kind, stored.correction_reason) == ("drafting", "omission", "漏列一项")
    again = pressed_again(workflow.correct, draft, by=crew[role], kind=CorrectionKind.FIGURES, reason="又按一次")
    assert again == step


@pytest.mark.parametrize(
    ("kind", "reason", "said"),
    [
        ("whim", "理由", "请选择更正的类型。"),
        ("", "理由", "请选择更正的类型。"),
        (CorrectionKind.WORDS, " ", "请写明更正的理由。"),
        (CorrectionKind.WORDS, "错" * 201, "更正理由不能超过200个字，现有201个字。"),
    ],
)
def test_a_correction_without_kind_or_reason_is_refused(first, kind, reason, said):
    clerk = crew_of(first.disclosure)[Role.CLERK]

    assert refusal(workflow.correct, first.disclosure, by=clerk, kind=kind, reason=reason) == said


@pytest.mark.parametrize("state", [state for state in Status if state is not Status.PUBLISHED])
def test_only_what_is_published_is_corrected(draft, crew, state):
    type(draft).objects.filter(pk=draft.pk).update(status=state)

    assert refusal(workflow.correct, draft, by=crew[Role.CLERK], kind=CorrectionKind.WORDS, reason="错字") == (
        f"{draft}现在是“{state.label}”，不能发起更正；只有“已公开”时可以发起更正。"
    )


def test_a_publisher_does_not_open_a_correction(draft, crew, first):
    said = refusal(workflow.correct, draft, by=crew[Role.PUBLISHER], kind=CorrectionKind.WORDS, reason="错字")

    assert said == (
        f"用户“demo-publisher”不是{draft}的“经办人”或“财政审核人”，不能发起更正。"
        "请由担任这一岗位的人办理，或请安全管理员授予岗位。"
    )


def test_the_edition_stays_current_until_the_correction_is_published(opened_draft, crew, first):
    edit(opened_draft)
    during = []
    for state in (Status.DEPARTMENT_REVIEW, Status.READY):
        taken_to(opened_draft, state)
        during.append(Edition.objects.current().get(disclosure=opened_draft))
        workflow.send_back(opened_draft, by=crew[Role.BUREAU_REVIEWER], comment="再看")
    second = published(opened_draft)

    assert during == [first, first]
    assert Edition.objects.current().get(disclosure=opened_draft) == second
    assert (second.kind, second.correction_kind, second.reason) == ("correction", "figures", "合计数有误")
    assert (now(opened_draft).correction_kind, now(opened_draft).correction_reason) == ("", "")


def test_a_correction_that_changes_nothing_is_not_submitted(opened_draft, crew):
    assert refusal(workflow.submit, opened_draft, by=crew[Role.CLERK]) == (
        "内容与已公开的第1版完全相同，不需要再次公开。没有要改的，请“放弃更正”。"
    )


@pytest.mark.parametrize("role", [Role.CLERK, Role.BUREAU_REVIEWER])
def test_a_correction_is_given_up_where_nothing_was_changed(opened_draft, crew, role):
    step = workflow.abandon(opened_draft, by=crew[role])

    stored = now(opened_draft)
    assert (step.before, step.after) == ("drafting", "published")
    assert (stored.status, stored.correction_kind, stored.correction_reason) == (Status.PUBLISHED, "", "")
    assert pressed_again(workflow.abandon, opened_draft, by=crew[role]) == step


def test_a_correction_is_not_given_up_where_something_was_changed(opened_draft, crew):
    edit(opened_draft)

    assert refusal(workflow.abandon, opened_draft, by=crew[Role.CLERK]) == (
        "内容与公开的第1版不同，不能放弃更正。请改回原样，或提交审核，公开更正。"
    )


def test_a_first_draft_is_no_correction_to_give_up(draft, crew):
    assert refusal(workflow.abandon, draft, by=crew[Role.CLERK]) == "没有正在公开的版次，不是更正，不能放弃更正。"


def test_after_a_withdrawal_there_is_no_correction_to_give_up(draft, crew, first):
    withdrawn(first)

    assert refusal(workflow.abandon, draft, by=crew[Role.CLERK]) == "没有正在公开的版次，不是更正，不能放弃更正。"


def test_only_a_draft_in_drafting_is_given_up_by_whoever_may(draft, opened_draft, crew):
    nobody = refusal(workflow.abandon, draft, by=crew[Role.PUBLISHER])
    edit(draft)
    taken_to(draft, Status.DEPARTMENT_REVIEW)

    assert "的“经办人”或“财政审核人”，不能放弃更正" in nobody
    assert refusal(workflow.abandon, draft, by=crew[Role.CLERK]) == (
        f"{draft}现在是“部门审核”，不能放弃更正；只有“填报中”时可以放弃更正。"
    )
