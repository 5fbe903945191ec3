"""A small department with somebody for each step; the files of its editions are a line of text each."""

import os
import sqlite3

import pytest
from django.contrib.auth import get_user_model
from django.db import connections
from traces import explained
from walking import crew_of

from budgets.enums import Role
from budgets.models import Membership
from disclosure.enums import FileFormat
from disclosure.models import Disclosure
from disclosure.render import RENDERERS
from disclosure.sample.government import Plan, make_government


def _line(document) -> bytes:
    imprint = document.context.imprint
    return f"{document.sha256} {imprint.number} {imprint.published_at}".encode()


@pytest.fixture
def cheap_files(monkeypatch):
    """Draw files that cost nothing: the tests are about who may have them drawn."""
    for form in FileFormat:
        monkeypatch.setitem(RENDERERS, form, _line)


@pytest.fixture
def draft(db, cheap_files) -> Disclosure:
    """A department's draft in 填报中 with nothing in its way."""
    government = make_government(Plan(departments=1, years=1, seed=7, units=1))
    return explained(Disclosure.objects.get(budget__fiscal_year__government=government, unit=None))


@pytest.fixture
def crew(draft):
    """The accounts of its steps."""
    return crew_of(draft)


@pytest.fixture
def somebody(draft):
    """Make further accounts, each with the roles it is given for the whole government."""

    def make(name: str, *roles: Role):
        user = get_user_model().objects.create(username=name)
        for role in roles:
            Membership.objects.create(user=user, role=role, government=draft.budget.fiscal_year.government)
        return user

    return make


@pytest.fixture
def committed(request, django_db_blocker, cheap_files, tmp_path):
    """A copy of the test database, where what is done is committed and seen from every connection; returns its URL.

    The test database is only made where a test among those that run works in it.
    """
    if not any("db" in item.fixturenames for item in request.session.items):
        pytest.skip("没有测试数据库：请运行整个文件")
    request.getfixturevalue("django_db_setup")
    with django_db_blocker.unblock():
        original, settings = connections["default"], connections.settings["default"]
        sqlite = original.vendor == "sqlite"
        name = str(tmp_path / "copy.sqlite3") if sqlite else f"{original.settings_dict['NAME']}_copy"
        (_copy_file if sqlite else _copy_database)(original, name)
        patient = {"OPTIONS": {**settings["OPTIONS"], "timeout": 300}} if sqlite else {}
        connections.settings["default"] = {**settings, "NAME": name, **patient}
        del connections["default"]
        yield f"sqlite:///{name}" if sqlite else os.environ["DATABASE_URL"].replace("/postgres?", f"/{name}?")
        connections["default"].close()
        connections["default"], connections.settings["default"] = original, settings
        if not sqlite:
            with original._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


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
