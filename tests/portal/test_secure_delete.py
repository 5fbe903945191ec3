"""What was withdrawn does not linger in the SQLite file: neither in its free pages nor in its log."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from msgspec.structs import replace
from published import an_edition

from disclosure.content import parse

ROOT = Path(__file__).parents[2]
TELLING = "MARKED-" + "0123456789" * 3
WITHDRAW = f"""
from disclosure.models import Edition, EditionContent
from disclosure import workflow
second = Edition.objects.get(number=2)
assert {TELLING!r} in second.content.text
workflow.withdraw(second, by=second.published_by, reason="误公开")
"""


def in_the_file(folder: Path) -> bool:
    return any(TELLING.encode() in path.read_bytes() for path in folder.glob("portal.sqlite3*"))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL frees space by VACUUM")
def test_the_database_file_forgets_what_was_withdrawn(edition, tmp_path):
    content = replace(parse(edition.content.text), preamble=TELLING * 500)
    an_edition(edition.disclosure, content, edition.published_by, edition)
    (tmp_path / "portal.sqlite3").write_bytes(connection.connection.serialize())
    assert in_the_file(tmp_path)
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}

    def manage(*command: str) -> None:
        every = [sys.executable, "manage.py", *command]
        subprocess.run(every, cwd=ROOT, env={**environment, "VAR_DIR": str(tmp_path)}, check=True)

    with closing(sqlite3.connect(tmp_path / "portal.sqlite3")) as server:
        server.execute("PRAGMA journal_mode=WAL")
        server.execute("SELECT count(*) FROM disclosure_edition").fetchone()
        manage("shell", "-v0", "-c", WITHDRAW)
        manage("sweep_files")

        assert not in_the_file(tmp_path)
