"""Spoilt backups: every one is refused in a sentence before anything is changed, and nothing is left behind."""

import io
import sqlite3
import zipfile
from contextlib import closing

import msgspec
import pytest
import spoilt
import spreadsheets
from django.db import connection

from disclosure.refusal import RefusalError
from portal.keeping import proof, restore, snapshots
from portal.keeping.manifest import DATABASES, FORMAT, NAME, Manifest, copied

NOT_ASKED = "never asked for"
IN_LIST = [
    *(b'"', b"{", b"}", b"[", b",", b"null", b"true", b"-1", b"1e999", b"9" * 30, b"\\ud800", b"\\u0000"),
    *(
        b'"../',
        b'"/etc/',
        b'"files/../../x": [1, "0"],',
        b'"engine": "oracle",',
        b'"format": "x",',
        b'"files/": [0, ""],',
        b"[" * 5000,
    ),
]
SCHEMA = """
CREATE TABLE django_migrations (app TEXT, name TEXT);
CREATE TABLE budgets_trailhead (id INTEGER PRIMARY KEY, rows INTEGER, last_hash TEXT);
CREATE TABLE disclosure_ledgerhead (id INTEGER PRIMARY KEY, lines INTEGER, last_sha256 TEXT);
CREATE TABLE lines (id INTEGER PRIMARY KEY, words TEXT UNIQUE);
INSERT INTO django_migrations VALUES ('budgets', '0001_initial');
INSERT INTO budgets_trailhead VALUES (1, 3, 'abc');
INSERT INTO disclosure_ledgerhead VALUES (1, 2, 'def');
"""


@pytest.fixture
def database(tmp_path):
    """A database as small as one can be that a backup would hold."""
    path = tmp_path / "small.sqlite3"
    with closing(sqlite3.connect(path)) as made:
        made.executescript(SCHEMA)
        made.executemany("INSERT INTO lines (words) VALUES (?)", [(f"第{number}行" * 9,) for number in range(120)])
        made.commit()
    return path


@pytest.fixture
def backup(database) -> bytes:
    """A backup of it, with a stored file."""
    return packed(database.read_bytes(), snapshots.of_file(database))


def packed(database: bytes, facts) -> bytes:
    name = DATABASES[connection.vendor]
    members = {name: database, "files/editions/ab/一.pdf": b"%PDF-1.7 " * 40}
    files = {name: copied(io.BytesIO(data)) for name, data in members.items()}
    manifest = Manifest(FORMAT, "2026-11-27T20:00:00+08:00", "0.1.0", connection.vendor, facts, files)
    return spreadsheets.archive(members | {NAME: msgspec.json.format(msgspec.json.encode(manifest))})


def test_a_spoilt_backup_is_refused_and_nothing_is_left(db, backup, tmp_path, settings):
    settings.MEDIA_ROOT, settings.VAR_DIR = tmp_path / "media", tmp_path / "var"
    path = tmp_path / "备份.zip"
    path.touch()
    before = sorted(tmp_path.rglob("*"))

    def outcome(data):
        path.write_bytes(data)
        with pytest.raises(RefusalError) as refusal:
            restore(path, replace=NOT_ASKED)
        assert spoilt.in_chinese([str(refusal.value).replace("\n", " ")])
        assert sorted(tmp_path.rglob("*")) == before
        return "unharmed" if NOT_ASKED in str(refusal.value) else "refused"

    found = spoilt.tried(
        "备份.zip",
        spoilt.how_many(300),
        lambda chance: spoilt.spoilt_file(backup, chance, IN_LIST, "manifest"),
        outcome,
    )

    assert found["refused"] > found["unharmed"]


def test_a_locked_backup_is_refused_in_words(db, backup, tmp_path):
    with zipfile.ZipFile(io.BytesIO(backup)) as archive:
        offset = archive.start_dir
    path = tmp_path / "加密.zip"
    path.write_bytes(backup[: offset + 8] + b"\x01" + backup[offset + 9 :])

    with pytest.raises(RefusalError, match="加了密码"):
        restore(path, replace=NOT_ASKED)


def test_a_spoilt_database_is_refused_by_its_own_check_or_by_the_facts(database, tmp_path):
    sound, facts = database.read_bytes(), snapshots.of_file(database)
    path = tmp_path / "spoilt.sqlite3"

    def outcome(data):
        path.write_bytes(data)
        try:
            differs = list(proof.differences(facts, snapshots.of_file(path)))
        except RefusalError as refusal:
            differs = [str(refusal)]
        assert spoilt.in_chinese(differs)
        return "refused" if differs else "the same"

    found = spoilt.tried(
        "备份里的数据库", spoilt.how_many(300), lambda chance: spoilt.spoilt_bytes(sound, chance), outcome
    )

    assert found["refused"] > found["the same"]
