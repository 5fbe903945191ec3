"""What programs look for at the root: the feed, the map of the site, and what robots may read."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
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
    """List the pages for search engines; where one map has no room for them all, list the maps."""
    maps = Pages.all()
    if len(maps) == 1:
        return _written(request, maps[0])
    listed = [{"location": public(reverse("sitemap_part", args=[part]))} for part in range(1, len(maps) + 1)]
    return revalidated(render(request, "sitemap_index.xml", {"sitemaps": listed}, content_type="application/xml"))


def sitemap_part(request: HttpRequest, part: str) -> HttpResponse:
    """Give out one of several maps; raise Http404 after the last."""
    maps = Pages.all()
    if int(part) > len(maps):
        raise Http404
    return _written(request, maps[int(part) - 1])


def _written(request: HttpRequest, pages: Pages) -> HttpResponse:
    return revalidated(render(request, "sitemap.xml", {"urlset": pages.get_urls()}, content_type="application/xml"))


def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 every view takes one
    """Say where the map is, and that the clerks' side and endless combinations are not for robots."""
    closed = [public(reverse(name)) for name in ("admin:index", "search")]
    paths = ["/" + address.split("/", 3)[3] for address in closed]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in paths), f"Sitemap: {public(reverse('sitemap'))}", ""]
    return revalidated(HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))
