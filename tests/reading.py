"""A database that can only be read, as both engines know it."""

from contextlib import contextmanager

from django.db import connection


@contextmanager
def read_only():
    """Refuse every change for a while; on PostgreSQL until the test's own transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            connection.check_constraints()  # while it may: a check locks what it looks at
            cursor.execute("SET TRANSACTION READ ONLY")
        yield
        return
    connection.ensure_connection()
    connection.connection.execute("PRAGMA query_only = ON")
    try:
        yield
    finally:
        connection.connection.execute("PRAGMA query_only = OFF")
