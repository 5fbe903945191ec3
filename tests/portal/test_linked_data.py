"""JSON-LD: editions, departments and the page of open data say what they are to machines, in schema.org's words."""

import json
import re

import msgspec
import pytest
from django.contrib.auth import get_user_model
from django.test import override_settings
from django.urls import reverse, set_script_prefix
from published import an_edition, withdraw

from budgets.enums import Role
from budgets.models import Department, Membership
from disclosure.content import parse
from portal.exporting import Export
from portal.linked_data import dataset_of, organisation_of
from portal.templatetags.linked import linked_data

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
PAGE = "/130303/2022/203/"
FIRST = f"{PAGE}editions/1/"
SITE = "http://127.0.0.1:8000"
HOSTILE = '</script><b>&"\u2028 href="/x" 部门'


def said_by(client, path):
    """Return what a page says to machines, by type."""
    [text] = BLOCK.findall(client.get(path).content.decode())
    read = json.loads(text)
    assert read["@context"] == "https://schema.org"
    return {node["@type"]: node for node in read["@graph"]}


def addresses_in(node):
    """Yield every address that a node holds."""
    if isinstance(node, dict):
        for value in node.values():
            yield from addresses_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from addresses_in(value)
    elif isinstance(node, str) and node.startswith("http"):
        yield node


def test_an_edition_is_a_data_set(client, edition):
    said = said_by(client, FIRST)

    dataset = said.pop("Dataset")
    assert said == {}
    assert (dataset["name"], dataset["version"]) == (edition.title, "1")
    assert dataset["@id"] == dataset["url"] == SITE + FIRST
    assert dataset["description"].startswith(f"{edition.publisher}公开的《{edition.title}》，第1版。2022年预算支出")
    assert dataset["datePublished"] == dataset["dateModified"]
    assert dataset["datePublished"].endswith("+08:00")
    assert dataset["temporalCoverage"] == "2022-01-01/2022-12-31"
    assert dataset["spatialCoverage"]["identifier"]["value"] == "130303"
    assert (dataset["isAccessibleForFree"], dataset["inLanguage"]) == (True, "zh-CN")
    assert "license" not in dataset
    assert {"propertyID": "索引号", "value": edition.index_number, "@type": "PropertyValue"} in dataset["identifier"]
    assert dataset["creator"]["@type"] == "GovernmentOrganization"
    assert dataset["creator"]["name"] == edition.publisher
    assert dataset["publisher"]["@id"] == dataset["creator"]["@id"]


def test_every_file_of_an_edition_is_offered_with_its_hash(client, edition):
    offered = said_by(client, FIRST)["Dataset"]["distribution"]

    files = {file.sha256: file for file in edition.files.exclude(format="html")}
    assert {one["sha256"] for one in offered} == set(files)
    for one in offered:
        file = files[one["sha256"]]
        assert one["contentUrl"] == f"{SITE}{FIRST}document.{file.format}"
        assert one["contentSize"] == f"{file.size} B"
        answer = client.get(one["contentUrl"].removeprefix(SITE))
        assert answer["Content-Type"].partition(";")[0] == one["encodingFormat"]
        assert len(answer.content) == file.size


def test_a_departments_page_says_who_it_is_and_what_stands(client, edition):
    second = an_edition(edition.disclosure, parse(edition.content.text), edition.published_by, edition)

    said = said_by(client, PAGE)

    assert set(said) == {"GovernmentOrganization", "Dataset"}
    whose = said["GovernmentOrganization"]
    assert (whose["name"], whose["alternateName"]) == (edition.publisher, edition.department_name)
    assert whose["identifier"] == {"@type": "PropertyValue", "propertyID": "部门编码", "value": "203"}
    assert whose["url"] == SITE + PAGE
    assert said["Dataset"]["version"] == str(second.number)
    assert said["Dataset"]["@id"] == f"{SITE}{PAGE}editions/2/"
    assert said["Dataset"]["creator"] == whose


