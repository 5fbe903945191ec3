"""A publication whose process is killed is either there, whole (edition, content, trail, ledger), or not at all."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from depth import times
from django.db import connection

ATTEMPTS = times(60, 20)
CHILD = Path(__file__).with_name("killed_publishing.py")
ROOT = CHILD.parents[3]
FOLDERS = ("", "tests", "tests/disclosure/intake", "tests/disclosure/workflow")


@pytest.mark.timeout(400)
def test_nothing_is_ever_published_by_halves(tmp_path):
    name = str(tmp_path / "killed.sqlite3") if connection.vendor == "sqlite" else f"published_{os.getpid()}"
    place = json.dumps([name, str(tmp_path / "files"), ATTEMPTS, 1])
    path = os.pathsep.join(str(ROOT / folder) for folder in FOLDERS)
    environment = {**os.environ, "PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "portal.settings"}

    done = subprocess.run(
        [sys.executable, CHILD, place], env=environment, capture_output=True, text=True, check=False, timeout=380
    )

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    found = Counter(map(tuple, told["found"]))
    assert set(found) == {tuple(told["whole"]), tuple(told["nothing"])}
    assert found.total() == ATTEMPTS
    assert min(found.values()) >= times(3, 1)
