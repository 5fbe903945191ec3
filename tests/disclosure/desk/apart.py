"""Long imports as a clerk meets them, with the processes they start, on a database of their own.

``python apart.py`` with ``DATABASE_URL`` and ``VAR_DIR`` makes the database, and prints as JSON what the pages said.
"""

import contextlib
import csv
import io
import json
import os
import re
import signal
import threading
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import django
from django.conf import settings

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 (Django first)
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import override_settings  # noqa: E402
from django.urls import reverse  # noqa: E402

from budgets.admin import kept  # noqa: E402
from budgets.enums import Role  # noqa: E402
from budgets.models import ExpenditureLine, Membership, TrailHead  # noqa: E402
from budgets.resources import ExpenditureLineResource  # noqa: E402
from disclosure.desk import underway  # noqa: E402
from disclosure.models import Disclosure, ImportRun  # noqa: E402
from disclosure.sample.government import Plan, make_government  # noqa: E402

POSTGRES = connection.vendor == "postgresql"
PATIENCE = 60
WAITERS = """SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"""
OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()
    AND pid <> pg_backend_pid() AND wait_event_type = 'Lock'"""


@contextlib.contextmanager
def database():
    """Make the database, and take it away again."""
    name = connection.settings_dict["NAME"]
    if POSTGRES:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        call_command("migrate", verbosity=0)
        yield
    finally:
        connections.close_all()
        if POSTGRES:
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def prepared():
    """Return a disclosure without spending lines, the file that brings them, and two clerks."""
    government = make_government(Plan(departments=1, years=1, seed=77, units=8, lines=300))
    disclosure = Disclosure.objects.get(budget__fiscal_year__government=government, unit=None)
    clerks = [get_user_model().objects.create(username=name, is_staff=True) for name in ("first", "second")]
    for clerk in clerks:
        common = {"government": government, "department": disclosure.budget.department}
        Membership.objects.create(user=clerk, role=Role.CLERK, **common)
    lines = ExpenditureLine.objects.filter(budget=disclosure.budget)
    text = io.StringIO()
    rows = ExpenditureLineResource(user=clerks[0]).export(lines.order_by("pk"))
    csv.writer(text).writerows([["支出明细"], rows.headers, *rows])
    lines.delete()
    return disclosure, text.getvalue().encode("utf-8-sig"), clerks


class Desk:
    """A clerk at his desk, who uploads, looks again and confirms."""

    def __init__(self, disclosure, data, user):
        self.disclosure, self.data, self.client, self.token = disclosure, data, Client(), ""
        self.client.force_login(user)

    def address(self, name):
        """Return a page of the workbook."""
        return reverse(f"admin:workbook{name}", args=[self.disclosure.pk])

    def upload(self):
        """Put the file aside."""
        file = SimpleUploadedFile("支出明细.csv", self.data)
        self.token = parse_qs(urlsplit(self.client.post(self.address(""), {"file": file})["Location"]).query)["file"][0]

    def look(self, name="_preview", **also):
        """Open a page of the file."""
        return self.client.get(self.address(name), {"file": self.token, **also}, follow=True)

    def until_done(self, name="_preview", **also):
        """Look again until the page is no longer one of progress; return it, and what the progress said before."""
        said, late = [], time.monotonic() + PATIENCE
        answer = self.look(name, **also)
        while b'http-equiv="refresh"' in (answer.content if "text/html" in answer["Content-Type"] else b""):
            said.append(answer.content.decode())
            assert time.monotonic() < late, said[-1]
            time.sleep(0.7)
            answer = self.look(name)
        return answer, said

    def previewed(self):
        """Upload, and wait for the preview."""
        self.upload()
        answer, said = self.until_done()
        return answer.content.decode(), said

    def confirm(self, page):
        """Confirm what a preview shows."""
        seen = re.search(r'name="seen" value="(\w+)"', page)[1]
        ticks = dict.fromkeys(("removals", "strangers", "doubts"), "on")
        return self.client.post(self.address("_commit"), {"token": self.token, "seen": seen, **ticks}, follow=True)

    def stored(self):
        """Count the lines and the records."""
        return [ExpenditureLine.objects.filter(budget=self.disclosure.budget).count(), ImportRun.objects.count()]

    def start_over(self):
        """Take back what was imported."""
        ExpenditureLine.objects.filter(budget=self.disclosure.budget).delete()
        for run in ImportRun.objects.filter(undone_at=None):
            self.client.post(reverse("admin:import_undo", args=[run.pk]))


@contextlib.contextmanager
def held():
    """Keep every import from its last step: the trail's head on PostgreSQL, the only writer on SQLite."""
    with transaction.atomic():
        TrailHead.objects.select_for_update().get()
        yield


