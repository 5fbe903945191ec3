"""From 待公开 to the public: by whom, on what, once."""

from django.core.exceptions import ValidationError
from traces import edit, exempt, now, pressed_again, refusal, taken_to
from walking import REASON, published

from budgets.enums import Role
from budgets.models import AuditTrail, Membership
from disclosure import workflow
from disclosure.enums import CorrectionKind, FileFormat, Status
from disclosure.models import Disclosure, Edition
from disclosure.render import RENDERERS
from disclosure.scopes import remember
from disclosure.workflow.making import _complaints


def meddling(monkeypatch, act) -> None:
    """Let something happen while the files of an edition are drawn."""

    def draw(document):
        act()
        return document.sha256.encode()

    monkeypatch.setitem(RENDERERS, FileFormat.PDF, draw)


def test_publishing_leaves_an_edition_its_step_and_its_line_in_the_trail(draft, crew):
    taken_to(draft, Status.READY)
    lines = AuditTrail.objects.count()

    edition = workflow.publish(draft, by=crew[Role.PUBLISHER])

    step = draft.transitions.last()
    assert (step.act, step.before, step.after) == ("publish", "ready", "published")
    assert step.content_sha256 == edition.content_sha256
    assert list(AuditTrail.objects.values_list("action", flat=True))[lines:] == ["publish"]
    assert (now(draft).status, now(draft).index_number) == (Status.PUBLISHED, edition.index_number)
    assert edition.published_at.microsecond == 0


def test_publishing_twice_is_publishing_once(draft, crew):
    edition = published(draft)

    assert pressed_again(workflow.publish, draft, by=crew[Role.PUBLISHER]) == edition


def test_what_another_published_is_not_published_again(draft, somebody):
    published(draft)

    assert refusal(workflow.publish, draft, by=somebody("另一发布人", Role.PUBLISHER)) == (
        f"{draft}现在是“已公开”，不能公开；只有“待公开”时可以公开。"
    )


def test_only_a_publisher_publishes(draft, crew):
    taken_to(draft, Status.READY)

    assert refusal(workflow.publish, draft, by=crew[Role.BUREAU_REVIEWER]) == (
        f"用户“demo-bureau-reviewer”不是{draft}的“发布人”，不能公开。请由担任这一岗位的人办理，或请安全管理员授予岗位。"
    )


def test_the_bureau_does_not_publish_what_it_has_just_approved(draft, crew, somebody):
    taken_to(draft, Status.BUREAU_REVIEW)
    both = somebody("两岗", Role.BUREAU_REVIEWER, Role.PUBLISHER)
    workflow.approve(draft, by=both)

    assert refusal(workflow.publish, draft, by=both) == (
        "“两岗”刚办理了上一步“审核通过”（财政审核），相邻两步不能由同一账号办理。请由另一人办理。"
    )


def test_an_author_does_not_publish(draft, crew):
    taken_to(draft, Status.READY)
    remember(crew[Role.PUBLISHER], draft.budget, None)

    assert refusal(workflow.publish, draft, by=crew[Role.PUBLISHER]) == (
        f"“demo-publisher”填写或导入过{draft}的内容，不能审核、签署或公开。请由没有参与填报的人办理。"
    )


def test_what_was_exempted_after_its_submission_is_not_published(draft, crew):
    taken_to(draft, Status.READY)
    exempt(draft)

    assert refusal(workflow.publish, draft, by=crew[Role.PUBLISHER]) == (
        f"{draft}已登记为“依法不予公开”（另有规定），不单独公开，不需要提交。"
    )


def test_a_draft_without_its_signatures_is_not_published(draft, crew):
    Disclosure.objects.filter(pk=draft.pk).update(status=Status.READY)

    said = refusal(workflow.publish, draft, by=crew[Role.PUBLISHER])

    assert said.startswith("检查发现")
    assert "K09" in said


def test_signatures_of_another_round_publish_nothing(draft, crew):
    taken_to(draft, Status.READY)
    Disclosure.objects.filter(pk=draft.pk).update(round=2)

    assert "K09" in refusal(workflow.publish, draft, by=crew[Role.PUBLISHER])


def test_a_post_closed_while_the_files_are_drawn_publishes_nothing(draft, crew, monkeypatch):
    taken_to(draft, Status.READY)
    meddling(monkeypatch, Membership.objects.filter(user=crew[Role.PUBLISHER]).delete)

    assert _no_edition(draft, crew[Role.PUBLISHER]).startswith("用户“demo-publisher”不是")


def test_an_author_made_while_the_files_are_drawn_publishes_nothing(draft, crew, monkeypatch):
    taken_to(draft, Status.READY)
    meddling(monkeypatch, lambda: remember(crew[Role.PUBLISHER], draft.budget, None))

    assert _no_edition(draft, crew[Role.PUBLISHER]).startswith("“demo-publisher”填写或导入过")


def test_a_draft_returned_while_the_files_are_drawn_is_not_published(draft, crew, monkeypatch):
    taken_to(draft, Status.READY)
    meddling(monkeypatch, lambda: workflow.send_back(draft, by=crew[Role.BUREAU_REVIEWER], comment="有误"))

    said = _no_edition(draft, crew[Role.PUBLISHER])

    assert said == f"{draft}现在是“填报中”，不能公开；只有“待公开”时可以公开。"


def _no_edition(draft, by) -> str:
    import pytest

    from disclosure.refusal import RefusalError

    with pytest.raises(RefusalError) as caught:
        workflow.publish(draft, by=by)
    assert not Edition.objects.filter(disclosure=draft).exists()
    return str(caught.value)


def test_a_correction_keeps_the_index_number_and_numbers_on(draft, crew):
    first = published(draft)
    workflow.correct(draft, by=crew[Role.CLERK], kind=CorrectionKind.WORDS, reason=REASON)
    edit(draft)

    second = published(draft)

    assert (second.number, second.supersedes, second.index_number) == (2, first, first.index_number)


def test_what_an_edition_cannot_be_is_said_with_the_name_of_the_field():
    error = ValidationError({"publisher": ["不能为空。"], "__all__": ["同一版次已经存在。"]})

    assert sorted(_complaints(error)) == ["发布机构不能为空。", "同一版次已经存在。"]
