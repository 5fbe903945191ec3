"""Under a county's website: its header instead of ours, under any path, and never a broken page."""

import re

import pytest
from django.core.checks import run_checks
from django.urls import set_script_prefix
from factories import an_identity

HEADER = '<header class="county"><a href="/">某区人民政府</a></header>'
PAGES = ("/", "/130303/2022/", "/130303/2022/203/", "/search/?q=接待费", "/verify/", "/nowhere/", "/130303/2022/998/")


@pytest.fixture
def header(tmp_path, settings):
    """The county's header, in use."""
    path = tmp_path / "header.html"
    path.write_text(HEADER, encoding="utf-8")
    settings.EMBED_HEADER_FILE, settings.EMBED_STYLES = str(path), ["/css/county.css"]
    return path


def complaints() -> list[str]:
    return [one.msg for one in run_checks() if one.id == "portal.E001"]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_wears_the_countys_header_and_drops_our_foot(client, edition, header, address):
    an_identity(emblem=f"{'0' * 64}.png")

    page = client.get(address).content.decode()

    assert page.count(HEADER) == 1
    assert page.count("<header") == 1
    assert (page.count("<footer"), page.count("冀ICP备"), page.count("/emblem/")) == (0, 0, 0)
    assert '<link rel="stylesheet" href="/css/county.css">' in page
    assert 'role="search"' in page
    assert page.count("公开前的检查规则") == 1


def test_under_a_prefix_our_links_stay_ours_and_the_countys_its_own(client, edition, header):
    set_script_prefix("/yusuan/")
    try:
        page = client.get("/130303/2022/203/").content.decode()
    finally:
        set_script_prefix("/")

    assert 'action="/yusuan/search/"' in page
    outside = {link for link in re.findall(r'href="(/[^"]*)"', page) if not link.startswith(("/yusuan/", "/static/"))}
    assert outside == {"/", "/css/county.css"}


def test_nothing_is_wrong_where_the_header_can_be_read(header):
    assert complaints() == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "不存在。请核对路径，并让运行用户可以读它。"),
        ("政府门户".encode("gb18030"), "不是 UTF-8 编码。请另存为 UTF-8。"),
        (b" \n", "有2字节，应在1至200000字节之间"),
        (b"<p>x</p>" * 30_000, "有240000字节"),
        (b"<!DOCTYPE html><html><body></body></html>", "里有 <!DOCTYPE>，应是一个片段"),
        (b"<div><H1>x</H1></div>", "里有 <H1>，应是一个片段"),
    ],
    ids=["missing", "encoding", "empty", "large", "page", "heading"],
)
def test_a_header_that_cannot_be_used_is_said_by_check_and_breaks_no_page(client, edition, header, content, said):
    if content is None:
        header.unlink()
    else:
        header.write_bytes(content)

    page = client.get("/")

    assert re.search(f"EMBED_HEADER_FILE 指定的门户页眉文件 .*{said}", complaints()[0])
    assert page.status_code == 200
    assert page.content.decode().count("<footer") == 1


@pytest.mark.parametrize("address", ["https://cdn.example.com/a.css", "//cdn.example.com/a.css", "css/a.css"])
def test_a_style_sheet_from_elsewhere_is_refused_and_not_used(client, edition, header, settings, address):
    settings.EMBED_STYLES = [address]

    assert complaints() == [f"EMBED_STYLES 中的“{address}”不是本网站下的地址，应以一个 / 开头，例如 /css/portal.css 。"]
    assert address not in client.get("/").content.decode()


def test_style_sheets_without_a_header_are_a_mistake(settings):
    settings.EMBED_STYLES = ["/css/county.css"]

    assert "没有设置 EMBED_HEADER_FILE" in complaints()[0]
