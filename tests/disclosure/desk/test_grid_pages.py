"""The pages of the grids: who may, what they hold without JavaScript, what becomes of what is typed or pasted."""

import re
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from gridded import LINE, a_clerk, a_line, table

from budgets.enums import Role
from budgets.models import ExpenditureLine, Membership, Unit
from disclosure.desk.grid_form import rows_of, seen_text
from disclosure.entry.grid import Grid
from disclosure.entry.grids import grids_of, slots_of
from disclosure.models import Disclosure


@pytest.fixture
def clerk(client, disclosure):
    user = a_clerk(disclosure)
    client.force_login(user)
    return user


def address(disclosure, key="expenditureline") -> str:
    return reverse("admin:grid", args=[disclosure.pk, key])


def form_of(disclosure, clerk, key="expenditureline") -> dict[str, object]:
    """Give what a browser would send of a grid as it is stored."""
    kind = grids_of(disclosure)[key]
    slots, sent = slots_of(kind), {"row": []}
    for row in Grid(disclosure, kind, clerk).rows():
        sent["row"].append(row.key)
        sent[f"{row.key}.seen"] = seen_text(row, slots)
        sent |= {f"{row.key}.{slot.name}": row.cells[slot.header] for slot in slots}
    return sent


def test_every_grid_is_a_table_of_labelled_boxes(client, disclosure, clerk):
    for key, kind in grids_of(disclosure).items():
        page = unescape(client.get(address(disclosure, key)).content.decode())

        boxes = re.findall(r'<(?:input|select|textarea) (?:type="checkbox" )?name="[^"]+\.\w+" id="[^"]+"[^>]*>', page)
        ids = set(re.findall(r' id="([^"]+)"', page))
        labels = {one for box in boxes for one in re.search(r'aria-labelledby="([^"]+)"', box)[1].split()}
        assert boxes
        assert labels <= ids
        assert f'<caption class="hidden">{kind.title}' in page


def test_the_disclosures_page_leads_to_its_grids(client, disclosure, clerk):
    page = client.get(reverse("admin:disclosure_disclosure_change", args=[disclosure.pk])).content.decode()

    assert [key for key in grids_of(disclosure) if address(disclosure, key) not in page] == []


def test_what_is_typed_is_stored_and_said(client, disclosure, clerk):
    sent = form_of(disclosure, clerk)
    key = sent["row"][0]
    sent[f"{key}.amount"] = "1,000.5"

    answer = client.post(address(disclosure), {**sent, "do": "save"}, follow=True)

    assert str(ExpenditureLine.objects.get(pk=key).amount) == "1000.50"
    assert re.search(r"已保存 \d\d:\d\d：修改1行。", answer.content.decode())


def test_what_is_wrong_is_said_and_everything_typed_is_still_there(client, disclosure, clerk):
    sent = form_of(disclosure, clerk)
    first, second = sent["row"][:2]
    sent |= {f"{first}.amount": "一百", f"{second}.amount": "77.70"}

    answer = client.post(address(disclosure), {**sent, "do": "save"})

    page = unescape(answer.content.decode())
    assert f'<a href="#c-{first}-amount">第1行“金额（元）”</a>：“一百”不是金额，请填写数字，例如 1090.88。' in page
    assert f'name="{first}.amount" id="c-{first}-amount" value="一百"' in page
    assert f'name="{second}.amount" id="c-{second}-amount" value="77.70"' in page
    assert not ExpenditureLine.objects.filter(amount="77.70").exists()


@pytest.mark.parametrize(("choice", "kept"), [("mine", "5.00"), ("theirs", "6.00")])
def test_a_conflict_shows_both_values_and_keeps_the_one_that_is_chosen(client, disclosure, clerk, choice, kept):
    sent = form_of(disclosure, clerk)
    key = sent["row"][0]
    sent[f"{key}.amount"] = "5.00"
    ExpenditureLine.objects.filter(pk=key).update(amount="6.00")

    page = unescape(client.post(address(disclosure), {**sent, "do": "save"}).content.decode())
    sent[f"{key}.seen"] = unescape(re.search(rf'name="{key}\.seen" value="([^"]*\[.*?\])"', page)[1])
    client.post(address(disclosure), {**sent, f"{key}.ask": "amount", f"{key}.keep.amount": choice, "do": "save"})

    assert "保留我的：5.00" in page
    assert "采用对方的：6.00" in page
    assert str(ExpenditureLine.objects.get(pk=key).amount) == kept


