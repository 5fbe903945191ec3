"""The drill: everything backed up, brought back into an empty system, and compared byte by byte."""

import errno
import json
import os
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, connections
from drills import look

from disclosure.refusal import RefusalError
from portal.keeping import back_up, restore
from portal.keeping import backup as backup_module

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def backup(site, tmp_path_factory) -> Path:
    """A backup of the site."""
    target = tmp_path_factory.mktemp("backups") / "backup.zip"
    done = site.manage("backup", str(target))
    assert done.returncode == 0, done.stderr
    assert "公开版次3个" in done.stdout
    return target


def test_what_is_restored_is_what_was_backed_up(site, empty, backup):
    before = look(site)

    done = empty.manage("restore", str(backup))

    assert done.returncode == 0, done.stderr
    assert "公开版次3个（其中撤下1个）" in done.stdout
    after = look(empty)
    assert {**after, "answers": None} == {**before, "answers": None}
    assert after["answers"] == before["answers"]
    assert [status for status, _ in after["answers"]] == [410, 200, 410, 410, 200, 200]
    assert (after["refused"], after["signs in"]) == ([True] * 3, True)
    assert empty.manage("verify_trail").returncode == 0


def test_a_backup_is_for_its_owner_only_and_never_written_over(site, backup):
    with zipfile.ZipFile(backup) as archive:
        names = archive.namelist()

    again = site.manage("backup", str(backup))

    assert backup.stat().st_mode & 0o777 == 0o600
    assert not [name for name in names if "secret" in name or ".env" in name]
    assert again.returncode == 1
    assert "不覆盖已有的备份" in again.stderr
    assert list(backup.parent.glob(".backup-*")) == []
    assert json.loads((site.folder / "last_backup.json").read_text())["editions"] == 3


def test_what_is_not_empty_is_replaced_only_where_it_is_named(site, backup):
    name = "copy.sqlite3" if connection.vendor == "sqlite" else connection.settings_dict["NAME"]
    connections.close_all()
    before = look(site)

    silent = site.manage("restore", str(backup))
    wrong = site.manage("restore", str(backup), "--replace", "other")
    named = site.manage("restore", str(backup), "--replace", name)

    assert (silent.returncode, "数据库里已有数据" in silent.stderr) == (1, True)
    assert f"--replace {name}" in silent.stderr
    assert (wrong.returncode, "不是现在的数据库" in wrong.stderr) == (1, True)
    assert named.returncode == 0, named.stderr
    assert look(site) == before


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL waits for its locks")
def test_a_database_in_use_is_not_taken_away(site, backup):
    connections.close_all()
    with closing(sqlite3.connect(site.folder / "copy.sqlite3")) as server:
        server.execute("SELECT count(*) FROM disclosure_edition").fetchone()

        done = site.manage("restore", str(backup), "--replace", "copy.sqlite3")

    assert (done.returncode, "请先停止网站" in done.stderr) == (1, True)


def test_a_full_disk_leaves_no_part_of_a_backup(site, tmp_path, monkeypatch):
    def full(*_arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("portal.keeping.backup.copied", full)

    with pytest.raises(RefusalError, match="磁盘已满，没有写成备份"):
        back_up(tmp_path / "full.zip")

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_goes_away_meanwhile_begins_the_backup_anew(site, tmp_path, monkeypatch):
    first = iter([["editions/00/gone.pdf"]])
    real = backup_module.stored
    monkeypatch.setattr(backup_module, "stored", lambda: next(first, None) or real())

    manifest = back_up(tmp_path / "anew.zip")

    assert [name for name in manifest.files if "gone" in name] == []
    assert manifest.facts.editions >= 3


def test_a_file_that_always_goes_away_is_said(site, tmp_path, monkeypatch):
    monkeypatch.setattr(backup_module, "stored", lambda: ["editions/00/gone.pdf"])

    with pytest.raises(RefusalError, match="一直有文件被删除"):
        back_up(tmp_path / "never.zip")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite needs no programs")
@pytest.mark.parametrize(
    ("said", "words"),
    [("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.1'", "比数据库服务器"), (None, "没有找到 PostgreSQL 的程序")],
)
def test_programs_that_are_old_or_missing_are_named(site, tmp_path, monkeypatch, said, words):
    folder = tmp_path / "bin"
    folder.mkdir()
    if said:
        (folder / "pg_dump").write_text(said)
        (folder / "pg_dump").chmod(0o755)
    monkeypatch.setenv("POSTGRES_BIN", str(folder))
    monkeypatch.setenv("PATH", str(folder) if said is None else os.environ["PATH"])

    with pytest.raises(RefusalError, match=words):
        back_up(tmp_path / "none.zip")


def test_a_backup_of_an_older_version_is_brought_up_to_date(empty, tmp_path):
    older = tmp_path / "older.zip"
    for command in (["migrate", "disclosure", "0021", "-v0"], ["backup", str(older)]):
        done = empty.manage(*command)
        assert done.returncode == 0, done.stderr

    done = empty.manage("restore", str(older))

    assert done.returncode == 0, done.stderr
    assert "备份来自较早的版本，正在运行" in done.stdout
    assert empty.manage("migrate", "--check").returncode == 0


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])


def rewritten(path: Path, change) -> None:
    """Write an archive anew, each file through ``change``: None leaves it out."""
    beside = path.with_suffix(".new")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(beside, "w") as target:
        for name in source.namelist():
            if (data := change(name, source.read(name))) is not None:
                target.writestr(name, data)
    beside.replace(path)


def lacking_a_file(path: Path) -> None:
    first = []
    rewritten(
        path,
        lambda name, data: None if name.startswith("files/") and not first and first.append(name) is None else data,
    )


def with_another_file(path: Path) -> None:
    rewritten(path, lambda name, data: data + b" " if name.startswith("files/") else data)


def with_a_name_that_leads_away(path: Path) -> None:
    def change(name, data):
        return data.replace(b'"files/', b'"files/../') if name == "manifest.json" else data

    rewritten(path, change)


def from_newer_software(path: Path) -> None:
    def change(name, data):
        return data.replace(b'"budgets.0001_initial"', b'"budgets.9999_later"') if name == "manifest.json" else data

    rewritten(path, change)


def no_zip(path: Path) -> None:
    path.write_bytes(b"PK" + b"\0" * 2000)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (flipped, "损坏"),
        (cut, "损坏"),
        (no_zip, "不完整、已损坏"),
        (lacking_a_file, "与清单不一致"),
        (with_another_file, "与清单上的校验值不符"),
        (with_a_name_that_leads_away, "与清单不一致"),
        (from_newer_software, "请先升级程序再恢复"),
        (Path.unlink, "没有找到备份文件"),
    ],
)
def test_a_damaged_backup_is_refused_for_what_it_is(db, backup, tmp_path, spoil, words):
    copy = tmp_path / "spoilt.zip"
    shutil.copy(backup, copy)
    spoil(copy)

    with pytest.raises(RefusalError, match=words):
        restore(copy, replace="never asked for")


def test_a_damaged_backup_changes_nothing(backup, empty, tmp_path):
    copy = tmp_path / "spoilt.zip"
    shutil.copy(backup, copy)
    flipped(copy)

    done = empty.manage("restore", str(copy))

    assert (done.returncode, "什么也没有改动" in done.stderr, "Traceback" in done.stderr) == (1, True, False)
    assert list(empty.folder.rglob("*")) in ([], [empty.folder / "secret_key"])
