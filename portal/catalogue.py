"""目录: everything published, as a list for reading and as a small index for searching without a server."""

from itertools import groupby
from typing import NamedTuple

from budgets.models import Government
from disclosure.enums import SearchKind
from disclosure.models import Edition, SearchEntry
from disclosure.opendata.registry import standing
from portal.templatetags.addresses import address

KINDS = (SearchKind.DEPARTMENT, SearchKind.UNIT, SearchKind.PROJECT, SearchKind.CODE, SearchKind.TERM)


class Publisher(NamedTuple):
    """A department's edition of a year, None where only units have one, with the editions of its units."""

    name: str
    edition: Edition | None
    units: list[Edition]


class Year(NamedTuple):
    """A year's publishers, by code."""

    year: int
    publishers: list[Publisher]


class Shelf(NamedTuple):
    """A government's years, newest first."""

    government: Government
    years: list[Year]


def shelves() -> list[Shelf]:
    """Return every current edition under its government and year, in two statements."""
    known = {one.code: one for one in Government.objects.all()}
    found = groupby(standing(), lambda one: one.government_code)
    return [Shelf(known[code], _years(list(editions))) for code, editions in found if code in known]


def _years(editions: list[Edition]) -> list[Year]:
    return [Year(year, _publishers(list(found))) for year, found in groupby(editions, lambda one: one.year)]


def _publishers(editions: list[Edition]) -> list[Publisher]:
    found = []
    for _, group in groupby(sorted(editions, key=_order), lambda one: one.department_code):
        members = list(group)
        own = next((one for one in members if not one.unit_code), None)
        found.append(Publisher(members[0].department_name, own, [one for one in members if one.unit_code]))
    return found


def _order(edition: Edition) -> tuple[str, str]:
    return edition.department_code, edition.unit_code


class Known(NamedTuple):
    """Something that can be found: what it is, its name, code and initials, whose and of which year, and where."""

    kind: str
    title: str
    code: str
    initials: str
    whose: str
    address: str


def index() -> list[Known]:
    """Return names, codes and terms of current editions, each of a department once, its newest, in one statement."""
    entries = SearchEntry.objects.filter(kind__in=KINDS).select_related("edition")
    ordered = entries.order_by("edition__government_code", "edition__department_code", "-edition__year", "number")
    found: dict[tuple[str, ...], Known] = {}
    for entry in ordered.iterator(chunk_size=2000):
        edition = entry.edition
        key = (edition.government_code, edition.department_code, entry.kind, entry.code, entry.title)
        if key not in found:
            whose = f"{edition.year}年{edition.unit_name or edition.department_name}"
            place = address("disclosure", edition) + (f"#{entry.anchor}" if entry.anchor else "")
            found[key] = Known(entry.get_kind_display(), entry.title, entry.code, entry.initials, whose, place)
    return list(found.values())
