"""The one bulk loader: many rows in few statements, with COPY on PostgreSQL; constraints and triggers hold as ever."""

from collections.abc import Iterable
from typing import Any

from django.db import connections, models, router
from django.db.models import Model

FEW = 200
"""Up to here the ORM's own statements are as quick."""
BATCH = 2000
KEEPING = "CREATE TEMPORARY TABLE {kept} (LIKE {table}) ON COMMIT DROP"
MERGING = "UPDATE {table} t SET {pairs} FROM {kept} k WHERE t.{key} = k.{key}"
NUMBERING = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"


def insert(model: type[Model], rows: list[Any]) -> None:
    """Store new rows, which get their primary keys."""
    for row in rows:
        if row.pk is None:
            row._state.adding = True
    if len(rows) <= FEW or not _copies(model):
        model._default_manager.bulk_create(rows, batch_size=BATCH)
        return
    _number(model, [row for row in rows if row.pk is None])
    _copy(model, model._meta.db_table, rows)
    for row in rows:
        row._state.adding, row._state.db = False, router.db_for_write(model)


def overwrite(model: type[Model], rows: list[Any]) -> None:
    """Store rows in place of those with their primary keys; ones that are gone come back."""
    names = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    if rows and (len(rows) <= FEW or not _copies(model) or not _merged(model, rows)):
        model._default_manager.bulk_create(
            rows, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=names
        )


def _copies(model: type[Model]) -> bool:
    return connections[router.db_for_write(model)].vendor == "postgresql"


def _merged(model: type[Model], rows: list[Any]) -> bool:
    """Update all rows at once; False where some are no longer there."""
    connection = connections[router.db_for_write(model)]
    table, key = model._meta.db_table, model._meta.pk.column
    if model._default_manager.filter(pk__in=[row.pk for row in rows]).count() != len(rows):
        return False
    words = {"table": _quoted(table), "kept": _quoted(f"kept_{table}"), "key": _quoted(key)}
    columns = [_quoted(field.column) for field in model._meta.concrete_fields if not field.primary_key]
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS {kept}".format(**words))
        cursor.execute(KEEPING.format(**words))
        _copy(model, f"kept_{table}", rows)
        cursor.execute(MERGING.format(pairs=", ".join(f"{column} = k.{column}" for column in columns), **words))
        cursor.execute("DROP TABLE {kept}".format(**words))
    return True


def _number(model: type[Model], rows: list[Any]) -> None:
    """Give rows the next primary keys of the table."""
    key: Any = model._meta.pk
    with connections[router.db_for_write(model)].cursor() as cursor:
        cursor.execute(NUMBERING, [_quoted(model._meta.db_table), key.column, len(rows)])
        for row, (number,) in zip(rows, cursor.fetchall(), strict=True):
            setattr(row, key.attname, number)


def _copy(model: type[Model], table: str, rows: Iterable[Any]) -> None:
    connection = connections[router.db_for_write(model)]
    fields = model._meta.concrete_fields
    columns = ", ".join(_quoted(field.column) for field in fields)
    prepared = [(field.attname, _Prepared(field, connection)) for field in fields]
    statement = f"COPY {_quoted(table)} ({columns}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            values = row.__dict__
            copy.write_row([ready[values[name]] for name, ready in prepared])


class _Prepared(dict[Any, Any]):
    """What each value of a field is in the database, worked out once."""

    def __init__(self, field: "models.Field[Any, Any]", connection: Any) -> None:
        super().__init__()
        self._field, self._connection = field, connection

    def __missing__(self, value: Any) -> Any:
        ready = self[value] = self._field.get_db_prep_save(value, self._connection)
        return ready


def _quoted(name: Any) -> str:
    return f'"{name}"'
