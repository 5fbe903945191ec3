"""What a person does at the clerk's desk: sign in, find a form, fill it in, pick from the lists, save."""

import re
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect
from serving import ROOT

ACCOUNT = re.compile(r"^  (demo-\S+) +(\S+)", re.MULTILINE)
SAVE = "input[name=_save]"


def manage(place: dict[str, str], *command: str) -> str:
    """Run a command of the project in a place and give what it printed."""
    line = [sys.executable, "manage.py", *command]
    return subprocess.run(line, cwd=ROOT, env=place, check=True, capture_output=True, text=True).stdout


def accounts_of(place: dict[str, str]) -> dict[str, str]:
    """Make the demo accounts anew and give their passwords by name."""
    return dict(ACCOUNT.findall(manage(place, "demo_accounts", "--reset")))


def sign_in(page, site: str, user: str, password: str) -> None:
    """Sign in and stand before the index."""
    page.goto(f"{site}/admin/")
    page.fill("#id_username", user)
    page.fill("#id_password", password)
    page.click("input[type=submit]")
    expect(page).to_have_url(f"{site}/admin/")


def sign_in_first(page, site: str, user: str, given: str, own: str) -> None:
    """Sign in with the password that an administrator handed out, and put one's own in its place, as is asked."""
    page.goto(f"{site}/admin/")
    page.fill("#id_username", user)
    page.fill("#id_password", given)
    page.click("input[type=submit]")
    expect(page).to_have_url(f"{site}/admin/password_change/?next=/admin/")
    for field, text in (("old_password", given), ("new_password1", own), ("new_password2", own)):
        page.fill(f"#id_{field}", text)
    page.click("input[type=submit]")
    expect(page).to_have_url(f"{site}/admin/password_change/done/")


def sign_out(page) -> None:
    """Leave, so that somebody else may sit down."""
    page.click("#logout-form button")


def search_in_picker(page, field: str, typed: str) -> None:
    """Open a picker and type, until it offers the answer to what was typed."""
    page.click(f".field-{field} .select2-selection")
    with page.expect_response(lambda answer: parse_qs(urlsplit(answer.url).query).get("term") == [typed]):
        page.locator(".select2-search__field").press_sequentially(typed)
    page.wait_for_selector(".select2-results__option.loading-results", state="detached")
    page.wait_for_selector(".select2-results__option--highlighted")


def pick(page, field: str, typed: str) -> None:
    """Pick the first row that a picker offers for what is typed."""
    search_in_picker(page, field, typed)
    page.keyboard.press("Enter")
    page.wait_for_selector(".select2-results", state="detached")


def fill(page, values: dict[str, str | bool]) -> None:
    """Fill in a form: pickers by what one types into them, lists by their words, the rest as text."""
    for field, value in values.items():
        box = page.locator(f"#id_{field}")
        if box.evaluate("box => box.classList.contains('admin-autocomplete')"):
            pick(page, field, value)
        elif box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(label=value)
        elif isinstance(value, bool):
            box.set_checked(value)
        else:
            box.fill(value)


def save(page) -> None:
    """Save, and be told that it worked."""
    page.click(SAVE)
    expect(page.locator(".messagelist .success")).to_be_visible()


def add(page, site: str, model: str, **values: str | bool) -> None:
    """Add a row through its form."""
    page.goto(f"{site}/admin/{model}/add/")
    fill(page, values)
    save(page)


def fits(page) -> bool:
    """Tell whether the page needs no scrolling sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
