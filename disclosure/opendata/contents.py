"""Rows of open data that are read from the frozen content: projects, indicators and “三公”经费 with its reasons."""

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from disclosure.facts import ProjectFact, ThreePublicFacts, exact
from disclosure.models import Edition, EditionContent
from disclosure.opendata.fields import Value, whose
from disclosure.opendata.keys import key_of

AT_ONCE = 20


class _Facts(msgspec.Struct, frozen=True):
    projects: tuple[ProjectFact, ...]
    three_public: ThreePublicFacts


class _Said(msgspec.Struct, frozen=True):
    """As much of a content as is read here; the rest is skipped, not built."""

    facts: _Facts


def projects(editions: list[Edition]) -> Iterator[tuple[Value, ...]]:
    """Yield each project's money, purpose and goals."""
    for who, facts in _facts(editions):
        for one in facts.projects:
            amounts = (one.amount, one.fiscal, one.other)
            yield *who, one.code, one.name, one.unit, *amounts, one.purpose, "\n".join(one.goals)


def indicators(editions: list[Edition]) -> Iterator[tuple[Value, ...]]:
    """Yield each indicator of each project."""
    for who, facts in _facts(editions):
        for project in facts.projects:
            for one in project.indicators:
                yield *who, project.code, project.name, *msgspec.structs.astuple(one)


def three_public(editions: list[Edition]) -> Iterator[tuple[Value, ...]]:
    """Yield the items of “三公”经费 with last year's figure and the reason for the change."""
    for who, facts in _facts(editions):
        for one in facts.three_public.items:
            before = exact(one.previous)
            previous = before if isinstance(before, Decimal) else None
            yield *who, one.key, one.name, one.amount, previous, one.reason


def _facts(editions: list[Edition]) -> Iterator[tuple[tuple[Value, ...], _Facts]]:
    owners = {edition.pk: whose(edition, key_of(edition)) for edition in editions}
    found = EditionContent.objects.filter(edition__in=list(owners)).order_by("edition_id")
    for edition, text in found.values_list("edition_id", "text").iterator(chunk_size=AT_ONCE):
        yield owners[edition], msgspec.json.decode(text, type=_Said).facts
