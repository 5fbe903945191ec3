"""What the database says of addresses: which files nothing leads to, and which pages cannot have changed."""

import re
from collections.abc import Callable
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from disclosure.models import Edition, EditionFile
from disclosure.opendata.registry import standing
from portal.offers import FORMATS
from portal.sitemap import parts
from portal.templatetags.addresses import address

NUMBERED = re.compile(r"/([0-9]{6})/([0-9]{4})/([0-9]+)/(?:units/([0-9]+)/)?editions/([0-9]+)/")


def unlinked() -> list[str]:
    """Return the addresses of current files: people keep them, and no page leads there but to the numbered ones."""
    found = EditionFile.objects.filter(edition__in=standing().order_by(), format__in=FORMATS).select_related("edition")
    return [address("document", row.edition, row.format) for row in found.order_by("edition_id", "format")]


def maps() -> list[str]:
    """Return the addresses of the maps of the site where there are several: no page leads to them."""
    count = parts()
    return [reverse("sitemap_part", args=[part]) for part in range(1, count + 1)] if count > 1 else []


def since(moment: datetime) -> Callable[[str], bool]:
    """Return what tells of an address that it is of an edition to which nothing happened since ``moment``."""
    happened = Q(published_at__gte=moment) | Q(withdrawal__withdrawn_at__gte=moment)
    happened |= Q(superseded_by__published_at__gte=moment)
    names = ("government_code", "year", "department_code", "unit_code", "number")
    still = {tuple(map(str, row)) for row in Edition.objects.exclude(happened).values_list(*names)}

    def settled(address: str) -> bool:
        numbered = NUMBERED.search(address)
        return numbered is not None and numbered.groups(default="") in still

    return settled
