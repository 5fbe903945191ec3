"""Two people at one form: nobody's change is overwritten unseen."""

import json
import re
from html import unescape

import pytest
from clerks import a_clerk_of
from django.urls import reverse

from budgets.models import AssetHolding
from performance.models import Indicator, ProjectGoal


@pytest.fixture
def clerk(client, disclosure):
    user = a_clerk_of(disclosure)
    client.force_login(user)
    return user


@pytest.fixture
def asset(disclosure) -> AssetHolding:
    return AssetHolding.objects.filter(budget=disclosure.budget).first()


INPUT = re.compile(r'<input[^>]*? name="([^"]+)"[^>]*>')
VALUE = re.compile(r' value="([^"]*)"')
SELECT = re.compile(r'<select name="([^"]+)".*?</select>', re.DOTALL)
CHOSEN = re.compile(r'<option value="([^"]*)" selected')
AREA = re.compile(r'<textarea name="([^"]+)"[^>]*>\r?\n?(.*?)</textarea>', re.DOTALL)


def form_of(client, row) -> dict[str, str]:
    """Give what a browser would send of a form as it is drawn."""
    page = client.get(address(row)).content.decode()
    boxes = [(box[1], VALUE.search(box[0])) for box in INPUT.finditer(page) if 'type="checkbox"' not in box[0]]
    sent = {name: unescape(value[1]) if value else "" for name, value in boxes}
    chosen = {box[1]: CHOSEN.search(box[0]) for box in SELECT.finditer(page)}
    sent |= {name: option[1] if option else "" for name, option in chosen.items()}
    sent |= {box[1]: unescape(box[2]) for box in AREA.finditer(page)}
    buttons = ("_continue", "_addanother", "_save")
    return {name: text for name, text in sent.items() if "__prefix__" not in name and name not in buttons}


def address(row) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def test_what_others_changed_in_another_field_stays(client, clerk, asset):
    sent = form_of(client, asset)
    AssetHolding.objects.filter(pk=asset.pk).update(value="777.00")

    client.post(address(asset), {**sent, "measure": "套", "_save": "1"})

    asset.refresh_from_db()
    assert (str(asset.value), asset.measure) == ("777.00", "套")


def test_where_both_changed_a_field_both_values_are_shown_and_the_second_save_decides(client, clerk, asset):
    sent = form_of(client, asset)
    AssetHolding.objects.filter(pk=asset.pk).update(measure="台", value="777.00")

    page = unescape(client.post(address(asset), {**sent, "measure": "套", "_save": "1"}).content.decode())
    stored = AssetHolding.objects.get(pk=asset.pk).measure
    seen = re.search(r'name="seen" value="(\{.*?\})"', page)[1]
    client.post(address(asset), {**sent, "measure": "套", "seen": seen, "_save": "1"})

    asset.refresh_from_db()
    assert "别人刚才把这一栏改成了“台”，您的还没有保存。" in page
    assert 'value="套"' in page
    assert stored == "台"
    assert (str(asset.value), asset.measure) == ("777.00", "套")


def test_a_form_that_changes_nothing_takes_nothing_back(client, clerk, asset):
    sent = form_of(client, asset)
    AssetHolding.objects.filter(pk=asset.pk).update(measure="台", value="777.00")

    client.post(address(asset), {**sent, "_save": "1"})

    asset.refresh_from_db()
    assert (str(asset.value), asset.measure) == ("777.00", "台")


def test_rows_below_a_form_are_merged_and_asked_about_too(client, clerk, disclosure):
    goal = ProjectGoal.objects.filter(budget=disclosure.budget, indicators__isnull=False).first()
    indicator = Indicator.objects.filter(goal=goal).order_by("position").first()
    sent = form_of(client, goal)
    [prefix] = [
        name[:-3]
        for name, text in sent.items()
        if name.startswith("indicators-") and name.endswith("-id") and text == str(indicator.pk)
    ]
    Indicator.objects.filter(pk=indicator.pk).update(description="别人的说明", basis="别人的依据")

    kept = client.post(address(goal), {**sent, f"{prefix}-basis": "我的依据", "_save": "1"}).content.decode()
    client.post(address(goal), {**sent, f"{prefix}-measure": "个", "_save": "1"})

    indicator.refresh_from_db()
    assert "别人刚才把这一栏改成了“别人的依据”" in unescape(kept)
    assert (indicator.description, indicator.basis, indicator.measure) == ("别人的说明", "别人的依据", "个")


def test_a_form_that_says_nothing_sensible_of_what_it_saw_counts_as_typed(client, clerk, asset):
    sent = form_of(client, asset)

    for seen in ("", "[1]", "{", json.dumps({"strange": "1"})):
        client.post(address(asset), {**sent, "measure": "套", "seen": seen, "_save": "1"})

    asset.refresh_from_db()
    assert asset.measure == "套"
