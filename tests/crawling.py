"""Follows every link of a site from its home page, whoever serves it, and remembers what each address answered.

Pages, style sheets, maps, feeds and answers in JSON are read for further addresses; files are fetched whole.
"""

import re
from collections import Counter, deque
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

SITE = "http://portal.test"
"""How addresses begin that a page writes out in full (PUBLIC_URL without its path)."""
LINKS = {
    "text/html": re.compile(r'\s(?:href|src|action|data-index)="([^"]*)"'),
    "text/css": re.compile(r"url\(['\"]?([^)'\":#]+)"),
    "application/xml": re.compile(r"<loc>([^<]+)</loc>"),
    "text/xml": re.compile(r"<loc>([^<]+)</loc>"),
    "application/atom+xml": re.compile(r'\shref="([^"]*)"'),
    "application/json": re.compile(rf'"({re.escape(SITE)}/[^"{{}}]*)"'),
}
NUMBER = re.compile(r"\d+")
ID = re.compile(r'\s(?:id|name)="([^"]*)"')
MOVED = (301, 302)


class Answer(NamedTuple):
    """What a server gave out: status, type, everything after the headers, and where it leads on to."""

    status: int
    kind: str
    data: bytes
    leads: str = ""


class Page(NamedTuple):
    """What is remembered of an answer: status, type, the places on the page, and which page led there."""

    status: int
    kind: str
    ids: frozenset[str]
    leads: str
    origin: str


@dataclass
class Walk:
    """A crawl of what is served under ``home``: what answered, what leads out of it, and which places are missing."""

    home: str
    pages: dict[str, Page] = field(default_factory=dict)
    outside: set[tuple[str, str]] = field(default_factory=set)
    places: set[tuple[str, str, str]] = field(default_factory=set)

    def not_found(self, *allowed: int) -> dict[str, tuple[int, str]]:
        """Return the addresses that answer neither 200 nor as allowed, each with its status and the page before it."""
        fine = {200, *MOVED, *allowed}
        return {address: (page.status, page.origin) for address, page in self.pages.items() if page.status not in fine}

    def answering(self, status: int) -> set[str]:
        """Return the addresses that answer so."""
        return {address for address, page in self.pages.items() if page.status == status}

    def missing_places(self) -> set[str]:
        """Return the links to a place that its page does not have."""
        return {
            f"{origin} → {address}#{place}"
            for origin, address, place in self.places
            if address in self.pages and place not in self._arrived(address).ids
        }

    def told(self) -> str:
        """Say how much there was."""
        kinds = Counter(page.kind for page in self.pages.values() if page.status not in MOVED)
        parts = "，".join(f"{kind} {count}" for kind, count in kinds.most_common())
        return f"{self.home}：{len(self.pages)}个地址（{parts}），{len(self.places)}个页内位置"

    def _arrived(self, address: str) -> Page:
        page = self.pages[address]
        return self._arrived(page.leads) if page.leads in self.pages else page


def crawl(fetch: Callable[[str], Answer], home: str, *more: str, each: int | None = None) -> Walk:
    """Follow every link within the site, from its home page and ``more``; ``fetch`` takes a path with its question.

    ``each``: how many addresses that differ in numbers alone are asked; None: all.
    """
    walk, queue = Walk(home), deque([(home, ""), *((one, "") for one in more)])
    alike: Counter[str] = Counter()
    while queue:
        address, origin = queue.popleft()
        if address in walk.pages or (each and alike[NUMBER.sub("0", address)] >= each):
            continue
        if not address.startswith(home):
            walk.outside.add((origin, address))
            continue
        alike[NUMBER.sub("0", address)] += 1
        answer = fetch(address)
        kind = answer.kind.partition(";")[0]
        text = answer.data.decode() if kind in LINKS else ""
        ids = frozenset(ID.findall(text)) if kind == "text/html" else frozenset()
        leads = _of_site(urljoin(address, answer.leads)) if answer.leads else ""
        walk.pages[address] = Page(answer.status, kind, ids, leads, origin)
        for target, place in [*_leading(address, kind, text), *([(leads, "")] if leads else [])]:
            queue.append((target, address))
            if place:
                walk.places.add((address, target, unquote(place)))
    return walk


def _leading(address: str, kind: str, text: str) -> list[tuple[str, str]]:
    """Return where a page leads within the site: addresses, and places on them."""
    found = []
    for link in dict.fromkeys(LINKS[kind].findall(text)) if text else ():
        target, _, place = unescape(link).partition("#")
        whole = urljoin(f"{SITE}{address}", target)
        if whole.startswith(f"{SITE}/"):
            found.append((_of_site(whole), place))
    return found


def _of_site(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


class Quiet(SimpleHTTPRequestHandler):
    """A plain server of files that says nothing."""

    def log_message(self, *_said):
        """Keep silent."""


@contextmanager
def serving_files(folder):
    """Serve a folder as any plain server of files does; give what fetches from it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield partial(fetched, server.server_port)
    finally:
        server.shutdown()
        server.server_close()


def fetched(port: int, address: str) -> Answer:
    """Return what a plain server answers."""
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", address)
    response = connection.getresponse()
    answer = Answer(
        response.status,
        response.headers.get("Content-Type", ""),
        response.read(),
        response.headers.get("Location", ""),
    )
    connection.close()
    return answer