def test_a_pasted_block_is_shown_first_and_stored_when_saved(client, disclosure, clerk):
    sent = form_of(disclosure, clerk)
    block = table([{**LINE, "金额（元）": "12.30"}, {**LINE, "明细名称": "另一行", "功能分类": "2999999"}])

    page = unescape(client.post(address(disclosure), {**sent, "block": block, "do": "paste"}).content.decode())

    assert "修改0行、新增2行" in page
    assert 'value="12.30"' in page
    assert "支出功能分类中没有编码“2999999”。（粘贴的第3行）" in page
    assert not ExpenditureLine.objects.filter(label="试填").exists()


def test_a_block_that_cannot_be_laid_stays_in_its_box(client, disclosure, clerk):
    sent = form_of(disclosure, clerk)

    page = client.post(address(disclosure), {**sent, "block": "5\n6", "start": "金额（元）", "do": "paste"})

    assert "没有能认出是哪一行的列" in page.content.decode()
    assert ">5\n6</textarea>" in page.content.decode()


def test_more_blank_rows_are_offered_and_nothing_typed_is_lost(client, disclosure, clerk):
    sent = form_of(disclosure, clerk)
    sent |= {"row": [*sent["row"], "n1"], "n1.label": "新写的"}

    page = client.post(address(disclosure), {**sent, "do": "more"}).content.decode()

    assert page.count('class="new"') == 21
    assert 'value="新写的"' in page


def test_strangers_see_nothing_reviewers_only_look_and_a_locked_draft_takes_nothing(client, disclosure, clerk):
    department = disclosure.budget.department
    users = [get_user_model().objects.create(username=name, is_staff=True) for name in ("外人", "审核人")]
    role = {"role": Role.DEPARTMENT_REVIEWER, "government": department.government, "department": department}
    Membership.objects.create(user=users[1], **role)
    statuses = []
    for user in users:
        client.force_login(user)
        statuses += [client.get(address(disclosure)).status_code, client.post(address(disclosure)).status_code]
    client.force_login(clerk)
    Disclosure.objects.filter(pk=disclosure.pk).update(status="department_review")
    sent = form_of(disclosure, clerk)
    key = sent["row"][0]

    page = client.get(address(disclosure)).content.decode()
    answer = client.post(address(disclosure), {**sent, f"{key}.amount": "5", "do": "save"})

    assert statuses == [404, 404, 200, 403]
    assert "内容已锁定" in page
    assert "<fieldset disabled>" in page
    assert 'name="do"' not in page
    assert "errornote" in answer.content.decode()
    assert not ExpenditureLine.objects.filter(pk=key, amount="5").exists()
    assert client.get(address(disclosure, "narrative")).status_code == 404


@pytest.mark.parametrize("count", [1, 3, 500])
def test_a_page_takes_the_same_number_of_queries_however_many_rows(client, disclosure, clerk, count):
    unit = Unit.objects.get(code="203001")
    for number in range(count):
        a_line(disclosure, unit, f"明细{number}")
    client.get(address(disclosure))

    with CaptureQueriesContext(connection) as queries:
        page = client.get(address(disclosure))

    assert page.status_code == 200
    assert len(queries) == 30


def test_rows_with_keys_that_are_none_are_left_out(disclosure, rf):
    kind = grids_of(disclosure)["expenditureline"]
    posted = rf.post("/", {"row": ["1", "x", "n2", "1", "１"], "1.seen": "{}"}).POST

    assert [row.key for row in rows_of(posted, kind)] == ["1", "n2"]


def test_a_script_is_told_what_became_of_each_row(client, disclosure, clerk):
    sent = form_of(disclosure, clerk)
    first, second = sent["row"][:2]
    cells = {name.split(".")[1]: text for name, text in sent.items() if name.startswith(f"{first}.")}
    sent |= {"row": [first, second, "n1"], f"{first}.amount": "1,000.5", f"{second}.gone": "on"}
    sent |= {f"n1.{name}": text for name, text in cells.items() if name != "seen"} | {"n1.label": "新写的"}

    good = client.post(address(disclosure), sent, headers={"accept": "application/json"}).json()
    bad = client.post(address(disclosure), {**sent, "n1.amount": "x"}, headers={"accept": "application/json"}).json()

    assert (good["stored"], sorted(good["rows"])) == (True, sorted([first, "n1"]))
    assert good["keys"] == {"n1": str(ExpenditureLine.objects.get(label="新写的").pk)}
    assert "1000.50" in good["rows"][first]["seen"]
    assert bad["stored"] is False
    assert bad["rows"]["n1"]["wrong"] == {"amount": ["“x”不是金额，请填写数字，例如 1090.88。"]}
