"""Moves everything into another database, from SQLite to PostgreSQL or back: each row with its number, at one stroke.

The stored files stay where they are; both databases name them by their hashes.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import DatabaseError, connections, transaction
from django.db.models import Model

from disclosure.models.grams import FOUND_BY
from disclosure.refusal import RefusalError
from portal.keeping import proof
from portal.keeping.emptiness import expect_empty
from portal.keeping.snapshots import present

TARGET = "target"
BATCH = 500
LEFT_BEHIND = (Session,)
"""Who is signed in signs in again."""


def move_to(settings: dict[str, Any], *, say: Callable[[str], object] = str) -> proof.Figures:
    """Copy this database into the empty one that ``settings`` describe, prove it, and return what is there.

    Raises RefusalError, with the target as empty as it was, where anything is not what it was.
    """
    with _connected(settings) as target:
        try:
            target.ensure_connection()
            expect_empty(target, "请给一个空的数据库。")
            with _aimed_at(target):  # a migration that fills its own tables asks the database of the site
                call_command("migrate", verbosity=0)
            return _moved(target, say)
        except DatabaseError as error:
            message = f"没有搬完，目标数据库没有改动：{str(error).strip().splitlines()[0]}"
            raise RefusalError(message) from error


@contextmanager
def _connected(settings: dict[str, Any]) -> Iterator[Any]:
    """Know the target as a second database for as long as this takes."""
    connections.databases[TARGET] = connections.configure_settings({"default": {}, TARGET: settings})[TARGET]
    try:
        yield connections[TARGET]
    finally:
        connections[TARGET].close()
        del connections[TARGET], connections.databases[TARGET]


def _moved(target: Any, say: Callable[[str], object]) -> proof.Figures:
    models = [one for one in apps.get_models(include_auto_created=True) if one._meta.managed and not one._meta.proxy]
    with _unchanging(), transaction.atomic(using=TARGET):
        for model in (Permission, ContentType):  # what migrate wrote has other numbers than ours
            model._base_manager.using(TARGET).all().delete()
        for model in models:
            if model not in LEFT_BEHIND and (count := _copied(model, target)):
                say(f"{model._meta.verbose_name}：{count}行")
        before = present()
        with _aimed_at(target):
            proof.reset_sequences(models)
            left = {FOUND_BY, *(one._meta.db_table for one in LEFT_BEHIND)}
            wrong = [one for one in proof.differences(before, present()) if not any(name in one for name in left)]
            wrong += proof.problems()
            found = proof.figures()
        if wrong:
            message = f"没有搬：核对发现{len(wrong)}处问题，目标数据库没有改动。\n" + "\n".join(wrong[:20])
            raise RefusalError(message)
        target.check_constraints()
    return found


@contextmanager
def _unchanging() -> Iterator[None]:
    """See one moment of the source, whoever writes meanwhile; SQLite lets nobody write."""
    with transaction.atomic():
        source = connections["default"]
        if source.vendor == "postgresql" and not source.savepoint_ids:
            with source.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


@contextmanager
def _aimed_at(target: Any) -> Iterator[None]:
    """Let everything that asks the database of the site ask the target instead."""
    source = connections["default"]
    connections["default"] = target
    try:
        yield
    finally:
        connections["default"] = source


def _copied(model: type[Model], target: Any) -> int:
    """Copy every row as it is, by its number; return how many."""
    rows = model._base_manager.using("default").order_by("pk").iterator(BATCH)
    fields, count = model._meta.local_concrete_fields, 0
    while batch := list(islice(rows, BATCH)):
        size = max(1, target.ops.bulk_batch_size(fields, batch))
        for start in range(0, len(batch), size):
            part = batch[start : start + size]
            model._base_manager.using(TARGET)._insert(part, fields=fields, using=TARGET, raw=True)
        count += len(batch)
    return count
