"""A database that goes away amid a request, and one that has no room: it is said, nothing is half, and on it goes."""

import os

import pytest
from django.db import OperationalError, close_old_connections, connection, connections
from django.test import Client
from django.urls import reverse
from traces import left_behind
from walking import crew_of, made_ready, opened

from budgets.enums import Role
from disclosure import workflow
from disclosure.models import Disclosure, Edition, Narrative
from portal.outages import AWAY, FULL, outage_of

pytestmark = pytest.mark.timeout(600)
PAGE = "/130303/2022/203/editions/1/"


class Gone:
    """Takes the database away before the third statement of whoever asks."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, execute, sql, params, many, context):
        """Count, and strike."""
        self.asked += 1
        if self.asked == 3 and connection.vendor == "postgresql":
            strike(context["connection"])
        elif self.asked == 3:
            raise OperationalError("disk I/O error")
        return execute(sql, params, many, context)


def strike(struck) -> None:
    """End a connection: the server does; or the file is not where it was, when it is opened next."""
    if struck.vendor == "postgresql":
        killer = struck.copy(alias="default")
        with killer.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [struck.connection.info.backend_pid])
        killer.close()
        return
    struck.close()
    struck.settings_dict["NAME"] = f"{struck.settings_dict['NAME']}{os.sep}nowhere"


@pytest.fixture
def browser(site):
    """A browser of the site; the database is where it was when the test is over."""
    name = connection.settings_dict["NAME"]
    yield Client(raise_request_exception=False)
    connection.settings_dict["NAME"] = name
    close_old_connections()


def test_a_connection_lost_amid_a_request_is_a_page_and_the_next_one_is_answered(browser):
    name = connection.settings_dict["NAME"]
    assert browser.get(PAGE).status_code == 200

    with connection.execute_wrapper(Gone()):
        lost = browser.get(PAGE)
    connection.settings_dict["NAME"] = name
    close_old_connections()

    assert (lost.status_code, AWAY.title in lost.content.decode()) == (503, True)
    assert "Traceback" not in lost.content.decode()
    assert browser.get(PAGE).status_code == 200


def test_what_was_typed_while_the_database_is_away_comes_back(browser):
    text = Narrative.objects.filter(disclosure__budget__department__code="203", key="other_matters").first()
    page = reverse("admin:disclosure_narrative_change", args=[text.pk])
    strike(connection)

    answer = browser.post(page, {"text": "写了一半的话"}, headers={"cookie": "sessionid=abcdefghijklmnop"})

    assert (answer.status_code, "写了一半的话" in answer.content.decode()) == (503, True)


def test_the_health_check_says_that_it_is_away(browser):
    connections.close_all()
    name = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = f"{name}{os.sep}nowhere"

    answer, alive = browser.get("/healthz", REMOTE_ADDR="203.0.113.7"), browser.get("/livez")

    assert (answer.status_code, answer.content.decode()) == (503, "不可用")
    assert alive.status_code == 200


def test_a_database_without_room_publishes_nothing_and_goes_on(site):
    draft = Disclosure.objects.get(budget__department__code="203", unit=None)
    opened(draft)
    Narrative.objects.filter(disclosure=draft, key="other_matters").update(text="没有地方写的一句话。")
    ready = made_ready(draft)
    publisher, before, editions = crew_of(draft)[Role.PUBLISHER], left_behind(), Edition.objects.count()

    with NoRoom(), pytest.raises(OperationalError) as caught:
        workflow.publish(ready, by=publisher)

    assert outage_of(caught.value) == FULL
    assert left_behind() == before
    assert workflow.publish(ready, by=publisher).number == editions + 1


class NoRoom:
    """SQLite may not grow; PostgreSQL answers as it does when a table's file cannot be extended."""

    POSTGRES = (
        """CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$""",
        "CREATE TRIGGER no_room BEFORE INSERT ON disclosure_editiontext EXECUTE FUNCTION no_room()",
    )

    def __enter__(self) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                for statement in self.POSTGRES:
                    cursor.execute(statement)
                return
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")

    def __exit__(self, *_error: object) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("DROP FUNCTION no_room() CASCADE")
                return
            cursor.execute("PRAGMA max_page_count = 1073741823")


def test_there_is_a_test_database(db):
    assert Edition.objects.exists()
