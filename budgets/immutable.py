"""Rows that are written once: the model refuses, a trigger refuses (SQLite and PostgreSQL, TRUNCATE included).

A model that inherits :class:`Immutable` can be inserted and read, nothing else. Content of an edition may be
deleted, never changed, once a withdrawal of that edition is on record (``removable_after_withdrawal``).
"""

from typing import Any, Never

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, models

REFUSAL = "已经固化的记录不能修改或删除"
WITHDRAWN = "SELECT 1 FROM disclosure_withdrawal w WHERE w.edition_id = OLD.edition_id"
POSTGRES_FUNCTION = "CREATE OR REPLACE FUNCTION {} RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {} END $$"
POSTGRES_FUNCTIONS = (
    POSTGRES_FUNCTION.format("refuse_frozen()", f"RAISE EXCEPTION '{REFUSAL}';"),
    POSTGRES_FUNCTION.format(
        "refuse_unless_withdrawn()",
        f"IF EXISTS ({WITHDRAWN}) THEN RETURN OLD; END IF; RAISE EXCEPTION '{REFUSAL}';",
    ),
)


class FrozenError(Exception):
    """Somebody tried to change what is written once."""

    def __init__(self) -> None:
        super().__init__(f"{REFUSAL}。更正须另立新版，撤下须登记理由。")


class ImmutableQuerySet(models.QuerySet):
    """A queryset that reads and inserts."""

    def update(self, **_kwargs: Any) -> Never:
        """Refuse."""
        raise FrozenError

    def delete(self) -> Never:
        """Refuse."""
        raise FrozenError

    def destroy_withdrawn(self) -> int:
        """Delete rows of a withdrawn edition and return how many; the trigger refuses those of any other."""
        if not self.model.removable_after_withdrawal:
            raise FrozenError
        return super().delete()[0]


class Immutable(models.Model):
    """A row that is inserted once and never changed."""

    removable_after_withdrawal = False
    """Whether a row may be deleted once a withdrawal of its edition is on record; it is never changed."""

    objects = ImmutableQuerySet.as_manager()

    class Meta:
        """Shared by all frozen tables."""

        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; refuse a second save."""
        if not self._state.adding:
            raise FrozenError
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *_args: Any, **_kwargs: Any) -> Never:
        """Refuse."""
        raise FrozenError


def frozen_models() -> list[type[Immutable]]:
    """List every concrete model that is written once."""
    return [model for model in apps.get_models() if issubclass(model, Immutable)]


def install_triggers(*, using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """Create the refusing triggers of every frozen table that exists; safe to run again."""
    _run_for_all(_create, using)


def drop_triggers(*, using: str = DEFAULT_DB_ALIAS) -> None:
    """Remove the triggers: for the tests that empty the database between them, and for proofs of tampering."""
    _run_for_all(_drop, using)


def _run_for_all(action: Any, using: str) -> None:
    connection = connections[using]
    existing = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for model in frozen_models():
            if model._meta.db_table in existing:
                for statement in action(model, connection.vendor):
                    cursor.execute(statement)


def _create(model: type[Immutable], vendor: str) -> list[str]:
    return [*_drop(model, vendor), *(_postgres(model) if vendor == "postgresql" else _sqlite(model))]


def _sqlite(model: type[Immutable]) -> list[str]:
    table = model._meta.db_table
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    unless = f"WHEN NOT EXISTS ({WITHDRAWN})" if model.removable_after_withdrawal else ""
    return [
        f"CREATE TRIGGER frozen_update_{table} BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER frozen_delete_{table} BEFORE DELETE ON {table} {unless} {refuse}",
        f"CREATE TRIGGER frozen_insert_{table} BEFORE INSERT ON {table} WHEN {_taken(model)} {refuse}",
    ]


def _taken(model: type[Immutable]) -> str:
    """Say in SQL that a new row would take an old one's place: SQLite's REPLACE deletes without a DELETE trigger."""
    single = [(field.column,) for field in model._meta.concrete_fields if field.unique]
    together = [
        tuple(model._meta.get_field(name).column for name in constraint.fields)
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
    ]
    same = [
        " AND ".join(f'taken."{column}" = NEW."{column}"' for column in columns) for columns in (*single, *together)
    ]
    return f"EXISTS (SELECT 1 FROM {model._meta.db_table} taken WHERE {' OR '.join(f'({one})' for one in same)})"


def _postgres(model: type[Immutable]) -> list[str]:
    table, refuse = model._meta.db_table, "EXECUTE FUNCTION refuse_frozen()"
    delete = "EXECUTE FUNCTION refuse_unless_withdrawn()" if model.removable_after_withdrawal else refuse
    return [
        *POSTGRES_FUNCTIONS,
        f"CREATE TRIGGER frozen_update_{table} BEFORE UPDATE ON {table} FOR EACH ROW {refuse}",
        f"CREATE TRIGGER frozen_delete_{table} BEFORE DELETE ON {table} FOR EACH ROW {delete}",
        f"CREATE TRIGGER frozen_truncate_{table} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}",
    ]


def _drop(model: type[Immutable], vendor: str) -> list[str]:
    table = model._meta.db_table
    if vendor == "postgresql":
        return [f"DROP TRIGGER IF EXISTS frozen_{kind}_{table} ON {table}" for kind in ("update", "delete", "truncate")]
    return [f"DROP TRIGGER IF EXISTS frozen_{kind}_{table}" for kind in ("update", "delete", "insert")]
