"""Every public page of a sample government of 60 departments in 5 years: how many queries, and how many seconds."""

import tempfile
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.db.models.functions import Length
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budgets.models import Government
from disclosure.content import parse
from disclosure.models import Edition
from disclosure.sample.government import Plan, make_government, publish_quickly
from disclosure.tables.t03_spending import Spending
from disclosure.tables.t06_basic_expenditure import BasicExpenditure
from disclosure.verifying import code_of

DEPARTMENTS, YEARS, SEED, ROUNDS = 60, 5, 60, 3
PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


def measure(departments: int = DEPARTMENTS, years: int = YEARS) -> Iterator[str]:
    """Yield a line for each sort of page, the slowest first; the median of three rounds counts."""
    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder, **quick_settings()):
        begun = time.perf_counter()
        government = make_government(Plan(departments=departments, years=years, seed=SEED))
        editions = publish_quickly(government, units=1)
        built = time.perf_counter() - begun
        yield f"pages：{departments}个部门×{years}年，{len(editions)}版（{built:.0f}秒生成，{connection.vendor}）"
        taken = {sort: timed(address) for sort, address in addresses(government).items()}
        for sort, (queries, seconds) in sorted(taken.items(), key=lambda one: -one[1][1]):
            yield f"  {sort:<16}{queries:>3}次查询 {seconds * 1000:8.1f} ms"


def quick_settings() -> dict[str, Any]:
    """Return the settings under which pages are drawn without collected static files."""
    return {"STORAGES": {**settings.STORAGES, "staticfiles": PLAIN}, "ALLOWED_HOSTS": ["testserver"]}


WHOLE_SITE = ("home", "glossary", "contents", "data", "dictionary", "display", "transparency", "rules", "verify")
"""Pages of no single government."""


def addresses(government: Government) -> dict[str, str]:
    """Return the address of each sort of public page of a government made by ``publish_quickly``, its newest year's."""
    order = ("year", "department_code", "unit_code", "number")
    editions = Edition.objects.filter(government_code=government.code).order_by(*order)
    whole = editions.filter(unit_code="")
    newest = whole.filter(year=whole.values("year").order_by("-year")[:1]).first()
    unit = editions.filter(year=newest.year).exclude(unit_code="").first()
    project = next(one.code for one in parse(newest.content.text).facts.projects if one.code)
    at = [government.code]
    of_year, own, old = [*at, newest.year], _own(newest), _own(whole[0])
    chosen = whole.filter(year=newest.year).values_list("department_code", flat=True)[:8]
    found = {
        **{name: reverse(name) for name in WHOLE_SITE},
        **_of_government(government.code),
        "year": reverse("year", args=of_year),
        "disclosure": reverse("disclosure", args=own),
        "unit": reverse("disclosure", args=[*own, unit.unit_code]),
        "edition": reverse("edition", args=[*old, 1]),
        "changes": reverse("changes", args=[*old, 2]),
        "project": reverse("project", args=[*at, project]),
        "compare": f"{reverse('compare', args=at)}?{urlencode([('d', code) for code in chosen])}",
        "verified": reverse("verified", args=[code_of(newest.content_sha256)]),
        "search": f"{reverse('search')}?q=示例",
        "document": reverse("document", args=[*own, "json"]),
        "table": reverse("table", args=[*own, "spending", "csv"]),
    }
    for scheme, code in _codes(newest).items():
        found[f"items {scheme}"] = reverse("items", args=[*of_year, scheme])
        found[f"item {scheme}"] = reverse("item", args=[*of_year, scheme, code])
    return found


def _of_government(code: str) -> dict[str, str]:
    """Return the addresses that need no more than a government."""
    names = ("government", "three_public", "three_public_csv")
    found = f"{reverse('area_found')}?government={code}"
    return {
        "area": reverse("area", args=[code[:2]]),
        "area_found": found,
        **{n: reverse(n, args=[code]) for n in names},
    }


def _codes(edition: Edition) -> dict[str, str]:
    """Return an item of each way into the money that an edition has: a 款, and a source."""
    tables = {"functions": Spending.key, "economics": BasicExpenditure.key}
    lines = edition.lines.annotate(digits=Length("code")).filter(digits=5).order_by("code")
    found = {scheme: lines.filter(table=table).first().code for scheme, table in tables.items()}
    return {**found, "sources": "general"}


def _own(edition: Edition) -> list[Any]:
    return [edition.government_code, edition.year, edition.department_code]


def timed(address: str, rounds: int = ROUNDS, clock: Callable[[], float] = time.perf_counter) -> tuple[int, float]:
    """Return how many queries a page takes, and the median of its seconds; raise where it does not answer."""
    client, seconds, queries = Client(), [], 0
    for _ in range(rounds + 1):  # once before, for what is read only once
        begun = clock()
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        seconds.append(clock() - begun)
        queries = len(captured)
        if response.status_code != 200:  # noqa: PLR2004 what every page here answers with
            message = f"{address}：{response.status_code}"
            raise RuntimeError(message)
    return queries, median(seconds[1:])
