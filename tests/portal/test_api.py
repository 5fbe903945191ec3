"""``/api/v1/``: what is published, as its description says, and a sentence for whatever cannot be answered."""

import json
from decimal import Decimal
from functools import cache

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection
from django.urls import get_resolver
from django.utils import timezone
from hypothesis import HealthCheck, settings
from published import an_edition, withdraw
from test_lookups import plan_of

from disclosure.content import parse
from disclosure.models import EditionLine
from disclosure.opendata import key_of
from disclosure.opendata.registry import everything
from disclosure.sample.government import Plan, make_government, publish_quickly
from portal.api import paging
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


@pytest.fixture
def few_counted(monkeypatch):
    """Lists of which only five rows are counted."""
    monkeypatch.setattr(paging, "COUNTED", 5)


def followed(client, path) -> list[dict]:
    """Return every page from one on, as ``next`` leads."""
    found = []
    while path:
        found.append(client.get(path).json())
        path = found[-1]["next"]
    return found


def test_a_long_list_is_not_counted_and_gives_every_row_once_in_its_order(client, edition, few_counted):
    pages = followed(client, f"{API}/figures?page_size=100")

    rows = [(row["table"], row["row"], row["column"]) for page in pages for row in page["results"]]
    stored = EditionLine.objects.order_by("edition", "table", "row", "pk").values_list("table", "row", "column")
    assert rows == list(stored)
    assert {(page["count"], page["pages"]) for page in pages} == {(None, None)}
    assert [page["page"] for page in pages] == [1] + [None] * (len(pages) - 1)


def test_a_long_list_has_numbered_pages_too(client, edition, few_counted):
    second, third = (get(client, f"/figures?page_size=50&page={page}") for page in (2, 3))

    assert third["previous"] == f"{API}/figures?page_size=50&page=2"
    assert client.get(second["next"]).json()["results"] == third["results"]
    assert get(client, "/figures?page=999999")["results"] == []


def test_a_list_of_editions_is_followed_whatever_its_years(client, edition, few_counted):
    government = make_government(Plan(departments=2, years=2, seed=7))
    publish_quickly(government, units=1)

    pages = followed(client, f"{API}/editions?page_size=2")

    keys = [row["edition"] for page in pages for row in page["results"]]
    assert keys == [key_of(one) for one in everything()]
    assert pages[-1]["count"] is None


def test_a_row_that_is_gone_still_says_where_to_go_on(client, edition, few_counted):
    first = get(client, "/figures?page_size=100")
    withdraw(edition)

    assert client.get(first["next"]).json()["results"] == []


@pytest.mark.parametrize("after", ["", "1", "1.spending.3", "1.spending.x.4", "1.spending.3.4.5", "1 OR 1=1"])
def test_a_place_in_a_list_that_is_none_is_refused(client, edition, after):
    response = client.get(f"{API}/figures", {"after": after})

    assert response.status_code == 400
    assert response.json()["parameter"] == "after"


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (lambda: ordered_cells().filter(code="2013202"), "editionline_code"),
        (lambda: ordered_cells().filter(edition_id__gte=7), "editionline_cell_unique"),
    ],
    ids=["code", "after"],
)
def test_figures_are_read_in_their_order_by_an_index(db, rows, index):
    plan = plan_of(rows(), ordered=True)

    small = connection.vendor == "postgresql"  # sorts what is so little, by whatever index
    assert small or index in plan or "sqlite_autoindex_disclosure_editionline" in plan
    assert "Seq Scan" not in plan


def ordered_cells():
    """Return figures as they are listed."""
    return EditionLine.objects.order_by("edition_id", "table", "row", "pk")


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
