"""Whether a database is empty: what ``migrate`` itself writes does not count."""

from typing import Any

from django.apps import apps

from disclosure.refusal import RefusalError

WRITTEN_BY_MIGRATE = frozenset({"django_content_type", "auth_permission"})


def filled(connection: Any) -> list[str]:
    """Name the tables of ours that hold rows."""
    there, found = set(connection.introspection.table_names()), []
    models = apps.get_models(include_auto_created=True)
    with connection.cursor() as cursor:
        for model in models:
            table = model._meta.db_table
            if table in there - WRITTEN_BY_MIGRATE:
                cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')  # noqa: S608 names from the models
                if cursor.fetchone():
                    found.append(str(model._meta.verbose_name))
    return found


def expect_empty(connection: Any, way_out: str) -> None:
    """Refuse a database that holds anything; ``way_out`` says what to do."""
    if found := filled(connection):
        message = f"数据库里已有数据（{'、'.join(found[:3])}等{len(found)}个表），什么也没有改动。{way_out}"
        raise RefusalError(message)
