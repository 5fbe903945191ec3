"""What a person changes: refused where it is locked, told to the witnesses, kept in the trail; whatever the way."""

import json
from decimal import Decimal

import pytest
import tablib
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from factories import a_row_of_everything, a_unit

from budgets import edits
from budgets.enums import Role
from budgets.formats import Csv
from budgets.models import AuditTrail, Budget, Membership, RevenueLine, Unit
from budgets.resources import RevenueLineResource
from disclosure.models import Disclosure
from performance.models import GoalStatement, ProjectGoal

LOCKED = "本预算已送审，不能修改；请先退回。"


@pytest.fixture
def place(db):
    """A unit with a row of everything."""
    unit = a_unit("900001", "901", "901001")
    return a_row_of_everything(unit)


@pytest.fixture
def clerk(client, place):
    department = place[Unit].department
    user = get_user_model().objects.create(username="经办", is_staff=True)
    Membership.objects.create(user=user, role=Role.CLERK, government=department.government, department=department)
    client.force_login(user)
    return user


@pytest.fixture
def lock(monkeypatch):
    """Lock every row of the budgets that are appended to the list."""
    closed: list[int] = []

    def of(row):
        budget = getattr(row, "budget_id", None) or getattr(getattr(row, "goal", None), "budget_id", None)
        return LOCKED if budget in closed else ""

    monkeypatch.setattr(edits, "LOCKS", [of])
    return closed


@pytest.fixture
def told(monkeypatch):
    """Collect what witnesses are told."""
    heard: list[tuple] = []
    monkeypatch.setattr(edits, "WITNESSES", [lambda user, row: heard.append((user.username, type(row), row.pk))])
    return heard


def address(row, page: str = "change") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def revenue_form(line: RevenueLine, **changed) -> dict:
    form = {"budget": line.budget_id, "unit": line.unit_id, "source": line.source, "amount": str(line.amount)}
    return {**form, **changed}


def goal_form(goal: ProjectGoal, statement: GoalStatement | None, **changed) -> dict:
    """Fill in a goal's page, with one statement of its own."""
    form = {"budget": goal.budget_id, "project": goal.project_id, "position": goal.position}
    form |= {"indicators-TOTAL_FORMS": 0, "indicators-INITIAL_FORMS": 0}
    form |= {"statements-TOTAL_FORMS": 1, "statements-INITIAL_FORMS": int(bool(statement)), "statements-0-number": 1}
    if statement:
        form |= {"statements-0-id": statement.pk, "statements-0-goal": goal.pk}
    return {**form, "statements-0-text": "办好", **changed}


def trail() -> list[tuple[str, str, dict]]:
    rows = AuditTrail.objects.filter(action__in=("add", "change", "delete")).order_by("pk")
    return [(row.action, row.subject, json.loads(row.detail)) for row in rows]


def test_a_form_keeps_what_stood_there_and_what_stands_there_now(client, clerk, place, told):
    line = place[RevenueLine]

    client.post(address(line), revenue_form(line, amount="250"))

    [(action, subject, detail)] = trail()
    assert (action, subject) == ("change", f"budget:{line.budget_id}")
    assert detail == {"model": "budgets.RevenueLine", "pk": line.pk, "changes": {"amount": ["100.00", "250.00"]}}
    assert AuditTrail.objects.last().target == f"budgets.RevenueLine {line.pk} {RevenueLine.objects.get(pk=line.pk)}"
    assert AuditTrail.objects.last().actor == clerk
    assert told == [("经办", RevenueLine, line.pk)]


def test_a_save_that_changes_nothing_leaves_no_trail(client, clerk, place, told):
    line = place[RevenueLine]

    response = client.post(address(line), revenue_form(line))

    assert response.status_code == 302
    assert (trail(), told) == ([], [])


def test_adding_and_deleting_keep_every_field(client, clerk, place, told):
    line = place[RevenueLine]

    client.post(reverse("admin:budgets_revenueline_add"), revenue_form(line, source="other", amount="1"))
    added = RevenueLine.objects.get(budget=line.budget_id, source="other")
    client.post(address(added, "delete"), {"post": "yes"})

    (first, _, new), (second, _, old) = trail()
    assert (first, second) == ("add", "delete")
    assert new["changes"]["source"] == ["", "other"]
    assert new["changes"]["unit"] == ["", f"{line.unit_id} {line.unit}"]
    assert old["changes"]["amount"] == ["1.00", ""]
    assert told == [("经办", RevenueLine, added.pk)] * 2


