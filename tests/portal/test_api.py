"""``/api/v1/``: what is published, as its description says, and a sentence for whatever cannot be answered."""

import json
from decimal import Decimal
from functools import cache

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.urls import get_resolver
from django.utils import timezone
from hypothesis import HealthCheck, settings
from published import an_edition, withdraw

from disclosure.content import parse
from disclosure.models import EditionLine
from portal.api.description import described

KEY = "130303-2022-initial-203-1"
API = "/api/v1"
CASES = 8
"""How many requests are drawn for each address; ``python -m bench api`` draws more than five thousand."""


@cache
def _made():
    """Make the application where the places of the tests are known: on the first question."""
    return get_wsgi_application()


def application(environ, start_response):
    """Answer as the server does."""
    return _made()(environ, start_response)


schemathesis_schema = schemathesis.openapi.from_dict(described("http://127.0.0.1/api/v1"))
schemathesis_schema.app = application


@pytest.fixture(autouse=True)
def _one_connection():
    """The server's own handling of connections would end the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def get(client, path):
    """Return what an address says."""
    response = client.get(f"{API}{path}")
    assert response.status_code == 200, response.content.decode()
    return response.json()


@pytest.mark.django_db
@pytest.mark.timeout(600)
@schemathesis_schema.parametrize()
@settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_what_the_description_promises(case, edition):
    case.call_and_validate()


def test_every_address_is_described_and_every_description_has_an_address():
    routes = next(one for one in get_resolver().url_patterns if str(one.pattern) == "api/v1/").url_patterns
    named = {one.name.removeprefix("api_") for one in routes} - {"nothing"}

    paths = described("")["paths"].values()
    assert {path["get"]["operationId"] for path in paths} == named


def test_the_content_is_letter_for_letter_what_was_hashed(client, edition):
    response = client.get(f"{API}/editions/{KEY}/content")

    assert response.content.decode() == edition.content.text
    assert response["Access-Control-Allow-Origin"] == "*"


def test_figures_are_the_ones_of_the_edition(client, edition):
    said = get(client, "/figures?government=130303&table=spending&column=total&page_size=1000")

    stored = EditionLine.objects.filter(edition=edition, table="spending", column="total")
    assert [(row["row"], Decimal(row["amount"])) for row in said["results"]] == [
        (line.row, line.amount) for line in stored
    ]
    assert said["count"] == len(said["results"])


def test_pages_give_every_row_once(client, edition):
    found, path = [], f"{API}/figures?page_size=100"
    while path:
        said = client.get(path).json()
        found += [(row["table"], row["row"], row["column"]) for row in said["results"]]
        path = said["next"]

    assert len(found) == len(set(found)) == EditionLine.objects.count()


def test_an_answer_that_has_not_changed_is_not_sent_again(client, edition):
    first = client.get(f"{API}/editions/{KEY}")

    again = client.get(f"{API}/editions/{KEY}", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    assert again.content == b""


def test_the_roster_names_those_that_have_not_published(client, edition, department_without):
    said = get(client, "/roster?government=130303&year=2022")

    statuses = {row["code"]: row["status"] for row in said["results"]}
    assert statuses["203"] == "published"
    assert statuses[department_without.code] == "unpublished"


@pytest.fixture
def department_without(edition):
    """A department that has published nothing."""
    from budgets.models import Department, Government

    return Department.objects.create(
        government=Government.objects.get(), code="204", name="宣传部门", full_name="宣传部门"
    )


def test_a_withdrawn_edition_says_so_and_gives_nothing_out(client, edition):
    withdraw(edition, "误公开了草稿")

    entry = get(client, f"/editions/{KEY}")
    assert (entry["status"], entry["withdrawal_reason"], entry["parts"]) == ("withdrawn", "误公开了草稿", {})
    for part in ("content", "projects", "tables/spending"):
        response = client.get(f"{API}/editions/{KEY}/{part}")
        assert response.status_code == 410
        assert "误公开了草稿" in response.json()["detail"]
    assert get(client, "/figures")["count"] == 0


def test_a_corrected_edition_is_still_there_and_its_figures_are_not_listed(client, edition):
    second = an_edition(edition.disclosure, parse(edition.content.text), edition.published_by, edition)

    assert get(client, f"/editions/{KEY}")["status"] == "superseded"
    assert get(client, "/figures?page_size=1")["results"][0]["edition"].endswith(f"-{second.number}")
    assert get(client, "/editions?status=superseded")["count"] == 1
    assert client.get(f"{API}/editions/{KEY}/content").status_code == 200


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("/editions?page=0", "page"),
        ("/editions?page_size=1001", "page_size"),
        ("/editions?year=22", "year"),
        ("/editions?yaer=2022", "yaer"),
        ("/editions?year=2022&year=2021", "year"),
        ("/editions?phase=draft", "phase"),
        ("/figures?code=%00", "code"),
        ("/roster?year=2022", "government"),
        ("/editions/130303-2022-initial-203-1?page=1", "page"),
    ],
)
def test_a_request_that_makes_no_sense_is_told_where(client, edition, path, parameter):
    response = client.get(f"{API}{path}")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["parameter"] == parameter
    assert response.json()["detail"]


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/editions/1",
        "/editions/130303-2022-initial-203-9",
        f"/editions/{KEY}/nothing",
        f"/editions/{KEY}/tables/no",
        "/roster?government=999999&year=2022",
    ],
)
def test_what_is_not_there_is_not_found_in_json(client, edition, path):
    response = client.get(f"{API}{path}")

    assert response.status_code == 404
    assert json.loads(response.content)["status"] == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, edition, method):
    response = getattr(client, method)(f"{API}/editions")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_other_sites_may_ask_first(client, db):
    response = client.options(f"{API}/editions")

    assert response.status_code == 204
    assert response["Access-Control-Allow-Origin"] == "*"


def test_lists_take_as_many_statements_for_many_rows_as_for_few(client, edition, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get(f"{API}/figures?page_size=2")
    with django_assert_num_queries(2):
        client.get(f"{API}/figures?page_size=1000")
    with django_assert_num_queries(2):
        client.get(f"{API}/editions")


def test_moments_are_told_with_their_zone(client, edition):
    said = get(client, f"/editions/{KEY}")["published_at"]

    assert timezone.datetime.fromisoformat(said) == edition.published_at.replace(microsecond=0)
