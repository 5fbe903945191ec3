"""One moment of the database, as a file: taken while the site is in use, without holding anybody up."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import OperationalError, connection, transaction

from disclosure.refusal import RefusalError
from portal.keeping import postgres
from portal.keeping.manifest import DATABASES, Facts, facts

OWN_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"


def take(folder: Path) -> tuple[Path, Facts]:
    """Write the database into ``folder`` as it is at one moment, and return the file and what it holds."""
    target = folder / DATABASES[connection.vendor]
    return (_postgres if connection.vendor == "postgresql" else _sqlite)(target)


def _sqlite(target: Path) -> tuple[Path, Facts]:
    """Let SQLite copy itself in one read transaction: writers go on, and their changes are not in the copy."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
    except OperationalError as error:
        if "full" in str(error):
            raise RefusalError("磁盘已满，没有写成备份。请清理磁盘，或换一个位置再备份。") from error
        raise
    return target, of_file(target)


def of_file(path: Path) -> Facts:
    """Return what a SQLite file holds, having had it look itself over; raise RefusalError where it is damaged."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as file:
        try:
            sound = file.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]
            tables = [name for (name,) in file.execute(OWN_TABLES)]
            found = facts(tables, lambda sql: file.execute(sql).fetchall())
        except sqlite3.DatabaseError as error:
            raise RefusalError("备份中的数据库不完整，不能恢复。请换一份备份。") from error
    if not sound:
        raise RefusalError("备份中的数据库没有通过 SQLite 自己的核对，不能恢复。请换一份备份。")
    return found


@transaction.atomic
def _postgres(target: Path) -> tuple[Path, Facts]:
    """Dump from an exported snapshot, and count in the same one: both see the same moment."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        postgres.dump(connection, cursor.fetchone()[0], target)
    return target, present()


def present() -> Facts:
    """Return what the database of this site holds now."""

    def execute(sql: str) -> Iterable[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    return facts(connection.introspection.table_names(), execute)
