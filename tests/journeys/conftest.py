"""A real server on a database of its own, and a real browser."""

import pytest
from everything import staged
from playwright.sync_api import sync_playwright
from serving import BROWSER, DRAFTED, FLAGS, OPENED, SETUP, made_place, serving


@pytest.fixture(scope="session")
def place(tmp_path_factory) -> dict[str, str]:
    """A site that stays as it is published; the draft is open for its next edition."""
    return made_place(tmp_path_factory.mktemp("site"), (*SETUP, ("shell", "-c", OPENED)))


@pytest.fixture(scope="session")
def fresh_place(tmp_path_factory) -> dict[str, str]:
    """A site of its own, for a journey that publishes."""
    return made_place(tmp_path_factory.mktemp("fresh"))


@pytest.fixture(scope="session")
def drafted_place(tmp_path_factory) -> dict[str, str]:
    """A site on which nothing is published yet."""
    return made_place(tmp_path_factory.mktemp("drafted"), DRAFTED)


@pytest.fixture(scope="session")
def whole(tmp_path_factory):
    """A site with a row of everything: its address, and a row of each model."""
    place = made_place(tmp_path_factory.mktemp("whole"))
    rows = staged(place)
    with serving(place) as address:
        yield address, rows


@pytest.fixture(scope="session")
def toured(tmp_path_factory):
    """A published site of its own, through whose states the manual leads: its address and its place."""
    place = made_place(tmp_path_factory.mktemp("toured"))
    with serving(place) as address:
        yield address, place


@pytest.fixture(scope="session")
def drafted_site(drafted_place):
    with serving(drafted_place) as address:
        yield address


@pytest.fixture(scope="session")
def fresh_site(fresh_place):
    with serving(fresh_place) as address:
        yield address


@pytest.fixture(scope="session")
def site(place):
    with serving(place) as address:
        yield address


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium):
    """Open pages of a given size, with or without JavaScript; fail on console errors and foreign requests."""
    contexts, problems = [], []

    def open_page(width: int = 1280, *, javascript: bool = True, locale: str = "zh-CN"):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=javascript, locale=locale
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("request", lambda request: _watch(request.url, problems))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


def _watch(address: str, problems: list[str]) -> None:
    if not address.startswith(("http://127.0.0.1:", "data:")):
        problems.append(f"foreign request: {address}")
