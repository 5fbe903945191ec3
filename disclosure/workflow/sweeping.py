"""Stored files of editions that no edition has: left by a crash between a withdrawal and the deletion of its files."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from budgets import storing
from disclosure import opendata
from disclosure.models import EditionFile

ROOT = "editions"
SAFE = timedelta(days=1)
"""How old a file must be: files are stored before the edition that names them, while it is being drawn."""


def sweep(now: datetime | None = None, *, dry_run: bool = False) -> list[str]:
    """Delete what no edition has and return the names; ``dry_run`` only names them."""
    before = (now or timezone.now()) - SAFE
    found = [name for name in storing.names(ROOT) if _unknown(name) and storing.written_at(name) < before]
    for name in () if dry_run else found:
        storing.delete(name)
    found += opendata.sweep(dry_run=dry_run)
    if not dry_run:
        _empty_log()
    return found


def _empty_log() -> None:
    """Have SQLite bring its log into the file, where deleted rows are overwritten; one in use is left for next time."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _unknown(name: str) -> bool:
    sha256, _, form = name.rpartition("/")[2].partition(".")
    known = EditionFile.objects.filter(sha256=sha256, format=form).exists()
    return not known or name != EditionFile.name_for(sha256, form)
