"""A generated matrix: role × address × object. What a person may reach is what the table of roles says, everywhere."""

import re
from decimal import Decimal

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.urls import reverse
from factories import a_row_of_everything, a_unit

from budgets.access import MATRIX, Area, access_of
from budgets.admin.base import ExchangeAdmin, ReadOnlyAdmin
from budgets.enums import Role
from budgets.models import ExpenditureLine, Membership, RevenueLine
from disclosure.models import Disclosure

REGISTERED = sorted(admin.site._registry, key=lambda model: model._meta.label)
SCOPED = [model for model in REGISTERED if access_of(model).unit]
GLOBAL = {Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR}


@pytest.fixture
def world(db):
    """One's own unit, a sister unit of the same department, another department's, and another government's."""
    places = {
        "own": ("900001", "901", "901001"),
        "sister": ("900001", "901", "901002"),
        "other": ("900001", "902", "902001"),
        "foreign": ("900002", "901", "901001"),
    }
    units = {name: a_unit(*place) for name, place in places.items()}
    return {name: (unit, a_row_of_everything(unit)) for name, unit in units.items()}


def person(role: Role, unit, *, whole_department: bool):
    """Make somebody with one post: in the unit, in its department, or (administrators) in its government."""
    user = get_user_model().objects.create(username=f"{role}-{unit.pk}-{whole_department}", is_staff=True)
    department = None if role in GLOBAL else unit.department
    Membership.objects.create(
        user=user,
        role=role,
        government=unit.department.government,
        department=department,
        unit=None if whole_department or department is None else unit,
    )
    return user


def expected(role: Role, model, action: str, *, near: bool) -> bool:
    """Say, independently of the code, whether somebody may do it to a row that is theirs (``near``) or not."""
    looked_at = isinstance(admin.site._registry[model], ReadOnlyAdmin)
    return near and action in MATRIX[role].get(access_of(model).area, ()) and (action == "view" or not looked_at)


def info(model) -> str:
    return f"admin:{model._meta.app_label}_{model._meta.model_name}"


def addresses(model, row) -> dict[str, tuple[str, str]]:
    """List every address of a row's pages, with the action each one is."""
    found = {
        "change": (reverse(f"{info(model)}_change", args=[row.pk]), "view"),
        "history": (reverse(f"{info(model)}_history", args=[row.pk]), "view"),
        "delete": (reverse(f"{info(model)}_delete", args=[row.pk]), "delete"),
    }
    if model is Disclosure:
        found["preview"] = (reverse("admin:disclosure_preview", args=[row.pk]), "view")
    return found


def is_near(role: Role, name: str, *, whole: bool) -> bool:
    """Say whether a unit is somebody's own: administrators' own is their government's."""
    own = {"own", "sister"} if whole else {"own"}
    return name in own if role not in GLOBAL else name != "foreign"


@pytest.mark.parametrize(
    ("role", "whole"),
    [*((role, True) for role in Role), (Role.CLERK, False), (Role.SIGNING_HEAD, False), (Role.AUDITOR, False)],
)
def test_a_person_reaches_only_the_rows_the_table_says(client, world, role, whole):
    client.force_login(person(role, world["own"][0], whole_department=whole))
    cells = [
        (
            name,
            model,
            page,
            address,
            expected(role, model, action, near=is_near(role, name, whole=whole)),
        )
        for name, (_, rows) in world.items()
        for model in SCOPED
        for page, (address, action) in addresses(model, rows[model]).items()
    ]

    wrong = [
        (name, model.__name__, page, right)
        for name, model, page, address, right in cells
        if (client.get(address).status_code == 200) != right
    ]

    assert wrong == []
    assert len(cells) >= 4 * 3 * len(SCOPED)


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_lists_forms_and_files_follow_the_table(client, world, role):
    client.force_login(person(role, world["own"][0], whole_department=True))
    cells = []
    for model in REGISTERED:
        page, rights = admin.site._registry[model], MATRIX[role].get(access_of(model).area, frozenset())
        rights &= {"view"} if isinstance(page, ReadOnlyAdmin) else rights
        cells += [(f"{info(model)}_changelist", "view" in rights), (f"{info(model)}_add", "add" in rights)]
        if isinstance(page, ExchangeAdmin):
            cells.append((f"{info(model)}_import", {"add", "change"} <= rights))
            cells.append((f"{info(model)}_export", "view" in rights))

    wrong = [(name, right) for name, right in cells if (client.get(reverse(name)).status_code == 200) != right]

    assert wrong == []


