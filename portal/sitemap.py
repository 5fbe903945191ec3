"""``sitemap.xml``: the pages that stay, each with the day on which what it shows last changed."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Exists, Max, OuterRef
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
Page = tuple[str, tuple[Any, ...]]
"""A page by its name and what stands in its address."""

SCHEMES = ("functions", "economics", "sources")


class Place(NamedTuple):
    """A page, and when it last changed where that is known."""

    address: str
    changed: date | None = None


def pages() -> Iterator[Page]:
    """Yield the pages of no single edition, in a fixed order, in one statement whatever there is."""
    yield from ((name, ()) for name in ALWAYS)
    here = {"government_code": OuterRef("government__code"), "year": OuterRef("year")}
    published = Exists(standing().order_by().filter(**here))
    years = FiscalYear.objects.order_by("government__code", "-year").annotate(published=published)
    seen = set()
    for government, year, there in years.values_list("government__code", "year", "published"):
        if government not in seen:
            seen.add(government)
            yield from ((name, (government,)) for name in OF_GOVERNMENT)
        yield "year", (government, year)
        if there:
            yield from (("items", (government, year, scheme)) for scheme in SCHEMES)


def _place(page: Page) -> Place:
    name, at = page
    return Place(reverse(name, args=at))


def editions(first: int, last: int) -> Iterator[Place]:
    """Yield the pages of current editions with keys from one to another, in one statement: a range of the table."""
    found = standing().select_related(None).order_by("pk").filter(pk__gte=first, pk__lte=last)
    return map(_edition, found.only(*KNOWN))


def _edition(edition: Edition) -> Place:
    return Place(address("disclosure", edition), localtime(edition.published_at).date())


def parts() -> int:
    """Return how many maps it takes: one has room for some thousand pages, so that it is written at once."""
    return len(Pages.all())


class Pages(Sitemap):
    """A map as Django writes it, at the public address whatever host was asked: some of ``pages``, or some editions.

    An edition always stands in the same map, by its key, whatever is published after it.
    """

    limit = 5_000

    def __init__(self, listed: Callable[[], Iterable[Place]]) -> None:
        self._listed = listed

    @classmethod
    def all(cls) -> "list[Pages]":
        """Return the maps: one where it has room for all, else those of editions and then those of other pages."""
        others, room = list(pages()), cls.limit
        newest = Edition.objects.aggregate(last=Max("pk"))["last"] or 0
        if len(others) + newest <= room:
            return [cls(lambda: [*editions(1, newest), *map(_place, others)])]
        of_editions = [cls(partial(editions, at, at + room - 1)) for at in range(1, newest + 1, room)]
        return of_editions + [cls(partial(map, _place, others[at : at + room])) for at in range(0, len(others), room)]

    def items(self) -> list[Place]:
        """Return the pages."""
        return list(self._listed())

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
