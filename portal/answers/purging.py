"""Takes the answers away before anything public is written, whoever writes it and however."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from portal.answers.shelf import Writing
from portal.guard import READABLE

TARGET = re.compile(r'\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+(?:ONLY\s+)?"?(\w+)"?', re.IGNORECASE)
OTHER = re.compile(r"\s*(?:WITH|TRUNCATE|ALTER|DROP|CREATE|MERGE|COPY)\b", re.IGNORECASE)
ENDS = ("commit", "rollback", "close")
"""What ends a transaction of Django's."""
MARK = "answers_writing"


def watch() -> None:
    """Look at every statement of every connection that is made from now on."""
    connection_created.connect(_watched, dispatch_uid="portal.answers.purging")


def writes_public(sql: str) -> bool:
    """Tell whether a statement may change what a public page reads; in doubt it does."""
    if target := TARGET.match(sql):
        return target[1] in READABLE
    return bool(OTHER.match(sql)) and not READABLE.isdisjoint(re.findall(r"\w+", sql))


def _watched(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    if not settings.ANSWERS or hasattr(connection, MARK):
        return
    setattr(connection, MARK, None)
    connection.execute_wrappers.insert(0, _before_writing)  # a guard around the moment takes the last one away again
    for name in ENDS:
        setattr(connection, name, _ending(connection, getattr(connection, name)))


def _before_writing(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
    """Take the answers away before a public table is written; let them be kept again when that has ended."""
    connection = context["connection"]
    if not writes_public(str(sql)):
        return execute(sql, params, many, context)
    if getattr(connection, MARK) is None:
        setattr(connection, MARK, Writing(Path(settings.ANSWERS_DIR)))
    if connection.in_atomic_block:
        return execute(sql, params, many, context)
    return _ending(connection, execute)(sql, params, many, context)


def _ending(connection: BaseDatabaseWrapper, end: Callable[..., Any]) -> Callable[..., Any]:
    """Return a way to end a transaction after which answers may be kept again."""

    def ended(*args: Any) -> Any:
        known = False
        try:
            said = end(*args)
            known = True
        finally:
            _over(connection, known=known)
        return said

    return ended


def _over(connection: BaseDatabaseWrapper, *, known: bool) -> None:
    writing: Writing | None = getattr(connection, MARK)
    setattr(connection, MARK, None)
    if writing is not None:
        writing.over(known=known)
