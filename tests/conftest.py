"""What tests share: one database with the published sample, and factories for everything else."""

import os
from io import StringIO

import pytest
from django.core.management import call_command
from django.test.utils import override_settings

from disclosure.document import Document
from disclosure.enums import FileFormat
from disclosure.models import Disclosure, Edition, Notice
from disclosure.render import RENDERERS, draw_here

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
"""A worker whose browser is still open has an event loop; the tests after it use the database all the same."""
HARMLESS = {"RATE_LIMITS": "no", "LOCK_AFTER": "0"}
"""What would stop tests that ask a lot, in servers that tests start; each has its own tests, where it is on."""
os.environ.update({name: value for name, value in HARMLESS.items() if name not in os.environ})


@pytest.fixture(scope="session", autouse=True)
def _places(tmp_path_factory):
    """Keep files in a temporary folder, and static files without a manifest."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    with override_settings(
        MEDIA_ROOT=tmp_path_factory.mktemp("files"),
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        DESK_DIR=tmp_path_factory.mktemp("desk"),
        STORAGES={"default": files, "staticfiles": plain},
        ANSWERS=False,
        RATE_LIMITS=False,
        AXES_ENABLED=False,
        AXES_FAILURE_LIMIT=5,
        LOCK_AFTER=5,
    ):
        yield


@pytest.fixture(scope="session")
def _pdfs_here():
    """Draw PDFs in the tests' own process: one more for each publication takes two seconds (test_apart has its own)."""
    draw_here()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, _places, _pdfs_here):
    """Load codes and the sample department, and publish it, once for all tests; nobody has notices yet."""
    with django_db_blocker.unblock():
        for command in (["load_codes"], ["load_demo"], ["publish_demo"]):
            call_command(*command, stdout=StringIO())
        Notice.objects.all().delete()


@pytest.fixture
def plain_pdf(monkeypatch):
    """Publish with a PDF that costs nothing: several seconds less for each edition a test is not about the PDF of."""
    monkeypatch.setitem(RENDERERS, FileFormat.PDF, lambda document: b"%PDF-1.7 " + document.sha256.encode())


@pytest.fixture
def disclosure(db) -> Disclosure:
    """The sample's draft."""
    return Disclosure.objects.get(budget__department__code="203", unit=None)


@pytest.fixture
def edition(db) -> Edition:
    """The sample's first edition."""
    return Edition.objects.get(department_code="203")


@pytest.fixture
def document(edition) -> Document:
    """The sample's published document."""
    return Document.of_edition(edition)


def pytest_addoption(parser):
    """Let golden files be written anew, to be reviewed as diffs."""
    parser.addoption("--refresh-manual", action="store_true", help="take the pictures of the manual anew")
    parser.addoption("--refresh-golden", action="store_true", help="write the golden files anew")


def pytest_make_parametrize_id(val, argname):
    """Name files by their parameter: an archive holds the second it was made in, which no two workers share."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Keep tests that share something costly in one worker: else each worker makes it once more."""
    for item in items:
        shared = sorted(filter(None, (_owner(item, one[-1]) for one in item._fixtureinfo.name2fixturedefs.values())))
        if shared and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(shared[0]))


def pytest_collection_finish(session):
    """Run nothing where the runner lets the groups go, as pytest 9.2 does with pytest-xdist 3.8 without a word."""
    grouped = any(item.get_closest_marker("xdist_group") and "@" not in item.nodeid for item in session.items)
    if grouped and hasattr(session.config, "workerinput") and session.config.option.loadgroup:
        raise pytest.UsageError("pytest-xdist no longer keeps tests of a group in one worker")


def _owner(item, fixture) -> str:
    """Name what a fixture is made once for: a module, or a folder with a conftest of its own; nothing for the rest."""
    if fixture.scope == "session" and fixture.baseid.startswith("tests/"):
        return fixture.baseid
    return item.location[0] if fixture.scope == "module" and fixture.baseid.startswith("tests/") else ""
