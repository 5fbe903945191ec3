"""A browser that keeps the content security policy finds nothing to complain of on any page of the site."""

import pytest
from addresses import pages
from desk import sign_in
from django.urls import resolve
from everything import NAME, PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(600)]

LISTENER = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));
"""
REFUSALS = "the server responded with a status of"
ALIKE = {"add", "delete", "history", "import", "export", "yearly_list"}
"""Sorts of pages that are drawn alike for every model: one of each package is looked at."""


def one_of_each(rows) -> list[str]:
    """Give an address of each route; of pages that are drawn alike for all models, one of each package."""
    found = {}
    for one in pages(rows):
        name = resolve(one.path.partition("?")[0]).view_name
        found.setdefault((one.sort, name.split("_")[0]) if one.sort in ALIKE else name, one.path)
    return list(found.values())


def test_no_page_breaks_the_policy(whole, chromium, record_property):
    site, rows = whole
    page = chromium.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900}).new_page()
    page.add_init_script(LISTENER)
    said, found = [], {}
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    sign_in(page, site, NAME, PASSWORD)
    addresses = ["/admin/login/?next=/", "/nowhere/", "/admin/nowhere/", *one_of_each(rows)]

    for path in addresses:
        said.clear()
        page.goto(f"{site}{path}", wait_until="domcontentloaded")
        wrong = [*page.evaluate("window.violations"), *(text for text in said if REFUSALS not in text)]
        found |= {path: wrong} if wrong else {}
    page.context.close()

    record_property("policy", f"{len(addresses)} pages, {len(found)} with violations")
    print(f"policy: {len(addresses)} pages, {len(found)} with violations")  # noqa: T201 the counts are asked for
    assert found == {}


def test_the_listener_hears_a_violation(whole, chromium):
    page = chromium.new_context(locale="zh-CN").new_page()
    page.add_init_script(LISTENER)
    page.goto(whole[0])

    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.evaluate("const s = document.createElement('script'); s.textContent = '1'; document.body.append(s)")
    page.wait_for_timeout(100)

    heard = page.evaluate("window.violations")
    page.context.close()
    assert [one.partition(":")[0] for one in heard] == ["style-src-attr", "script-src-elem"]
