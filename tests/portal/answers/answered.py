"""The site through its WSGI application, its shelf and its database, in a process of its own.

``python answered.py '["database", "folder", 300]'`` makes the database, and prints as JSON what was answered.
"""

import contextlib
import gzip
import io
import json
import os
import signal
import sys
import threading
import time
from pathlib import Path
from tempfile import mkdtemp

import django

os.environ["VAR_DIR"] = mkdtemp()
django.setup()

from django.conf import settings  # noqa: E402 (Django first)
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections, transaction  # noqa: E402
from django.test.utils import override_settings  # noqa: E402

from budgets.enums import Role  # noqa: E402
from budgets.models import SiteIdentity  # noqa: E402
from disclosure import workflow  # noqa: E402
from disclosure.enums import FileFormat  # noqa: E402
from disclosure.models import Disclosure  # noqa: E402
from disclosure.render import RENDERERS  # noqa: E402
from disclosure.sample.crew import store_crew  # noqa: E402
from disclosure.sample.government import Plan, make_government, publish_quickly  # noqa: E402
from disclosure.sample.government.quickly import correct_quickly  # noqa: E402
from portal.answers import Answers, Shelf, shelf  # noqa: E402

HOME, PAGE, PINNED = "/", "/130303/2022/203/", "/130303/2022/203/editions/1/"
FILE = f"{PINNED}document.json"
READERS = 4
LISTS = (
    *("/", "/130303/", "/130303/2022/", "/130303/three-public/", "/130303/2022/functions/", "/130303/compare/"),
    *("/areas/13/", "/contents/", "/contents/index.json", "/data/", "/transparency/", "/transparency/ledger.json"),
    *("/feed.atom", "/sitemap.xml", "/sitemap-1.xml", "/glossary/", "/api/v1/governments", "/api/v1/editions"),
)
"""Pages that list what is published; search, which is asked in words, is answered anew each time."""


@contextlib.contextmanager
def database(name):
    """Make a database of our own, and take it away again."""
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
    connection.settings_dict["NAME"] = name
    try:
        for command in (["migrate"], ["load_codes"], ["load_demo"], ["publish_demo"]):
            call_command(*command, stdout=io.StringIO(), **({"verbosity": 0} if command == ["migrate"] else {}))
        yield
    finally:
        connections.close_all()
        if connection.vendor == "postgresql":
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


class Site:
    """Asks the site, as a server would."""

    def __init__(self):
        self.asked = 0
        self.application = Answers(self._counted, Shelf.of_settings())
        self._django = WSGIHandler()

    def _counted(self, environ, start):
        self.asked += 1
        return self._django(environ, start)

    def get(self, path, method="GET", **more):
        """Return status, headers, body, and whether Django was asked."""
        before, said = self.asked, []
        path, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "",
            "HTTP_HOST": "127.0.0.1", "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr, **more,
        }  # fmt: skip

        def start(status, headers, exc_info=None):
            assert exc_info is None
            said.extend((status, headers))

        body = self.application(environ, start)
        data = b"".join(body)
        getattr(body, "close", lambda: None)()
        return said[0], dict(said[1]), data, self.asked > before


def forms(site):
    """Tell how an answer is sent the second time, to readers who can do more or less."""
    first, again = site.get(PAGE), site.get(PAGE)
    pressed = site.get(PAGE, HTTP_ACCEPT_ENCODING="br, gzip")
    elder = site.get(PAGE, HTTP_COOKIE="a=b; display=elder")
    return {
        "same": first[:3] == again[:3],
        "asked": [first[3], again[3], pressed[3], elder[3]],
        "pressed": gzip.decompress(pressed[2]) == again[2] and int(pressed[1]["Content-Length"]) == len(pressed[2]),
        "vary": [pressed[1]["Vary"], again[1]["Vary"]],
        "tags": pressed[1]["ETag"] == "W/" + again[1]["ETag"],
        "unchanged": [site.get(PAGE, HTTP_IF_NONE_MATCH=one)[::2] for one in (pressed[1]["ETag"], again[1]["ETag"])]
        == [("304 Not Modified", b"")] * 2,
        "head": [len(site.get(PAGE, "HEAD")[2]), site.get(PAGE, "HEAD")[1]["Content-Length"] == str(len(again[2]))],
        "elder": b'class="elder' in elder[2] and b'class="elder' not in again[2],
        "stranger": site.get(PAGE, HTTP_HOST="evil.example")[0],
        "unkept": {
            path: [site.get(path)[3] for _ in range(2)] for path in ("/search/?q=1", "/admin/login/", "/nowhere/")
        },
        "file": [site.get(FILE)[1]["Cache-Control"], site.get(PAGE)[1]["Cache-Control"]],
    }


