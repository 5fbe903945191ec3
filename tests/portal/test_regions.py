"""The home page of many governments: by areas, and found by name, so that a citizen gets to the own one."""

import pytest
from published import text_of

from budgets.models import Government
from portal import regions
from portal.regions import Region


@pytest.fixture
def province(db, monkeypatch):
    """Two cities with their counties, more than a page has room for."""
    monkeypatch.setattr(regions, "MOST", 3)
    named = {
        "140000": "晋省",
        "140100": "并州市",
        "140105": "小店区",
        "140106": "迎泽区",
        "140200": "云州市",
        "140212": "新荣区",
    }
    Government.objects.bulk_create(
        Government(code=code, name=name, full_name=f"{name}人民政府") for code, name in named.items()
    )


def test_few_governments_are_listed(client, db):
    Government.objects.create(code="140105", name="小店区", full_name="小店区人民政府")

    page = client.get("/").content.decode()

    assert '<a href="/140105/">小店区人民政府</a>' in page
    assert "找本地的政府" not in page


def test_many_governments_stand_under_their_provinces(client, province):
    page = client.get("/").content.decode()

    assert '<a href="/areas/14/">晋省</a><p>6个政府</p>' in page
    assert '<a href="/areas/13/">河北省</a><p>1个政府</p>' in page
    assert 'href="/140105/"' not in page


def test_a_province_leads_to_its_cities_and_a_city_to_its_counties(client, province):
    cities = client.get("/areas/14/").content.decode()
    counties = client.get("/areas/1401/").content.decode()

    assert '<a href="/areas/1401/">并州市</a><p>3个政府</p>' in cities
    assert '<a href="/140105/">小店区人民政府</a>' in counties
    assert "新荣区" not in counties


def test_one_province_alone_begins_with_its_cities(province):
    Government.objects.filter(code__startswith="13").update(code="140300")

    assert [area.code for area in Region.of().areas] == ["1400", "1401", "1402", "1403"]


def test_a_city_that_is_not_here_is_called_as_its_counties_say(province):
    Government.objects.filter(code="140200").delete()
    Government.objects.filter(code="140212").update(full_name="云州市新荣区人民政府")
    Government.objects.filter(code__startswith="13").update(code="150303", full_name="海勃湾区人民政府")

    called = {area.code: area.name for area in (*Region.of().areas, *Region.of("14").areas)}

    assert (called["15"], called["1402"]) == ("内蒙古自治区", "云州市")
    assert Region.of("1503").name == "区划代码1503开头的地区"


def test_a_city_with_more_counties_than_a_page_lists_them_all(province, monkeypatch):
    monkeypatch.setattr(regions, "MOST", 1)

    assert len(Region.of("1401").governments) == 3


@pytest.mark.parametrize(("words", "found"), [("小店", "140105"), ("140212", "140212"), ("迎泽区人民政府", "140106")])
def test_a_government_is_found_by_name_or_code(client, province, words, found):
    page = client.get("/areas/", {"government": words}).content.decode()

    assert f'href="/{found}/"' in page
    assert page.count("人民政府</a>") == 1


@pytest.mark.parametrize("words", ["没有", "%", "_", "<b>", "' OR 1=1", "\x00小"])
def test_what_is_no_name_finds_nothing_and_says_what_helps(client, province, words):
    response = client.get("/areas/", {"government": words})

    assert response.status_code == 200
    assert "人民政府</a>" not in response.content.decode() or words == "\x00小"
    assert words == "\x00小" or "的政府。请写短一些" in text_of(response)


def test_the_box_asks_for_nothing_where_nothing_was_asked(client, province):
    assert "请写短一些" not in text_of(client.get("/areas/"))


@pytest.mark.parametrize("address", ["/areas/99/", "/areas/1499/"])
def test_an_area_without_governments_is_not_found(client, province, address):
    assert client.get(address).status_code == 404


def test_lists_take_the_same_queries_however_many_governments_there_are(client, province, django_assert_num_queries):
    for address in ("/", "/areas/14/", "/areas/1401/", "/areas/?government=区"):
        with django_assert_num_queries(2):
            client.get(address)
