"""How an edition is cited: on its page, in the open data and the interface, after GB/T 7714."""

import csv
import io
import json

import pytest
from django.test import override_settings
from django.utils.timezone import localtime
from published import an_edition, withdraw

from disclosure.content import parse
from disclosure.opendata import forget
from disclosure.opendata.citing import citation_of
from disclosure.verifying import code_of
from portal.linked_data import dataset_of

PAGE = "/130303/2022/203/"
KEY = "130303-2022-initial-203-1"


@pytest.fixture(autouse=True)
def _no_bundles():
    """Each test begins without bundles."""
    forget()
    yield
    forget()


def given(client, name):
    """Return a file of the open data of a year."""
    return b"".join(client.get(f"/data/130303/2022/{name}").streaming_content).decode("utf-8-sig")


def test_a_citation_names_whose_what_which_edition_when_and_where(edition):
    number, day = edition.index_number, localtime(edition.published_at).date().isoformat()

    assert citation_of(edition) == (
        f"中共秦皇岛市山海关区委组织部.{edition.title}[R/OL].第1版,索引号{number},验证码{code_of(edition.content_sha256)}."
        f"({day}).http://127.0.0.1:8000/130303/2022/203/editions/1/"
    )


@override_settings(PUBLIC_URL="https://www.example.gov.cn/yusuan")
def test_the_address_is_the_public_one(edition):
    assert citation_of(edition).endswith(").https://www.example.gov.cn/yusuan/130303/2022/203/editions/1/")


def test_what_has_no_index_number_is_cited_without(edition):
    edition.index_number = ""

    assert "[R/OL].第1版,验证码" in citation_of(edition)


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}editions/1/"])
def test_the_page_shows_it_as_text(client, edition, path):
    page = client.get(path).content.decode()

    assert f'<p id="citation" class="citation">{citation_of(edition)}</p>' in page
    assert '<p data-copy="citation" hidden><button' in page


def test_an_edition_that_was_corrected_is_cited_by_its_own_address(client, edition):
    an_edition(edition.disclosure, parse(edition.content.text), edition.published_by, edition)

    assert "editions/2/</p>" in client.get(PAGE).content.decode()
    assert "editions/1/</p>" in client.get(f"{PAGE}editions/1/").content.decode()


def test_machines_are_told_the_same(client, edition):
    wanted = citation_of(edition)

    [row] = csv.DictReader(io.StringIO(given(client, "editions.csv")))
    told = client.get(f"/api/v1/editions/{KEY}").json()
    described = client.get("/api/v1/openapi.json").json()["components"]["schemas"]["edition"]

    assert row["citation"] == told["citation"] == wanted
    assert "citation" in described["required"]
    assert dataset_of(edition, parse(edition.content.text), {})["creditText"] == wanted


def test_a_package_of_data_says_how_it_is_cited(client, edition):
    day = localtime(edition.published_at).date().isoformat()

    said = json.loads(given(client, "datapackage.json"))

    assert said["citation"] == f"{said['contributors'][0]['title']}.{said['title']}[DS/OL].({day}).{said['homepage']}"


def test_what_was_withdrawn_is_not_offered_to_be_cited(client, edition):
    withdraw(edition)

    told = client.get(f"/api/v1/editions/{KEY}").json()

    assert told["citation"] == ""
    assert "citation" not in client.get(PAGE).content.decode()
