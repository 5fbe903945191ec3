"""操作手册: its pictures are taken of the pages themselves, and what it tells people to press is there."""

import re

import pytest
from desk import accounts_of, manage, sign_in
from serving import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(600)]

PICTURES = ROOT / "static"
PAGE = (ROOT / "templates" / "admin" / "manual" / "page.html").read_text(encoding="utf-8")
NAMED = re.findall(r'file="([^"]+)" alt="([^"]+)"', PAGE)
PRESSED = set(re.findall(r'<b class="press">([^<]+)</b>', PAGE))
LARGEST = 120 * 1024
MOST = 12
DRAFT = "/admin/disclosure/disclosure/1/"
NEXT_YEAR = """
from budgets.models import Budget, FiscalYear
from disclosure.models import Disclosure
old = Disclosure.objects.get(pk=1).budget
year, _ = FiscalYear.objects.get_or_create(government=old.fiscal_year.government, year=old.fiscal_year.year + 1)
budget, _ = Budget.objects.get_or_create(fiscal_year=year, department=old.department)
print(Disclosure.objects.get_or_create(budget=budget, unit=None)[0].pk)
"""
ACT = """
from budgets.enums import Role
from disclosure import workflow
from disclosure.enums import Status
from disclosure.models import Disclosure, Explanation, Narrative
from disclosure.sample.crew import REVIEWERS, explain_all, store_crew
draft = Disclosure.objects.get(pk=1)
crew = store_crew(draft.budget.department.government, "demo", draft.budget.department)
"""
CORRECT = """
Explanation.objects.filter(disclosure=draft).delete()
workflow.correct(draft, by=crew[Role.CLERK], kind="words", reason="补充说明")
Narrative.objects.filter(disclosure=draft, key="other_matters").update(text="更正后的说明。")
"""
EXPLAIN = """
explain_all(draft, by=crew[Role.CLERK], reason="按实际安排填写。")
"""
SUBMIT = "workflow.submit(draft, by=crew[Role.CLERK])"
SIGN = """
for step in (Status.DEPARTMENT_REVIEW, Status.SECRECY_REVIEW, Status.SIGNING):
    workflow.sign(draft, by=crew[REVIEWERS[step]], step=step)
"""
APPROVE = "workflow.approve(draft, by=crew[Role.BUREAU_REVIEWER])"
SPOKEN = """Array.from(document.querySelectorAll("a, button, input[type=submit]")).map(
  (one) => (one.value && one.tagName === "INPUT" ? one.value : one.textContent).trim())"""


class Tour:
    """Goes from page to page, keeps what can be pressed there, and takes pictures where they are wanted."""

    def __init__(self, page, site: str, *, refresh: bool) -> None:
        self.page, self.site, self.refresh = page, site, refresh
        self.pressable: set[str] = set()

    def stop(self, path: str, picture: str = "", at: str = "") -> None:
        """Look at a page; ``at``: what the picture is to show."""
        self.page.goto(f"{self.site}{path}")
        self.here(picture, at)

    def here(self, picture: str = "", at: str = "") -> None:
        """Look at the page as it is."""
        self.pressable |= {re.split("[（(]|未读", said)[0].strip() for said in self.page.evaluate(SPOKEN)}
        if picture and self.refresh:
            if at:
                self.page.locator(at).first.scroll_into_view_if_needed()
            (PICTURES / "manual").mkdir(exist_ok=True)
            self.page.screenshot(path=PICTURES / "manual" / f"{picture}.png")


@pytest.fixture
def refresh(request) -> bool:
    return request.config.getoption("--refresh-manual")


def test_the_pictures_are_few_small_and_there(refresh):
    if refresh:
        pytest.skip("they are being taken")
    sizes = {file: (PICTURES / file).stat().st_size for file, _ in NAMED}

    assert 0 < len(sizes) <= MOST
    assert {file: size for file, size in sizes.items() if size > LARGEST} == {}
    assert {file for file, alt in NAMED if not alt} == set()
    assert {f"manual/{one.name}" for one in (PICTURES / "manual").iterdir()} == set(sizes)


def test_the_pages_have_what_the_manual_tells_people_to_press(toured, visit, refresh):
    site, place = toured
    passwords, page = accounts_of(place), visit()
    page.set_viewport_size({"width": 960, "height": 620})
    tour, next_year = Tour(page, site, refresh=refresh), manage(place, "shell", "-v0", "-c", NEXT_YEAR)

    tour.stop("/admin/login/", "sign-in")
    _published(tour, site, passwords)
    manage(place, "shell", "-v0", "-c", ACT + CORRECT)
    _filled_in(tour, site, passwords, next_year.strip())
    manage(place, "shell", "-v0", "-c", ACT + EXPLAIN)
    tour.stop(f"{DRAFT}steps/", "submit")
    manage(place, "shell", "-v0", "-c", ACT + SUBMIT)
    _reviewed(tour, site, passwords, place)

    assert PRESSED - tour.pressable == set()


def _as(tour: Tour, site: str, passwords: dict[str, str], name: str) -> None:
    tour.page.context.clear_cookies()
    sign_in(tour.page, site, f"demo-{name}", passwords[f"demo-{name}"])


def _published(tour: Tour, site: str, passwords: dict[str, str]) -> None:
    _as(tour, site, passwords, "clerk")
    tour.stop(f"{DRAFT}steps/", "correct", ".acts")
    _as(tour, site, passwords, "publisher")
    tour.stop(f"{DRAFT}steps/", "withdraw", ".acts")


def _filled_in(tour: Tour, site: str, passwords: dict[str, str], next_year: str) -> None:
    _as(tour, site, passwords, "clerk")
    tour.stop("/admin/", "index")
    tour.stop(f"/admin/disclosure/disclosure/{next_year}/change/")
    tour.stop(f"/admin/disclosure/disclosure/{next_year}/carry-over/", "start")
    tour.stop(f"{DRAFT}change/")
    tour.stop(f"{DRAFT}grid/expenditureline/", "grid")
    tour.stop(f"{DRAFT}workbook/")
    template = tour.page.request.get(f"{site}{DRAFT}workbook/template.xlsx").body()
    file = {"name": "填报表.xlsx", "mimeType": "application/octet-stream", "buffer": template}
    tour.page.set_input_files("input[type=file]", file)
    tour.page.get_by_role("button", name="上传并预览").click()
    tour.here("workbook")
    tour.stop(f"{DRAFT}findings/", "findings")


def _reviewed(tour: Tour, site: str, passwords: dict[str, str], place: dict[str, str]) -> None:
    _as(tour, site, passwords, "department-reviewer")
    tour.stop(f"{DRAFT}steps/", "review", ".acts")
    manage(place, "shell", "-v0", "-c", ACT + SIGN)
    _as(tour, site, passwords, "bureau-reviewer")
    tour.stop(f"{DRAFT}steps/")
    manage(place, "shell", "-v0", "-c", ACT + APPROVE)
    _as(tour, site, passwords, "publisher")
    tour.stop(f"{DRAFT}steps/", "publish", ".acts")
