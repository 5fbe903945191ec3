"""What programs look for at the root: the feed, the map of the site, and what robots may read."""

from django.conf import settings
from django.contrib.sitemaps.views import sitemap as written
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from disclosure.opendata.keys import public
from portal.feeds import atom
from portal.sitemap import Pages
from portal.views.problems import revalidated

ATOM = "application/atom+xml; charset=utf-8"


def feed(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 every view takes one
    """Give out the feed."""
    text = atom(settings.SITE_NAME, public(reverse("home")), public(reverse("feed")))
    return revalidated(HttpResponse(text, content_type=ATOM))


def sitemap(request: HttpRequest) -> HttpResponse:
    """List the pages for search engines."""
    return revalidated(written(request, {"pages": Pages}).render())


def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 every view takes one
    """Say where the map is, and that the clerks' side and endless combinations are not for robots."""
    closed = [public(reverse(name)) for name in ("admin:index", "search")]
    paths = ["/" + address.split("/", 3)[3] for address in closed]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in paths), f"Sitemap: {public(reverse('sitemap'))}", ""]
    return revalidated(HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))
