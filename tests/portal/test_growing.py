"""Where there is more than one page or map has room for: maps in parts, and a catalogue for each government."""

import re
import subprocess
import sys

import pytest
from crawling import SITE, crawl, serving_files
from published import an_edition
from test_lookups import plan_of

from budgets.models import FiscalYear, Government
from disclosure.content import parse
from disclosure.models import Edition
from disclosure.opendata import ledger
from portal import catalogue
from portal.exporting import Export
from portal.exporting.places import file_of
from portal.sitemap import Pages, parts
from portal.views import data, transparency

LOCATION = re.compile(r"<loc>([^<]+)</loc>")


def listed(client, address) -> list[str]:
    """Return what a map lists."""
    return LOCATION.findall(client.get(address).content.decode())


@pytest.fixture
def small_maps(monkeypatch):
    """Maps with room for few pages."""
    monkeypatch.setattr(Pages, "limit", 5)


@pytest.fixture
def small_pages(monkeypatch):
    """A catalogue page with room for no edition at all."""
    monkeypatch.setattr(catalogue, "MOST", 0)


def test_one_map_lists_every_page_where_it_has_room(client, edition):
    assert parts() == 1
    assert client.get("/sitemap.xml").content == client.get("/sitemap-1.xml").content


def test_maps_in_parts_list_together_what_one_map_lists(client, edition, monkeypatch, settings):
    settings.PUBLIC_URL = "https://www.example.gov.cn/yusuan"
    whole = listed(client, "/sitemap.xml")
    monkeypatch.setattr(Pages, "limit", 5)

    maps = listed(client, "/sitemap.xml")

    assert maps == [f"https://www.example.gov.cn/yusuan/sitemap-{part}.xml" for part in range(1, parts() + 1)]
    assert [page for part in range(1, parts() + 1) for page in listed(client, f"/sitemap-{part}.xml")] == whole
    assert client.get(f"/sitemap-{parts() + 1}.xml").status_code == 404


def test_a_list_of_maps_is_one_by_its_format(client, edition, small_maps):
    answer = client.get("/sitemap.xml")

    assert answer["Content-Type"].startswith("application/xml")
    assert "<sitemapindex" in answer.content.decode()
    assert "<urlset" in client.get("/sitemap-1.xml").content.decode()


def test_a_catalogue_without_room_leads_to_one_of_each_government(client, edition, small_pages):
    page = client.get("/contents/").content.decode()

    assert 'href="/contents/?government=130303"' in page
    assert "finder" not in page
    assert client.get("/contents/index.json").json() == [["政府", "秦皇岛市山海关区", "130303", "", "", "130303/"]]


def test_the_catalogue_of_a_government_lists_all_of_it_and_leads_back(client, edition, small_pages):
    page = client.get("/contents/?government=130303").content.decode()

    assert 'href="/130303/2022/203/"' in page
    assert 'href="/contents/"' in page
    assert 'data-index="/contents/index.json?government=130303"' in page
    assert len(client.get("/contents/index.json?government=130303").json()) > 10
    assert client.get("/contents/index.json?government=130304").json() == []


@pytest.mark.parametrize("asked", ["", "abc", "1303030", "130303'--"])
def test_a_catalogue_of_no_government_is_that_of_all(client, edition, asked):
    pages = (client.get(address).content.decode() for address in (f"/contents/?government={asked}", "/contents/"))

    assert len({page.partition("<h1>")[2].partition("</main>")[0] for page in pages}) == 1


def test_the_catalogue_takes_the_same_queries_for_one_edition_and_three(
    client, edition, django_assert_num_queries, small_pages
):
    with django_assert_num_queries(3):
        client.get("/contents/")
    last = edition
    for _ in range(2):
        last = an_edition(edition.disclosure, parse(edition.content.text), edition.published_by, last)

    with django_assert_num_queries(3):
        client.get("/contents/")


def test_the_newest_editions_are_found_by_an_index(edition):
    plan = Edition.objects.order_by("-published_at", "-pk")[:100].explain()

    assert "published" in plan or "Seq Scan" in plan


