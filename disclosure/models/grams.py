"""A set of grams, each as a number: kept as an array on PostgreSQL, as words on SQLite, found by an index on both.

The index on SQLite is a table of its own (FTS5), which triggers keep as the field is: see ``disclosure/searching``.
"""

from typing import Any

from django.db import models

FOUND_BY = "disclosure_searchpair"
"""The table (SQLite) or index (PostgreSQL) by which sets are found."""


LATELY = 2000


class GramsField(models.Field):  # type: ignore[type-arg] # Django itself takes none
    """A set of numbers from 0 up to 2³¹; ``field__hold`` asks for all of some, ``field__meet`` for any of some."""

    def db_type(self, connection: Any) -> str:
        """Return what the engine calls it."""
        return "integer[]" if connection.vendor == "postgresql" else "text"

    def get_placeholder(self, _value: Any, _compiler: Any, connection: Any) -> str:
        """Return how a statement names a value."""
        return "%s::integer[]" if connection.vendor == "postgresql" else "%s"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002 as Django calls it
        """Return a set as the engine stores it, in order."""
        if not isinstance(value, (set, frozenset, list, tuple)):
            return super().get_db_prep_value(value, connection, prepared)
        numbers = sorted(value)
        return numbers if connection.vendor == "postgresql" else " ".join(map(str, numbers))

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> list[int]:
        """Return a set as it was stored."""
        return [int(number) for number in value.split()] if isinstance(value, str) else value


class _Looked(models.Lookup):
    """What both questions have in common: ``postgres`` is their operator there, ``between`` the word on SQLite."""

    prepare_rhs = False
    postgres = between = cut = ""

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Ask the inverted index."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} {self.postgres} %s::integer[]", [*params, sorted(self.rhs)]

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Ask the full-text table, whose rows have the keys of this one's."""
        table = compiler.quote_name_unless_alias(self.lhs.alias)
        key = compiler.quote_name_unless_alias(self.lhs.target.model._meta.pk.column)
        asked = self.between.join(str(number) for number in sorted(self.rhs))
        there = f"SELECT rowid FROM {FOUND_BY} WHERE {FOUND_BY} MATCH %s{self.cut}"  # noqa: S608 a name of our own
        return f"{table}.{key} IN ({there})", [asked]


@GramsField.register_lookup
class Hold(_Looked):
    """The sets that hold all of some numbers (one at least)."""

    lookup_name = "hold"
    postgres, between = "@>", " "


@GramsField.register_lookup
class HoldLately(Hold):
    """The newest of them (those with the greatest keys), where the engine gives as many as it finds: ``LATELY``."""

    lookup_name = "hold_lately"
    cut = f" ORDER BY rowid DESC LIMIT {LATELY}"


@GramsField.register_lookup
class Meet(_Looked):
    """The sets that hold any of some numbers (one at least)."""

    lookup_name = "meet"
    postgres, between = "&&", " OR "
    cut = f" ORDER BY rowid DESC LIMIT {LATELY}"
