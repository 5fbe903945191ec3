"""``sitemap.xml``: the pages that stay, each with the day on which what it shows last changed."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils.timezone import localtime

from budgets.models import FiscalYear
from disclosure.models import Edition
from disclosure.opendata.keys import public
from disclosure.opendata.registry import standing
from portal.templatetags.addresses import address

ALWAYS = ("home", "glossary", "rules", "data", "dictionary", "transparency", "verify")
OF_GOVERNMENT = ("government", "three_public", "compare")
KNOWN = ("government_code", "year", "department_code", "unit_code", "published_at")
"""What is read of an edition."""
SCHEMES = ("functions", "economics", "sources")


class Place(NamedTuple):
    """A page, and when it last changed where that is known."""

    address: str
    changed: date | None = None


def places() -> Iterator[Place]:
    """Yield the pages in a fixed order, in two statements whatever there is."""
    for name in ALWAYS:
        yield Place(reverse(name))
    editions = list(standing().select_related(None).only(*KNOWN))
    published = {(one.government_code, one.year) for one in editions}
    seen = set()
    for government, year in FiscalYear.objects.order_by("government__code", "-year").values_list(
        "government__code", "year"
    ):
        if government not in seen:
            seen.add(government)
            yield from (Place(reverse(name, args=[government])) for name in OF_GOVERNMENT)
        yield Place(reverse("year", args=[government, year]))
        if (government, year) in published:
            yield from (Place(reverse("items", args=[government, year, scheme])) for scheme in SCHEMES)
    yield from map(_edition, editions)


def _edition(edition: Edition) -> Place:
    return Place(address("disclosure", edition), localtime(edition.published_at).date())


def parts() -> int:
    """Return how many maps it takes: one has room for 50 000 pages."""
    return int(Pages().paginator.num_pages)


class Pages(Sitemap):
    """The map as Django writes it, at the public address whatever host was asked."""

    limit = 50_000

    def items(self) -> list[Place]:
        """Return the pages."""
        return list(places())

    def location(self, item: Place) -> str:
        """Return a page's path as the public has it, wherever this portal is served."""
        return urlsplit(public(item.address)).path

    def lastmod(self, item: Place) -> date | None:
        """Return the day on which a page last changed."""
        return item.changed

    def get_domain(self, site: object = None) -> str:
        """Return the public host."""
        return urlsplit(settings.PUBLIC_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        """Return the public scheme."""
        return urlsplit(settings.PUBLIC_URL).scheme