def test_rows_of_a_page_and_what_goes_with_a_row_are_kept_too(client, clerk, place, told):
    goal, statement = place[ProjectGoal], place[GoalStatement]

    client.post(address(goal), goal_form(goal, statement, **{"statements-0-text": "办得更好"}))
    client.post(address(goal), goal_form(goal, statement, **{"statements-0-DELETE": "on"}))
    client.post(address(goal, "delete"), {"post": "yes"})

    kept = [(action, detail["model"]) for action, _, detail in trail()]
    assert kept[:2] == [("change", "performance.GoalStatement"), ("delete", "performance.GoalStatement")]
    assert sorted(kept[2:]) == [("delete", "performance.Indicator"), ("delete", "performance.ProjectGoal")]
    assert {subject for _, subject, _ in trail()} == {f"budget:{goal.budget_id}"}
    assert len(told) == 4


def test_ticked_rows_are_kept_one_by_one(client, clerk, place, told):
    line = place[RevenueLine]
    ticked = {"action": "delete_selected", "_selected_action": [line.pk], "post": "yes"}

    client.post(reverse("admin:budgets_revenueline_changelist"), ticked)

    assert [action for action, _, _ in trail()] == ["delete"]
    assert not RevenueLine.objects.filter(pk=line.pk).exists()


def test_a_trail_that_cannot_be_written_undoes_the_change(client, clerk, place, monkeypatch):
    line = place[RevenueLine]

    def fail(*_args, **_kwargs):
        message = "磁盘已满"
        raise OSError(message)

    monkeypatch.setattr(edits, "WITNESSES", [fail])

    with pytest.raises(OSError, match="磁盘已满"):
        client.post(address(line), revenue_form(line, amount="250"))
    assert RevenueLine.objects.get(pk=line.pk).amount == Decimal(100)


def test_a_locked_row_is_only_looked_at_and_says_why(client, clerk, place, lock):
    line = place[RevenueLine]
    lock.append(line.budget_id)

    page = client.get(address(line)).content.decode()
    deletion = client.get(address(line, "delete"), follow=True)

    assert page.count(LOCKED) == 1
    assert 'name="_save"' not in page
    assert deletion.redirect_chain == [(address(line), 302)]


def test_a_locked_row_is_not_stored_and_what_was_typed_is_still_there(client, clerk, place, lock, told):
    line = place[RevenueLine]
    lock.append(line.budget_id)

    answers = [
        client.post(address(line), revenue_form(line, amount="250")),
        client.post(reverse("admin:budgets_revenueline_add"), revenue_form(line, source="other")),
    ]
    client.post(address(line, "delete"), {"post": "yes"})

    assert all(LOCKED in answer.content.decode() for answer in answers)
    assert 'value="250"' in answers[0].content.decode()
    assert list(RevenueLine.objects.filter(budget=line.budget_id).values_list("amount")) == [(Decimal(100),)]
    assert (trail(), told) == ([], [])


def test_a_row_moves_neither_into_a_locked_budget_nor_out_of_one(client, clerk, place, lock):
    line = place[RevenueLine]
    year = line.budget.fiscal_year
    other = Budget.objects.create(fiscal_year=year, department=line.budget.department, phase="adjusted")
    moves = []
    for closed in (other.pk, line.budget_id):
        lock[:] = [closed]
        moves.append(client.post(address(line), revenue_form(line, budget=other.pk)).content.decode())

    assert all(LOCKED in moved for moved in moves)
    assert RevenueLine.objects.get(pk=line.pk).budget_id != other.pk


def test_rows_of_a_locked_page_are_neither_offered_nor_taken(client, clerk, place, lock):
    goal, statement = place[ProjectGoal], place[GoalStatement]
    lock.append(goal.budget_id)

    page = client.get(address(goal)).content.decode()
    changed = client.post(address(goal), goal_form(goal, statement, **{"statements-0-text": "改"})).content.decode()
    gone = client.post(address(goal), goal_form(goal, statement, **{"statements-0-DELETE": "on"})).content.decode()

    assert 'name="statements-0-text"' not in page
    assert (LOCKED in changed, LOCKED in gone) == (True, True)
    assert GoalStatement.objects.get(pk=statement.pk).text == "办好"
    assert trail() == []


def test_of_ticked_rows_none_goes_where_one_is_locked(client, clerk, place, lock):
    line = place[RevenueLine]
    free = RevenueLine.objects.create(
        budget=Budget.objects.create(
            fiscal_year=line.budget.fiscal_year, department=line.budget.department, phase="adjusted"
        ),
        unit=line.unit,
        source="other",
        amount=1,
    )
    lock.append(line.budget_id)
    ticked = {"action": "delete_selected", "_selected_action": [line.pk, free.pk], "post": "yes"}

    page = client.post(reverse("admin:budgets_revenueline_changelist"), ticked).content.decode()

    assert LOCKED in page
    assert RevenueLine.objects.filter(pk__in=(line.pk, free.pk)).count() == 2


