"""Rows and files are changed behind the portal's back, and the verification is asked."""

import random
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, models, transaction
from django.test import override_settings

from budgets.models import AuditTrail
from disclosure.models import Edition, EditionContent, EditionFile, EditionLine, EditionText, LedgerEntry
from disclosure.verification import verify

TIMES = 100
FIELDS: tuple[tuple[type[models.Model], str, Callable[[Any], Any]], ...] = (
    (EditionContent, "text", lambda value: value.replace("预算", "决算", 1)),
    (EditionLine, "amount", lambda value: (value or 0) + 1),
    (EditionText, "body", lambda value: value + "。"),
    (Edition, "title", lambda value: value + "（改）"),
    (Edition, "content_sha256", lambda value: value[::-1]),
    (AuditTrail, "action", lambda value: value + "x"),
    (LedgerEntry, "text", lambda value: value.replace("publish", "correct", 1)),
)


def measure(folder: Path) -> str:
    """Say how many changes were found out, of how many."""
    with override_settings(MEDIA_ROOT=str(folder)):
        if not Edition.objects.filter(government_code="130303").exists():
            for command in ("load_codes", "load_demo", "publish_demo"):
                call_command(command, stdout=StringIO())
        clean = sum(not finding.note for finding in verify())
        chance = random.Random(21)  # noqa: S311 the same changes each time
        found = sum(_changed(chance) for _ in range(TIMES))
    return f"{TIMES}次改动查出{found}次；不改时报{clean}处"


def _changed(chance: random.Random) -> bool:
    """Change something, and tell whether it is found out."""
    if chance.randrange(len(FIELDS) + 1) == 0:
        return _file(chance)
    model, field, change = chance.choice(FIELDS)
    with transaction.atomic():
        _unguarded(model)
        row = chance.choice(list(model._base_manager.all()[:500]))
        models.QuerySet(model).filter(pk=row.pk).update(**{field: change(getattr(row, field))})
        found = [one for one in verify() if not one.note]
        transaction.set_rollback(True)
    return bool(found)


def _file(chance: random.Random) -> bool:
    row = chance.choice(list(EditionFile.objects.all()))
    path = Path(settings.MEDIA_ROOT) / row.name_for(row.sha256, row.format)
    data = path.read_bytes()
    at = chance.randrange(len(data))
    path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    found = [one for one in verify() if not one.note]
    path.write_bytes(data)
    return bool(found)


def _unguarded(model: type[models.Model]) -> None:
    """Take away what keeps a table from being changed, as who owns the database can."""
    table = model._meta.db_table
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER IF EXISTS frozen_update_{table}{on}")