def test_open_data_is_a_catalogue(client, edition):
    said = said_by(client, "/data/")

    catalogue = said["DataCatalog"]
    [dataset] = catalogue["dataset"]
    assert catalogue["url"] == f"{SITE}/data/"
    assert dataset["temporalCoverage"] == "2022-01-01/2022-12-31"
    assert [one["encodingFormat"] for one in dataset["distribution"]] == ["application/zip", "application/json"]
    assert said_by(client, FIRST)["Dataset"]["includedInDataCatalog"]["url"] == catalogue["@id"]


@pytest.mark.parametrize("path", [PAGE, FIRST, "/data/"])
def test_every_address_answers(client, edition, path):
    found = set(addresses_in(said_by(client, path))) - {"https://schema.org"}

    ours = [one.partition("#")[0].removeprefix(SITE) for one in found]
    assert len(ours) >= 3
    assert [one for one in ours if not one.startswith("/") or client.get(one).status_code != 200] == []


@override_settings(PUBLIC_URL="https://www.example.gov.cn/yusuan")
def test_addresses_are_the_public_ones_under_a_prefix(client, edition):
    set_script_prefix("/yusuan/")
    try:
        found = {one for path in (PAGE, "/data/") for one in addresses_in(said_by(client, path))}
    finally:
        set_script_prefix("/")

    assert "https://www.example.gov.cn/yusuan/130303/2022/203/editions/1/document.pdf" in found
    assert [one for one in found if not one.startswith("https://www.example.gov.cn/yusuan/")] == []
    assert [one for one in found if "/yusuan/yusuan" in one] == []


def test_a_hostile_name_ends_nothing(client, edition):
    hostile = msgspec.structs.replace(parse(edition.content.text), title=HOSTILE)
    an_edition(edition.disclosure, hostile, edition.published_by, edition)

    page = client.get(PAGE).content.decode()

    [text] = BLOCK.findall(page)
    assert "</script><b>" not in page
    assert re.search(r"[<>&\u2028\u2029]", text) is None
    assert said_by(client, PAGE)["Dataset"]["name"] == HOSTILE


def test_saying_it_asks_nothing_of_the_database(edition, django_assert_num_queries):
    content, files = parse(edition.content.text), {file.format: file for file in edition.files.all()}

    with django_assert_num_queries(0):
        said = dataset_of(edition, content, files), organisation_of(edition, content)

    assert [node["@type"] for node in said] == ["Dataset", "GovernmentOrganization"]


def test_what_is_none_is_left_out():
    said = json.loads(linked_data(None, {"@type": "Thing", "name": "<&>"})["text"])

    assert said == {"@context": "https://schema.org", "@graph": [{"@type": "Thing", "name": "<&>"}]}


def test_what_is_frozen_is_said_after_names_have_changed(client, edition):
    before = said_by(client, PAGE)

    Department.objects.filter(code="203").update(name="改名后的部门")

    assert said_by(client, PAGE) == before


def test_a_withdrawn_edition_says_nothing_to_machines(client, edition):
    withdraw(edition)

    for path in (PAGE, FIRST):
        answer = client.get(path)
        assert answer.status_code == 410
        assert "ld+json" not in answer.content.decode()


def test_a_draft_says_nothing_to_machines(client, disclosure):
    department = disclosure.budget.department
    clerk = get_user_model().objects.create(username="经办人甲", is_staff=True)
    Membership.objects.create(user=clerk, role=Role.CLERK, government=department.government, department=department)
    client.force_login(clerk)

    page = client.get(reverse("admin:disclosure_preview", args=[disclosure.pk])).content.decode()

    assert "草稿预览，未公开" in page
    assert "ld+json" not in page


@override_settings(PUBLIC_URL="https://www.example.gov.cn/yusuan")
def test_a_copy_in_files_says_the_same_and_has_every_file(edition, tmp_path):
    Export(tmp_path).run()

    for page in ("130303/2022/203", "130303/2022/203/editions/1", "data"):
        [text] = BLOCK.findall((tmp_path / page / "index.html").read_text(encoding="utf-8"))
        found = {one.partition("#")[0] for one in addresses_in(json.loads(text)["@graph"])}
        files = [one.removeprefix("https://www.example.gov.cn/yusuan/") for one in found]
        assert len(files) >= 3
        assert [one for one in files if not (tmp_path / one).exists()] == []
