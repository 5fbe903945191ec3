"""What was withdrawn is gone at every address, and no cache may say otherwise."""

import re

import pytest
from msgspec.structs import replace
from published import an_edition, text_of, withdraw

from disclosure.content import parse
from disclosure.models import Edition

DEPARTMENT = "/130303/2022/203/"
CURRENT = ("", "document.pdf", "document.json")
SECOND = tuple(f"editions/2/{part}" for part in ("", "document.pdf", "document.json", "changes/"))
STANDING = ("editions/1/", "editions/1/document.pdf", "editions/1/document.json")


@pytest.fixture
def second(edition) -> Edition:
    """The sample's second edition."""
    content = replace(parse(edition.content.text), preamble="第二版的开头。")
    return an_edition(edition.disclosure, content, edition.published_by, edition)


@pytest.mark.parametrize("part", [*CURRENT, *SECOND])
def test_a_withdrawn_newest_edition_is_gone_though_older_ones_stand(client, second, part):
    withdraw(second)

    response = client.get(f"{DEPARTMENT}{part}")

    assert response.status_code == 410
    assert response["Cache-Control"] == "no-store"
    assert "撤下理由：误公开" in response.content.decode()
    assert "1090.88" not in response.content.decode()
    assert "第二版的开头" not in response.content.decode()


@pytest.mark.parametrize("part", STANDING)
def test_an_older_edition_still_stands(client, second, part):
    withdraw(second)

    response = client.get(f"{DEPARTMENT}{part}")

    kept = "private, max-age=31536000, immutable" if "/document." in part else "no-cache"
    assert (response.status_code, response["Cache-Control"]) == (200, kept)
    assert response.has_header("ETag")


def test_an_older_edition_says_that_its_correction_was_withdrawn(client, second):
    withdraw(second)

    text = text_of(client.get(f"{DEPARTMENT}editions/1/"))

    assert re.search(r"被第2版更正。更正理由：第2版的理由。第2版已于\d+年\d+月\d+日撤下。", text)


@pytest.mark.parametrize("part", [*CURRENT, "editions/1/", "editions/1/document.json", "editions/1/document.pdf"])
def test_a_caches_question_after_a_withdrawn_answer_is_answered_gone(client, edition, part):
    address = f"{DEPARTMENT}{part}"
    tag = client.get(address)["ETag"]
    assert client.get(address, HTTP_IF_NONE_MATCH=tag).status_code == 304
    withdraw(edition)

    for said in (tag, "*"):
        response = client.get(address, HTTP_IF_NONE_MATCH=said)

        assert response.status_code == 410
        assert not response.has_header("ETag")


def test_the_year_calls_it_withdrawn_and_leaves_it_out_of_the_total(client, edition):
    withdraw(edition)

    text = text_of(client.get("/130303/2022/"))

    assert "1个部门中已有0个公开。另有1个部门的预算已撤下。" in text
    assert "203山海关区组织部门已撤下" in text
    assert "1090.88" not in text
    assert f'href="{DEPARTMENT}"' in client.get("/130303/2022/").content.decode()


def test_the_government_says_that_one_was_withdrawn(client, edition):
    withdraw(edition)

    assert "另有1个已撤下" in client.get("/130303/").content.decode()


def test_a_new_edition_after_a_withdrawn_one_stands(client, second):
    withdraw(second)
    content = replace(parse(second.content.text), preamble="第三版的开头。")
    an_edition(second.disclosure, content, second.published_by, second)

    response = client.get(DEPARTMENT)

    assert response.status_code == 200
    assert client.get(f"{DEPARTMENT}editions/3/changes/").status_code == 410


def test_a_withdrawn_page_lists_the_editions_that_stand(client, second):
    withdraw(second)

    page = client.get(DEPARTMENT).content.decode()

    assert f'href="{DEPARTMENT}editions/1/"' in page


def test_pages_ask_the_same_number_of_queries_whatever_was_withdrawn(client, second, django_assert_num_queries):
    withdraw(second)

    with django_assert_num_queries(2):
        client.get(DEPARTMENT)
    with django_assert_num_queries(2):
        client.get(f"{DEPARTMENT}document.pdf")
    with django_assert_num_queries(2):
        client.get(f"{DEPARTMENT}editions/2/changes/")
