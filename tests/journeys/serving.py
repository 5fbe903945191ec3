"""Starting a real server, and keeping what it showed."""

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path
from subprocess import DEVNULL

import pytest

ROOT = Path(__file__).parents[2]
SCREENS = ROOT / ".cache" / "screens"
BROWSER = os.environ.get("BROWSER_PATH") or "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DRAFTED = (("migrate", "-v0"), ("load_codes",), ("load_demo",), ("collectstatic", "--no-input", "-v0"))
SETUP = (*DRAFTED, ("publish_demo",))
OPENED = """
from django.contrib.auth import get_user_model
from disclosure import workflow
from disclosure.models import Disclosure
bureau = get_user_model().objects.get(username="demo-bureau-reviewer")
workflow.correct(Disclosure.objects.get(unit=None), by=bureau, kind="words", reason="试用")
"""
"""Opens the sample for a correction."""
MADE: dict[tuple[tuple[str, ...], ...], str] = {}
"""A copy of each sort of place that was made, for the next one that begins like it."""


def made_place(folder, commands=SETUP) -> dict[str, str]:
    """Prepare a site in ``folder``, with the sample published or as ``commands`` say; give its environment."""
    inherited = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment = {**inherited, "VAR_DIR": str(folder)}
    known = [like for like in MADE if like == commands[: len(like)]]
    done = max(known, key=len, default=())
    if done:
        shutil.copytree(MADE[done], folder, dirs_exist_ok=True)
    for command in commands[len(done) :]:
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True, stdout=DEVNULL)
        done = (*done, command)
        if done in {DRAFTED, SETUP} and done not in MADE:
            MADE[done] = shutil.copytree(folder, f"{folder}-made-{len(done)}")
    return environment


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(place: dict[str, str], prefix: str = ""):
    """Serve the site and give its address."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--blocking-threads", "4"]
    command += ["--url-path-prefix", prefix] if prefix else []
    extra = {"PATH_PREFIX": f"{prefix}/"} if prefix else {}
    server = subprocess.Popen(
        [*command, "portal.wsgi:application"], cwd=ROOT, env={**place, **extra}, stdout=DEVNULL, stderr=DEVNULL
    )
    address = f"http://127.0.0.1:{port}{prefix}"
    try:
        _wait_for(port)
        yield address
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server does not answer")


def keep(page, name: str, *, whole: bool = False) -> None:
    """Keep a screenshot for people to look at: what is in sight, or the whole page."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}.png", full_page=whole)
