"""Six things a resident wants to know, each within three clicks from the home page, on a wide screen and on a phone."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MOST = 3
DEPARTMENT = "山海关区组织部门"


class Reader:
    """Somebody at the home page, whose clicks are counted."""

    def __init__(self, page, site: str) -> None:
        self.page, self.clicks = page, 0
        page.goto(f"{site}/")

    def click(self, name: str | re.Pattern[str], *, within: str = "main", exact: bool = True) -> None:
        """Click the one link of this name."""
        self.clicks += 1
        self.page.locator(within).get_by_role("link", name=name, exact=exact).click()

    def in_sight(self, place: str) -> str:
        """Return what a place says; it must be seen without another click."""
        found = self.page.locator(place).first
        assert found.is_visible()
        return found.inner_text()


@pytest.fixture(params=[1280, 360], ids=["wide", "phone"])
def reader(site, visit, request):
    found = Reader(visit(request.param, javascript=False), site)
    yield found
    assert 0 < found.clicks <= MOST


def test_find_the_department(reader):
    reader.click(DEPARTMENT)

    assert reader.in_sight("h1") == "山海关区组织部门2022年部门预算公开说明"


def test_say_whether_it_rose_or_fell_and_why(reader):
    reader.click(DEPARTMENT)

    assert reader.in_sight(".glance .lead") == "2022年预算支出1090.88万元，比上年减少130.78万元（-10.71%）。"
    assert "主要为离休干部医药费项目安排资金减少" in reader.in_sight(".why")


def test_find_what_receptions_cost_and_how_that_changed(reader):
    reader.click("“三公”经费", within="main .lenses", exact=False)

    row = reader.page.locator("main tr", has_text="公务接待费")
    assert row.is_visible()
    assert [cell.inner_text() for cell in row.locator("td.money").all()] == ["0.31", "0.34", "-0.03"]
    assert row.locator("td.text").inner_text() == "人员减少"


def test_name_the_largest_project_and_one_thing_it_must_achieve(reader):
    reader.click(DEPARTMENT)
    assert "最大的项目：离休干部医药费，350.00万元。" in reader.in_sight(".largest")
    reader.click("离休干部医药费")

    assert reader.in_sight("h1") == "离休干部医药费"
    assert "350.00万元" in reader.in_sight(".lead")
    assert "落实两项待遇，让每位离休干部感受到政治上的关心" in reader.in_sight("main")


def test_download_a_table(reader):
    reader.click(DEPARTMENT)
    reader.click("支出总表", within="main .shortcuts", exact=False)
    with reader.page.expect_download() as waiting:
        reader.click(re.compile("下载《表三 部门预算支出总表》.*CSV"))

    text = waiting.value.path().read_bytes().decode("utf-8-sig")
    assert waiting.value.suggested_filename.endswith(".csv")
    assert ",合计,10908800.00" in text


def test_say_when_it_was_published_and_whether_it_was_corrected(reader):
    reader.click(DEPARTMENT)

    said = reader.in_sight(".published")
    assert re.search(r"20\d\d年\d+月\d+日公开", said)
    assert "第1版，没有更正过" in said
