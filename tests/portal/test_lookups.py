"""A code and a file are looked up by an index, on every engine."""

import pytest
from django.db import connection

from disclosure.models import Edition, EditionFile, WithdrawnFile


def plan_of(rows, *, ordered: bool = False) -> str:
    """Return how the database looks rows up; the sample's tables are so small that PostgreSQL would read them all."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    return (rows if ordered else rows.order_by()).explain()


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (lambda: Edition.objects.hashed("0123456789abcdef0123"), "edition_content_hash"),
        (lambda: EditionFile.objects.filter(sha256="0" * 64), "editionfile_hash"),
        (lambda: WithdrawnFile.objects.filter(sha256="0" * 64), "withdrawnfile_hash"),
    ],
    ids=["code", "file", "withdrawn file"],
)
def test_a_code_and_a_file_are_looked_up_by_an_index(db, rows, index):
    plan = plan_of(rows())

    assert index in plan
    assert "SCAN" not in plan
    assert "Seq Scan" not in plan
    assert connection.vendor == "sqlite" or "Index Cond" in plan
