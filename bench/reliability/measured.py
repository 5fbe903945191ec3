"""Rows 13, 14 and 20: drawing a PDF, reading a page, asking the API; each has more to say in a bench of its own."""

import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.test import override_settings
from django.urls import reverse

from bench import serving
from disclosure.document import Document
from disclosure.models import Disclosure, Edition
from disclosure.render import apart
from disclosure.sample.government import Plan, make_government, publish_quickly

TYPICAL = Plan(departments=1, years=1, seed=13, units=2)
WORST = Plan(departments=1, years=1, seed=113, units=20, lines=1000)
USED = r"""
import re, sys, time
peak = re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())[1]
sys.stderr.write(f"\n{time.process_time()} {peak}")
"""
"""Processor time and highest memory of a process that has just been started; what its parent used does not count."""


def drawing(_folder: Path) -> str:
    """Say how long a PDF takes and how much memory its process had at most, for a typical and a very long document."""
    return "；".join(f"{name}{_drawn(plan)}" for name, plan in (("一般的", TYPICAL), ("很长的", WORST)))


def _drawn(plan: Plan) -> str:
    government = make_government(plan)
    document = Document.of(Disclosure.objects.get(budget__fiscal_year__government=government, unit=None))
    done = subprocess.run(  # noqa: S603 the process that draws every edition, which says at its end what it used
        (sys.executable, "-c", apart.CHILD + USED),
        input=apart.request(document),
        capture_output=True,
        cwd=settings.BASE_DIR,
        check=True,
    )
    seconds, kilobytes = done.stderr.decode().split()[-2:]
    rows = sum(len(table.rows) for table in document.content.tables)
    return f"{rows}行处理器{float(seconds):.1f}秒、{int(kilobytes) / 1024:.0f} MB"


def reading(folder: Path) -> str:
    """Say within how many milliseconds 95 of 100 readers have an edition's page, stored and drawn anew."""
    with override_settings(MEDIA_ROOT=str(folder / "files")):
        government = make_government(Plan(departments=12, years=1, seed=14))
        publish_quickly(government)
        edition = Edition.objects.filter(government_code=government.code).first()
        page = reverse("disclosure", args=[edition.government_code, edition.year, edition.department_code])
        said = []
        for name, kept in (("已存", "yes"), ("现做", "no")):
            with serving.site(folder, kept) as served:
                serving.ask(served.port, page)
                met = serving.load(folder, served.port, page)
            said.append(f"{name}{met.p95:.1f} ms（{met.rate:.0f}次/秒）")
    return "，".join(said)


def asking(_folder: Path) -> str:
    """Say how often the API answered otherwise than it is described."""
    from bench import api  # begins the application, which wants its static files

    return "；".join(api.measure().splitlines()).removeprefix("api：")
