"""The site as files: complete, in itself, served by anything that serves files; withdrawn content leaves a notice."""

import json
import re
import shutil
from io import StringIO

import pytest
from crawling import SITE
from django.core.management import CommandError, call_command
from exported import unreached, walked
from published import withdraw

from portal.exporting import Export
from portal.exporting.places import file_of, link_to
from portal.logs import MARK

HOME = "130303/2022/203/index.html"


def test_the_files_are_those_of_the_portal(client, site):
    for name in ("document.json", "document.pdf"):
        served_live = client.get(f"/130303/2022/203/{name}").content
        assert (site / "130303/2022/203" / name).read_bytes() == served_live


def test_nothing_needs_a_server(site):
    pages = {path: path.read_text(encoding="utf-8") for path in site.rglob("index.html")}
    assert not any('method="post"' in text or "/admin/" in text or "/api/" in text for text in pages.values())
    assert "finder" in pages[site / "search" / "index.html"]
    assert "组织部" in pages[site / "contents" / "index.html"]
    index = json.loads((site / "contents" / "index.json").read_text(encoding="utf-8"))
    assert any(row[1] == "公务接待费" or row[0] == "项目" for row in index)


def test_every_link_download_and_place_answers_under_a_prefix(edition, settings, tmp_path):
    settings.PUBLIC_URL = f"{SITE}/a/yusuan"

    walk = walked(tmp_path, "/a/yusuan/")

    assert unreached(walk, tmp_path) == set()


def test_a_second_run_writes_nothing(edition, tmp_path):
    first = Export(tmp_path / "site").run()

    again = Export(tmp_path / "site").run()

    assert (again.written, again.removed, again.size) == ([], [], first.size)


def test_what_has_not_changed_since_a_day_is_not_made_again(site):
    asked = []

    def settled(address):
        asked.append(address)
        return "/editions/1/" in address

    again = Export(site, None, settled).run()

    assert (again.written, again.removed) == ([], [])
    assert any("/editions/1/" in address for address in asked)


def test_withdrawn_content_leaves_a_notice_and_its_files_go(site, edition):
    withdraw(edition, "误公开了草稿")

    report = Export(site).run()

    page = (site / HOME).read_text(encoding="utf-8")
    assert "误公开了草稿" in page
    assert "1090.88" not in page
    assert "130303/2022/203/editions/1/document.pdf" in report.removed
    left = [path for path in site.rglob("*") if path.is_file() and b"10908800.00" in path.read_bytes()]
    assert left == []


def test_a_folder_that_holds_something_else_is_left_alone(edition, tmp_path):
    (tmp_path / "letter.txt").write_text("谢谢", encoding="utf-8")

    with pytest.raises(CommandError, match="不是导出的内容"):
        call_command("export_site", str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize(
    ("options", "message"), [(["--prefix", "yusuan"], "以 / 开头和结尾"), (["--since", "去年"], "应写成")]
)
def test_an_option_that_makes_no_sense_is_told(db, tmp_path, options, message):
    with pytest.raises(CommandError, match=message):
        call_command("export_site", str(tmp_path / "site"), *options)


def test_the_command_says_what_it_did(edition, tmp_path):
    said = StringIO()

    call_command("export_site", str(tmp_path / "site"), "--since", "2026-01-01", stdout=said)

    assert re.search(r"共\d+个文件，[\d.]+ MB，用时", said.getvalue())
    shutil.rmtree(tmp_path / "site")


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/130303/2022/", "130303/2022/index.html"),
        ("/130303/three-public/?year=2021", "130303/three-public/year-2021/index.html"),
        ("/130303/2022/?sort=total", "130303/2022/index.html"),
        ("/verify/8K2M-7Q0T", "verify/8K2M-7Q0T/index.html"),
        ("/transparency/?page=../../x", "transparency/page-..-..-x/index.html"),
        ("/a/../../etc/passwd", None),
        ("/%2e%2e/x", None),
        ("/admin/", None),
        ("/api/v1/editions", None),
    ],
)
def test_an_address_has_its_file(address, file):
    assert file_of(address) == file


def test_links_are_relative_or_under_the_prefix():
    assert link_to("130303/2022/index.html", "index.html", None) == "130303/2022/"
    assert link_to("index.html", "130303/2022/index.html", None) == "../../"
    assert link_to("static/a.css", "130303/index.html", None) == "../static/a.css"
    assert link_to("130303/index.html", "130303/index.html", None) == "./"
    assert link_to("130303/index.html", "x/index.html", "/a/") == "/a/130303/"


def test_no_header_of_a_request_turns_a_page_into_a_file(client, edition):
    page = client.get("/130303/compare/", headers={MARK: "yes", "Portal-Export": "yes"})

    assert '<form class="choose"' in page.content.decode()
