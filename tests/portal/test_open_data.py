"""Open data: bundles that a validator takes, that say what the edition says, and that a withdrawal empties."""

import csv
import hashlib
import io
import json
import shutil
import subprocess
import sys
import zipfile
from decimal import Decimal
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import frictionless
import pytest
from django.conf import settings
from published import an_edition

from disclosure.content import parse
from disclosure.opendata import RESOURCES, Bundle, find, forget, key_of
from disclosure.opendata.packing import NAMES, TABLES
from disclosure.workflow import withdraw as withdraw_properly

KEY = "130303-2022-initial-203-1"
YEAR = "/data/130303/2022/"


@pytest.fixture(autouse=True)
def _no_bundles():
    """Each test begins without bundles."""
    forget()
    yield
    forget()


def given(client, path):
    """Return the bytes of a file."""
    response = client.get(path)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def rows(client, name, scope="2022"):
    """Return the rows of a table by column."""
    data = given(client, f"/data/130303/{scope}/{name}.csv")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_a_validator_takes_the_package_whole(client, edition, tmp_path):
    with zipfile.ZipFile(io.BytesIO(given(client, f"{YEAR}package.zip"))) as archive:
        archive.extractall(tmp_path)

    report = frictionless.validate(tmp_path / "datapackage.json")

    assert report.flatten(["rowNumber", "fieldName", "message"]) == []
    assert report.valid
    assert {task.name for task in report.tasks} == set(TABLES)


def test_the_validator_sees_a_file_that_was_altered(client, edition, tmp_path):
    with zipfile.ZipFile(io.BytesIO(given(client, f"{YEAR}package.zip"))) as archive:
        archive.extractall(tmp_path)
    with (tmp_path / "headlines.csv").open("a") as file:
        file.write("more\r\n")

    assert not frictionless.validate(tmp_path / "datapackage.json").valid


def test_the_list_names_each_file_by_its_hash(client, edition):
    manifest = json.loads(given(client, f"{YEAR}manifest.json"))

    for file in manifest["files"]:
        data = given(client, YEAR + file["path"])
        assert (len(data), hashlib.sha256(data).hexdigest()) == (file["bytes"], file["sha256"])
    assert [one["content_sha256"] for one in manifest["editions"]] == [edition.content_sha256]


def test_the_figures_are_those_of_the_document(client, edition, document):
    facts = document.content.facts

    headline = {row["item"]: Decimal(row["amount"]) for row in rows(client, "headlines")}
    assert headline["total"] == facts.expenditure.total == Decimal(10908800)
    classes = [Decimal(row["total"]) for row in rows(client, "functions") if row["level"] == "1"]
    assert sum(classes) == facts.expenditure.total
    assert sum(Decimal(row["amount"]) for row in rows(client, "sources") if row["amount"]) == facts.revenue.total
    assert sum(Decimal(row["amount"]) for row in rows(client, "projects")) == facts.expenditure.project
    assert len(rows(client, "indicators")) == sum(len(one.indicators) for one in facts.projects)
    basic = [Decimal(row["total"]) for row in rows(client, "economics") if row["level"] == "1"]
    assert sum(basic) == facts.expenditure.basic.total
    costs = [(row["item"], row["reason"]) for row in rows(client, "three-public")]
    assert costs == [(one.key, one.reason) for one in facts.three_public.items]


def test_all_years_and_one_year_say_the_same_where_there_is_one_year(client, edition):
    for name in TABLES:
        assert rows(client, name) == rows(client, name, "all")


def test_words_that_a_spreadsheet_would_reckon_with_are_made_harmless(client, edition):
    content = parse(edition.content.text)
    bad = content.facts.projects[0].__class__(**{**_fields(content.facts.projects[0]), "purpose": "=HYPERLINK(1)"})
    facts = content.facts.__class__(**{**_fields(content.facts), "projects": (bad, *content.facts.projects[1:])})
    an_edition(
        edition.disclosure, content.__class__(**{**_fields(content), "facts": facts}), edition.published_by, edition
    )

    assert rows(client, "projects")[0]["purpose"] == "'=HYPERLINK(1)"


