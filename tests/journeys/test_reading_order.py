"""A department's page as it is heard and as it is walked through by keys: in the order of its text."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(600)]

PAGE = "/130303/2022/203/"
SPOKEN = (
    '- link "跳到正文"',
    '- navigation "字号和长辈版"',
    '- navigation "当前位置"',
    "- main:",
    "索引号",
    "有效性",
    "[level=1]",
    "年预算支出",
    "基本支出",
    "机关运行经费",
    '- region "四年预算支出"',
    '- navigation "本文件中常看的内容"',
    "- link /PDF|Word/",
    '- navigation "目录"',
    "- article",
    "- contentinfo",
)
"""What is heard of a department's page, in this order."""
STOPS = """[...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, summary, [tabindex='0']")]
  .filter(one => !one.closest("details:not([open]) > :not(summary)"))
  .filter(one => one.getClientRects().length && getComputedStyle(one).visibility !== "hidden")
  .map(one => one.outerHTML.slice(0, 120))"""
HERE = "document.activeElement.outerHTML.slice(0, 120)"


def test_a_departments_page_is_heard_in_the_order_of_its_text(site, visit):
    page = visit()
    page.goto(f"{site}{PAGE}")

    heard = page.locator("body").aria_snapshot()

    place = 0
    for words in SPOKEN:
        options = [words] if "/" not in words else [f'- link "{one}' for one in ("PDF", "Word")]
        found = [at for at in (heard.find(one, place) for one in options) if at >= 0]
        assert found, f"{words} is not heard after {heard[max(place - 80, 0) : place]}"
        place = min(found)


def test_keys_walk_through_a_page_in_the_order_of_its_text(site, visit):
    page = visit()
    page.goto(f"{site}{PAGE}")
    stops = page.evaluate(STOPS)[:40]

    walked = []
    for _ in stops:
        page.keyboard.press("Tab")
        walked.append(page.evaluate(HERE))

    assert walked == stops
    assert len(stops) == 40


def test_the_first_key_leads_to_the_text_and_shows_where_it_is(site, visit):
    page = visit(360)
    page.goto(f"{site}{PAGE}")

    page.keyboard.press("Tab")
    shown = page.locator(".skip").bounding_box()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert shown["x"] >= 0
    assert page.url.endswith("#main")
    assert page.evaluate("document.getElementById('main').contains(document.activeElement)")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_citation_is_copied_by_a_button(site, visit):
    page = visit()
    page.goto(f"{site}{PAGE}")

    page.locator(".cite summary").click()
    page.get_by_role("button", name="复制引用文字").click()

    expect(page.locator(".cite [role=status]")).to_have_text("已复制。")


def test_without_scripts_a_citation_is_text_and_has_no_button(site, visit):
    page = visit(javascript=False)
    page.goto(f"{site}{PAGE}")

    page.locator(".cite summary").click()

    assert page.locator("#citation").inner_text().endswith(f"{PAGE}editions/1/")
    assert not page.get_by_role("button", name="复制引用文字").is_visible()


def test_a_printed_page_is_paper(site, visit):
    page = visit()
    page.goto(f"{site}{PAGE}")
    page.emulate_media(media="print", color_scheme="dark")

    hidden = page.evaluate(
        """[".site-header", ".site-footer", ".display", ".breadcrumb", ".contents", ".downloads", ".skip", ".cite"]
        .filter(one => getComputedStyle(document.querySelector(one)).display !== "none")"""
    )
    style = "(one => [getComputedStyle(one).color, getComputedStyle(one).fontFamily])(document.documentElement)"
    color, family = page.evaluate(style)

    assert hidden == []
    assert (color, family.partition(",")[0]) == ("rgb(0, 0, 0)", "FangSong")
    assert page.evaluate("getComputedStyle(document.querySelector('.scroll')).overflowX") == "visible"
