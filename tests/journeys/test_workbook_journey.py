"""A clerk fills in the workbook, is told every mistake at once, mends it, and sees where each figure came from."""

import openpyxl
import pytest
from desk import accounts_of, fits, sign_in
from serving import keep

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def clerk(visit, site, place):
    """A clerk's browser without JavaScript, signed in."""
    page = visit(javascript=False)
    sign_in(page, site, "demo-clerk", accounts_of(place)["demo-clerk"])
    return page


def looked_at(page, name: str) -> bool:
    """Keep the page wide and narrow, and tell whether it fits a telephone."""
    keep(page, f"{name}-1280", whole=True)
    page.set_viewport_size({"width": 360, "height": 900})
    keep(page, f"{name}-360", whole=True)
    narrow = fits(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    return narrow


def write(path, cells: dict[str, object]) -> None:
    book = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        book["支出明细"][cell] = value
    book.save(path)


def upload(page, path) -> None:
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="上传并预览").click()


@pytest.mark.timeout(600)
def test_a_workbook_is_filled_in_mended_and_taken(clerk, site, tmp_path):
    clerk.goto(f"{site}/admin/disclosure/disclosure/1/change/")
    form = looked_at(clerk, "workbook-form")
    with clerk.expect_download() as download:
        clerk.get_by_role("link", name="下载填报表").first.click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    sheet = openpyxl.load_workbook(path)["支出明细"]
    column = {cell.value: cell.column_letter for cell in sheet[3]}
    amount, function = f"{column['金额（元）']}4", f"{column['功能分类']}5"
    first, second = sheet[amount].value, sheet[function].value

    write(path, {amount: "很多", function: "2999999"})
    clerk.get_by_role("link", name="上传填报表").first.click()
    asked = looked_at(clerk, "workbook-upload")
    upload(clerk, path)
    problems, told = clerk.locator(".findings-list").inner_text(), looked_at(clerk, "workbook-problems")
    with clerk.expect_download() as marked:
        clerk.get_by_role("link", name="下载标好的文件").click()
    marked.value.save_as(tmp_path / "marked.xlsx")
    write(path, {amount: first + 1, function: second})
    upload(clerk, path)
    changes, shown = clerk.locator(".import-preview").inner_text(), looked_at(clerk, "workbook-preview")
    clerk.get_by_role("button", name="确认导入").click()
    message, recorded = clerk.locator(".messagelist").inner_text(), looked_at(clerk, "workbook-record")
    trace = clerk.locator(".trace").inner_text()
    clerk.get_by_role("button", name="撤销这次导入").click()

    assert path.name.endswith("填报表.xlsx")
    assert f"支出明细!{amount}" in problems
    assert f"支出明细!{function}" in problems
    assert openpyxl.load_workbook(tmp_path / "marked.xlsx")["支出明细"][amount].comment is not None
    assert "Δ +1.00元" in changes
    assert "修改1行" in message
    assert amount in trace
    assert "已撤销导入" in clerk.locator(".messagelist").inner_text()
    assert (form, asked, told, shown, recorded) == (True, True, True, True, True)
