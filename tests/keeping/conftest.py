"""A site with a corrected and a withdrawn edition, and empty systems beside it."""

import os
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from shutil import copyfile

import pytest
from committing import committed_copy, url_of
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.db import connection, connections
from django.test import override_settings
from drills import PASSWORD, Site
from walking import edited, withdrawn

from disclosure.enums import FileFormat
from disclosure.models import Disclosure, Edition, EditionFile, Narrative
from disclosure.render import RENDERERS


@pytest.fixture(scope="module")
def site(request, django_db_blocker, tmp_path_factory):
    """The sample's first edition corrected, a second correction withdrawn, and somebody who can sign in."""
    folder = tmp_path_factory.mktemp("site")
    with pytest.MonkeyPatch.context() as patch, committed_copy(request, django_db_blocker, folder) as url:
        for form in FileFormat:
            patch.setitem(RENDERERS, form, lambda document: f"{document.sha256} {document.context}".encode())
        _bring_files(folder / "files")
        with override_settings(MEDIA_ROOT=folder / "files", VAR_DIR=folder):
            _editions()
            connections.close_all()
            yield Site(url, folder)


def _bring_files(folder: Path) -> None:
    """Copy what the database names: beside it lie the files of all tests before."""
    for file in EditionFile.objects.all():
        name = EditionFile.name_for(file.sha256, file.format)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        copyfile(Path(django_settings.MEDIA_ROOT) / name, folder / name)


def _editions() -> None:
    disclosure = Disclosure.objects.get(budget__department__code="203", unit=None)
    for words in ("更正后的一句说明。", "再次更正的一句说明。"):
        edition = edited(disclosure, partial(_say, disclosure, words))
    withdrawn(edition, "误公开")
    get_user_model().objects.create_superuser("beifen", password=PASSWORD)
    assert Edition.objects.count() == 3


def _say(disclosure: Disclosure, words: str) -> None:
    Narrative.objects.filter(disclosure=disclosure, key="other_matters").update(text=words)


@contextmanager
def _database(name: str):
    """Make an empty database beside that of the tests, and take it away again."""
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        yield url_of(name)
    finally:
        if connection.vendor == "postgresql":
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def empty(site, tmp_path):
    """A system in which nobody has done anything."""
    folder = tmp_path / "empty"
    folder.mkdir()
    name = str(folder / "portal.sqlite3") if connection.vendor == "sqlite" else f"empty_{os.getpid()}"
    with _database(name) as url:
        yield Site(url, folder)
