"""What a backup says of itself: by which software it was made, what the database held, and the hash of every file."""

import hashlib
import tomllib
from collections.abc import Callable, Iterable
from typing import Any, BinaryIO

import msgspec
from django.conf import settings
from django.db.migrations.loader import MigrationLoader

NAME = "manifest.json"
FORMAT = "budget-backup/1"
FILES = "files/"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
CHUNK = 1 << 20
GENESIS = "0" * 64

Execute = Callable[[str], Iterable[tuple[Any, ...]]]


class Facts(msgspec.Struct, frozen=True):
    """What a database held at one moment: applied migrations, rows of each table, the ends of trail and ledger."""

    migrations: list[str]
    rows: dict[str, int]
    trail: tuple[int, str]
    ledger: tuple[int, str]

    @property
    def editions(self) -> int:
        """Count what was ever published."""
        return self.rows.get("disclosure_edition", 0)


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The list that lies in the archive as ``manifest.json``; every file with its size and SHA-256."""

    format: str
    made_at: str
    software: str
    engine: str
    facts: Facts
    files: dict[str, tuple[int, str]]


def facts(tables: Iterable[str], execute: Execute) -> Facts:
    """Count and read, through ``execute``, whatever connection and moment it belongs to."""
    there = set(tables)
    rows = {name: next(iter(execute(f'SELECT count(*) FROM "{name}"')))[0] for name in sorted(there)}  # noqa: S608 names from the catalogue
    applied = execute("SELECT app, name FROM django_migrations") if "django_migrations" in there else ()
    return Facts(
        migrations=sorted({f"{app}.{name}" for app, name in applied}),
        rows=rows,
        trail=_end(there, execute, "budgets_trailhead", "rows, last_hash"),
        ledger=_end(there, execute, "disclosure_ledgerhead", "lines, last_sha256"),
    )


def _end(there: set[str], execute: Execute, table: str, columns: str) -> tuple[int, str]:
    found = execute(f'SELECT {columns} FROM "{table}" WHERE id = 1') if table in there else ()  # noqa: S608 named above
    for count, last in found:
        return count, last
    return 0, GENESIS


def software() -> str:
    """Return the version of this software."""
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        version: str = tomllib.load(file)["project"]["version"]
    return version


def known_migrations() -> set[str]:
    """Name every migration that this software brings."""
    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}


def copied(source: BinaryIO, target: Any = None) -> tuple[int, str]:
    """Read a file to its end, writing it where asked; return its size and SHA-256. Memory: one chunk."""
    size, digest = 0, hashlib.sha256()
    while block := source.read(CHUNK):
        size += len(block)
        digest.update(block)
        if target is not None:
            target.write(block)
    return size, digest.hexdigest()
