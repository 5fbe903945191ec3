"""Looks at pages with axe-core: the rules of WCAG 2.2 A and AA, and its best practices."""

from collections import Counter

from axe_playwright_python.sync_playwright import Axe

RULES = {
    "resultTypes": ["violations"],
    "preload": False,
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
WIDTHS = ((1280, "light"), (360, "dark"))
"""Wide in a light browser, narrow in a dark one."""
REFUSED = 403


class Eyes:
    """What was looked at, and what was found."""

    def __init__(self, site: str) -> None:
        self.site, self._axe = site, Axe()
        self.found: dict[str, list[str]] = {}
        self.seen: Counter[int] = Counter()

    def visit(self, page, path: str) -> None:
        """Open a page and look at it; pages that refuse are one page."""
        answer = page.goto(f"{self.site}{path}")
        if answer.status != REFUSED:
            self.look(page, path)

    def look(self, page, name: str) -> None:
        """Look at a page as it is, wide and narrow."""
        for width, scheme in WIDTHS:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            said = self._axe.run(page, options=RULES).response["violations"]
            wrong = [f"{one['id']}: {node['html'][:160]}" for one in said for node in one["nodes"][:2]]
            self.found |= {f"{name} @{width}": wrong} if wrong else {}
            self.seen[width] += 1
            self.overflow(page, f"{name} @{width}")

    def overflow(self, page, name: str) -> None:
        """Complain of a page that must be scrolled sideways."""
        root = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        if root[0] > root[1]:
            self.found.setdefault(name, []).append(f"sideways: {root}")
