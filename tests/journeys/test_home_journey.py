"""A clerk works from the page of a disclosure: to the place of work and back, the preview beside, and not alone."""

import pytest
from desk import accounts_of, fits, manage, sign_in
from playwright.sync_api import expect
from serving import DRAFTED, keep, made_place, serving

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

HOME = "/admin/disclosure/disclosure/1/change/"
GRID = "/admin/disclosure/disclosure/1/grid/assetholding/"
EMPTIED = """
from django.contrib.auth import get_user_model
from budgets.models import Membership
from disclosure.models import Disclosure
draft = Disclosure.objects.get(unit=None)
draft.narratives.filter(key="other_matters").delete()
draft.empty_tables.filter(table="procurement").delete()
clerk = get_user_model().objects.get(username="demo-clerk")
other = get_user_model().objects.create(username="zhang", first_name="张三", is_staff=True)
other.set_password("zhang-san-2022")
other.save()
post = clerk.memberships.get()
Membership.objects.create(
    user=other, role=post.role, government=post.government, department=post.department, unit=post.unit
)
"""


@pytest.fixture(scope="module")
def own_place(tmp_path_factory):
    place = made_place(tmp_path_factory.mktemp("home"), DRAFTED)
    return place, accounts_of(place), manage(place, "shell", "-v0", "-c", EMPTIED)


@pytest.fixture(scope="module")
def own_site(own_place):
    with serving(own_place[0]) as address:
        yield address


@pytest.fixture
def clerk(visit, own_site, own_place):
    def opened(path: str, width: int = 1280, *, javascript: bool = True, user: str = "demo-clerk"):
        page = visit(width, javascript=javascript)
        sign_in(page, own_site, user, own_place[1].get(user, "zhang-san-2022"))
        page.goto(f"{own_site}{path}")
        return page

    return opened


def part(page, heading: str):
    return page.locator(".part").filter(has=page.locator("h3, h4", has_text=heading))


def test_without_javascript_a_part_is_reached_filled_in_and_found_done(clerk, own_site):
    page = clerk("/admin/", javascript=False)
    page.locator(".waiting a").first.click()
    assert page.url == f"{own_site}{HOME}"
    others, bought = part(page, "其他需要说明的事项"), part(page, "部门政府采购预算")
    assert (others.locator(".mark").inner_text(), bought.locator(".mark").inner_text()) == ("未开始", "未开始")
    before = page.locator("#home-title").inner_text()
    assert "还没有开始填写" in page.locator(".home-next").inner_text()
    keep(page, "home-1280", whole=True)

    others.get_by_role("link", name="未写").click()
    page.fill("#id_text", "无其他需要说明的事项。")
    page.click("input[name=_save]")
    page.goto(f"{own_site}{HOME}")
    bought.get_by_role("link", name="写空表说明").click()
    page.fill("#id_reason", "2022年未安排政府采购预算，金额为0万元")
    page.click("input[name=_save]")
    page.goto(f"{own_site}{HOME}")
    page.locator(".home-next a").click()
    assert "/findings/" in page.url
    page.goto(f"{own_site}{HOME}")

    assert others.locator(".mark").inner_text() == "已完成"
    assert bought.locator(".mark").inner_text() == "已完成"
    assert "demo-clerk" in others.inner_text() or "经办人" in others.inner_text()
    assert page.locator("#home-title").inner_text() != before
    page.set_viewport_size({"width": 360, "height": 900})
    keep(page, "home-360", whole=True)
    assert fits(page)


def test_on_a_narrow_window_and_without_javascript_the_preview_is_a_page(clerk, own_site):
    for page in (clerk(GRID, 360), clerk(GRID, javascript=False)):
        page.click("#beside-open")
        assert page.url == f"{own_site}/admin/disclosure/disclosure/1/preview/#table-assets"


def test_on_a_wide_window_the_preview_stands_beside_and_follows_every_save(clerk):
    page = clerk(GRID)
    cell = page.locator('tbody tr[data-row] input[name$=".value"]').first
    page.click("#beside-open")
    shown = page.frame_locator(".beside-pane iframe").locator("#table-assets")
    expect(shown).to_be_in_viewport()
    before = shown.inner_text()

    cell.fill("7654321.00")
    cell.press("Enter")

    expect(page.locator("#grid-said")).to_contain_text("已保存")
    expect(shown).not_to_have_text(before)
    expect(shown).to_contain_text("765.43")
    keep(page, "beside-1280")
    assert page.evaluate("document.querySelector('#content').getBoundingClientRect().right <= innerWidth * 0.56 + 1")
    page.reload()
    expect(shown).to_be_in_viewport()
    page.click(".beside-pane button")
    assert page.locator(".beside-pane").count() == 0
    assert page.evaluate("document.activeElement.id") == "beside-open"


def test_two_people_at_one_grid_are_told_of_each_other(clerk):
    first = clerk(GRID)
    expect(first.locator("#presence")).to_be_hidden()

    second = clerk(GRID, user="zhang")
    expect(second.locator("#presence")).to_contain_text("刚刚也在编辑这里")
    cell = first.locator('tbody tr[data-row] input[name$=".measure"]').first
    cell.fill("台套")
    cell.press("Enter")

    expect(first.locator("#grid-said")).to_contain_text("已保存")
    expect(first.locator("#presence")).to_have_text("张三 刚刚也在编辑这里。")
    keep(first, "presence-1280")