def named(name):
    """Change what every page says."""
    SiteIdentity.objects.filter(pk=SiteIdentity.objects.get_or_create(pk=1)[0].pk).update(name=name)


def ends(site):
    """Tell what is kept while something is written, and after each way in which that can end."""
    said = {}
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        named("不成")
        said["during"] = [site.get(HOME)[3] for _ in range(2)]
        raise ZeroDivisionError
    said["undone"] = [site.get(HOME)[3] for _ in range(2)]
    begun = site.application.shelf.hold()
    named("新名")
    begun.put("late", b"{}\n")
    said["late"] = site.application.shelf.find(site.application.shelf.standing() or "none", "late")
    said["done"] = ["新名".encode() in site.get(HOME)[2], *(site.get(HOME)[3] for _ in range(2))]
    site.get(HOME)
    elsewhere = threading.Thread(target=read_and_write, args=("别处写的",))
    elsewhere.start()
    elsewhere.join()
    said["elsewhere"] = "别处写的".encode() in site.get(HOME)[2]
    return said | {"killed": killed(site)}


def read_and_write(name):
    """Write through a connection that a public page was the first to need."""
    Site().get("/?q=")
    named(name)
    connections.close_all()


def killed(site):
    """Tell what is kept after a writer was killed: nothing for a while, then again."""
    connections.close_all()
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        with transaction.atomic():
            named("半途")
            os.write(writer, b".")
            signal.pause()
    os.read(reader, 1)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    said = [site.get(HOME)[3] for _ in range(2)]
    shelf.GRACE = 0
    return said + [site.get(HOME)[3] for _ in range(2)]


def race(site, rounds):
    """Write and look, again and again, while others look without pause; count who was shown what no longer stands."""
    stop, served = threading.Event(), [0] * READERS

    def reader(number):
        mine = Site()
        while not stop.is_set():
            mine.get(HOME)
            served[number] += 1
        connections.close_all()

    readers = [threading.Thread(target=reader, args=(number,)) for number in range(READERS)]
    for one in readers:
        one.start()
    found = [looked(site, number) for number in range(rounds)]
    stop.set()
    for one in readers:
        one.join()
    stale, kept = (sum(column) for column in zip(*found, strict=True))
    return {"stale": stale, "kept": kept, "served": sum(served)}


def looked(site, number):
    """Give the site a new name and look three times: how often it was the old one, and how often an answer was kept."""
    named(f"第{number}个名字。")
    time.sleep(0.002 * (number % 5))
    answers = [site.get(HOME) for _ in range(3)]
    stale = [body for _, _, body, _ in answers if f"第{number}个名字。".encode() not in body]
    return len(stale), sum(not asked for *_, asked in answers)


def lists(site):
    """Tell for each list page whether Django was asked: twice while nothing happens, and after each act."""
    government = make_government(Plan(departments=2, years=1, seed=9))
    paths = (*LISTS, f"/{government.code}/", f"/{government.code}/2022/")

    def asked():
        return {path: site.get(path)[3] for path in paths}

    said = {"first": asked(), "again": asked()}
    published = publish_quickly(government)
    said["published"], said["published again"] = asked(), asked()
    corrected = correct_quickly(published[-1])
    said["corrected"], said["corrected again"] = asked(), asked()
    workflow.withdraw(corrected, by=corrected.published_by, reason="测试撤下")
    said["withdrawn"], said["withdrawn again"] = asked(), asked()
    return said


def main(name, folder, rounds):
    """Run everything, and print it."""
    RENDERERS[FileFormat.PDF] = lambda document: b"%PDF-1.7 " + document.sha256.encode()
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    storages = {**settings.STORAGES, "staticfiles": plain}
    with (
        override_settings(MEDIA_ROOT=folder, ANSWERS_DIR=str(Path(folder) / "answers"), STORAGES=storages),
        database(name),
    ):
        site = Site()
        disclosure = Disclosure.objects.get(budget__department__code="203", unit=None)
        crew = store_crew(disclosure.budget.department.government, "demo", disclosure.budget.department)
        said = {"forms": forms(site), "ends": ends(site), "race": race(site, rounds)}
        before = [site.get(path)[0] for path in (PAGE, PINNED, FILE)]
        edition = disclosure.editions.get()
        workflow.withdraw(edition, by=crew[Role.PUBLISHER], reason="测试撤下")
        after = [site.get(path)[0] for path in (PAGE, PINNED, FILE)]
        said["withdrawn"] = [before, after, [site.get(path)[3] for path in (PAGE, PINNED, FILE)]]
        said["lists"] = lists(site)
    print(json.dumps(said, ensure_ascii=False))  # noqa: T201 what it was asked for


if __name__ == "__main__":
    main(*json.loads(sys.argv[1]))
