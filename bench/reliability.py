"""Rows 2 and 3 of the scoreboard: imports and publications killed at random moments, as often as asked."""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

TESTS = Path(__file__).parents[1] / "tests"
FOLDERS = (TESTS.parent, TESTS, TESTS / "disclosure/intake", TESTS / "disclosure/workflow")
TIMES = 500
SEED = 2


def measure(times: int = TIMES) -> Iterator[str]:
    """Yield a line for each: how often nothing was there, how often all of it, and how often a part."""
    found = _killed(TESTS / "disclosure/intake/killed.py", times)
    whole, nothing = (found["lines"], 1, 1, 1, True, True, True), (0, 0, 0, 0, True, True, True)
    yield _line("导入", found["found"], whole, nothing)
    found = _killed(TESTS / "disclosure/faults/killed_publishing.py", times)
    yield _line("公开", found["found"], tuple(found["whole"]), tuple(found["nothing"]))


def _killed(script: Path, times: int) -> dict:
    """Run one of the tests' own children, on the engine that is set."""
    with tempfile.TemporaryDirectory() as folder:
        name = f"{folder}/killed.sqlite3" if connection.vendor == "sqlite" else f"bench_{os.getpid()}"
        known = {"PYTHONPATH": os.pathsep.join(map(str, FOLDERS)), "DJANGO_SETTINGS_MODULE": "portal.settings"}
        place = json.dumps([name, f"{folder}/files", times, SEED])
        done = subprocess.run(  # noqa: S603 our own
            [sys.executable, str(script), place], env={**os.environ, **known}, stdout=subprocess.PIPE, check=True
        )
    return json.loads(done.stdout)


def _line(what: str, found: list, whole: tuple, nothing: tuple) -> str:
    counted = Counter(map(tuple, found))
    half = counted.total() - counted[whole] - counted[nothing]
    said = f"全部没有{counted[nothing]}次、完整{counted[whole]}次"
    return f"reliability（{connection.vendor}）{what}中途 kill -9 共{counted.total()}次：一半的{half}次（{said}）"
