"""Connections to a file of SQLite that last from one request to the next, for as long as it is the file they opened.

Opening one anew takes as long as three pages ask their questions. But a file that was replaced or removed must be
noticed at once: what is written into it would be lost.
"""

import os
from typing import Any

from django.core.signals import request_started
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

MARK = "lasting_file"


def watch() -> None:
    """Note which file every connection opens from now on, and look at it before each request."""
    connection_created.connect(_opened, dispatch_uid="portal.lasting.opened")
    request_started.connect(_let_go, dispatch_uid="portal.lasting.let_go")


def moved(connection: BaseDatabaseWrapper) -> bool:
    """Tell whether the file of an open connection is not under its name any more."""
    known = getattr(connection, MARK, None)
    return connection.connection is not None and known is not None and known != _file_of(connection)


def _opened(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    setattr(connection, MARK, _file_of(connection))


def _let_go(**_signal: Any) -> None:
    for connection in connections.all(initialized_only=True):
        if moved(connection):
            connection.close()


def _file_of(connection: BaseDatabaseWrapper) -> tuple[int, int] | None:
    """Return what tells a file of SQLite from any other; None for another database, one in memory, or no file."""
    if connection.vendor != "sqlite":
        return None
    try:
        found = os.stat(connection.settings_dict["NAME"])  # noqa: PTH116 it may be a URI, which is no path
    except OSError:
        return None
    return found.st_dev, found.st_ino
