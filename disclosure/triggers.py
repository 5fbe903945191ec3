"""Installs the triggers of :mod:`disclosure.guards` on SQLite and on PostgreSQL.

They are created after every migrate and taken away before it: SQLite cannot rebuild a table that another table's
trigger names (docs/decisions/0009).
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from budgets.refusals import OPENING
from disclosure.guards import EVENTS, Guard, guards

POSTGRES_FUNCTION = "CREATE OR REPLACE FUNCTION {} RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {} RETURN NULL; END $$"
POSTGRES_REFUSAL = "IF EXISTS (SELECT 1 {1}) THEN RAISE EXCEPTION '" + OPENING + "{0}' USING ERRCODE = '23514'; END IF;"
SQLITE_REFUSAL = "SELECT RAISE(ABORT, '" + OPENING + "{}') {};"


def install_guards(*, using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """Create the triggers, in place of those there are; none while the tables are not yet those of the models."""
    connection = connections[using]
    if _up_to_date(connection):
        make = _postgres if connection.vendor == "postgresql" else _sqlite
        _run(connection, [sql for guard in guards() for sql in (*_drop(guard, connection.vendor), *make(guard))])


def drop_guards(*, using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """Remove the triggers."""
    connection = connections[using]
    there = connection.introspection.table_names()
    _run(connection, [sql for one in guards() if one.table in there for sql in _drop(one, connection.vendor)])


def _run(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _up_to_date(connection: BaseDatabaseWrapper) -> bool:
    there = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for guard in guards():
            columns = {field.column for field in guard.model._meta.concrete_fields}
            described = connection.introspection.get_table_description
            if guard.table not in there or not columns <= {row.name for row in described(cursor, guard.table)}:
                return False
    return True


def _drop(guard: Guard, vendor: str) -> list[str]:
    on = f" ON {guard.table}" if vendor == "postgresql" else ""
    return [f"DROP TRIGGER IF EXISTS {guard.trigger(event)}{on}" for event in EVENTS]


def _sqlite(guard: Guard) -> Iterator[str]:
    said = " ".join(SQLITE_REFUSAL.format(*refusal) for refusal in guard.refusals)
    changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in guard.watched)
    seen = f"EXISTS (SELECT 1 {guard.suspect})" if guard.suspect else "1"
    for event, when in (("insert", seen), ("update", f"({changed}) AND {seen}")):
        yield f"CREATE TRIGGER {guard.trigger(event)} AFTER {event} ON {guard.table} WHEN {when} BEGIN {said} END"


def _postgres(guard: Guard) -> Iterator[str]:
    locks = " ".join(f"PERFORM 1 {clause};" for clause in guard.locked)
    said = " ".join(POSTGRES_REFUSAL.format(*refusal) for refusal in guard.refusals)
    looked = f"IF EXISTS (SELECT 1 {guard.suspect}) THEN {said} END IF;" if guard.suspect else said
    yield POSTGRES_FUNCTION.format(f"refuse_{guard.table}()", f"{locks} {looked}")
    changed = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in guard.watched)
    for event, when in (("insert", ""), ("update", f"WHEN ({changed})")):
        what = f"FOR EACH ROW {when} EXECUTE FUNCTION refuse_{guard.table}()"
        yield f"CREATE TRIGGER {guard.trigger(event)} AFTER {event} ON {guard.table} {what}"
