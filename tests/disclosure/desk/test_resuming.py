"""What is typed outlives its session: kept for the same account, filled in again, never stored by itself."""

import re
from html import unescape

import pytest
from clerks import a_clerk_of
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from gridded import a_clerk

from budgets import resuming
from budgets.models import AuditTrail, ExpenditureLine
from disclosure.desk.grid_form import seen_text
from disclosure.entry.grid import Grid
from disclosure.entry.grids import grids_of, slots_of
from disclosure.models import Narrative

PASSWORD = "长长的口令-2026"  # noqa: S105 an account of this test
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|drawn_for)" value="([^"]+)"')


@pytest.fixture
def browser() -> Client:
    """A browser that is asked for the token of its forms."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def clerk(disclosure):
    user = a_clerk(disclosure)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def text(disclosure) -> Narrative:
    return Narrative.objects.get(disclosure=disclosure, key="other_matters")


def page_of(row) -> str:
    return reverse("admin:disclosure_narrative_change", args=[row.pk])


def hidden(browser, address) -> dict[str, str]:
    """Open a page and take the hidden fields of its last form."""
    return dict(HIDDEN.findall(browser.get(address).content.decode()))


def typed(browser, row, words="改写了一半的话") -> dict[str, str]:
    """Open a text's form and type into it."""
    return {
        **hidden(browser, page_of(row)),
        "disclosure": row.disclosure_id,
        "key": row.key,
        "state": row.state,
        "text": words,
    }


def sign_in(browser, user, next_page: str, password: str = PASSWORD):
    """Sign in through the page that a browser was led to."""
    token = hidden(browser, f"/admin/login/?next={next_page}")["csrfmiddlewaretoken"]
    sent = {"username": user.username, "password": password, "next": next_page, "csrfmiddlewaretoken": token}
    return browser.post(f"/admin/login/?next={next_page}", sent, follow=True)


def test_the_same_account_finds_the_form_as_it_was_typed_and_saves_it(browser, clerk, text):
    before = text.text
    browser.force_login(clerk)
    sent = typed(browser, text)
    del browser.cookies["sessionid"]

    led = browser.post(page_of(text), {**sent, "_save": "1"}, follow=True)
    back = sign_in(browser, clerk, page_of(text))

    assert "登录过期前填写的内容还没有保存" in led.content.decode()
    assert "改写了一半的话" not in led.content.decode()
    page = unescape(back.content.decode())
    assert page.count("改写了一半的话</textarea>") == 1
    assert resuming.RESUMED in page
    assert Narrative.objects.get(pk=text.pk).text == before
    again = dict(HIDDEN.findall(page))
    stored = browser.post(page_of(text), {**sent, **again, "_save": "1"}, follow=True)
    assert Narrative.objects.get(pk=text.pk).text == "改写了一半的话"
    assert "登录过期前" not in stored.content.decode()
    assert resuming.KEPT not in browser.session


def test_looking_twice_loses_nothing_and_giving_up_shows_what_is_stored(browser, clerk, text):
    browser.force_login(clerk)
    sent = typed(browser, text)
    browser.logout()
    del sent["csrfmiddlewaretoken"]
    browser.post(page_of(text), sent)
    sign_in(browser, clerk, page_of(text))

    twice = browser.get(page_of(text)).content.decode()
    elsewhere = browser.get("/admin/").content.decode()
    given_up = browser.get(f"{page_of(text)}?typed=drop", follow=True).content.decode()

    assert "改写了一半的话</textarea>" in twice
    assert f'<a href="{page_of(text)}">回到那一页</a>' in elsewhere
    assert "改写了一半的话" not in elsewhere + given_up


def test_another_account_gets_nothing_and_nothing_is_left_for_anybody(browser, clerk, disclosure, text):
    other = a_clerk_of(disclosure, "旁人")
    other.set_password(PASSWORD)
    other.save()
    browser.force_login(clerk)
    sent = typed(browser, text)
    del browser.cookies["sessionid"]
    browser.post(page_of(text), sent)

    shown = sign_in(browser, other, page_of(text)).content.decode()

    assert "改写了一半的话" not in shown
    assert "登录过期前" not in shown
    assert [one for one in Session.objects.all() if resuming.KEPT in one.get_decoded()] == []


def test_a_form_from_before_signing_in_again_elsewhere_is_brought_back(browser, clerk, text):
    browser.force_login(clerk)
    sent = typed(browser, text)
    del browser.cookies["sessionid"], browser.cookies["csrftoken"]
    sign_in(browser, clerk, "/admin/")

    answer = browser.post(page_of(text), sent, follow=True)

    assert answer.status_code == 200
    assert "改写了一半的话</textarea>" in answer.content.decode()
    assert Narrative.objects.get(pk=text.pk).text != "改写了一半的话"


def test_a_forged_or_foreign_form_is_refused_and_not_kept(browser, clerk, disclosure, text):
    browser.force_login(a_clerk_of(disclosure, "旁人"))
    foreign = typed(browser, text)
    browser.force_login(clerk)
    answers = [
        browser.post(page_of(text), {**foreign, "drawn_for": mark, "csrfmiddlewaretoken": "x" * 64})
        for mark in (foreign["drawn_for"], f"{clerk.pk}:forged", "")
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert "页面已过时" in answers[0].content.decode()
    assert resuming.KEPT not in browser.session


def test_the_grid_comes_back_with_every_cell_and_stores_nothing_by_itself(browser, clerk, disclosure):
    kind, address = (
        grids_of(disclosure)["expenditureline"],
        reverse("admin:grid", args=[disclosure.pk, "expenditureline"]),
    )
    browser.force_login(clerk)
    row = Grid(disclosure, kind, clerk).rows()[0]
    sent = {**hidden(browser, address), "row": [row.key, "n1"], "do": "save", "n1.label": "新写的一行"}
    sent |= {f"{row.key}.{slot.name}": row.cells[slot.header] for slot in slots_of(kind)}
    sent |= {f"{row.key}.seen": seen_text(row, slots_of(kind)), f"{row.key}.amount": "77.77"}
    del browser.cookies["sessionid"]
    browser.post(address, sent)

    page = sign_in(browser, clerk, address).content.decode()

    assert f'id="c-{row.key}-amount" value="77.77"' in page
    assert 'value="新写的一行"' in page
    assert not ExpenditureLine.objects.filter(amount="77.77").exists()


def test_a_remark_comes_back_into_its_form_and_is_not_made_by_itself(browser, clerk, disclosure):
    address = reverse("admin:disclosure_steps", args=[disclosure.pk])
    browser.force_login(clerk)
    sent = {**hidden(browser, address), "act": "remark", "place": "表五", "text": "请核对这一处"}
    del browser.cookies["sessionid"]
    browser.post(address, sent)

    page = sign_in(browser, clerk, address)

    assert page.status_code == 200
    assert re.search(r"<textarea[^>]*>\s*请核对这一处</textarea>", page.content.decode())
    assert disclosure.comments.count() == 0


def test_where_a_form_cannot_be_filled_in_again_the_words_are_shown(browser, clerk, disclosure):
    address = reverse("admin:disclosure_findings", args=[disclosure.pk])
    browser.force_login(clerk)
    sent = {**hidden(browser, address), "fingerprint": "a" * 64, "reason": "因为机构调整", "explain": "1"}
    del browser.cookies["sessionid"]
    browser.post(address, sent)

    page = sign_in(browser, clerk, address).content.decode()

    assert "<li>因为机构调整</li>" in page
    assert "a" * 64 not in page


def test_files_and_passwords_are_not_kept_and_it_is_said(browser, clerk, disclosure):
    address = reverse("admin:attachments", args=[disclosure.pk])
    browser.force_login(clerk)
    file = SimpleUploadedFile("批复.pdf", b"%PDF-1.4 secret")
    sent = {**hidden(browser, address), "title": "批复文件", "old_password": "旧口令", "file": file}
    del browser.cookies["sessionid"]
    browser.post(address, sent)
    kept = str(browser.session[resuming.KEPT])

    page = sign_in(browser, clerk, address).content.decode()

    assert "旧口令" not in kept
    assert "%E6%97%A7" not in kept
    assert "secret" not in kept
    assert "选好的文件没有保留（批复.pdf），请重新选择。" in page
    assert "密码没有保留，请重新填写。" in page


def test_what_waits_is_forgotten_after_an_hour(browser, clerk, text, monkeypatch):
    browser.force_login(clerk)
    sent = typed(browser, text)
    del browser.cookies["sessionid"]
    browser.post(page_of(text), sent)
    age = browser.session.get_expiry_age()
    sign_in(browser, clerk, "/admin/")
    later = resuming.time.time() + resuming.KEPT_FOR + 1
    monkeypatch.setattr(resuming.time, "time", lambda: later)

    page = browser.get(page_of(text)).content.decode()

    assert age <= resuming.KEPT_FOR
    assert "改写了一半的话" not in page
    assert resuming.KEPT not in browser.session


def test_a_script_that_saves_a_grid_is_told_to_sign_in_and_nothing_is_kept(browser, clerk, disclosure):
    address = reverse("admin:grid", args=[disclosure.pk, "expenditureline"])
    browser.force_login(clerk)
    sent = {**hidden(browser, address), "row": ["n1"], "n1.label": "新写的", "do": "save"}
    del browser.cookies["sessionid"]

    answer = browser.post(address, sent, headers={"accept": "application/json"})

    assert answer.status_code == 302
    assert resuming.KEPT not in browser.session
    assert not AuditTrail.objects.filter(action="fill_in", actor=clerk).exists()
