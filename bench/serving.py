"""A page through our server against nginx with the same bytes, for eight readers each; and lists, stored and not."""

import gzip
import http.client
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from socket import socket
from statistics import median
from subprocess import DEVNULL
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.db import connection
from django.test import override_settings
from django.urls import reverse

from disclosure.models import Edition
from disclosure.sample.government import Plan, make_government, publish_quickly

READERS, SECONDS, ROUNDS = 8, 4, 5
PLAN = Plan(departments=60, years=1, seed=12)
AIMS = {"ratio": "0.5", "stored": "15", "lists": "100"}
NGINX = """daemon off; worker_processes 2; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 256; }}
http {{ access_log off; gzip_static on; types {{ text/html html; }}
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen 127.0.0.1:{port}; root {folder}; }} }}"""
P95 = """done = function(summary, latency, requests)
  io.write(string.format("p95 %.3f rate %.1f bad %d\\n", latency:percentile(95) / 1000,
    summary.requests / summary.duration * 1000000,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout)) end"""
SAID = re.compile(r"p95 ([0-9.]+) rate ([0-9.]+) bad ([0-9]+)")


class Load(NamedTuple):
    """What readers met: requests a second, and milliseconds within which 95 of 100 were answered."""

    rate: float
    p95: float


class Served(NamedTuple):
    """A server: its port, and its process, whose children answer."""

    port: int
    pid: int


def measure() -> Iterator[str]:
    """Yield a line for the page and one for each list; sides alternate in one run, the median of each counts."""
    if missing := [name for name in ("nginx", "wrk") if shutil.which(name) is None]:
        yield f"serve：没有 {'、'.join(missing)}，不能测。请先安装（apt-get install nginx-light wrk）。"
        return
    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=f"{folder}/files"):
        government = make_government(PLAN)
        publish_quickly(government)
        edition = Edition.objects.filter(government_code=government.code).first()
        own = [edition.government_code, edition.year, edition.department_code]
        page = reverse("disclosure", args=own)
        lists = {"首页": reverse("home"), "年度": reverse("year", args=own[:2]), "目录": reverse("contents")}
        yield from _page(Path(folder), page)
        yield from _lists(Path(folder), lists)


def _page(folder: Path, page: str) -> Iterator[str]:
    with ExitStack() as stack:
        port = stack.enter_context(site(folder, "yes")).port
        body = ask(port, page)[1]
        (folder / "page.html.gz").write_bytes(body)
        (folder / "page.html").write_bytes(gzip.decompress(body))
        (folder / "page.html").touch()
        (folder / "page.html.gz").touch()
        files = stack.enter_context(nginx(folder))
        rounds = [(load(folder, port, page), load(folder, files, "/page.html")) for _ in range(ROUNDS)]
    ours, theirs = (Load(*map(median, zip(*side, strict=True))) for side in zip(*rounds, strict=True))
    yield (
        f"serve：{ours.rate / theirs.rate:.2f}（版次网页{len(body) // 1024} kB，{READERS}个读者，"
        f"{ours.rate:.0f} ÷ nginx {theirs.rate:.0f} 次每秒；95%在{ours.p95:.1f} ms内，nginx {theirs.p95:.1f} ms；"
        f"{connection.vendor}，{ROUNDS}次的中位数；目标不低于{AIMS['ratio']}、不超过{AIMS['stored']} ms）"
    )


def _lists(folder: Path, lists: dict[str, str]) -> Iterator[str]:
    for kept, said, aim in (("yes", "已存", "stored"), ("no", "现做", "lists")):
        with site(folder, kept) as (port, _):
            for name, address in lists.items():
                first = [ask(port, address)[0] * 1000 for _ in range(ROUNDS)]
                met = load(folder, port, address)
                yield (
                    f"  {name}（{said}）：第一个字节{median(first):.1f} ms；"
                    f"{READERS}个读者时{met.rate:.0f}次每秒，95%在{met.p95:.1f} ms内（目标{AIMS[aim]} ms）"
                )


def load(folder: Path, port: int, path: str) -> Load:
    """Let readers ask for a page for some seconds; raise RuntimeError where one was refused."""
    script = folder / "p95.lua"
    script.write_text(P95)
    asked = ["wrk", "-t1", f"-c{READERS}", f"-d{SECONDS}", "-H", "Accept-Encoding: gzip", "-s", str(script)]
    told = subprocess.run([*asked, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True)  # noqa: S603 our own words
    found = SAID.search(told.stdout)
    if found is None or found[3] != "0":
        message = f"{path}：{told.stdout}"
        raise RuntimeError(message)
    return Load(float(found[2]), float(found[1]))


def ask(port: int, path: str) -> tuple[float, bytes]:
    """Return the seconds until the first byte of an answer came, and the answer, pressed."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
        begun = time.perf_counter()
        line.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = line.getresponse()
        first = time.perf_counter() - begun
        if answer.status != http.HTTPStatus.OK:
            message = f"{path}：{answer.status}"
            raise RuntimeError(message)
        return first, answer.read()


@contextmanager
def site(folder: Path, answers: str) -> Iterator[Served]:
    """Serve the database of this run as production does."""
    port, database = _free(), connection.settings_dict
    place = "sqlite:///" + str(database["NAME"])
    if connection.vendor == "postgresql":
        place = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database['NAME']}").geturl()
    environment = {**os.environ, "DATABASE_URL": place, "VAR_DIR": str(folder / "var"), "ANSWERS": answers}
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "-v0"]
    subprocess.run(collect, env=environment, check=True)  # noqa: S603 our own words
    (folder / "var" / "files").unlink(missing_ok=True)
    (folder / "var" / "files").symlink_to(folder / "files")
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "4"]
    command += [
        "--respawn-failed-workers",
        "--workers-kill-timeout",
        "20",
        "--port",
        str(port),
        "portal.wsgi:application",
    ]
    with _running(command, environment, port) as server:
        yield Served(port, server.pid)


@contextmanager
def nginx(folder: Path) -> Iterator[int]:
    """Serve a folder, and give the port."""
    port = _free()
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
    with _running(["nginx", "-c", str(folder / "nginx.conf")], dict(os.environ), port):
        yield port


@contextmanager
def _running(command: list[str], environment: dict[str, Any], port: int) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(command, env=environment, stdout=DEVNULL, stderr=DEVNULL) as server:  # noqa: S603 our own words
        try:
            for _ in range(300):
                time.sleep(0.1)
                with closing(socket()) as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
            yield server
        finally:
            server.terminate()


def _free() -> int:
    with closing(socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
