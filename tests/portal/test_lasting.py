"""A connection to SQLite lasts, but never longer than its file stays where it is."""

import shutil

import pytest
from django.core.signals import request_started
from django.db import connections
from django.db.utils import ConnectionHandler

from portal import lasting
from portal.settings import database

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(tmp_path):
    """An open connection to a file of SQLite."""
    connection = ConnectionHandler({"default": database(f"sqlite:///{tmp_path}/one.sqlite3")})["default"]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept (number integer)")
    yield connection
    connection.close()


def test_a_connection_lasts_as_long_as_its_file_is_there(opened):
    assert opened.settings_dict["CONN_MAX_AGE"] == 60
    assert not lasting.moved(opened)


def test_a_file_that_was_replaced_is_opened_anew_before_the_next_request(opened, tmp_path, monkeypatch):
    shutil.copy(tmp_path / "one.sqlite3", tmp_path / "other.sqlite3")
    (tmp_path / "other.sqlite3").rename(tmp_path / "one.sqlite3")
    monkeypatch.setattr(connections, "all", lambda **_: [opened])

    assert lasting.moved(opened)
    request_started.send(sender=None)

    assert opened.connection is None


def test_a_file_that_was_removed_is_noticed(opened, tmp_path):
    (tmp_path / "one.sqlite3").unlink()

    assert lasting.moved(opened)


def test_a_database_in_memory_has_no_file_to_lose(tmp_path):
    connection = ConnectionHandler({"default": database("sqlite://:memory:")})["default"]
    connection.ensure_connection()

    assert not lasting.moved(connection)
    connection.close()
