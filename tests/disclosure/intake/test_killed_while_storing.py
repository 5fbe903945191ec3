"""An import whose process is killed is either there, whole and recorded, or not there at all."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from depth import times
from django.db import connection

ATTEMPTS = times(100, 30)
CHILD = Path(__file__).with_name("killed.py")
ROOT = CHILD.parents[3]


def test_nothing_is_ever_stored_by_halves(tmp_path):
    name = str(tmp_path / "killed.sqlite3") if connection.vendor == "sqlite" else f"killed_{os.getpid()}"
    place = json.dumps([name, str(tmp_path / "files"), ATTEMPTS, 1])
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "portal.settings"}

    done = subprocess.run(
        [sys.executable, CHILD, place], env=environment, capture_output=True, text=True, check=False, timeout=240
    )

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    whole, nothing = (told["lines"], 1, 1, 1, True, True, True), (0, 0, 0, 0, True, True, True)
    found = Counter(map(tuple, told["found"]))
    assert set(found) == {whole, nothing}
    assert found.total() == ATTEMPTS
    assert min(found.values()) >= times(5, 2)
