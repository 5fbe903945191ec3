"""Every link, download and place on a page of the whole site: at the root, under a prefix, and written as files."""

import io
import sys
from functools import partial
from urllib.parse import unquote
from wsgiref.util import setup_testing_defaults

import pytest
from archived import an_archived, somebody
from crawling import SITE, Answer, crawl
from depth import times
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test.utils import override_settings
from django.urls import clear_script_prefix
from exported import unreached, walked

from budgets.enums import Role
from budgets.models import Department, FiscalYear
from disclosure.enums import ExemptionKind
from disclosure.models import Edition, Exemption
from disclosure.sample.government import Plan, make_government, publish_quickly
from disclosure.workflow import withdraw

pytestmark = pytest.mark.timeout(600)
REASON = "误公开了草稿"
SECRET = {"/990031/2022/103/", "/990031/2023/103/"}
"""The department that does not publish: its pages answer 404 and say why."""
GONE = {"/990031/2023/104/", "/990031/2023/104/editions/1/"}
"""What was withdrawn: its pages answer 410 and say why."""


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    """The sample, and a small government with a correction, a withdrawal, an old file, a 涉密 gap and a unit's own."""
    with django_db_blocker.unblock(), transaction.atomic():
        government = make_government(Plan(departments=3, years=2, seed=31, units=1))
        departments = list(Department.objects.filter(government=government).order_by("code"))
        year = FiscalYear.objects.filter(government=government).order_by("year").last()
        assert Exemption.objects.filter(fiscal_year=year, kind=ExemptionKind.EXEMPT, unit=None).exists()
        publish_quickly(government, units=1)
        gone = Edition.objects.filter(government_code=government.code, year=year.year, unit_code="").last()
        withdraw(gone, by=gone.published_by, reason=REASON)
        an_archived(departments[0], somebody(Role.PUBLISHER, departments[0], whole=True))
        yield government
        transaction.set_rollback(True)


@pytest.fixture
def connected():
    """Keep the test's connection: a server closes one that is amid a transaction, and the town lives in one."""
    signals = (request_started, request_finished)
    for one in signals:
        one.disconnect(close_old_connections)
    yield
    for one in signals:
        one.connect(close_old_connections)


@pytest.fixture
def portal(request, town, db, connected):
    """The portal as a server of WSGI runs it, under a path where the test names one."""
    prefix = getattr(request, "param", "")
    where = {"FORCE_SCRIPT_NAME": prefix or None, "STATIC_URL": f"{prefix}/static/", "PUBLIC_URL": f"{SITE}{prefix}"}
    with override_settings(**where, ALLOWED_HOSTS=["portal.test"], WHITENOISE_USE_FINDERS=True):
        yield partial(asked, WSGIHandler(), prefix), f"{prefix}/"
    clear_script_prefix()


@pytest.fixture
def public(town, db, settings):
    """Where the files of the site will be."""
    settings.PUBLIC_URL = f"{SITE}/a/yusuan"


@pytest.fixture
def say(capsys):
    """Print past the capture of tests."""

    def written(text):
        with capsys.disabled():
            sys.stdout.write(f"\n{text}\n")

    return written


def asked(application, prefix, address):
    """Return what the portal answers, each time to a reader who has never been here."""
    path, _, query = address.partition("?")
    environ = {"HTTP_HOST": "portal.test", "QUERY_STRING": query, "SCRIPT_NAME": prefix}
    setup_testing_defaults(environ)
    environ["PATH_INFO"] = unquote(path).removeprefix(prefix).encode().decode("latin-1")
    environ["wsgi.input"] = io.BytesIO()
    said = {}

    def start(status, headers, _error=None):
        said.update({"status": int(status[:3]), **{name.lower(): value for name, value in headers}})

    body = application(environ, start)
    data = b"".join(body)
    body.close()
    return Answer(said["status"], said.get("content-type", ""), data, said.get("location", ""))


def test_every_link_download_and_place_of_the_portal_answers(portal, say):
    ask, home = portal

    walk = crawl(ask, home, f"{home}sitemap.xml", f"{home}robots.txt")

    say(walk.told())
    assert walk.not_found(404, 410) == {}
    assert walk.answering(404) == SECRET
    assert walk.answering(410) == GONE
    assert "依照保密规定不予公开" in ask("/990031/2023/103/").data.decode()
    assert REASON in ask("/990031/2023/104/").data.decode()
    assert walk.outside == set()
    assert walk.missing_places() == set()
    assert not [address for address, page in walk.pages.items() if page.leads and page.leads not in walk.pages]
    for address in ("990031/2022/101/editions/2/changes/", "990031/2022/101/units/101001/", "api/v1/openapi.json"):
        assert walk.pages[home + address].status == 200
    assert any("/archive/" in address for address in walk.pages)


@pytest.mark.parametrize("portal", ["/a/yusuan"], indirect=True)
def test_every_kind_of_link_download_and_place_answers_under_a_path(portal, say):
    ask, home = portal

    walk = crawl(ask, home, f"{home}sitemap.xml", f"{home}robots.txt", each=times(100_000, 3))

    say(walk.told())
    under = home.removesuffix("/")
    assert walk.not_found(404, 410) == {}
    assert walk.answering(404) <= {f"{under}{address}" for address in SECRET}
    assert walk.answering(410) <= {f"{under}{address}" for address in GONE}
    assert walk.outside == set()
    assert walk.missing_places() == set()
    assert len(walk.pages) > 500


def test_every_link_download_and_place_of_the_files_answers(public, tmp_path, say):
    walk = walked(tmp_path)

    say(f"{walk.told()}（文件）")
    assert walk.pages["/a/yusuan/990031/2022/101/editions/2/document.json"].status == 200
    assert unreached(walk, tmp_path) == set()
