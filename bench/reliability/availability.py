"""Readers who never stop: while workers are killed under them, and for a long time."""

import http.client
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from django.test import override_settings
from django.urls import reverse

from bench.serving import Served, site
from disclosure.models import Edition
from disclosure.sample.government import Plan, make_government, publish_quickly

SECONDS = int(os.environ.get("BENCH_SECONDS", "600"))
READERS, PATIENCE, EVERY = 8, 5, 20
"""Readers, seconds after which an answer is too late, seconds between two killings."""
PLAN = Plan(departments=12, years=2, seed=15)
"""Each row makes one of its own, by another seed."""


def measure(folder: Path) -> str:
    """Say how many of the answers came, while a worker is killed every so often."""
    told, killed = _asked(folder, 15, _kill)
    good, asked = told[http.HTTPStatus.OK], told.total()
    return f"{good / asked:.4%}（{SECONDS}秒，{asked}次，杀{killed}次，没答上{asked - good}次）"


def soak(folder: Path) -> str:
    """Say how much the server's memory grew a minute, and how many answers were wrong."""
    sizes: list[tuple[float, float]] = []

    def weigh(served: Served) -> int:
        sizes.append((time.monotonic() / 60, sum(map(_resident, children(served.pid))) / 2**20))
        return 0

    told, _ = _asked(folder, 27, weigh)
    late = sizes[len(sizes) // 3 :]
    grown = (late[-1][1] - late[0][1]) / max(late[-1][0] - late[0][0], 1e-9)  # once the caches are full
    return (
        f"{grown:+.2f} MB/分（{SECONDS}秒，{told.total()}次，{sizes[-1][1]:.0f} MB），出错{told.total() - told[200]}次"
    )


def _asked(folder: Path, seed: int, now_and_then: Callable[[Served], int]) -> tuple[Counter[int], int]:
    """Let readers ask for every sort of page; count the answers by status, those that never came as 0."""
    with override_settings(MEDIA_ROOT=str(folder / "files")):
        government = make_government(PLAN._replace(seed=seed))
        publish_quickly(government)
        own = Edition.objects.filter(government_code=government.code).values_list(
            "government_code", "year", "department_code"
        )
        addresses = [
            reverse("home"),
            *(reverse("disclosure", args=one) for one in own),
            f"{reverse('search')}?q={quote('示例')}",
        ]
        told: Counter[int] = Counter()
        stop = threading.Event()
        with site(folder, "yes") as served:
            readers = [
                threading.Thread(target=_read, args=(served.port, addresses[at:], told, stop)) for at in range(READERS)
            ]
            for one in readers:
                one.start()
            done, ends = 0, time.monotonic() + SECONDS
            while time.monotonic() < ends:
                time.sleep(min(EVERY, SECONDS / 10))
                done += now_and_then(served)
            stop.set()
            for one in readers:
                one.join()
    return told, done


def _read(port: int, addresses: list[str], told: Counter[int], stop: threading.Event) -> None:
    while not stop.is_set():
        for address in addresses:
            told[_status(port, address)] += 1


def _status(port: int, address: str) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        line.request("GET", address)
        answer = line.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        line.close()
    return answer.status


def _kill(served: Served) -> int:
    workers = children(served.pid)
    for one in workers[:1]:  # none where the last one killed has not come back
        os.kill(one, signal.SIGKILL)
    return len(workers[:1])


def children(pid: int) -> list[int]:
    """Return the processes of a server that answer."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(one) for one in found if b"resource_tracker" not in Path(f"/proc/{one}/cmdline").read_bytes()]


def _resident(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