def map_of(edition) -> int:
    """Return in which map an edition stands."""
    return -(-edition.pk // Pages.limit)


def test_an_edition_stands_in_the_map_of_its_key(client, edition, small_maps):
    own = listed(client, f"/sitemap-{map_of(edition)}.xml")
    before = parts()

    last = edition
    for _ in range(5):
        last = an_edition(edition.disclosure, parse(edition.content.text), edition.published_by, last)

    assert [one.endswith("/130303/2022/203/") for one in own] == [True]
    assert parts() > before
    assert listed(client, f"/sitemap-{map_of(last)}.xml") == own
    assert own not in (listed(client, f"/sitemap-{part}.xml") for part in range(1, map_of(last)))


def test_maps_are_read_by_keys(edition):
    plan = plan_of(Edition.objects.filter(pk__gte=1, pk__lte=5))

    assert "Seq Scan" not in plan
    assert "SCAN" not in plan


@pytest.fixture
def few_offered(monkeypatch):
    """A page of open data with room for no government."""
    monkeypatch.setattr(data, "MOST", 0)


def test_open_data_without_room_leads_to_a_page_of_each_government(client, edition, few_offered):
    page = client.get("/data/").content.decode()

    assert 'href="/data/?government=130303"' in page
    assert "package.zip</a>" not in page
    assert 'href="/data/130303/2022/package.zip"' in client.get("/data/?government=130303").content.decode()


@pytest.mark.parametrize("asked", ["", "abc", "999999", "130303'--"])
def test_open_data_of_no_government_is_that_of_all(client, edition, few_offered, asked):
    assert 'href="/data/?government=130303"' in client.get("/data/", {"government": asked}).content.decode()


def test_open_data_offers_the_years_in_which_something_was_published(client, edition):
    FiscalYear.objects.create(government=Government.objects.get(), year=2031, layout="hebei")

    page = client.get("/data/").content.decode()

    assert "/data/130303/2022/package.zip" in page
    assert "/data/130303/2031/" not in page


@pytest.fixture
def ledger_of_five(edition, monkeypatch):
    """A ledger of five lines, two in a part."""
    monkeypatch.setattr(transparency, "IN_A_PART", 2)
    last = edition
    for _ in range(4):
        last = an_edition(edition.disclosure, parse(edition.content.text), edition.published_by, last)
        ledger.published(last)


def test_a_ledger_in_parts_says_what_the_whole_says(client, ledger_of_five):
    whole = client.get("/transparency/ledger.json").json()

    found = [client.get(f"/transparency/ledger/{part}.json").json() for part in (1, 2, 3)]
    assert [line for one in found for line in one["entries"]] == whole["entries"]
    assert [one["genesis"] for one in found] == [whole["genesis"], found[0]["head"], found[1]["head"]]
    assert found[-1]["head"] == whole["head"]
    assert [client.get(f"/transparency/ledger/{part}.json").status_code for part in (4, 9999)] == [404, 404]
    assert 'href="/transparency/ledger/3.json"' in client.get("/transparency/").content.decode()


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ((1, 2, 3), "台账共5条，首尾相接，没有被改过。"),
        ((1, 3), "台账第2段与前一段接不上"),
        ((2, 3), "没有从第1段写起"),
    ],
)
def test_the_program_checks_parts_of_a_ledger_in_their_order(client, ledger_of_five, tmp_path, parts, said):
    for part in parts:
        (tmp_path / f"{part}.json").write_bytes(client.get(f"/transparency/ledger/{part}.json").content)
    (tmp_path / "document.json").write_bytes(client.get("/130303/2022/203/document.json").content)
    command = [sys.executable, "-I", str(transparency.VERIFIER), *(f"{part}.json" for part in parts), "document.json"]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    is_whole = len(parts) == len((1, 2, 3))
    assert said in done.stdout + done.stderr
    assert (done.returncode == 0, "现行" in done.stdout) == (is_whole, is_whole)


def test_a_full_part_of_the_ledger_never_changes(client, edition, monkeypatch):
    monkeypatch.setattr(transparency, "IN_A_PART", 1)
    before = client.get("/transparency/ledger/1.json").content

    second = an_edition(edition.disclosure, parse(edition.content.text), edition.published_by, edition)
    ledger.published(second)

    assert client.get("/transparency/ledger/1.json").content == before


def test_the_last_page_of_the_ledger_shows_its_first_line(client, edition, monkeypatch):
    monkeypatch.setattr(transparency, "ON_A_PAGE", 1)
    ledger.published(an_edition(edition.disclosure, parse(edition.content.text), edition.published_by, edition))

    pages = [client.get("/transparency/", {"page": page}).content.decode() for page in ("1", "2", "99")]

    assert ["<td>2</td>" in one for one in pages] == [True, False, False]
    assert ["<td>1</td>" in one for one in pages] == [False, True, True]


@pytest.mark.timeout(600)
def test_the_files_have_every_map_and_catalogue(edition, small_maps, small_pages, settings, tmp_path):
    settings.PUBLIC_URL = f"{SITE}/a"

    Export(tmp_path / "a").run()

    with serving_files(tmp_path) as fetch:
        walk = crawl(fetch, "/a/", "/a/sitemap.xml")
    assert walk.not_found() == {}
    assert "/a/sitemap-2.xml" in walk.pages
    assert file_of("/contents/?government=130303") == "contents/government-130303/index.html"
    assert "/a/contents/government-130303/" in walk.pages
    assert "/a/contents/government-130303/index.json" in walk.pages
