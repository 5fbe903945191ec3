"""Nothing typed is lost: a session that ends before saving, a remark at its cell, two people at one form."""

import re

import pytest
from desk import accounts_of, fits, manage, sign_in
from playwright.sync_api import expect
from serving import keep

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TEXT = """
from disclosure.models import Disclosure, Narrative
draft = Disclosure.objects.get(budget__department__code="203", unit=None)
print(Narrative.objects.get(disclosure=draft, key="other_matters").pk)
"""
REVIEWER, CLERK = "demo-bureau-reviewer", "demo-clerk"


@pytest.fixture(scope="module")
def accounts(place) -> dict[str, str]:
    return accounts_of(place)


@pytest.fixture(scope="module")
def text(place) -> str:
    """The address of a text's form."""
    return f"/admin/disclosure/narrative/{manage(place, 'shell', '-v0', '-c', TEXT).strip()}/change/"


@pytest.fixture
def at(visit, site, accounts):
    """Opens a browser of somebody, signed in, without JavaScript."""

    def opened(name: str, address: str):
        page = visit(javascript=False)
        sign_in(page, site, name, accounts[name])
        page.goto(f"{site}{address}")
        return page

    return opened


def test_what_is_typed_survives_the_end_of_the_session_and_is_saved(at, site, accounts, text):
    page = at(CLERK, text)
    page.fill("#id_text", "登录过期时正在写的话。")
    page.context.clear_cookies(name="sessionid")

    page.click("input[name=_save] >> nth=-1")
    expect(page.locator(".typed")).to_contain_text("刚才没有保存")
    keep(page, "typed-sign-in-1280")
    page.fill("#id_username", CLERK)
    page.fill("#id_password", accounts[CLERK])
    page.click("input[type=submit]")

    expect(page).to_have_url(f"{site}{text}")
    assert page.input_value("#id_text") == "登录过期时正在写的话。"
    expect(page.locator(".typed")).to_contain_text("还没有保存")
    keep(page, "typed-back-1280")
    page.set_viewport_size({"width": 360, "height": 900})
    keep(page, "typed-back-360")
    assert fits(page)
    page.click("input[name=_save] >> nth=-1")
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.goto(f"{site}{text}")
    assert page.input_value("#id_text") == "登录过期时正在写的话。"
    assert page.locator(".typed").count() == 0


def test_another_account_does_not_get_what_was_typed(at, site, accounts, text):
    page = at(CLERK, text)
    page.fill("#id_text", "只给原来的人看的话。")
    page.context.clear_cookies(name="sessionid")
    page.click("input[name=_save] >> nth=-1")

    page.fill("#id_username", REVIEWER)
    page.fill("#id_password", accounts[REVIEWER])
    page.click("input[type=submit]")

    assert "只给原来的人看的话。" not in page.content()


def test_a_remark_at_a_cell_is_seen_there_and_answered_there(at, site):
    grid = "/admin/disclosure/disclosure/1/grid/assetholding/"
    reviewer = at(REVIEWER, grid)
    keep(reviewer, "grid-looking-1280")
    reviewer.click(".remark-add >> nth=0")
    reviewer.select_option("select[name=field]", label="价值（元）")
    reviewer.fill("textarea[name=text]", "请核对账面数")
    keep(reviewer, "remark-at-1280")
    reviewer.click("button.default")
    expect(reviewer.locator(".remark-mark")).to_have_count(1)

    clerk = at(CLERK, "/admin/disclosure/disclosure/1/steps/")
    clerk.click("#remarks li a >> nth=0")
    expect(clerk).to_have_url(re.compile(r"/grid/assetholding/#c-\d+-value$"))
    keep(clerk, "grid-remark-1280")
    clerk.set_viewport_size({"width": 360, "height": 900})
    keep(clerk, "grid-remark-360")
    assert fits(clerk)
    clerk.click(".remark-mark")
    clerk.fill(".remark-list textarea", "已按账面数核对")
    keep(clerk, "remark-answer-360")
    clerk.click("button[value=answer]")

    expect(clerk.locator(".remark-list")).to_contain_text("处理情况：已按账面数核对")
    assert clerk.locator(".remark-mark").count() == 0


def test_two_people_at_one_form_see_both_values(at, text):
    mine, theirs = at(CLERK, text), at(CLERK, text)
    theirs.fill("#id_text", "先保存的话。")
    theirs.click("input[name=_save] >> nth=-1")
    mine.fill("#id_text", "后保存的话。")

    mine.click("input[name=_save] >> nth=-1")

    expect(mine.locator(".errorlist >> nth=-1")).to_contain_text("别人刚才把这一栏改成了“先保存的话。”")
    assert mine.input_value("#id_text") == "后保存的话。"
    keep(mine, "form-conflict-1280")
    mine.click("input[name=_save] >> nth=-1")
    expect(mine.locator(".messagelist .success")).to_be_visible()
