"""From a fresh clone to a site that answers, and once more."""

import os
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]


def measure(folder: Path) -> str:
    """Clone the last commit, set it up, and set it up again; say how many seconds each took."""
    clone = folder / "clone"
    _run(["git", "clone", "-q", str(ROOT), str(clone)], folder)
    seconds = []
    for _ in range(2):
        begun = time.perf_counter()
        _run(["./run", "--no-serve"], clone)
        seconds.append(time.perf_counter() - begun)
    return f"{seconds[0]:.0f} s（系统库已装）；{seconds[1]:.1f} s"


def _run(command: list[str], where: Path) -> None:
    kept = {key: value for key, value in os.environ.items() if key not in {"VAR_DIR", "DATABASE_URL", "VIRTUAL_ENV"}}
    subprocess.run(command, cwd=where, env=kept, check=True, capture_output=True)  # noqa: S603 our own words
