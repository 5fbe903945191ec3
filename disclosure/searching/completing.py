"""Brings the index up to date: after an upgrade, and where an edition was published by an older program."""

from collections.abc import Callable
from typing import Any

import msgspec
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from disclosure.content import parse
from disclosure.models import Disclosure, Edition, EditionContent, SearchEntry, SearchLeaf, SearchSheet, Withdrawal
from disclosure.searching.index import add, outdated, remove

READ = (Disclosure, Edition, EditionContent, SearchEntry, SearchLeaf, SearchSheet, Withdrawal)


def complete(say: Callable[[str], object]) -> None:
    """Take out what is not public any more and add what is not there yet, edition by edition, each wholly or not."""
    wrong, lacking = outdated()
    for edition in wrong:
        remove(edition)
        say(f"{edition}：不再公开，已从搜索中去掉")
    for edition in lacking:
        try:
            if _added(edition):
                say(f"{edition}：已可以搜索")
        except msgspec.MsgspecError:
            say(f"{edition}：内容不是本程序的格式，搜不到")


def complete_after_migrate(*, using: str = DEFAULT_DB_ALIAS, verbosity: int = 1, **_signal: Any) -> None:
    """Fill the index that a migrate has emptied, once the tables are those of the models."""
    if using == DEFAULT_DB_ALIAS and _up_to_date():
        complete(print if verbosity > 0 else lambda _: None)


@transaction.atomic
def _added(edition: Edition) -> bool:
    """Add an edition, unless it was corrected or withdrawn meanwhile."""
    Disclosure.objects.select_for_update().get(pk=edition.disclosure_id)
    fresh = Edition.objects.current().filter(pk=edition.pk, withdrawal=None).first()
    if fresh is None:
        return False
    add(fresh, parse(fresh.content.text))
    return True


def _up_to_date() -> bool:
    connection = connections[DEFAULT_DB_ALIAS]
    there = connection.introspection.table_names()
    if not all(model._meta.db_table in there for model in READ):
        return False
    with connection.cursor() as cursor:
        for model in READ:
            described = connection.introspection.get_table_description(cursor, model._meta.db_table)
            if not {field.column for field in model._meta.concrete_fields} <= {row.name for row in described}:
                return False
    return True