def imported(user, rows: tablib.Dataset, *, dry: bool = False):
    return RevenueLineResource(user=user).import_data(
        rows, dry_run=dry, rollback_on_validation_errors=True, file_name="收入.csv"
    )


def revenue_file(user, amount: str, *more: str) -> tablib.Dataset:
    """Write the clerk's revenue with another amount, and one new line for each further source."""
    rows = RevenueLineResource(user=user).export()
    at = rows.headers.index("金额（元）")
    first = [*rows[0][:at], amount, *rows[0][at + 1 :]]
    new = [
        [source if head == "资金来源" else cell for head, cell in zip(rows.headers, first, strict=True)]
        for source in more
    ]
    return Csv().create_dataset(Csv().export_data(tablib.Dataset(first, *new, headers=rows.headers)))


def test_a_file_leaves_one_row_with_every_change(clerk, place, told):
    line = place[RevenueLine]
    rows = revenue_file(clerk, "250", "其他收入")

    imported(clerk, rows, dry=True)
    before = AuditTrail.objects.filter(action="import").count(), list(told)
    result = imported(clerk, rows)

    assert (result.totals["new"], result.totals["update"], before) == (1, 1, (0, []))
    detail = json.loads(AuditTrail.objects.get(action="import").detail)
    assert (detail["file"], detail["sha256"]) == ("收入.csv", rows.sha256)
    assert detail["rows"][0] == {"pk": line.pk, "action": "change", "changes": {"amount": ["100.00", "250.00"]}}
    assert detail["rows"][1]["changes"]["source"] == ["", "other"]
    assert len(told) == 2


def test_a_file_with_locked_rows_names_each_and_stores_nothing(clerk, place, lock, told):
    rows = revenue_file(clerk, "250", "其他收入")
    lock.append(place[RevenueLine].budget_id)

    result = imported(clerk, rows)

    assert [row.error.messages for row in result.invalid_rows] == [[LOCKED], [LOCKED]]
    assert (told, AuditTrail.objects.filter(action="import").count()) == ([], 0)
    assert RevenueLine.objects.get(pk=place[RevenueLine].pk).amount == Decimal(100)


def test_a_file_that_changes_nothing_of_a_locked_budget_is_no_problem(clerk, place, lock):
    rows = revenue_file(clerk, "100.00")
    lock.append(place[RevenueLine].budget_id)

    result = imported(clerk, rows)

    assert (result.totals["skip"], result.has_validation_errors()) == (1, False)


def test_an_uploaded_file_is_kept_with_its_name_and_hash(client, clerk, place):
    data = Csv().export_data(RevenueLineResource(user=clerk).export())
    upload = {"import_file": SimpleUploadedFile("收入.csv", data), "format": "1", "resource": ""}
    preview = client.post(reverse("admin:budgets_revenueline_import"), upload)

    client.post(reverse("admin:budgets_revenueline_process_import"), preview.context["confirm_form"].initial)

    detail = json.loads(AuditTrail.objects.get(action="import").detail)
    assert (detail["file"], detail["counts"]["skip"], len(detail["sha256"])) == ("收入.csv", 1, 64)


def test_who_takes_a_list_away_is_kept(client, clerk, place):
    client.post(reverse("admin:budgets_revenueline_export"), {"format": "1", "resource": ""})

    row = AuditTrail.objects.get(action="export")

    assert json.loads(row.detail) == {"model": "budgets.RevenueLine", "format": "csv", "rows": 1}


def test_who_takes_a_workbook_away_is_kept(client, clerk, place):
    draft = place[Disclosure]

    client.get(reverse("admin:workbook_template", args=[draft.pk]))

    [row] = AuditTrail.objects.about(f"disclosure:{draft.pk}")
    assert (row.action, row.actor, row.target) == ("export", clerk, str(draft))


@pytest.mark.parametrize("more", [(), ("其他收入", "事业收入")], ids=["1", "3"])
def test_the_trail_of_a_file_costs_the_same_for_more_rows(clerk, place, more):
    rows = revenue_file(clerk, "250", *more)

    with CaptureQueriesContext(connection) as queries:
        imported(clerk, rows)

    spent = [
        query["sql"] for query in queries if "budgets_trail" in query["sql"] or "budgets_audittrail" in query["sql"]
    ]
    assert len(spent) == 4
