"""The feed, the map of the site, and the ledger with its program for checking it."""

import json
import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import override_settings
from published import an_edition, withdraw

from disclosure.content import parse
from disclosure.models import LedgerEntry, LedgerHead
from disclosure.opendata import ledger
from portal.views.transparency import VERIFIER

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_the_feed_tells_what_happened_newest_first(client, edition):
    second = an_edition(edition.disclosure, parse(edition.content.text), edition.published_by, edition)
    withdraw(second, "误公开")

    feed = ET.fromstring(client.get("/feed.atom").content)  # noqa: S314 our own

    titles = [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]
    assert [title.partition("：")[0] for title in titles] in (["更正", "撤下", "公开"], ["撤下", "更正", "公开"])
    assert len({entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")}) == 3


@override_settings(PUBLIC_URL="https://www.example.gov.cn/yusuan")
def test_addresses_are_the_public_ones_whatever_host_was_asked(client, edition):
    feed = client.get("/feed.atom", headers={"host": "localhost"}).content.decode()
    listed = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 our own

    assert "https://www.example.gov.cn/yusuan/130303/2022/203/editions/1/" in feed
    assert "localhost" not in feed
    assert all(one.text.startswith("https://www.example.gov.cn/") for one in listed.iter(f"{MAP}loc"))


def test_the_map_lists_pages_that_answer(client, edition):
    listed = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 our own

    paths = ["/" + one.text.split("/", 3)[3] for one in listed.iter(f"{MAP}loc")]
    assert "/130303/2022/203/" in paths
    assert [path for path in paths if client.get(path).status_code != 200] == []


def test_robots_are_told_where_the_map_is(client, db):
    said = client.get("/robots.txt").content.decode()

    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in said
    assert "Disallow: /admin/" in said


def test_the_ledger_holds_what_was_published(client, edition):
    entry = LedgerEntry.objects.get(edition=edition)

    said = json.loads(entry.text)
    assert (said["act"], said["sha256"]) == ("publish", edition.content_sha256)
    assert list(ledger.problems()) == []
    assert LedgerHead.objects.get().last_sha256 == entry.sha256


def test_a_line_that_was_altered_is_found(edition):
    table = LedgerEntry._meta.db_table
    with connection.cursor() as cursor:
        _without_triggers(cursor, table)
        cursor.execute(f"UPDATE {table} SET text = REPLACE(text, '组织', '宣传')")

    assert [finding.place for finding in ledger.problems()] == ["公开台账第1条"]


def _without_triggers(cursor, table):
    if connection.vendor == "postgresql":
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        return
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
    for (name,) in cursor.fetchall():
        cursor.execute(f'DROP TRIGGER "{name}"')


@pytest.fixture
def taken_away(client, edition, tmp_path):
    """The ledger and a document as a reader has them."""
    (tmp_path / "ledger.json").write_bytes(client.get("/transparency/ledger.json").content)
    (tmp_path / "document.json").write_bytes(client.get("/130303/2022/203/document.json").content)
    return tmp_path


def checked(folder, *names):
    """Run the program as a reader does."""
    command = [sys.executable, "-I", str(VERIFIER), *names]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_program_vouches_for_what_was_published(taken_away):
    done = checked(taken_away, "ledger.json", "document.json")

    assert done.returncode == 0, done.stderr
    assert "与公开的一致" in done.stdout
    assert "现行" in done.stdout


def test_the_program_finds_a_document_that_was_altered(taken_away):
    path = taken_away / "document.json"
    path.write_bytes(path.read_bytes().replace(b"10908800.00", b"10908801.00", 1))

    done = checked(taken_away, "ledger.json", "document.json")

    assert done.returncode == 1
    assert "被改过" in done.stdout


def test_the_program_finds_a_ledger_that_was_altered(taken_away):
    path = taken_away / "ledger.json"
    path.write_text(path.read_text(encoding="utf-8").replace("组织", "宣传"), encoding="utf-8")

    done = checked(taken_away, "ledger.json")

    assert done.returncode == 1
    assert "第1条" in done.stderr


def test_the_page_shows_the_ledger(client, edition):
    page = client.get("/transparency/").content.decode()

    assert LedgerHead.objects.get().last_sha256 in page
    assert edition.title in page
