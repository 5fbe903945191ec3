"""Every sort of public page and answer at growing numbers of editions: time, queries, bytes, and what is read whole.

The time is that of the processor, the database's included, whatever else the machine does.
"""

import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.cloning import Cloning
from bench.pages import addresses, quick_settings, timed
from disclosure.enums import SearchKind
from disclosure.models import Edition, SearchEntry
from disclosure.sample.government import Plan, make_government, publish_quickly

SIZES = (300, 3_000, 30_000)
SEED = 71
COMMON, NAMED = "办公费", "示例"
"""Words of every edition that is copied; the second is in names too."""
TWICE, NOTICED = 2, 0.02
"""What is called growing: more than so many times as long, and so many seconds more."""
WHOLE = re.compile(r"(?:SCAN|Seq Scan on) (\w+)\b(?! USING| VIRTUAL)")


class Taken(NamedTuple):
    """What a page took at one size: queries, seconds, bytes, and the tables read from end to end."""

    queries: int
    seconds: float
    size: int
    whole: frozenset[str]


def measure(*sizes: int) -> Iterator[str]:
    """Yield a line for each sort of page; those that grow with the number of editions are marked."""
    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder, **quick_settings()):
        government = make_government(Plan(departments=4, years=3, seed=SEED))
        publish_quickly(government, units=1)
        wanted = {**addresses(government), **_asked(government.code), **_for_machines(government.code)}
        cloning, taken = Cloning(_copied(government.code), (COMMON, NAMED)), []
        for size in sizes or SIZES:
            begun = time.perf_counter()
            cloning.up_to(size)
            yield f"  （{size}版：{time.perf_counter() - begun:.0f}秒生成）"
            taken.append({sort: _taken(address) for sort, address in wanted.items()})
        yield f"growth：{'、'.join(map(str, sizes or SIZES))}版，{connection.vendor}"
        for sort in wanted:
            yield _told(sort, [one[sort] for one in taken])


def _copied(code: str) -> Edition:
    """Return the edition that is copied: not of the year and department whose pages are looked at."""
    return Edition.objects.filter(government_code=code, unit_code="", superseded_by=None).order_by("year").first()


def _asked(code: str) -> dict[str, str]:
    """Return questions to search: a word of every edition, the same of one government, one of few, one of none."""
    copied = _copied(code)
    own = SearchEntry.objects.filter(kind=SearchKind.PROJECT).exclude(edition__department_code=copied.department_code)
    words = {"search common": COMMON, "search rare": own.first().title, "search nothing": "量子计算机"}
    found = {name: f"{reverse('search')}?q={asked}" for name, asked in words.items()}
    return found | {"search of one": f"{reverse('search')}?q={COMMON}&government={code}"}


def _for_machines(code: str) -> dict[str, str]:
    """Return what programs ask for."""
    names = ("feed", "sitemap", "search_index", "ledger", "api_governments", "api_editions", "api_figures")
    found = {name: reverse(name) for name in names}
    parts = {"sitemap part": reverse("sitemap_part", args=[1]), "ledger part": reverse("ledger_part", args=[1])}
    wide = {"api_figures of a year": "?year=2022", "api_figures of a code": "?code=30201&page_size=20"}
    found |= parts | {name: found["api_figures"] + asked for name, asked in wide.items()}
    found |= {"data of one": f"{reverse('data')}?government={code}"}
    found |= {"contents of one": f"{reverse('contents')}?government={code}"}
    asked = f"?government={code}"
    return found | {f"{name} of one": found[name] + asked for name in ("api_editions", "api_figures")}


def _taken(address: str) -> Taken:
    queries, seconds = timed(address, clock=_worked)
    with CaptureQueriesContext(connection) as captured:
        response = Client().get(address)
    size = len(response.getvalue())
    return Taken(queries, seconds, size, frozenset().union(*(_read_whole(one["sql"]) for one in captured)))


def _worked() -> float:
    """Return the processor seconds of this process, and of the server that answers it (PostgreSQL here)."""
    seconds = time.process_time()
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        server = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
        seconds += int(server.read_text().split()[0]) / 1e9 if server.exists() else 0
    return seconds


def _read_whole(sql: str) -> set[str]:
    """Return the tables that a statement reads from end to end, as the engine plans it."""
    if not sql.startswith("SELECT"):
        return set()
    how = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        cursor.execute(f"{how} {sql}")
        return set(WHOLE.findall("\n".join(str(row[-1]) for row in cursor.fetchall())))


def _told(sort: str, taken: list[Taken]) -> str:
    times = "、".join(f"{one.seconds * 1000:.1f}" for one in taken)
    queries, sizes = (list(dict.fromkeys(getattr(one, name) for one in taken)) for name in ("queries", "size"))
    longer = taken[-1].seconds > TWICE * taken[0].seconds and taken[-1].seconds > taken[0].seconds + NOTICED
    marked = "  ←随总数增长" if longer or len(queries) > 1 else ""
    whole = "、".join(sorted(filter(None, (one.partition("_")[2] for one in taken[-1].whole))))
    said = f"  {sort:<18}{times} ms，查询{'/'.join(map(str, queries))}次，{sizes[0]}–{sizes[-1]}字节"
    return f"{said}{f'，整表读{whole}' if whole else ''}{marked}"
