"""Every chart as SVG and PNG: on an opaque ground, with its source, the same bytes each time, bounded in size."""

import io
import re
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from published import an_edition, text_of, withdraw
from sidebyside import beside, with_table

from disclosure.charts import CHARTS, Bar, Chart
from disclosure.content import parse
from disclosure.render import picture

PAGE = "/130303/2022/203/"
FILES = [
    *(f"{PAGE}charts/{key}" for key in CHARTS),
    *(f"{PAGE}editions/1/charts/{key}" for key in CHARTS),
    "/130303/2022/functions/20132/charts/history",
    "/130303/2022/functions/20132/charts/departments",
    "/130303/three-public/charts/years",
]


@pytest.fixture
def more(edition):
    """Have a second year, and a second department."""
    beside(edition, "203", 2023)
    return beside(edition, "204")


@pytest.mark.parametrize("address", FILES)
def test_a_chart_is_a_file(client, more, address):
    svg, png = (client.get(f"{address}.{form}") for form in ("svg", "png"))

    drawn = ET.fromstring(svg.content)  # noqa: S314 our own
    image = Image.open(io.BytesIO(png.content))
    assert [one["Content-Type"] for one in (svg, png)] == ["image/svg+xml; charset=utf-8", "image/png"]
    assert drawn[1].attrib["fill"] == "#ffffff"
    assert image.mode == "RGB"
    assert image.size == (2000, 2 * int(drawn.attrib["height"]))
    assert len(png.content) < 200_000


def test_the_comparison_is_a_file(client, more):
    response = client.get("/130303/compare/charts/totals.svg?year=2022&d=203&d=204")

    assert "2个部门中，预算支出最多的是山海关区组织部门，1090.88万元" in response.content.decode()
    assert client.get("/130303/compare/charts/totals.svg?year=2022&d=203").status_code == 404


def test_the_same_chart_gives_the_same_bytes(client, edition):
    first = client.get(f"{PAGE}charts/functions.png").content
    picture._painted.cache_clear()

    again = client.get(f"{PAGE}charts/functions.png").content

    assert first == again


def test_a_chart_says_where_it_is_from(client, edition):
    text = client.get(f"{PAGE}charts/functions.svg").content.decode()

    assert edition.notice in text
    assert f"出自《{edition.title}》第1版，年初预算，部门本级及所属单位合计" in re.sub(r"<[^>]+>|\n", "", text)


@pytest.mark.parametrize(
    "address", [f"{PAGE}charts/nothing.svg", f"{PAGE}charts/functions.gif", f"{PAGE}editions/9/charts/kinds.svg"]
)
def test_what_is_no_chart_is_not_found(client, edition, address):
    assert client.get(address).status_code == 404


def test_a_chart_of_a_withdrawn_edition_is_gone(client, edition):
    withdraw(edition)

    assert client.get(f"{PAGE}charts/functions.png").status_code == 410


def test_an_older_edition_keeps_its_chart(client, edition):
    emptied = with_table("spending", lambda _rows: ())
    an_edition(edition.disclosure, emptied(parse(edition.content.text)), edition.published_by, edition)

    assert client.get(f"{PAGE}editions/1/charts/functions.svg").status_code == 200
    assert client.get(f"{PAGE}charts/functions.svg").status_code == 404


def test_each_chart_of_the_page_offers_its_files(client, edition):
    page = client.get(PAGE).content.decode()

    drawn = re.findall(r'<figure class="chart" id="chart-([a-z_]+)"', page)
    assert drawn
    assert re.findall(r'href="/130303/2022/203/editions/1/charts/([a-z_]+)\.svg"', page) == drawn
    assert re.findall(r'href="/130303/2022/203/editions/1/charts/([a-z_]+)\.png"', page) == drawn


def test_an_items_page_shows_who_and_when(client, more):
    text = text_of(client.get("/130303/2022/functions/20132/"))

    assert "“组织事务”安排最多的是山海关区组织部门，574.64万元，占50.00%" in text
    assert "“组织事务”2022年1149.28万元，占合计的52.68%" in text
    assert "2023年（1个部门）574.64万元" in text


def test_one_department_in_one_year_needs_no_chart(client, edition):
    assert "chart" not in client.get("/130303/2022/functions/20132/").content.decode()


def test_hostile_words_stay_words():
    chart = Chart(
        "years", "<script>&" * 20, [Bar("很长的部门名称" * 5, 1000, "1.00万元"), Bar("]]>", 0, "0.00万元", past=True)]
    )

    drawn = ET.fromstring(picture.svg(chart, "<b>"))  # noqa: S314 our own

    assert "很长的部门名称很长的部…" in [one.text for one in drawn]
    assert picture.png(chart, "<b>")
