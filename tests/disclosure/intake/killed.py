"""Imports killed at random moments, in a process of its own: Django is loaded once, and each attempt is a fork of it.

``python killed.py '["database", "folder", 100, 1]'`` makes the database, and prints what it found after each attempt as
JSON: the spending lines there are, the runs, records and entries that came, and whether trail, files and database hold.
"""

import contextlib
import csv
import io
import json
import os
import random
import signal
import sys
import time
import traceback

import django

django.setup()

from django.conf import settings  # noqa: E402 (Django first)
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402

from budgets.enums import Role  # noqa: E402
from budgets.models import AuditTrail, ExpenditureLine, Membership  # noqa: E402
from budgets.models.trail import GENESIS  # noqa: E402
from budgets.resources import ExpenditureLineResource  # noqa: E402
from disclosure.intake.run import Upload, commit  # noqa: E402
from disclosure.models import Disclosure, ImportRecord, ImportRun  # noqa: E402
from disclosure.sample.government import Plan, make_government  # noqa: E402

LINES = 620
BEYOND = 1.2
"""How far past the end of an import the moments reach, so that some come after it."""
AGAIN = 10
"""After how many attempts the length of an import is measured again: the machine may have got busier."""


@contextlib.contextmanager
def database(name):
    """Make a database of our own, and take it away again."""
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0)
        yield
    finally:
        connections.close_all()
        if connection.vendor == "postgresql":
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def prepared():
    """Return a disclosure without spending lines, and the file that brings them."""
    government = make_government(Plan(departments=1, years=1, seed=77, units=8, lines=LINES))
    disclosure = Disclosure.objects.get(budget__fiscal_year__government=government, unit=None)
    department = disclosure.budget.department
    clerk = get_user_model().objects.create(username="killed")
    Membership.objects.create(user=clerk, role=Role.CLERK, government=government, department=department)
    lines = ExpenditureLine.objects.filter(budget=disclosure.budget)
    text = io.StringIO()
    rows = ExpenditureLineResource(user=clerk).export(lines.order_by("pk"))
    csv.writer(text).writerows([["支出明细"], rows.headers, *rows])
    lines.delete()
    return disclosure, Upload("支出明细.csv", text.getvalue().encode("utf-8-sig")), clerk


def attempt(work, delay):
    """Let a fork import and kill it after ``delay`` seconds, whatever it is doing; None waits until it has done."""
    connections.close_all()
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        try:
            work()
            os.write(writer, b".")
            signal.pause()
        except BaseException:  # noqa: BLE001 (a fork must not go on as its parent)
            traceback.print_exc()
        finally:
            os._exit(1)
    os.close(writer)
    if delay is None:
        assert os.read(reader, 1), "the import failed"
    else:
        time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reader)
    settle()


def settle():
    """Wait until the server has noticed that nobody is there any more."""
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    while connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(others)
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.005)


def chain_holds():
    """Tell whether every entry of the trail follows from the one before."""
    last = GENESIS
    for row in AuditTrail.objects.order_by("pk"):
        if row.previous_hash != last or row.hash != row.digest():
            return False
        last = row.hash
    return True


def kept():
    """Tell whether the file of the last run is there, whole; reading raises where it is not."""
    return all(run.read() for run in ImportRun.objects.order_by("-pk")[:1])


def sound():
    """Tell whether the database itself finds nothing wrong; PostgreSQL has no such question."""
    if connection.vendor == "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return cursor.fetchall() == [("ok",)]


def looked(disclosure):
    """Count what is there."""
    return (
        ExpenditureLine.objects.filter(budget=disclosure.budget).count(),
        ImportRun.objects.count(),
        ImportRecord.objects.count(),
        AuditTrail.objects.filter(action="import").count(),
    )


def attempts(number, seed):
    """Yield what is found after each attempt, from the same beginning each time."""
    disclosure, upload, clerk = prepared()
    lines, moments = ExpenditureLine.objects.filter(budget=disclosure.budget), random.Random(seed)  # noqa: S311

    def work():
        commit(Disclosure.objects.get(pk=disclosure.pk), upload, by=clerk)

    taken = 0
    for at in range(number):
        if at % AGAIN == 0:
            begun = time.perf_counter()
            attempt(work, None)
            taken = time.perf_counter() - begun
            lines.delete()
        before = looked(disclosure)
        attempt(work, taken * BEYOND * moments.random())
        after = looked(disclosure)
        came = [now - then for now, then in zip(after[1:], before[1:], strict=True)]
        yield [after[0], *came, chain_holds(), kept(), sound()]
        lines.delete()


def main(name, folder, number, seed):
    """Attempt as often as asked."""
    settings.MEDIA_ROOT = folder
    with database(name):
        found = list(attempts(number, seed))
    print(json.dumps({"lines": LINES, "found": found}))  # noqa: T201 (its answer)


if __name__ == "__main__":
    main(*json.loads(sys.argv[1]))
