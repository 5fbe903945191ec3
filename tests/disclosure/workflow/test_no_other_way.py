"""Nothing moves a disclosure but the workflow: no form, no deletion, no other module."""

import ast
from pathlib import Path

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.urls import reverse
from traces import left_behind, now, taken_to
from walking import made_ready, published

from budgets.admin.base import ReadOnlyAdmin
from budgets.enums import Role
from budgets.immutable import FrozenError
from budgets.models import Membership
from disclosure.enums import Status
from disclosure.models import (
    Comment,
    Contribution,
    Disclosure,
    Edition,
    EditionSignOff,
    Transition,
    UrgentPublication,
    Withdrawal,
)

ROOT = Path(__file__).parents[3]
WRITTEN_BY_THE_WORKFLOW = {
    "status",
    "round",
    "correction_kind",
    "correction_reason",
    "publish_at",
    "scheduled_by",
    "index_number",
    "version",
}
METADATA = {"approved_on", "document_number", "topic", "publisher", "composed_on"}


@pytest.fixture
def desk(draft, client):
    """A browser in which somebody with every post is signed in."""
    user = get_user_model().objects.create(username="全岗位", is_staff=True)
    for role in Role:
        Membership.objects.create(user=user, role=role, government=draft.budget.fiscal_year.government)
    client.force_login(user)
    return client


def address(draft, page: str = "change") -> str:
    return reverse(f"admin:disclosure_disclosure_{page}", args=[draft.pk])


def fields(client, draft) -> set[str]:
    """Name the fields that the form lets one change."""
    return (set(client.get(address(draft)).context["adminform"].form.fields)) - {
        "seen"
    }  # what the form brings back of what was stored


def forged(draft) -> dict[str, object]:
    """Fill in everything that the workflow writes, as a forger would."""
    other = Disclosure.objects.exclude(pk=draft.pk).exclude(budget=draft.budget).first()
    return {
        "status": "ready",
        "round": 9,
        "correction_kind": "words",
        "correction_reason": "伪造",
        "publish_at_0": "2000-01-01",
        "publish_at_1": "00:00",
        "scheduled_by": get_user_model().objects.get(username="demo-publisher").pk,
        "index_number": "130303203/2022-00099",
        "version": 99,
        "budget": other.budget_id,
        "unit": "",
        "topic": draft.topic,
        "publisher": "",
    }


def test_a_draft_that_was_never_submitted_may_still_change_its_budget_and_metadata_only(desk, draft):
    assert fields(desk, draft) == METADATA | {"budget", "unit"}


def test_a_draft_that_was_submitted_once_keeps_its_budget_and_unit(desk, draft, crew):
    from disclosure import workflow

    taken_to(draft, Status.DEPARTMENT_REVIEW)
    workflow.recall(draft, by=crew[Role.CLERK])

    assert fields(desk, draft) == METADATA


@pytest.mark.parametrize("state", [state for state in Status if state is not Status.DRAFTING])
def test_no_form_changes_a_draft_that_clerks_may_not_change(desk, draft, state):
    Disclosure.objects.filter(pk=draft.pk).update(status=state)

    assert fields(desk, draft) == set()


@pytest.mark.parametrize("taken", [lambda draft: draft, made_ready, lambda draft: published(draft).disclosure])
def test_what_only_the_workflow_writes_is_not_taken_from_a_form(desk, draft, taken):
    taken(draft)
    names = [*WRITTEN_BY_THE_WORKFLOW, *(["budget_id", "unit_id"] if now(draft).transitions.exists() else [])]
    before = Disclosure.objects.filter(pk=draft.pk).values(*names).get()

    response = desk.post(address(draft), forged(draft))

    assert response.status_code in {200, 302}
    assert Disclosure.objects.filter(pk=draft.pk).values(*names).get() == before


def test_a_new_disclosure_begins_in_drafting_whatever_is_posted(desk, draft):
    unit = draft.budget.department.units.first()
    made = {**forged(draft), "budget": draft.budget_id, "unit": unit.pk, "index_number": ""}

    desk.post(reverse("admin:disclosure_disclosure_add"), made)

    found = Disclosure.objects.get(budget=draft.budget, unit=unit)
    assert (found.status, found.round, found.publish_at, found.scheduled_by) == ("drafting", 0, None, None)


@pytest.mark.parametrize("taken", [made_ready, lambda draft: published(draft).disclosure])
def test_what_was_submitted_is_not_deleted(desk, draft, taken):
    taken(draft)
    before = left_behind()

    desk.post(address(draft, "delete"), {"post": "yes"})
    listed = reverse("admin:disclosure_disclosure_changelist")
    desk.post(listed, {"action": "delete_selected", "_selected_action": [draft.pk], "post": "yes"})

    assert left_behind() == before


@pytest.mark.parametrize(
    "model", [Edition, EditionSignOff, Transition, UrgentPublication, Comment, Contribution], ids=lambda m: m.__name__
)
def test_records_of_the_workflow_are_only_looked_at(desk, draft, model):
    name = f"admin:disclosure_{model._meta.model_name}"
    before = left_behind()

    added = desk.post(reverse(f"{name}_add"), {})

    assert isinstance(admin.site._registry[model], ReadOnlyAdmin)
    assert (added.status_code, left_behind()) == (403, before)


def test_what_was_withdrawn_has_no_form_and_no_way_back(desk, draft):
    from walking import withdrawn

    row = withdrawn(published(draft))

    assert Withdrawal not in admin.site._registry
    with pytest.raises(FrozenError):
        row.delete()
    with pytest.raises(FrozenError):
        Withdrawal.objects.all().delete()


def test_no_other_module_moves_a_disclosure_or_makes_an_edition():
    sources = [
        path
        for package in ("budgets", "performance", "disclosure", "portal")
        for path in (ROOT / package).rglob("*.py")
        if not {"migrations", "workflow"} & set(path.parts)
    ]

    writers = {str(path.relative_to(ROOT)): found for path in sources if (found := _moves(path))}

    assert writers == {}


def _moves(path: Path) -> list[str]:
    """List where a module assigns a state, or makes a record that is the workflow's to make."""
    made = {model.__name__ for model in (Edition, EditionSignOff, Transition, UrgentPublication, Withdrawal)}
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr == "status" and isinstance(node.ctx, ast.Store):
            found.append(ast.unparse(node))
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            makes = called in made or any(called.startswith(f"{name}.objects.") for name in made)
            writes = called.endswith((".create", ".bulk_create", ".get_or_create")) or called in made
            updates = called.endswith(".update") and any(word.arg == "status" for word in node.keywords)
            found += [called] if (makes and writes) or updates else []
    return found
