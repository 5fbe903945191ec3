"""Publications killed at random moments, each a fork of this process and each from the same beginning.

``python killed_publishing.py '["database", "folder", 60, 1]'`` prints what it found after each attempt as JSON: how
many editions, contents, files, ledger entries, lines of the trail and steps there are, and whether all of it holds.
"""

import json
import random
import shutil
import sys
import time
from pathlib import Path

import killed  # sets Django up
from django.conf import settings
from django.db import connection, connections
from traces import explained
from walking import crew_of, made_ready

from budgets.enums import Role
from budgets.models import AuditTrail
from disclosure import workflow
from disclosure.enums import Act, FileFormat, Status
from disclosure.models import Disclosure, Edition, EditionContent, EditionFile, LedgerEntry, SearchEntry, Transition
from disclosure.render import RENDERERS
from disclosure.sample.government import Plan, make_government
from disclosure.verification import verify

WHOLE, NOTHING = (1, 1, len(FileFormat), 1, 1, 1, True, True), (0, 0, 0, 0, 0, 0, False, True)


def prepared():
    """Return a draft that waits for its publication, and who publishes it."""
    for form in FileFormat:
        RENDERERS[form] = lambda document, form=form: f"{form} {document.sha256}\n".encode() * 2000
    government = make_government(Plan(departments=1, years=1, seed=7, units=1))
    draft = explained(Disclosure.objects.get(budget__fiscal_year__government=government, unit=None))
    return made_ready(draft), crew_of(draft)[Role.PUBLISHER]


class Beginning:
    """The database as it was before the first attempt, put back before each."""

    def __init__(self):
        self.name = connection.settings_dict["NAME"]
        self.kept = f"{self.name}_kept"
        self._copy(self.name, self.kept)

    def put_back(self):
        """Throw away what the last attempt left."""
        self._copy(self.kept, self.name)

    def close(self):
        """Forget it."""
        if connection.vendor == "postgresql":
            self._drop(self.kept)

    def _copy(self, source, target):
        connections.close_all()
        if connection.vendor == "sqlite":
            for end in ("-wal", "-shm"):
                Path(f"{target}{end}").unlink(missing_ok=True)
            shutil.copy(source, target)
            return
        self._drop(target)
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')

    def _drop(self, name):
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def looked(pk):
    """Count what there is of an edition, and tell whether it holds."""
    counted = (Edition, EditionContent, EditionFile, LedgerEntry)
    status = Disclosure.objects.get(pk=pk).status
    searched = SearchEntry.objects.exists()
    holds = killed.sound() and searched == (status == Status.PUBLISHED) and not list(filter(_grave, verify()))
    return (
        *(model.objects.count() for model in counted),
        AuditTrail.objects.filter(action=Act.PUBLISH).count(),
        Transition.objects.filter(act=Act.PUBLISH).count(),
        status == Status.PUBLISHED,
        holds,
    )


def _grave(finding):
    return not finding.note


def attempts(number, seed):
    """Yield what is found after each attempt."""
    draft, publisher = prepared()
    beginning, moments = Beginning(), random.Random(seed)  # noqa: S311 (no secret)

    def work():
        workflow.publish(Disclosure.objects.get(pk=draft.pk), by=publisher)

    taken = 0
    for at in range(number):
        if at % killed.AGAIN == 0:
            begun = time.perf_counter()
            killed.attempt(work, None)
            taken = time.perf_counter() - begun
            beginning.put_back()
        killed.attempt(work, taken * killed.BEYOND * moments.random())
        yield looked(draft.pk)
        beginning.put_back()
    beginning.close()


def main(name, folder, number, seed):
    """Attempt as often as asked."""
    settings.MEDIA_ROOT = folder
    with killed.database(name):
        found = list(attempts(number, seed))
    print(json.dumps({"whole": WHOLE, "nothing": NOTHING, "found": found}))  # noqa: T201 (its answer)


if __name__ == "__main__":
    main(*json.loads(sys.argv[1]))
