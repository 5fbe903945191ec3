"""审核意见: made and answered by whoever works on a draft; an open one stops every step to the public."""

import pytest
from traces import pressed_again, refusal, taken_to

from budgets.enums import Role
from budgets.models import AuditTrail
from disclosure import workflow
from disclosure.enums import Status
from disclosure.models import Comment
from disclosure.moves import HOLDERS, WITHIN_DEPARTMENT

STOPPED = "还有1条审核意见没有处理，例如“表五：请核对”。请先写明处理情况。"


@pytest.fixture
def remarked(draft, crew):
    """Take a draft to a state and make a remark on it there."""

    def make(state):
        taken_to(draft, state)
        return workflow.remark(draft, by=crew[Role.BUREAU_REVIEWER], text=" 请核对 ", place=" 表五 ")

    return make


def test_a_remark_names_its_place_and_leaves_a_line_in_the_trail(draft, crew, remarked):
    comment = remarked(Status.DEPARTMENT_REVIEW)

    assert (comment.place, comment.text, comment.by) == ("表五", "请核对", crew[Role.BUREAU_REVIEWER])
    assert AuditTrail.objects.last().action == "remark"


def test_a_remark_says_something(draft, crew):
    assert refusal(workflow.remark, draft, by=crew[Role.CLERK], text=" ") == "请写明意见。"


def test_whoever_does_not_work_on_a_draft_neither_remarks_nor_answers(draft, remarked, somebody):
    comment, auditor = remarked(Status.DRAFTING), somebody("审计", Role.AUDITOR, Role.EMERGENCY_PUBLISHER)

    said = {
        refusal(workflow.remark, draft, by=auditor, text="请核对"),
        refusal(workflow.answer, comment, by=auditor, text="已核对"),
    }

    assert said == {f"用户“审计”不办理{draft}，不能提出或处理意见。"}


def test_an_answer_closes_a_remark_once(crew, remarked):
    comment = remarked(Status.DRAFTING)
    blank = refusal(workflow.answer, comment, by=crew[Role.CLERK], text=" ")

    closed = workflow.answer(comment, by=crew[Role.CLERK], text=" 已核对 ")

    assert blank == "请写明处理情况。"
    assert (closed.answer, closed.resolved_by) == ("已核对", crew[Role.CLERK])
    assert AuditTrail.objects.last().action == "answer"
    other = refusal(workflow.answer, comment, by=crew[Role.SIGNING_HEAD], text="再答")
    assert other == "这条意见已由demo-clerk处理。"
    assert Comment.objects.get().answer == "已核对"


def test_answering_twice_is_answering_once(crew, remarked):
    comment = remarked(Status.DRAFTING)
    closed = workflow.answer(comment, by=crew[Role.CLERK], text="已核对")

    assert pressed_again(workflow.answer, comment, by=crew[Role.CLERK], text="已核对") == closed


def test_an_open_remark_stops_the_submission(draft, crew, remarked):
    remarked(Status.DRAFTING)

    assert refusal(workflow.submit, draft, by=crew[Role.CLERK]) == STOPPED


@pytest.mark.parametrize("step", WITHIN_DEPARTMENT)
def test_an_open_remark_stops_a_review(draft, crew, remarked, step):
    comment = remarked(step)

    assert refusal(workflow.sign, draft, by=crew[HOLDERS[step]], step=step) == STOPPED
    workflow.answer(comment, by=crew[Role.CLERK], text="已核对")
    assert workflow.sign(draft, by=crew[HOLDERS[step]], step=step).before == step


def test_an_open_remark_stops_the_bureau_and_the_publisher(draft, crew, remarked, somebody):
    comment = remarked(Status.BUREAU_REVIEW)
    bureau = refusal(workflow.approve, draft, by=crew[Role.BUREAU_REVIEWER])
    workflow.answer(comment, by=crew[Role.CLERK], text="已核对")
    workflow.approve(draft, by=crew[Role.BUREAU_REVIEWER])
    workflow.remark(draft, by=crew[Role.BUREAU_REVIEWER], text="请核对", place="表五")

    assert bureau == STOPPED
    assert refusal(workflow.publish, draft, by=crew[Role.PUBLISHER]) == STOPPED
