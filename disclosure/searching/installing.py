"""Creates what the sets of grams are found by, after every migrate: an index, or on SQLite a table beside (FTS5)."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from disclosure.models import SearchSheet
from disclosure.models.grams import FOUND_BY

OF = SearchSheet._meta.db_table
POSTGRES = f"CREATE INDEX IF NOT EXISTS {FOUND_BY} ON {OF} USING gin (grams) WITH (fastupdate = off)"
TABLE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {FOUND_BY} USING fts5"
    f"(grams, content='{OF}', content_rowid='edition_id', tokenize='ascii', detail=none, columnsize=0)"
)
ENTER = f"INSERT INTO {FOUND_BY}(rowid, grams) VALUES (NEW.edition_id, NEW.grams);"  # noqa: S608 names of our own
LEAVE = f"INSERT INTO {FOUND_BY}({FOUND_BY}, rowid, grams) VALUES ('delete', OLD.edition_id, OLD.grams);"  # noqa: S608
KEPT = {"insert": ENTER, "delete": LEAVE, "update": f"{LEAVE} {ENTER}"}
MADE_ANEW = f"INSERT INTO {FOUND_BY}({FOUND_BY}) VALUES ('rebuild')"  # noqa: S608
KNOWN = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"


def install(*, using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """Create what lacks, once the table is that of the model; what SQLite drops with a rebuilt table is made anew."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if OF not in connection.introspection.table_names(cursor):
            return
        if "grams" not in {row.name for row in connection.introspection.get_table_description(cursor, OF)}:
            return
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES)
        else:
            _beside(cursor)


def _beside(cursor: Any) -> None:
    cursor.execute(TABLE)
    cursor.execute(KNOWN, [f"{FOUND_BY}_%"])
    if cursor.fetchone()[0] == len(KEPT):
        return
    for event, what in KEPT.items():
        cursor.execute(f"DROP TRIGGER IF EXISTS {FOUND_BY}_{event}")
        cursor.execute(f"CREATE TRIGGER {FOUND_BY}_{event} AFTER {event} ON {OF} BEGIN {what} END")
    cursor.execute(MADE_ANEW)
