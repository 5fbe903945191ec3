"""紧急公开: by its own role, for a reason, open until a second person confirms it."""

import pytest
from django.db import IntegrityError, transaction
from traces import edit, exempt, now, pressed_again, refusal, taken_to
from walking import published, withdrawn

from budgets.enums import Role
from budgets.models import AuditTrail
from disclosure import workflow
from disclosure.enums import Status
from disclosure.models import UrgentPublication
from disclosure.moves import REVIEWS
from disclosure.scopes import remember

WAY_OUT = "请由担任这一岗位的人办理，或请安全管理员授予岗位。"


@pytest.fixture
def emergency(somebody):
    return somebody("应急", Role.EMERGENCY_PUBLISHER)


@pytest.fixture
def urgent(draft, emergency):
    return workflow.publish_urgently(draft, by=emergency, reason="突发事件").urgent


@pytest.mark.parametrize("state", [Status.DRAFTING, *REVIEWS])
def test_a_draft_is_published_urgently_from_every_state_before_ready(draft, emergency, state):
    taken_to(draft, state)

    edition = workflow.publish_urgently(draft, by=emergency, reason=" 突发事件 ")

    done = REVIEWS[: REVIEWS.index(state)] if state in REVIEWS else ()
    assert (edition.number, edition.urgent.reason, edition.urgent.by) == (1, "突发事件", emergency)
    assert list(edition.sign_offs.values_list("step", flat=True)) == list(done)
    assert (now(draft).status, draft.transitions.last().comment) == (Status.PUBLISHED, "突发事件")
    assert edition.urgent.confirmed_at is None
    assert pressed_again(workflow.publish_urgently, draft, by=emergency, reason="又按一次") == edition


@pytest.mark.parametrize("state", [Status.READY, Status.PUBLISHED])
def test_what_is_ready_goes_the_usual_way(draft, emergency, state):
    type(draft).objects.filter(pk=draft.pk).update(status=state)

    assert refusal(workflow.publish_urgently, draft, by=emergency, reason="突发").startswith(
        f"{draft}现在是“{state.label}”，不能紧急公开；只有“填报中”、“部门审核”"
    )


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.EMERGENCY_PUBLISHER])
def test_no_other_role_publishes_urgently(draft, somebody, role):
    assert refusal(workflow.publish_urgently, draft, by=somebody("他人", role), reason="突发") == (
        f"用户“他人”不是{draft}的“紧急发布人”，不能紧急公开。请由担任这一岗位的人办理，或请安全管理员授予岗位。"
    )


def test_an_urgent_publication_says_why_in_what_there_is_room_for(draft, emergency):
    blank = refusal(workflow.publish_urgently, draft, by=emergency, reason="\n ")
    long = refusal(workflow.publish_urgently, draft, by=emergency, reason="急" * 301)

    assert blank == "请写明紧急公开的理由。"
    assert long == "紧急公开的理由不能超过300个字，现有301个字。"


def test_an_author_does_not_publish_urgently(draft, emergency):
    remember(emergency, draft.budget, None)

    assert refusal(workflow.publish_urgently, draft, by=emergency, reason="突发") == (
        f"“应急”填写或导入过{draft}的内容，不能审核、签署或公开。请由没有参与填报的人办理。"
    )


def test_what_the_law_keeps_from_the_public_is_not_published_urgently_either(draft, emergency):
    exempt(draft)

    assert refusal(workflow.publish_urgently, draft, by=emergency, reason="突发") == (
        f"{draft}已登记为“依法不予公开”（另有规定），不单独公开，不需要提交。"
    )


def test_an_urgent_publication_is_checked_like_any_other(draft, emergency):
    edit(draft, "")

    assert refusal(workflow.publish_urgently, draft, by=emergency, reason="突发").startswith("以下部分没有内容")


def test_reviews_of_a_round_that_was_returned_are_not_named(draft, crew, emergency):
    taken_to(draft, Status.SIGNING)
    workflow.send_back(draft, by=crew[Role.SIGNING_HEAD], comment="涉密待核")

    edition = workflow.publish_urgently(draft, by=emergency, reason="突发")

    assert list(edition.sign_offs.all()) == []


def test_reviews_of_a_withdrawn_edition_are_not_named_by_the_next(draft, emergency):
    first = published(draft)
    withdrawn(first)

    edition = workflow.publish_urgently(draft, by=emergency, reason="突发")

    assert (edition.number, edition.content_sha256) == (2, first.content_sha256)
    assert list(edition.sign_offs.all()) == []


@pytest.mark.parametrize("role", [Role.BUREAU_REVIEWER, Role.PUBLISHER])
def test_a_second_person_confirms(draft, crew, urgent, role):
    lines = AuditTrail.objects.count()

    confirmed = workflow.confirm_urgent(urgent, by=crew[role], conclusion=" 情况属实 ")

    assert (confirmed.conclusion, confirmed.confirmed_by) == ("情况属实", crew[role])
    step = draft.transitions.last()
    assert (step.act, step.before, step.after) == ("confirm_urgent", "published", "published")
    assert list(AuditTrail.objects.values_list("action", flat=True))[lines:] == ["confirm_urgent"]
    assert pressed_again(workflow.confirm_urgent, urgent, by=crew[role], conclusion="又按一次") == confirmed


def test_whoever_published_urgently_never_confirms_it(draft, urgent, emergency):
    emergency.memberships.create(role=Role.PUBLISHER, government=draft.budget.fiscal_year.government)
    both = type(emergency).objects.get(pk=emergency.pk)

    assert refusal(workflow.confirm_urgent, urgent, by=both, conclusion="同意") == (
        "紧急公开须由另一人确认，不能由公开人自己确认。"
    )
    with pytest.raises(IntegrityError, match="urgentpublication_second_person"), transaction.atomic():
        UrgentPublication.objects.update(confirmed_by=both, confirmed_at=urgent.at, conclusion="同意")


def test_a_confirmation_is_given_once_by_whoever_may_with_words(crew, draft, urgent, somebody):
    supervisor = crew[Role.PUBLISHER]
    said = [
        refusal(workflow.confirm_urgent, urgent, by=crew[Role.CLERK], conclusion="同意"),
        refusal(workflow.confirm_urgent, urgent, by=supervisor, conclusion=" "),
        refusal(workflow.confirm_urgent, urgent, by=supervisor, conclusion="好" * 301),
    ]
    workflow.confirm_urgent(urgent, by=supervisor, conclusion="同意")
    said.append(refusal(workflow.confirm_urgent, urgent, by=crew[Role.BUREAU_REVIEWER], conclusion="也同意"))

    assert said == [
        f"用户“demo-clerk”不是{draft}的“财政审核人”或“发布人”，不能确认紧急公开。{WAY_OUT}",
        "请写明确认意见。",
        "确认意见不能超过300个字，现有301个字。",
        "这次紧急公开已由demo-publisher确认。",
    ]
