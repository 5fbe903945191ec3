"""The public side on a replica: a second cluster that follows the first, in a process of its own.

``python replicated.py FOLDER`` with ``DATABASE_URL`` of an empty database, ``REPLICA_URL`` of its copy and ``VAR_DIR``
prints as JSON what was asked of which, and what the pages answered around a withdrawal.
"""

import io
import json

import django

django.setup()

from django.core.management import call_command  # noqa: E402 (Django first)
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from budgets.enums import Role  # noqa: E402
from disclosure import workflow  # noqa: E402
from disclosure.enums import FileFormat  # noqa: E402
from disclosure.models import Disclosure  # noqa: E402
from disclosure.render import RENDERERS  # noqa: E402
from disclosure.sample.crew import store_crew  # noqa: E402

PAGES = ("/", "/130303/", "/130303/2022/", "/130303/2022/203/", "/130303/2022/203/document.json", "/search/?q=组织部")


def asked(client, path):
    """Return the status of a page, and how many statements each database was asked."""
    with (
        CaptureQueriesContext(connections["default"]) as original,
        CaptureQueriesContext(connections["replica"]) as copy,
    ):
        status = client.get(path).status_code
    return [status, len(original), len(copy)]


def main():
    """Publish, look, withdraw, look again, and print it."""
    RENDERERS[FileFormat.PDF] = lambda document: b"%PDF-1.7 " + document.sha256.encode()
    for command in ("migrate", "load_codes", "load_demo", "publish_demo"):
        call_command(command, stdout=io.StringIO())
    client = Client(headers={"host": "127.0.0.1"})
    said = {"pages": {path: asked(client, path) for path in PAGES}, "desk": asked(client, "/admin/login/")}
    disclosure = Disclosure.objects.get(unit=None, budget__department__code="203")
    crew = store_crew(disclosure.budget.department.government, "demo", disclosure.budget.department)
    workflow.withdraw(disclosure.editions.get(), by=crew[Role.PUBLISHER], reason="测试撤下")
    said["withdrawn"] = [client.get(path).status_code for path in PAGES[3:5]]
    with connections["replica"].cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        said["follows"] = cursor.fetchone()[0]
    print(json.dumps(said, ensure_ascii=False))  # noqa: T201 what it was asked for


if __name__ == "__main__":
    main()
