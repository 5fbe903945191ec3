"""字号 and 长辈版: one cookie, drawn by the server, the same content in every mode."""

import re

import pytest
from published import text_of

PAGE = "/130303/2022/203/"


def root_of(response):
    """Return the classes of a page."""
    return re.search(r'<html lang="zh-CN" class="([^"]*)"', response.content.decode())[1].split()


@pytest.mark.parametrize("mode", ["standard", "large", "elder"])
def test_a_choice_is_remembered_and_leads_back(client, edition, mode):
    response = client.get("/display/", {"mode": mode, "back": f"{PAGE}?x=1"})

    assert (response.status_code, response["Location"]) == (302, f"{PAGE}?x=1")
    cookie = response.cookies["display"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert root_of(client.get(PAGE)) == [mode]


def test_no_mode_says_less(client, edition):
    said = []
    for mode in ("standard", "large", "elder"):
        client.cookies["display"] = mode
        said.append(text_of(client.get(PAGE)))

    assert said[0] == said[1] == said[2]


def test_the_page_marks_the_mode_it_is_in(client, edition):
    client.cookies["display"] = "elder"

    page = client.get(PAGE).content.decode()

    assert re.findall(r'aria-current="true">(\w+)</a>', page.partition("</nav>")[0]) == ["长辈版"]


@pytest.mark.parametrize("value", ["", "huge", "elder; x", "<b>"])
def test_an_unknown_cookie_is_the_standard(client, edition, value):
    client.cookies["display"] = value

    assert root_of(client.get(PAGE)) == ["standard"]


@pytest.mark.parametrize(
    "back", ["https://example.com/", "//example.com/", "/\\example.com", "javascript:alert(1)", ""]
)
def test_nobody_is_led_to_another_site(client, db, back):
    response = client.get("/display/", {"mode": "large", "back": back})

    assert response["Location"] == "/"


def test_caches_are_told_that_pages_differ_by_cookie_and_files_do_not(client, edition):
    assert "Cookie" in client.get(PAGE)["Vary"]
    assert "Cookie" not in client.get(f"{PAGE}document.json").headers.get("Vary", "")


def test_a_page_in_another_mode_is_sent_again(client, edition):
    first = client.get(PAGE)
    client.cookies["display"] = "large"

    assert client.get(PAGE, headers={"If-None-Match": first["ETag"]}).status_code == 200
