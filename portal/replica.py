"""Where public pages are read from: a copy of the database, where the settings name one."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

REPLICA = "replica"
_PUBLIC: ContextVar[bool] = ContextVar("public", default=False)


class Reads:
    """A router of Django's: what public pages read comes from the replica; nothing is written or migrated there."""

    def db_for_read(self, _model: Any, **_hints: Any) -> str:
        """Say where to read."""
        return REPLICA if _PUBLIC.get() else DEFAULT_DB_ALIAS

    def db_for_write(self, _model: Any, **_hints: Any) -> str:
        """Say where to write."""
        return DEFAULT_DB_ALIAS

    def allow_relation(self, _one: Any, _other: Any, **_hints: Any) -> bool:
        """Say that rows of both may point to each other: they are the same rows."""
        return True

    def allow_migrate(self, db: str, _app: str, **_hints: Any) -> bool:
        """Say that the replica gets its tables from the original."""
        return db != REPLICA


@contextmanager
def public() -> Iterator[list[BaseDatabaseWrapper]]:
    """Read from the replica for a while, where there is one; give the connections that may be read through."""
    known = [DEFAULT_DB_ALIAS, *([REPLICA] if REPLICA in settings.DATABASES else [])]
    token = _PUBLIC.set(len(known) > 1)
    try:
        yield [connections[alias] for alias in known]
    finally:
        _PUBLIC.reset(token)
