"""Every public page by its sort: how it keeps WCAG 2.2 AA in three ways of showing it, what it fetches, its header."""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

import pytest
from addresses import IN_PUBLIC, pages
from answers import complaints, foreign, weight
from looking import Eyes

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(600)]

HEAVIEST = 150_000
"""Bytes of a first view: the page, its styles, scripts and pictures, compressed (issue 10)."""
PLACE, FINGER, LARGE_FINGER = 24, 44, 60
"""Pixels of what is to be touched: in a breadcrumb, elsewhere on a narrow screen, in 长辈版 (docs/accessibility.md)."""
HEAD = "route             pages  axe: wide light  narrow dark  长辈版  small  foreign  heaviest  header"


class Seen(NamedTuple):
    """A page that was looked at: rules it breaks in each way, what it fetched, and what is wrong with its header."""

    name: str
    broken: tuple[int, int, int]
    small: int
    foreign: list[str]
    weight: int
    header: list[str]


class Reader:
    """A browser without a session that looks at a page in every way, and remembers what it fetched."""

    def __init__(self, chromium, site: str) -> None:
        self.site, self.eyes = site, Eyes(site)
        self.context = chromium.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.answered: list = []
        line = self.context.new_cdp_session(self.page)
        line.send("Network.enable")
        line.send("Network.setCacheDisabled", {"cacheDisabled": True})
        self.page.on("request", self._ask)
        self.page.on("response", self._answer)

    def see(self, name: str, path: str) -> Seen:
        """Open a page as it is, then in larger type."""
        self.asked.clear()
        self.answered.clear()
        answer = self.page.goto(f"{self.site}{path}")
        bytes_of = weight([one.body() for one in self.answered])
        self.eyes.order(self.page, path)
        wide = self.eyes.glance(self.page, path, 1280, "light")
        narrow = self.eyes.glance(self.page, path, 360, "dark")
        self.eyes.cut(self.page, f"{path} @360")
        close = self.eyes.small(self.page, f"{path} @360", FINGER, exempt=".breadcrumb")
        close += self.eyes.small(self.page, f"{path} @360", PLACE)
        self._in_mode("large", path)
        self._fits(f"{path} in 大字")
        elder, small = self._in_elder(path)
        strangers = foreign(self.asked, self.site)
        return Seen(
            name,
            (wide, narrow, elder),
            close + small,
            strangers,
            bytes_of,
            complaints(answer.all_headers(), answer.status),
        )

    def _ask(self, request) -> None:
        self.asked.append(request.url)

    def _answer(self, answer) -> None:
        self.answered.append(answer)

    def _in_mode(self, mode: str, path: str) -> None:
        self.context.add_cookies([{"name": "display", "value": mode, "url": self.site}])
        self.page.goto(f"{self.site}{path}")

    def _fits(self, name: str) -> None:
        self.eyes.overflow(self.page, name)
        self.eyes.cut(self.page, name)

    def _in_elder(self, path: str) -> tuple[int, int]:
        """Look at a page in 长辈版, in a narrow browser that would rather be dark."""
        self._in_mode("elder", path)
        broken = self.eyes.glance(self.page, f"{path} in 长辈版", 360, "dark")
        self.eyes.cut(self.page, f"{path} in 长辈版")
        small = self.eyes.small(self.page, f"{path} in 长辈版", LARGE_FINGER)
        self.page.set_viewport_size({"width": 1280, "height": 900})
        self.eyes.overflow(self.page, f"{path} in 长辈版, wide")
        self.context.clear_cookies()
        return broken, small


@pytest.fixture(scope="module")
def looked(whole, chromium):
    """Every public page, looked at once: what was seen, and the eyes that saw it."""
    site, rows = whole
    reader = Reader(chromium, site)
    seen = [reader.see(one.name, one.path) for one in pages(rows) if one.sort == "public"]
    reader.context.close()
    return seen, reader.eyes


def table(seen: Iterable[Seen]) -> list[str]:
    """Return a line for each route."""
    lines = [HEAD]
    for name, group in groupby(sorted(seen, key=lambda one: one.name), lambda one: one.name):
        rows = list(group)
        wide, narrow, elder = (sum(one.broken[way] for one in rows) for way in range(3))
        strangers, small = sum(len(one.foreign) for one in rows), sum(one.small for one in rows)
        heaviest, header = max(one.weight for one in rows), sorted({said for one in rows for said in one.header})
        lines.append(
            f"{name:17} {len(rows):5} {wide:16} {narrow:12} {elder:7} {small:6} {strangers:8}"
            f" {heaviest / 1000:6.1f} kB  {'; '.join(header) or 'ok'}"
        )
    return lines


def test_the_table_has_every_sort_of_page(looked, record_property):
    seen, _ = looked

    lines = table(seen)

    record_property("public pages", "\n".join(lines))
    print("\n".join(["", *lines]))  # noqa: T201 the table is asked for
    assert {one.name for one in seen} == set(IN_PUBLIC)
    assert len(lines) == len(IN_PUBLIC) + 1


def test_every_page_keeps_the_rules_in_every_way_of_showing_it(looked):
    seen, eyes = looked

    assert eyes.found == {}
    assert {one.broken for one in seen} == {(0, 0, 0)}
    assert {one.small for one in seen} == {0}
    assert eyes.seen == {1280: len(seen), 360: 2 * len(seen)}


def test_no_page_asks_anything_of_another_site(looked):
    seen, _ = looked

    assert [one for page in seen for one in page.foreign] == []


def test_no_page_is_heavy(looked):
    seen, _ = looked

    assert {page.name: page.weight for page in seen if page.weight > HEAVIEST} == {}
    assert min(page.weight for page in seen) > 5_000


def test_every_page_has_a_good_header(looked):
    seen, _ = looked

    assert {page.name: page.header for page in seen if page.header} == {}
