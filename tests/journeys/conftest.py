"""A real server on a database of its own, and a real browser."""

import os
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path
from subprocess import DEVNULL

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
SCREENS = ROOT / ".cache" / "screens"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SETUP = (
    ["migrate", "-v0"],
    ["load_codes"],
    ["load_demo"],
    ["publish", "203", "2022"],
    ["collectstatic", "--no-input", "-v0"],
)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def place(tmp_path_factory) -> dict[str, str]:
    """The environment of a site with the published sample."""
    inherited = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment = {**inherited, "VAR_DIR": str(tmp_path_factory.mktemp("site"))}
    for command in SETUP:
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True, stdout=DEVNULL)
    return environment


@contextmanager
def serving(place: dict[str, str], prefix: str = ""):
    """Serve the site and give its address."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{port}", "--no-control-socket"]
    extra = {"PATH_PREFIX": f"{prefix}/", "SCRIPT_NAME": prefix} if prefix else {}
    server = subprocess.Popen(command, cwd=ROOT, env={**place, **extra}, stdout=DEVNULL, stderr=DEVNULL)
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


@pytest.fixture(scope="session")
def site(place):
    with serving(place) as address:
        yield address


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium):
    """Open pages of a given size, with or without JavaScript; fail on console errors and foreign requests."""
    contexts, problems = [], []

    def open_page(width: int = 1280, *, javascript: bool = True):
        context = chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=javascript)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("request", lambda request: _watch(request.url, problems))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


def _watch(address: str, problems: list[str]) -> None:
    if not address.startswith(("http://127.0.0.1:", "data:")):
        problems.append(f"foreign request: {address}")


def keep(page, name: str) -> None:
    """Keep a screenshot for people to look at."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}.png")