def waiting():
    """Wait until somebody stands at what is held."""
    late = time.monotonic() + PATIENCE
    while POSTGRES and time.monotonic() < late:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # a transaction sees the same activity throughout
            cursor.execute(WAITERS)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    time.sleep(0 if POSTGRES else 3)


def terminate():
    with connection.cursor() as cursor:
        cursor.execute(OTHERS)


def workers():
    """Return the processes at work, by their command line."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            words = place.read_bytes()
            if b"work_on_import" in words and str(settings.BASE_DIR).encode() in words and b"kept-" in words:
                own = (place.parent / "environ").read_bytes()
                if f"VAR_DIR={os.environ['VAR_DIR']}\0".encode() in own:
                    found.append(int(place.parent.name))
    return found


def left():
    """Return what stays behind of jobs and files."""
    jobs = [path.name for path in underway.root().glob("*/")]
    return [*jobs, *(path.name for path in kept.folder().glob("*"))]


def whole(desk, other):
    """Preview, lists, confirmation; and what somebody else sees of it."""
    page, said = desk.previewed()
    form = reverse("admin:disclosure_disclosure_change", args=[desk.disclosure.pk])
    own, others = (one.client.get(form).content.decode() for one in (desk, other))
    stolen = other.client.get(desk.address("_preview"), {"file": desk.token}).content.decode()
    listed, _ = desk.until_done("_changes")
    before = desk.stored()
    record = desk.confirm(page)
    if b'http-equiv="refresh"' in record.content:
        said.append(record.content.decode())
        record, more = desk.until_done()
        said += more
    again = desk.look().content.decode()
    return {
        "progress": said,
        "page": page,
        "own": own,
        "others": others,
        "stolen": stolen,
        "listed": listed["Content-Disposition"],
        "before": before,
        "record": record.content.decode(),
        "again": again,
        "after": desk.stored(),
        "left": left(),
    }


def died(desk):
    """The process is killed before it could end."""
    page, _ = desk.previewed()
    with held():
        desk.confirm(page)
        waiting()
        for worker in workers():
            os.kill(worker, signal.SIGKILL)
        time.sleep(0.5)
    dead = desk.until_done()[0].content.decode()
    stored = desk.stored()
    again = desk.until_done(anew="1")[0].content.decode()
    desk.client.post(desk.address("_stop"), {"token": desk.token})
    return {"dead": dead, "stored": stored, "again": again}


def stopped(desk):
    """The clerk gives up while it works."""
    page, _ = desk.previewed()
    with held():
        desk.confirm(page)
        waiting()
        at_once = desk.client.post(desk.address("_stop"), {"token": desk.token}, follow=True).content.decode()
        settled = left()
    later = desk.until_done()[0].content.decode()
    return {"at_once": at_once, "later": later, "stored": desk.stored(), "left": settled}


def cut_apart(desk):
    """The database ends the connection of the process at its last step."""
    page, _ = desk.previewed()
    with held():
        desk.confirm(page)
        waiting()
        terminate()
    return {"told": desk.until_done()[0].content.decode(), "stored": desk.stored()}


def cut_at_once(desk):
    """The database ends the connection of the page itself at its last step; then the clerk confirms again."""
    underway.HEAVY = 1 << 40
    desk.upload()
    page, answers = desk.look().content.decode(), []

    def confirm():
        answers.append(desk.confirm(page))
        connections.close_all()

    with held():
        thread = threading.Thread(target=confirm)
        thread.start()
        waiting()
        terminate()
    thread.join()
    stored = desk.stored()
    again = desk.confirm(page).content.decode()
    twice = desk.confirm(page).content.decode()
    told = {"status": answers[0].status_code, "told": answers[0].content.decode(), "stored": stored}
    return {**told, "again": again, "twice": twice, "after": desk.stored()}


def main():
    """Go through everything."""
    disclosure, data, (first, second) = prepared()
    desk, other = Desk(disclosure, data, first), Desk(disclosure, data, second)
    underway.HEAVY = 0
    told = {"whole": whole(desk, other)}
    works = [died, stopped, *([cut_apart, cut_at_once] if POSTGRES else [])]
    for work in works:
        desk.start_over()
        told[work.__name__] = work(desk)
    return told


PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

if __name__ == "__main__":
    with override_settings(ALLOWED_HOSTS=["*"], STORAGES={**settings.STORAGES, "staticfiles": PLAIN}), database():
        print(json.dumps(main()))  # noqa: T201 (its answer)
