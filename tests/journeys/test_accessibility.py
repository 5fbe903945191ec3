"""Every page at the desk keeps the rules of WCAG 2.2 A and AA, wide and narrow, in light and dark browsers.

The public pages are looked at in ``test_public_pages``.
"""

import io

import pytest
from addresses import PRESSED, pages, routes, sort_of
from archived import word
from desk import sign_in
from django.urls import resolve
from everything import NAME, PASSWORD
from looking import WIDE_EVERY, Eyes
from openpyxl import Workbook

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(600)]

SORTS = ("changelist", "add", "change", "delete", "history", "import", "export", "yearly_list", "desk")
LINE = "/admin/budgets/expenditureline/"
DRAFT = "/admin/disclosure/disclosure/1/"


@pytest.fixture(scope="module")
def signed_in(whole, chromium):
    """A browser in which whoever may look at everything is signed in."""
    site, _ = whole
    context = chromium.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    sign_in(page, site, NAME, PASSWORD)
    yield page
    context.close()


def test_it_is_known_how_to_open_every_page():
    assert [name for name in routes() if not sort_of(name)] == []


@pytest.mark.parametrize("sort", SORTS)
def test_every_page_of_a_sort_keeps_the_rules(whole, signed_in, sort, record_property):
    site, rows = whole
    eyes = Eyes(site)

    for one in pages(rows):
        if one.sort == sort:
            eyes.visit(signed_in, one.path)

    record_property("pages", f"{sort}: {eyes.seen}")
    print(f"{sort}: {dict(eyes.seen)}")  # noqa: T201 the counts are asked for
    assert eyes.found == {}
    assert 0 < eyes.seen[1280] >= eyes.seen[360] / WIDE_EVERY


def test_pages_that_refuse_and_pages_that_are_not_there_keep_the_rules(whole, chromium):
    site, _ = whole
    eyes, page = Eyes(site), chromium.new_context(locale="zh-CN").new_page()

    for path in ("/admin/login/", "/nowhere/", "/130303/2022/999/"):
        page.goto(f"{site}{path}")
        eyes.look(page, path)
    page.goto(f"{site}/130303/2022/203/")
    page.click("main a[href*='/verify/']")
    eyes.look(page, "a verified edition")
    page.goto(f"{site}/admin/login/")
    page.fill("#id_username", NAME)
    page.fill("#id_password", "不对的密码")
    page.click("input[type=submit]")
    eyes.look(page, "a wrong password")
    sign_in(page, site, NAME, PASSWORD)
    for path in ("/admin/nowhere/", "/admin/budgets/audittrail/add/"):
        page.goto(f"{site}{path}")
        eyes.look(page, path)
    page.click(".site-name")
    page.context.close()

    assert eyes.found == {}


def test_forms_with_mistakes_keep_the_rules(whole, signed_in):
    site, _ = whole
    eyes, page = Eyes(site), signed_in

    for path in (f"{LINE}add/", "/admin/budgets/procurementitem/add/", "/admin/disclosure/narrative/add/"):
        page.goto(f"{site}{path}")
        page.click("input[name=_save]")
        eyes.look(page, f"{path} with nothing filled in")
    page.goto(f"{site}{DRAFT}grid/revenueline/")
    page.locator("td.of-amount input").first.fill("很多")
    page.locator("td.of-code input").first.fill("2999999")
    page.locator("button.grid-save").first.click()
    page.wait_for_selector("td.bad")
    eyes.look(page, "a grid with mistakes")
    page.goto(f"{site}/admin/password_change/")
    page.click("input[type=submit]")
    eyes.look(page, "a password that is not changed")
    for path in ("/admin/checkup/", f"{DRAFT}workbook/", "/admin/disclosure/archiveddisclosure/publish/"):
        page.goto(f"{site}{path}")
        page.locator("form").last.evaluate("form => { form.noValidate = true; form.submit(); }")
        page.wait_for_load_state()
        eyes.look(page, f"{path} without a file")

    assert eyes.found == {}


def test_what_only_a_button_leads_to_keeps_the_rules(whole, signed_in):
    site, rows = whole
    eyes, page, reached = Eyes(site), signed_in, {"admin:login"}

    for act in (_workbook, _board, _selected, _yearly_list, _archive, _approvals, _exchange):
        act(page, site, rows)
        reached.add(resolve(page.url.removeprefix(site).partition("?")[0]).view_name)
        eyes.look(page, act.__name__)

    assert eyes.found == {}
    assert reached >= PRESSED


def _workbook(page, site: str, rows) -> None:
    template = page.request.get(f"{site}{DRAFT}workbook/template.xlsx").body()
    page.goto(f"{site}{DRAFT}workbook/")
    _upload(page, "填报表.xlsx", template)
    page.get_by_role("button", name="上传并预览").click()


def _board(page, site: str, rows) -> None:
    page.goto(f"{site}/admin/board/{rows['budgets.fiscalyear']}/")
    page.locator("input[name=row]").first.check()
    page.locator("button[name=act]").first.click()


def _selected(page, site: str, rows) -> None:
    page.goto(f"{site}{LINE}")
    page.locator("input[name=_selected_action]").first.check()
    page.select_option("select[name=action]", "delete_selected")
    page.click("button[name=index]")


def _yearly_list(page, site: str, rows) -> None:
    page.goto(f"{site}/admin/budgets/economic/yearly-list/")
    page.fill("#id_year", "2025")
    _upload(page, "目录.csv", "科目编码,科目名称\n301,工资福利支出\n30101,基本工资\n".encode())
    page.get_by_role("button", name="预览").click()


def _archive(page, site: str, rows) -> None:
    page.goto(f"{site}/admin/disclosure/archiveddisclosure/publish/")
    page.select_option("#id_department", index=1)
    page.fill("#id_year", "2018")
    page.fill("#id_title", "2018年部门预算")
    page.fill("#id_published_on", "2018-03-01")
    _upload(page, "旧.docx", word("公开说明。"))
    page.get_by_role("button", name="上传并预览").click()


def _approvals(page, site: str, rows) -> None:
    path = f"{site}/admin/board/{rows['budgets.fiscalyear']}/approvals/"
    template = page.request.get(f"{path}template.xlsx").body()
    page.goto(path)
    _upload(page, "批复.xlsx", template)
    page.get_by_role("button", name="上传并预览").click()


def _exchange(page, site: str, rows) -> None:
    book, written = Workbook(), io.BytesIO()
    book.active.append(["编码", "名称"])
    book.save(written)
    page.goto(f"{site}/admin/budgets/economic/import/")
    _upload(page, "表.xlsx", written.getvalue())
    page.select_option("#id_format", label="xlsx")
    page.locator("form input[type=submit]").last.click()


def _upload(page, name: str, data: bytes) -> None:
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "application/octet-stream", "buffer": data})