def _fields(struct):
    return {name: getattr(struct, name) for name in struct.__struct_fields__}


def test_a_correction_takes_the_place_of_what_it_corrects(client, edition):
    before = given(client, f"{YEAR}editions.csv")

    an_edition(edition.disclosure, parse(edition.content.text), edition.published_by, edition)

    assert given(client, f"{YEAR}editions.csv") != before
    assert {row["edition"] for row in rows(client, "cells")} == {KEY.removesuffix("1") + "2"}
    assert [row["status"] for row in rows(client, "editions")] == ["superseded", "current"]


@pytest.fixture
def _own_files(settings, tmp_path):
    """A copy of all stored files: what is deleted once a transaction has ended does not come back with it."""
    shutil.copytree(settings.MEDIA_ROOT, tmp_path / "files")
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.mark.usefixtures("_own_files")
def test_a_withdrawal_leaves_nothing_in_any_bundle(client, edition, django_capture_on_commit_callbacks):
    for name in NAMES:
        given(client, YEAR + name)
        given(client, f"/data/130303/all/{name}")

    with django_capture_on_commit_callbacks(execute=True):
        withdraw_properly(edition, by=edition.published_by, reason="误公开")

    assert not (settings.MEDIA_ROOT / "bulk").exists()
    assert all(rows(client, name) == [] for name in RESOURCES)
    row = rows(client, "editions")[0]
    assert (row["status"], row["withdrawal_reason"]) == ("withdrawn", "误公开")


def test_a_bundle_is_built_once_for_what_is_published(client, edition):
    bundle = Bundle(edition.disclosure.budget.fiscal_year.government, 2022)
    given(client, f"{YEAR}cells.csv")
    made = (bundle.folder / bundle.state() / "cells.csv").stat().st_mtime_ns

    given(client, f"{YEAR}cells.csv")

    assert (bundle.folder / bundle.state() / "cells.csv").stat().st_mtime_ns == made


def test_bundles_of_the_same_state_are_the_same_bytes(client, edition):
    first = given(client, f"{YEAR}package.zip")
    forget()

    assert given(client, f"{YEAR}package.zip") == first


@pytest.mark.parametrize("path", ["2021/package.zip", "2022/nothing.csv", "2022/../2022/cells.csv", "22/cells.csv"])
def test_what_is_not_offered_is_not_found(client, edition, path):
    assert client.get(f"/data/130303/{path}").status_code == 404


def test_the_pages_explain_every_table_and_column(client, edition):
    offered = client.get("/data/").content.decode()
    explained = client.get("/data/dictionary/").content.decode()

    assert "/data/130303/2022/package.zip" in offered
    for table in TABLES.values():
        assert f"{table.name}.csv" in offered
        assert all(field.name in explained for field in table.fields)


@pytest.fixture
def site(client, edition, tmp_path):
    """A plain server of the bundle's archive, at an address of this machine."""
    place = tmp_path / "data" / "130303" / "all" / "package.zip"
    place.parent.mkdir(parents=True)
    place.write_bytes(given(client, "/data/130303/all/package.zip"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=tmp_path))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_the_researchers_script_finds_the_totals_of_the_portal(client, edition, site):
    script = settings.BASE_DIR / "docs" / "research" / "totals.py"

    done = subprocess.run([sys.executable, script, site, "130303"], capture_output=True, check=True)

    assert len(script.read_text(encoding="utf-8").splitlines()) <= 20
    assert json.loads(done.stdout) == {"2022": "10908800.00"}
    assert "1090.88" in client.get("/130303/2022/").content.decode()


def test_an_edition_is_found_under_its_key_and_nothing_under_another(edition):
    assert key_of(edition) == KEY
    assert find(KEY).get() == edition
    for wrong in ("", "130303", f"{KEY}0", KEY.upper(), f"{KEY}\n", "130303-2022-draft-203-1"):
        assert not find(wrong).exists()
