"""目录: everything published, as a list for reading and as a small index for searching without a server."""

from itertools import groupby
from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.urls import reverse

from budgets.models import Government
from disclosure.enums import SearchKind
from disclosure.models import Edition, SearchEntry
from disclosure.opendata.registry import standing
from portal.templatetags.addresses import address

KINDS = (SearchKind.DEPARTMENT, SearchKind.UNIT, SearchKind.PROJECT, SearchKind.CODE, SearchKind.TERM)

MOST = 2000
"""How many editions one page lists; where there are more, each government has a page of its own."""


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


def shelves(government: str = "") -> list[Shelf] | None:
    """Return every current edition (of a government) under its government and year, in three statements.

    None where those of all governments are more than one page lists; those of one are as many as they are.
    """
    if not government and _too_many():
        return None
    known = {one.code: one for one in Government.objects.all()}
    found = groupby(standing(government), lambda one: one.government_code)
    return [Shelf(known[code], _years(list(editions))) for code, editions in found if code in known]


def _too_many() -> bool:
    """Tell whether there are more editions than one page lists: no more than these are counted."""
    return len(standing().order_by().values_list("pk", flat=True)[: MOST + 1]) > MOST


def publishing() -> list[Government]:
    """Return the governments of which editions stand, in one statement."""
    here = Exists(standing().order_by().filter(government_code=OuterRef("code")))
    return list(Government.objects.filter(here).order_by("code"))


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


def index(government: str = "") -> list[Known]:
    """Return names, codes and terms of current editions, each of a department once, its newest, in two statements.

    Where there are more than one page lists, each government has its own, and the one of all knows the governments.
    """
    if not government and _too_many():
        places = ((one, reverse("government", args=[one.code])) for one in publishing())
        return [Known("政府", one.full_name, one.code, "", "", place) for one, place in places]
    entries = SearchEntry.objects.filter(kind__in=KINDS).select_related("edition")
    entries = entries.filter(edition__government_code=government) if government else entries
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
