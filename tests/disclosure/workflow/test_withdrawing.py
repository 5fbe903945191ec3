"""撤下: content, figures, words and bytes are gone; number, hash and reason stay; what is published again is new."""

import pytest
from django.core.files.storage import default_storage
from traces import edit, now, pressed_again, refusal
from walking import edited, published, withdrawn

from budgets.enums import Role
from disclosure import workflow
from disclosure.document import Document
from disclosure.enums import FileFormat, Status
from disclosure.models import EditionContent, EditionFile, EditionLine, EditionText, Withdrawal
from disclosure.render import RENDERERS

REMOVED = (EditionContent, EditionLine, EditionText, EditionFile)


@pytest.fixture
def first(draft):
    return published(draft)


def stored(edition) -> list[str]:
    """Name the files of an edition in storage."""
    return [EditionFile.name_for(file.sha256, file.format) for file in edition.files.all()]


def left(edition) -> list[int]:
    """Count what is left of an edition, table by table."""
    return [model.objects.filter(edition=edition).count() for model in REMOVED]


@pytest.mark.parametrize("role", [Role.BUREAU_REVIEWER, Role.PUBLISHER])
def test_a_withdrawal_takes_content_and_bytes_and_leaves_number_hash_and_reason(
    draft, crew, first, role, django_capture_on_commit_callbacks
):
    files, hash_before = stored(first), first.content_sha256

    with django_capture_on_commit_callbacks(execute=True):
        row = workflow.withdraw(first, by=crew[role], reason=" 涉及个人信息 ")

    first.refresh_from_db()
    assert left(first) == [0, 0, 0, 0]
    assert [default_storage.exists(name) for name in files] == [False] * len(FileFormat)
    assert (first.number, first.content_sha256) == (1, hash_before)
    assert (row.reason, row.withdrawn_by, row.edition) == ("涉及个人信息", crew[role], first)
    assert first.sign_offs.count() == 4


def test_a_withdrawal_opens_the_draft_for_its_next_edition(draft, crew, first):
    withdrawn(first)

    step = draft.transitions.last()
    assert (step.act, step.before, step.after, step.comment) == ("withdraw", "published", "drafting", "第1版：误公开")
    assert (now(draft).correction_kind, now(draft).correction_reason) == ("other", "第1版撤下后重新公开")


def test_what_is_published_again_is_a_new_edition_even_with_the_same_words(draft, first):
    withdrawn(first)

    second = published(draft)

    assert (second.number, second.content_sha256) == (2, first.content_sha256)
    assert (second.kind, second.supersedes, second.reason) == ("correction", first, "第1版撤下后重新公开")
    assert left(first) == [0, 0, 0, 0]


def test_a_withdrawal_is_made_once(draft, crew, first):
    row = withdrawn(first)

    again = pressed_again(workflow.withdraw, first, by=crew[Role.BUREAU_REVIEWER], reason="又按一次")

    assert again == row


@pytest.mark.parametrize("reason", ["", "错" * 201])
def test_a_withdrawal_says_why(draft, crew, first, reason):
    assert refusal(workflow.withdraw, first, by=crew[Role.PUBLISHER], reason=reason) in {
        "请写明撤下的理由。",
        "撤下理由不能超过200个字，现有201个字。",
    }
    assert left(first)[0] == 1


def test_a_clerk_withdraws_nothing(draft, crew, first):
    assert refusal(workflow.withdraw, first, by=crew[Role.CLERK], reason="误公开") == (
        f"用户“demo-clerk”不是{draft}的“财政审核人”或“发布人”，不能撤下。"
        "请由担任这一岗位的人办理，或请安全管理员授予岗位。"
    )


def test_an_earlier_edition_is_withdrawn_and_the_current_one_stays(draft, first):
    second = edited(draft, lambda: edit(draft))

    withdrawn(first)

    assert now(draft).status == Status.PUBLISHED
    assert not hasattr(second, "withdrawal")
    assert Document.of_edition(second).sha256 == second.content_sha256


def test_the_earlier_editions_are_withdrawn_too_where_asked(draft, crew, first):
    second = edited(draft, lambda: edit(draft))

    workflow.withdraw(second, by=crew[Role.PUBLISHER], reason="涉密", also_earlier=True)

    gone = Withdrawal.objects.filter(edition__disclosure=draft).order_by("edition__number")
    assert [row.edition for row in gone] == [first, second]
    assert draft.transitions.last().comment == "第2、1版：涉密"
    assert left(first) == left(second) == [0, 0, 0, 0]


def test_the_earlier_editions_are_withdrawn_after_the_current_one_was(draft, crew, first):
    second = edited(draft, lambda: edit(draft))
    row = withdrawn(second)

    again = workflow.withdraw(second, by=crew[Role.PUBLISHER], reason="涉密", also_earlier=True)

    assert (again, left(first)) == (row, [0, 0, 0, 0])
    assert draft.transitions.last().comment == "第1版：涉密"
    assert now(draft).status == Status.DRAFTING


def test_bytes_that_another_edition_shares_stay(draft, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setitem(RENDERERS, FileFormat.HTML, lambda _document: b"the same for all editions")
    first = published(draft)
    second = edited(draft, lambda: edit(draft))
    shared = second.files.get(format=FileFormat.HTML)

    with django_capture_on_commit_callbacks(execute=True):
        withdrawn(first)
    there = shared.read()
    with django_capture_on_commit_callbacks(execute=True):
        withdrawn(second)

    assert there == b"the same for all editions"
    assert not default_storage.exists(EditionFile.name_for(shared.sha256, "html"))


@pytest.mark.parametrize("state", [state for state in Status if state is not Status.PUBLISHED])
def test_a_withdrawal_moves_no_draft_that_is_under_way(draft, crew, first, state):
    type(draft).objects.filter(pk=draft.pk).update(status=state)

    withdrawn(first)

    assert now(draft).status == state
