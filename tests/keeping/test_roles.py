"""The site works with the role that owns nothing, and that role cannot touch what is frozen."""

import os
import re
import subprocess

import pytest
from django.db import connection, connections
from drills import ROOT, Site, look

from budgets.immutable import frozen_models

pytestmark = pytest.mark.timeout(600)
SCRIPT = ROOT / "docs" / "deploy" / "roles.sql"
PUBLISH = """
from django.conf import settings
from disclosure.models import Disclosure, Edition, Narrative
from disclosure.render import draw_here
from walking import edited, withdrawn
draw_here()
disclosure = Disclosure.objects.get(budget__department__code="203", unit=None)
rows = Narrative.objects.filter(disclosure=disclosure, key="other_matters")
edition = edited(disclosure, lambda: rows.update(text="以应用角色公开的一句说明。"))
assert edition.files.count() >= 4, edition.files.count()
withdrawn(edition)
print("published", edition.number)
"""
REFUSED = (
    "UPDATE budgets_audittrail SET target = 'x'",
    "DELETE FROM budgets_audittrail",
    "TRUNCATE budgets_audittrail",
    "UPDATE disclosure_edition SET title = 'x'",
    "DELETE FROM disclosure_edition",
    "UPDATE disclosure_editioncontent SET text = 'x'",
    "DELETE FROM disclosure_editioncontent WHERE edition_id = 1",
    "UPDATE disclosure_ledgerentry SET text = 'x'",
    "DELETE FROM disclosure_ledgerhead",
    "DROP TRIGGER frozen_update_disclosure_edition ON disclosure_edition",
    "ALTER TABLE disclosure_edition DISABLE TRIGGER ALL",
    "DROP TABLE disclosure_edition",
    "CREATE OR REPLACE FUNCTION refuse_frozen() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "CREATE TABLE mine (a int)",
    "SET session_replication_role = replica",
    "SET ROLE portal_owner",
    "DELETE FROM django_migrations",
)
TRY = """
import sys
from django.db import DatabaseError, connection, transaction
for sql in sys.argv[1:] or {refused!r}:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
        print("DONE", sql)
    except DatabaseError as error:
        pass
"""


def names_in(script: str) -> set[str]:
    """Find the tables that the script speaks of by name."""
    return set(re.findall(r"'([a-z]+_[a-z]+)'", script)) - {"portal_owner", "portal_app"}


def test_the_script_knows_every_frozen_table(db):
    text = SCRIPT.read_text(encoding="utf-8")
    frozen, rest = text.split("-- 撤下时随之删除的", 1)
    removable = rest.split("-- 末端只往前走", 1)[0]

    models = frozen_models()

    kept = {model._meta.db_table for model in models if not model.removable_after_withdrawal}
    gone = {model._meta.db_table for model in models if model.removable_after_withdrawal}
    assert names_in(frozen) == kept
    assert names_in(removable) == gone


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles")
def test_the_site_works_with_the_role_that_owns_nothing(site):
    connections.close_all()
    for _ in range(2):
        psql(site, "--set=ON_ERROR_STOP=1", "--quiet", f"--file={SCRIPT}")
    app = Site(site.url.replace("portal@", "portal_app@"), site.folder)
    before = look(site)

    published = app.manage("shell", "-v0", "-c", PUBLISH, PYTHONPATH=os.pathsep.join((str(ROOT), str(ROOT / "tests"))))
    tried = app.manage("shell", "-v0", "-c", TRY.format(refused=REFUSED))
    owner = Site(site.url.replace("portal@", "portal_owner@"), site.folder)

    assert (published.returncode, published.stdout) == (0, "published 4\n"), published.stderr
    assert (tried.returncode, tried.stdout) == (0, ""), tried.stderr
    assert look(app)["answers"][4] == before["answers"][4]
    assert app.manage("backup", str(site.folder / "by-app.zip")).returncode == 0
    assert owner.manage("migrate", "-v0").returncode == 0
    assert app.manage("verify_trail").returncode == 0


def psql(site: Site, *arguments: str) -> None:
    """Run psql as whoever may do everything."""
    at = site.url.replace("postgres://", "postgresql://")
    program = f"{os.environ.get('POSTGRES_BIN') or '/usr/bin'}/psql"
    done = subprocess.run([program, "--no-psqlrc", at, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