@pytest.mark.parametrize("role", [Role.CLERK, Role.DEPARTMENT_REVIEWER], ids=lambda role: role.value)
def test_lists_and_files_hold_only_ones_own_rows(client, world, role):
    unit, rows = world["own"]
    client.force_login(person(role, unit, whole_department=False))
    for model in SCOPED:
        text = client.get(reverse(f"{info(model)}_changelist")).content.decode()
        shown = {int(found) for found in re.findall(rf"/{model._meta.model_name}/(\d+)/change/", text)}

        assert (model.__name__, shown) == (model.__name__, {rows[model].pk})
        if isinstance(admin.site._registry[model], ExchangeAdmin):
            sent = client.post(reverse(f"{info(model)}_export"), {"format": "1", "resource": ""})
            assert len(sent.content.decode("utf-8-sig").strip().splitlines()) == 2


def test_pickers_offer_only_ones_own_rows(client, world):
    own, _ = world["own"]
    client.force_login(person(Role.CLERK, own, whole_department=False))
    fields = {"unit": own.name, "project": "项目901001", "budget": "901"}
    for field, word in fields.items():
        response = client.get(
            reverse("admin:autocomplete"),
            {"app_label": "budgets", "model_name": "expenditureline", "field_name": field, "term": ""},
        )

        offered = [result["text"] for result in response.json()["results"]]
        assert len(offered) == 1
        assert word in offered[0]


def test_an_address_of_another_department_leads_nowhere_even_by_post(client, world):
    client.force_login(person(Role.CLERK, world["own"][0], whole_department=True))
    line = world["other"][1][ExpenditureLine]

    response = client.post(reverse("admin:budgets_expenditureline_change", args=[line.pk]), {"amount": "1"})

    assert response.status_code == 302
    line.refresh_from_db()
    assert line.amount == Decimal("100.00")


def test_a_row_cannot_be_moved_into_another_department(client, world):
    own, rows = world["own"]
    client.force_login(person(Role.CLERK, own, whole_department=True))
    line, other = rows[RevenueLine], world["other"][0]
    form = {"budget": line.budget_id, "source": "general", "amount": "5"}

    response = client.post(reverse("admin:budgets_revenueline_change", args=[line.pk]), {**form, "unit": other.pk})

    assert "选择一个有效的选项" in response.content.decode()


def test_somebody_without_a_post_or_no_longer_active_reaches_nothing(client, world):
    own, _ = world["own"]
    nobody = get_user_model().objects.create(username="nobody", is_staff=True)
    client.force_login(nobody)

    assert "您还没有岗位" in client.get(reverse("admin:index")).content.decode()
    assert client.get(reverse("admin:budgets_expenditureline_changelist")).status_code == 403

    leaver = person(Role.CLERK, own, whole_department=True)
    client.force_login(leaver)
    get_user_model().objects.filter(pk=leaver.pk).update(is_active=False)
    assert client.get(reverse("admin:budgets_expenditureline_changelist")).status_code == 302


def test_administrators_see_no_unpublished_figures():
    for role in GLOBAL:
        assert MATRIX[role].keys() & {Area.FACTS, Area.CONTROL, Area.DISCLOSURES} == set()


def test_every_model_says_how_rights_lead_to_it():
    for package in ("budgets", "performance", "disclosure"):
        for model in apps.get_app_config(package).get_models():
            assert access_of(model).area in Area
