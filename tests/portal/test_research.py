"""The researcher's script of twenty lines: five years of all departments of a government, and the portal's totals."""

import json
import re
import subprocess
import sys
from decimal import Decimal

import pytest
from crawling import serving_files
from django.conf import settings
from django.db import transaction

from budgets.money import MoneyUnit, shown
from disclosure.models import Edition
from disclosure.sample.government import Plan, make_government, publish_quickly
from disclosure.workflow import withdraw

pytestmark = pytest.mark.timeout(600)
SCRIPT = settings.BASE_DIR / "docs" / "research" / "totals.py"
YEARS = range(2022, 2027)
TOTAL = re.compile(r"<dt>预算支出</dt><dd>([\d,.]+)")
CELL = re.compile(r"<td[^>]*>\s*(.*?)\s*</td>", re.DOTALL)


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    """A government with five years, a gap, a correction, budgets of units, and in the last year a withdrawal."""
    with django_db_blocker.unblock(), transaction.atomic():
        government = make_government(Plan(departments=4, years=len(YEARS), seed=41, units=1))
        publish_quickly(government, units=1)
        gone = Edition.objects.filter(government_code=government.code, year=YEARS[-1], unit_code="").last()
        withdraw(gone, by=gone.published_by, reason="误公开")
        yield government
        transaction.set_rollback(True)


def rows_of(page: str) -> dict[str, Decimal]:
    """Return the spending of the departments on a year's page that have published, by code."""
    rows = (CELL.findall(row) for row in page.split("<tr")[1:])
    return {row[0]: Decimal(row[2]) for row in rows if row and re.fullmatch(r"[\d.]+", row[2])}


@pytest.fixture
def found(client, town, db, tmp_path):
    """What the script says of the archive as a plain server gives it out."""
    place = tmp_path / "data" / town.code / "all" / "package.zip"
    place.parent.mkdir(parents=True)
    place.write_bytes(b"".join(client.get(f"/data/{town.code}/all/package.zip").streaming_content))
    with serving_files(tmp_path) as fetch:
        command = [sys.executable, SCRIPT, f"http://127.0.0.1:{fetch.args[0]}", town.code]
        done = subprocess.run(command, capture_output=True, check=True)
    return {int(year): Decimal(total) for year, total in json.loads(done.stdout).items()}


def test_five_years_of_all_departments_have_the_totals_of_the_portals_pages(client, town, found):
    pages = {year: client.get(f"/{town.code}/{year}/").content.decode() for year in YEARS}

    assert {year: shown(total, MoneyUnit.WAN) for year, total in found.items()} == {
        year: TOTAL.search(page)[1].replace(",", "") for year, page in pages.items()
    }
    for year, page in pages.items():
        rows = rows_of(page)
        standing = Edition.objects.current().filter(government_code=town.code, year=year, unit_code="", withdrawal=None)
        assert sorted(rows) == sorted(standing.values_list("department_code", flat=True))
        assert abs(sum(rows.values()) - found[year] / 10000) <= len(rows) * Decimal("0.005")
    assert len({len(rows_of(page)) for page in pages.values()}) > 1


def test_five_years_of_all_departments_have_the_totals_of_the_interface(client, town, found):
    for year, total in found.items():
        rows = client.get(f"/api/v1/roster?government={town.code}&year={year}").json()["results"]
        assert sum(Decimal(row["total"]) for row in rows if row["total"]) == total


def test_the_script_is_short_enough_to_be_read_at_a_glance():
    assert len(SCRIPT.read_text(encoding="utf-8").splitlines()) <= 20
