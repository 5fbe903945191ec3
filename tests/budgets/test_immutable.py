"""Written once: the model refuses, and so does the database behind its back."""

import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from budgets.immutable import (
    REFUSAL,
    FrozenError,
    drop_triggers,
    frozen_models,
    install_triggers,
)
from disclosure.models import Edition, EditionContent, EditionFile, EditionLine, EditionText, Withdrawal

PARTS = (EditionContent, EditionFile, EditionLine, EditionText)


def refused(sql: str, *params) -> bool:
    """Run raw SQL; tell whether a trigger refused it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, params)
    except DatabaseError as error:
        return REFUSAL in str(error)
    return False


def existing_triggers() -> set[str]:
    """Name the triggers of the database that freeze rows."""
    catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(catalogue[connection.vendor])
        return {name for (name,) in cursor.fetchall() if name.startswith("frozen_")}


def expected_triggers() -> set[str]:
    """Name the triggers there must be."""
    kinds = ("update", "delete", "insert") if connection.vendor == "sqlite" else ("update", "delete", "truncate")
    return {f"frozen_{kind}_{model._meta.db_table}" for model in frozen_models() for kind in kinds}


def test_every_frozen_table_has_its_triggers(db):
    assert existing_triggers() == expected_triggers()


def test_triggers_come_back_after_migrate_when_a_migration_lost_them(db):
    drop_triggers()
    lost = existing_triggers()

    install_triggers()

    assert lost == set()
    assert existing_triggers() == expected_triggers()


def test_triggers_follow_every_migrate(db):
    drop_triggers()

    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")

    assert existing_triggers() == expected_triggers()


@pytest.mark.parametrize("model", [Edition, *PARTS], ids=lambda model: model.__name__)
def test_raw_sql_cannot_change_or_remove_a_row(edition, model):
    table, column = model._meta.db_table, model._meta.pk.column

    assert model.objects.exists()
    assert refused(f"UPDATE {table} SET {column} = {column}")
    assert refused(f"DELETE FROM {table}")
    if connection.vendor == "postgresql":
        assert refused(f"TRUNCATE {table} CASCADE")
    else:
        assert refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
        assert refused(f"REPLACE INTO {table} SELECT * FROM {table}")


@pytest.mark.parametrize("model", frozen_models(), ids=lambda model: model.__name__)
def test_the_model_refuses_update_and_delete(db, model):
    with pytest.raises(FrozenError, match=REFUSAL):
        model.objects.all().delete()
    with pytest.raises(FrozenError, match=REFUSAL):
        model.objects.update(id=1)


def test_a_stored_row_cannot_be_saved_or_deleted_again(edition):
    edition.title = "别的标题"

    with pytest.raises(FrozenError):
        edition.save()
    with pytest.raises(FrozenError):
        edition.delete()


def test_content_may_be_removed_only_after_a_recorded_withdrawal(edition):
    delete = f"DELETE FROM {EditionContent._meta.db_table} WHERE edition_id = %s"
    before = refused(delete, edition.pk)
    Withdrawal.objects.create(
        edition=edition, withdrawn_at=timezone.now(), withdrawn_by=edition.published_by, reason="误公开"
    )

    after = refused(delete, edition.pk)

    assert (before, after) == (True, False)
    assert not EditionContent.objects.filter(pk=edition.pk).exists()
    assert refused(f"DELETE FROM {Edition._meta.db_table}")
    assert refused(f"UPDATE {EditionText._meta.db_table} SET body = ''")
