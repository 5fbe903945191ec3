"""Looks at pages with axe-core: the rules of WCAG 2.2 A and AA, and its best practices."""

from collections import Counter

from axe_playwright_python.sync_playwright import Axe
from depth import times

RULES = {
    "resultTypes": ["violations"],
    "preload": False,
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
WIDTHS = ((1280, "light"), (360, "dark"))
"""Wide in a light browser, narrow in a dark one."""
WIDE_EVERY = times(1, 4)
"""Of the pages of one sort, which are alike, which are looked at in the wide browser too."""
REFUSED = 403
SMALL = """([least, exempt]) => [...document.querySelectorAll(
    "button, .button, summary, select, input, label, nav a, .downloads a, .table-files a")]
  .filter(one => !["hidden", "checkbox", "radio"].includes(one.type) && !one.closest(".visually-hidden"))
  .filter(one => !exempt || !one.closest(exempt))
  .filter(one => one.tagName !== "LABEL" || ["checkbox", "radio"].includes(one.control && one.control.type))
  .map(one => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
  .filter(([, box]) => box.width && box.height && Math.min(box.width, box.height) < least - .5)
  .map(([html, box]) => `${Math.round(box.width)}×${Math.round(box.height)} ${html}`)"""
"""Buttons, fields and the links of navigations that a finger may miss; links within sentences are exempt."""

CUT = """[...document.querySelectorAll("main *")]
  .filter(one => getComputedStyle(one).overflowX === "hidden" && !one.closest(".visually-hidden, svg"))
  .filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.outerHTML.slice(0, 90))"""
"""What hides a part of itself."""

ORDER = """() => {
  const said = [], all = (what) => [...document.querySelectorAll(what)];
  if (all("main").length !== 1) { said.push("not one main"); }
  if (all("h1").length !== 1) { said.push("not one h1"); }
  all("h1, h2, h3, h4, h5, h6").reduce((before, one) => {
    const level = Number(one.tagName[1]);
    if (level > before + 1) { said.push(`h${level} after h${before}: ${one.textContent.trim()}`); }
    return level;
  }, 0);
  const first = document.querySelector("a[href], button, input, select, summary, [tabindex]");
  if (!first || first.getAttribute("href") !== "#main") { said.push("the first stop is not the way to the text"); }
  for (const one of all("nav, aside, form[role], [role=region], section[aria-label], section[aria-labelledby]")) {
    const named = (one.getAttribute("aria-labelledby") || "").split(" ").map((id) => document.getElementById(id));
    const name = one.getAttribute("aria-label") || named.map((other) => other ? other.textContent.trim() : "").join("");
    if (!name) { said.push(`no name: ${one.outerHTML.slice(0, 90)}`); }
  }
  for (const one of all("[tabindex]")) { if (one.tabIndex > 0) { said.push(`tabindex ${one.tabIndex}`); } }
  return said;
}"""
"""What would confuse somebody who hears a page from its beginning to its end, or walks through it by keys."""


class Eyes:
    """What was looked at, and what was found."""

    def __init__(self, site: str) -> None:
        self.site, self._axe = site, Axe()
        self.found: dict[str, list[str]] = {}
        self.seen: Counter[int] = Counter()

    def visit(self, page, path: str) -> None:
        """Open a page and look at it; pages that refuse are one page."""
        answer = page.goto(f"{self.site}{path}")
        if answer.status == REFUSED:
            return
        if self.seen[360] % WIDE_EVERY == 0:
            self.look(page, path)
        else:
            page.wait_for_load_state()
            self.glance(page, path, *WIDTHS[1])

    def look(self, page, name: str) -> None:
        """Look at a page as it is, wide and narrow, once all of it has come."""
        page.wait_for_load_state()
        for width, scheme in WIDTHS:
            self.glance(page, name, width, scheme)

    def glance(self, page, name: str, width: int, scheme: str) -> int:
        """Look at a page as it is in one width; say how many rules it breaks."""
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        said = self._axe.run(page, options=RULES).response["violations"]
        wrong = [f"{one['id']}: {node['html'][:160]}" for one in said for node in one["nodes"][:2]]
        self.complain(f"{name} @{width}", wrong)
        self.seen[width] += 1
        self.overflow(page, f"{name} @{width}")
        return len(said)

    def complain(self, name: str, wrong: list[str]) -> None:
        """Remember what is wrong with a page."""
        if wrong:
            self.found.setdefault(name, []).extend(wrong)

    def overflow(self, page, name: str) -> None:
        """Complain of a page that must be scrolled sideways."""
        root = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        if root[0] > root[1]:
            self.complain(name, [f"sideways: {root}"])

    def cut(self, page, name: str) -> None:
        """Complain of what hides a part of itself."""
        self.complain(name, [f"cut: {one}" for one in page.evaluate(CUT)])

    def order(self, page, name: str) -> None:
        """Complain of headings, landmarks and stops that do not stand in their order."""
        self.complain(name, page.evaluate(ORDER))

    def small(self, page, name: str, least: int, exempt: str = "") -> int:
        """Complain of what is smaller than ``least`` pixels and is to be touched; say how many there are."""
        found = page.evaluate(SMALL, [least, exempt])
        self.complain(name, [f"small: {one}" for one in found])
        return len(found)
