"""Brings a backup back: checked first, put in place at one stroke, proved afterwards."""

import os
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from errno import EDQUOT, ENOSPC
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.base import File
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from budgets import storing
from budgets.models import AuditTrail
from disclosure.refusal import RefusalError
from portal.keeping import postgres, proof, snapshots
from portal.keeping.archive import Archive
from portal.keeping.emptiness import expect_empty
from portal.keeping.manifest import FILES, copied

RUNNING = "数据库正在使用。请先停止网站和定时任务（systemctl stop 各服务），再恢复。什么也没有改动。"
FULL = "磁盘已满，没有恢复，原来的数据没有改动。请清理磁盘后再运行一次。"


def restore(path: Path, *, replace: str = "", say: Callable[[str], object] = str) -> proof.Figures:
    """Restore a backup into an empty system, or over the database of that name, and return what is there then.

    Raises RefusalError: with nothing changed where the backup or the system does not suit; with everything in place
    where what was backed up had been altered before.
    """
    archive = Archive(path)
    archive.suits()
    made = archive.manifest
    say(f"备份核对无误：{made.made_at} 由 {made.software} 版做成，{len(archive.stored)}个文件。")
    _allowed(replace)
    try:
        with tempfile.TemporaryDirectory(prefix=".restore-", dir=_beside()) as folder:
            _in_place(archive, Path(folder), say)
    except OSError as error:
        raise RefusalError(FULL if error.errno in {ENOSPC, EDQUOT} else f"没有恢复：{error}。") from error
    return _proved(archive, say)


def database_name() -> str:
    """Return the name that has to be typed to replace this database."""
    name = str(connection.settings_dict["NAME"])
    return Path(name).name if connection.vendor == "sqlite" else name


def _beside() -> Path:
    """Choose where to unpack: on the disk where the database of SQLite lies, so that it only needs a new name."""
    sqlite = connection.vendor == "sqlite"
    folder = Path(connection.settings_dict["NAME"]).parent if sqlite else Path(settings.VAR_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _allowed(replace: str) -> None:
    """Refuse to write over anything unless the database is named."""
    if not replace:
        way_out = f"只恢复到空的系统；要替换现有的数据，请加上 --replace {database_name()} 。"
        expect_empty(connection, way_out)
    elif replace != database_name():
        message = f"--replace 后面写的“{replace}”不是现在的数据库（{database_name()}）。什么也没有改动。"
        raise RefusalError(message)


def _in_place(archive: Archive, folder: Path, say: Callable[[str], object]) -> None:
    """Unpack and check the database, put the files where they belong, and only then change the database.

    Files first: they are named by their own hash, so that they stand in nobody's way should it end here.
    """
    database = folder / archive.database
    archive.extract(archive.database, database)
    script = folder / "restore.sql"
    if connection.vendor == "postgresql":
        postgres.script_of(connection, database, script)
    elif list(proof.differences(archive.manifest.facts, snapshots.of_file(database))):
        raise RefusalError("备份中的数据库与清单不一致，不能恢复。请换一份备份。什么也没有改动。")
    for name in archive.stored:
        _file(archive, name, folder / "file")
    say("文件已就位，正在换上数据库。")
    if connection.vendor == "postgresql":
        postgres.replace(connection, script, folder / "empty.sql")
        connections.close_all()
    else:
        _switch(database)


def _file(archive: Archive, name: str, unpacked: Path) -> None:
    """Put one file where it belongs, whole or not at all; what is there already and the same stays."""
    target = name.removeprefix(FILES)
    try:
        with storing.opened(target) as there:
            if copied(there) == archive.manifest.files[name]:
                return
    except FileNotFoundError:
        pass
    archive.extract(name, unpacked)
    with unpacked.open("rb") as file:
        storing.write(target, File(file))


def _switch(database: Path) -> None:
    """Give the unpacked database the name of the old one, which is kept under another; refuse while somebody has it.

    The old one's log must be gone first: SQLite would play it into the new file.
    """
    place = Path(connection.settings_dict["NAME"])
    connections.close_all()
    if place.exists():
        try:
            with closing(sqlite3.connect(place, timeout=1)) as old:
                alone = old.execute("PRAGMA journal_mode=DELETE").fetchone() == ("delete",)
        except sqlite3.OperationalError as error:
            raise RefusalError(RUNNING) from error
        if not alone:
            raise RefusalError(RUNNING)
        os.link(place, place.with_name(f"{place.name}.replaced-{timezone.localtime():%Y%m%d%H%M%S}"))
    database.replace(place)


def _proved(archive: Archive, say: Callable[[str], object]) -> proof.Figures:
    """Migrate what is older, end all sessions, write the trail, and find out whether everything holds."""
    wrong = list(proof.differences(archive.manifest.facts, snapshots.present()))
    older = proof.pending()
    if older:
        say(f"备份来自较早的版本，正在运行{len(older)}个迁移。")
    call_command("migrate", verbosity=0)
    wrong += proof.problems()
    Session.objects.all().delete()
    made_at = archive.manifest.made_at
    AuditTrail.append("restore", f"备份 {made_at}", by=None, made_at=made_at, trail=archive.manifest.facts.trail[1])
    if wrong:
        message = f"已经恢复，但核对发现{len(wrong)}处问题，备份之前就有：\n" + "\n".join(wrong[:20])
        raise RefusalError(message)
    return proof.figures()
