"""A copy of the test database, where what is done is committed and seen from every connection."""

import os
import sqlite3
from contextlib import contextmanager

import pytest
from django.db import connections


@contextmanager
def committed_copy(request, blocker, folder):
    """Work in a copy of the test database; yields its URL.

    The test database is only made where a test among those that run works in it; else this would copy the real one.
    """
    if not any("db" in item.fixturenames for item in request.session.items):
        pytest.skip("没有测试数据库：请运行整个文件")
    request.getfixturevalue("django_db_setup")
    with blocker.unblock():
        original, settings = connections["default"], connections.settings["default"]
        sqlite = original.vendor == "sqlite"
        name = str(folder / "copy.sqlite3") if sqlite else f"{original.settings_dict['NAME']}_copy"
        (_copy_file if sqlite else _copy_database)(original, name)
        patient = {"OPTIONS": {**settings["OPTIONS"], "timeout": 300}} if sqlite else {}
        connections.settings["default"] = {**settings, "NAME": name, **patient}
        del connections["default"]
        yield url_of(name)
        connections["default"].close()
        connections["default"], connections.settings["default"] = original, settings
        if not sqlite:
            with original._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def url_of(name: str) -> str:
    """Return the URL of a database beside the one that the tests were started with."""
    if connections["default"].vendor == "sqlite":
        return f"sqlite:///{name}"
    return os.environ["DATABASE_URL"].replace("/postgres?", f"/{name}?")


def _copy_file(original, name: str) -> None:
    original.ensure_connection()
    with sqlite3.connect(name) as target:
        original.connection.backup(target)
    target.close()


def _copy_database(original, name: str) -> None:
    template = original.settings_dict["NAME"]
    original.close()
    with original._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
