"""The one name of an edition in open data, and its address: ``130303-2022-initial-203-1``."""

import re

from django.conf import settings
from django.urls import get_script_prefix, reverse

from disclosure.models import Edition
from disclosure.models.edition import EditionQuerySet

KEY = re.compile(r"([0-9]{6})-([0-9]{4})-([a-z]+)-([0-9]{3,12})(?:-([0-9]{6,15}))?-([1-9][0-9]{0,3})")
"""Government, year, phase, department, unit (a unit's own edition only), number."""


def key_of(edition: Edition) -> str:
    """Name an edition, for ever."""
    parts = (
        edition.government_code,
        str(edition.year),
        edition.phase,
        edition.department_code,
        edition.unit_code,
        str(edition.number),
    )
    return "-".join(filter(None, parts))


def find(key: str) -> EditionQuerySet:
    """Return the edition of that name; an empty queryset where it is no name or nothing was published under it."""
    named = KEY.fullmatch(key)
    if named is None:
        nothing: EditionQuerySet = Edition.objects.none()
        return nothing
    government, year, phase, department, unit, number = named.groups(default="")
    found: EditionQuerySet = Edition.objects.at(government, int(year), department, unit, phase)
    return found.filter(number=int(number))


def address_of(edition: Edition) -> str:
    """Return the full public address of an edition, for ever the same."""
    whose = {"government": edition.government_code, "year": edition.year, "department": edition.department_code}
    unit = {"unit": edition.unit_code} if edition.unit_code else {}
    return public(reverse("edition", kwargs={**whose, **unit, "number": edition.number}))


def public(path: str) -> str:
    """Return the full public address of a path of this site (as ``reverse`` gives it, prefix included)."""
    return f"{settings.PUBLIC_URL.rstrip('/')}/{path.removeprefix(get_script_prefix())}"
