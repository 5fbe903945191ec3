"""A system run by its own commands, and what it shows."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PASSWORD = "yusuan-2026-bei"  # noqa: S105 of a test


class Site(NamedTuple):
    """A system: its database and its folder."""

    url: str
    folder: Path

    def manage(self, *command: str, **environment: str) -> subprocess.CompletedProcess:
        """Run a command of the project in this system."""
        known = {"DATABASE_URL": self.url, "VAR_DIR": str(self.folder), "DJANGO_SETTINGS_MODULE": "portal.settings"}
        every = [sys.executable, "-W", "ignore", "manage.py", *command]
        inherited = os.environ | known | environment
        return subprocess.run(every, cwd=ROOT, env=inherited, capture_output=True, text=True, check=False, timeout=120)


LOOK = """
import hashlib, json
from django.test.utils import override_settings
files = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
override_settings(STORAGES={"default": files, "staticfiles": plain}).enable()
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, transaction
from django.test import Client
from budgets.models import AuditTrail, TrailHead
from disclosure.models import Edition, EditionFile, LedgerHead
paths = ["/130303/2022/203/", "/130303/2022/203/editions/2/", "/130303/2022/203/editions/3/",
         "/130303/2022/203/document.json", "/130303/2022/203/editions/1/document.pdf", "/transparency/ledger.json"]
client = Client()
answers = [client.get(path, HTTP_HOST="localhost") for path in paths]
refused = []
for sql in ("UPDATE disclosure_edition SET title = 'x'", "DELETE FROM disclosure_editioncontent WHERE edition_id = 1",
            "DELETE FROM budgets_audittrail"):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError as error:
        refused.append("不能修改或删除" in str(error))
trail = AuditTrail.objects.exclude(action__in=["restore", "sign_in"])
print(json.dumps({
    "answers": [[one.status_code, hashlib.sha256(b"".join(one)).hexdigest()] for one in answers],
    "editions": list(Edition.objects.order_by("pk").values_list("pk", "number", "content_sha256", "reason")),
    "files": list(EditionFile.objects.order_by("pk").values_list("pk", "sha256", "size")),
    "trail": list(trail.order_by("pk").values_list("pk", "hash")),
    "ledger": LedgerHead.objects.get().last_sha256,
    "refused": refused,
    "signs in": client.login(username="beifen", password="yusuan-2026-bei"),
}))
"""


def look(site) -> dict:
    """Say what a system shows to its visitors and keeps."""
    done = site.manage("shell", "-v0", "-c", LOOK)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
