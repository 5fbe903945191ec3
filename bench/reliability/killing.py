"""Rows 2 and 3: imports and publications killed at random moments."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from django.db import connection

TESTS = Path(__file__).parents[2] / "tests"
FOLDERS = (TESTS.parent, TESTS, TESTS / "disclosure/intake", TESTS / "disclosure/workflow")
TIMES = int(os.environ.get("BENCH_KILLS", "500"))
SEED = 2


def imports(folder: Path) -> str:
    """Say how often a killed import was there by half."""
    found = _killed(folder, TESTS / "disclosure/intake/killed.py")
    return _said(found["found"], (found["lines"], 1, 1, 1, True, True, True), (0, 0, 0, 0, True, True, True))


def publications(folder: Path) -> str:
    """Say how often a killed publication was there by half."""
    found = _killed(folder, TESTS / "disclosure/faults/killed_publishing.py")
    return _said(found["found"], tuple(found["whole"]), tuple(found["nothing"]))


def _killed(folder: Path, script: Path) -> dict[str, Any]:
    """Run one of the tests' own children, on the engine that is set."""
    name = f"{folder}/killed.sqlite3" if connection.vendor == "sqlite" else f"bench_{os.getpid()}"
    known = {"PYTHONPATH": os.pathsep.join(map(str, FOLDERS)), "DJANGO_SETTINGS_MODULE": "portal.settings"}
    place = json.dumps([name, f"{folder}/files", TIMES, SEED])
    done = subprocess.run(  # noqa: S603 our own
        [sys.executable, str(script), place], env={**os.environ, **known}, stdout=subprocess.PIPE, check=True
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _said(found: list[Any], whole: tuple[Any, ...], nothing: tuple[Any, ...]) -> str:
    counted = Counter(map(tuple, found))
    half = counted.total() - counted[whole] - counted[nothing]
    return f"一半的{half}次（共{counted.total()}次：全部没有{counted[nothing]}次，完整{counted[whole]}次）"
